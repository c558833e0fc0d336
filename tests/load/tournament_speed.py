"""How long whole tournaments take, from the command to the stored result.

    uv run python tests/load/tournament_speed.py             three runs each
    uv run python tests/load/tournament_speed.py --runs 1

Each run is `detente tournament run` as a process of its own on a new database: its start, the
contest, all statistics, the document, storing and printing it. Medians over the runs, wall clock
and the processor's time of the whole process.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from game_rules.strategies import strategies  # noqa: E402

TABLES = [bot.name for bot in strategies() if bot.lane == "table"]
BIG = {"entrants": (TABLES * 3)[:200], "turns": 200, "repetitions": 100, "noise": 0.01}
SMALL = {"entrants": TABLES[:16], "turns": 200, "noise": 0.05, "exact": True}
CASES: dict[str, tuple[dict, tuple[str, ...]]] = {
    "two bots, five turns": ({"entrants": TABLES[:2], "turns": 5}, ()),
    "all strategies, 10 repetitions, 1% noise": ({"entrants": ["all"], "noise": 0.01}, ()),
    "the same on processes": ({"entrants": ["all"], "noise": 0.01}, ("--engine", "processes")),
    "200 table bots, 200 turns, 100 repetitions, 1% noise": (BIG, ()),
    "16 table bots exactly, 200 turns, 5% noise": (SMALL, ()),
}


def main() -> None:
    """Run every case and print a line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    for name, (settings, options) in CASES.items():
        measured = [seconds_of(settings, options) for _ in range(runs)]
        wall, processor = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"{name:56} {wall:7.2f} s   {processor:7.2f} s of processor")


def seconds_of(settings: dict, options: tuple[str, ...]) -> tuple[float, float]:
    """Run one tournament in a folder of its own; give wall and processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "contest.toml")
        file.write_text("".join(f"{key} = {toml(value)}\n" for key, value in settings.items()))
        command = [sys.executable, "-m", "server.cli", "tournament", "run", str(file)]
        url = f"sqlite:///{folder}/new.sqlite3"
        before, start = spent(), time.perf_counter()
        subprocess.run(
            [*command, "--seed", "7", "--json", "--database", url, *options],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return time.perf_counter() - start, spent() - before


def spent() -> float:
    """Processor seconds of all children so far."""
    times = os.times()
    return times.children_user + times.children_system


def toml(value: object) -> str:
    """Write a value of a TOML file."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("'", '"')


if __name__ == "__main__":
    main()
