"""The same tournament here and in Axelrod-Python 4.14, one after the other, on this machine.

    uv run python tests/load/axelrod_side_by_side.py

Axelrod-Python is installed into an environment of its own, in a folder that is removed (uv and some
hundred megabytes of downloads are needed). Each side plays a round robin of Axelrod-Python's own
basic strategies, 200 turns, 1% noise, and works out its results; each in a process of its own,
timed inside from the first match to the last statistic, imports apart, on all cores here and on
one process there (its default). Ours plays more repetitions, for else there is nothing to time. The
median of three runs each, alternating; both sides' ranks by median score are compared as well.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
TURNS, NOISE = 200, 0.01

THEIRS = """
import json, sys, time
import axelrod as axl
turns, repetitions, noise = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
players = [kind() for kind in axl.basic_strategies]
start = time.perf_counter()
played = axl.Tournament(players, turns=turns, repetitions=repetitions, noise=noise, seed=1)
results = played.play(progress_bar=False)
seconds = time.perf_counter() - start
names = [kind.__name__ for kind in axl.basic_strategies]
ranked = [names[place] for place in results.ranking]
print(json.dumps({"seconds": seconds, "names": names, "ranked": ranked}))
"""

OURS = """
import json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy, scipy.special
from game_rules.contests import kernels
from game_rules.contests.chunks import play_chunk, split
from game_rules.contests.contest import round_robin
from game_rules.contests.results import merge
from game_rules.contests.standings import standings
from game_rules.games.stage_games import LIBRARY
turns, repetitions, noise = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
start = time.perf_counter()
played = round_robin(
    LIBRARY["prisoners_dilemma"], sys.argv[4:], turns=turns, repetitions=repetitions, noise=noise
)
chunks = split(played)
with ThreadPoolExecutor(os.cpu_count()) as pool:
    results = merge(played, pool.map(play_chunk, [played] * len(chunks), chunks))
ranked = sorted(standings(results), key=lambda row: row.median_rank)
results.cooperation_matrix, results.wins
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "ranked": [row.strategy for row in ranked]}))
"""


def told(python: Path | str, program: str, *arguments: object) -> dict:
    """Run a program and read the one line of JSON it ends with."""
    command = [str(python), "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return json.loads(ran.stdout.splitlines()[-1])


def install(folder: Path) -> Path:
    """Install Axelrod-Python into a folder and give its Python."""
    python = folder / "bin" / "python"
    _quietly("uv", "venv", "--python", sys.executable, str(folder))
    _quietly("uv", "pip", "install", "-p", str(python), "axelrod==4.14.0")
    return python


def _quietly(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compare(python: Path | str, runs: int, theirs: int, ours: int) -> None:
    """Time both sides, turn about, and print what came out."""
    rates: dict[str, list[float]] = {"theirs": [], "ours": []}
    for _ in range(runs):
        there = told(python, THEIRS, TURNS, theirs, NOISE)
        pairs = len(there["names"]) * (len(there["names"]) + 1) // 2
        here = told(sys.executable, OURS, TURNS, ours, NOISE, *there["names"])
        rates["theirs"].append(pairs * theirs * TURNS / there["seconds"])
        rates["ours"].append(pairs * ours * TURNS / here["seconds"])
    before, now = (statistics.median(rates[side]) for side in ("theirs", "ours"))
    print(f"{len(there['names'])} strategies, {TURNS} turns, {NOISE:.0%} noise, {runs} runs")
    print(f"Axelrod-Python, {theirs} repetitions   {before:14,.0f} turns/s")
    print(f"here, {ours} repetitions          {now:14,.0f} turns/s, {now / before:,.0f} times")
    print(f"ranked there: {', '.join(there['ranked'])}")
    print(f"ranked here:  {', '.join(here['ranked'])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--theirs", type=int, default=10, help="repetitions there")
    parser.add_argument("--ours", type=int, default=30_000, help="repetitions here")
    parser.add_argument("--python", help="a Python that has axelrod; else it is installed")
    arguments = parser.parse_args()
    sizes = arguments.runs, arguments.theirs, arguments.ours
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if arguments.python:
        compare(arguments.python, *sizes)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(install(Path(folder, "axelrod")), *sizes)


if __name__ == "__main__":
    main()
