"""How long an export of many matches takes, and how much memory: `detente export --all`.

    uv run python -m tests.load.export_speed [--matches 2000] [--format parquet]

A database is filled with matches of bots that negotiate, of about 100 decisions each. Then the
command is run as a user runs it, after one match was exported, so that modules are compiled as they
are in an installation. Memory is the proportional set size of all its processes, looked
at every tenth of a second; a page that several of them share counts once.
"""

import argparse
import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from game_rules.bots.bot_match import play_bot_match
from game_rules.log.events import Event
from game_rules.records.codec import dumps
from game_rules.scenario_files.scenarios import load_scenario
from server.database import migrate

DIFFERENT, ROUNDS = 20, (7, 7, 7, 8)
LOOK_S = 0.1


def main() -> None:
    """Fill a database, export it, and print figures."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        url = f"sqlite:///{folder}/matches.sqlite3"
        decisions = _fill(folder / "matches.sqlite3", url, asked.matches)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        _export(url, folder / "one", asked.format, "--match", "match000000")
        before = _busy_s()
        took_s, most_mb = _export(url, folder / "out", asked.format, "--all")
        busy_s = _busy_s() - before
        size_mb = sum(path.stat().st_size for path in (folder / "out").iterdir()) / 1e6
    print(f"{asked.matches} matches, {decisions} decisions as {asked.format}")
    print(f"{took_s:.1f} s, {busy_s:.1f} s of the processor")
    print(f"at most {most_mb:.0f} MB of memory, {size_mb:.0f} MB of files")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matches", type=int, default=2000)
    parser.add_argument("--format", default="parquet")
    return parser.parse_args()


def _logs() -> list[Sequence[Event]]:
    scenario = load_scenario("south_china_sea")
    names = ("realist", "liberal", "constructivist", "tit_for_tat", "random")
    return [
        play_bot_match(
            replace(scenario, rounds=ROUNDS[seed % len(ROUNDS)]),
            {seat: names[(seed + x) % len(names)] for x, seat in enumerate(scenario.seats)},
            str(seed),
            speak=True,
        )
        for seed in range(DIFFERENT)
    ]


def _fill(path: Path, url: str, matches: int) -> int:
    """Fill a database with matches, and return how many decisions they have."""
    asyncio.run(migrate(url))
    logs = _logs()
    texts = [[dumps(event) for event in log] for log in logs]
    with closing(sqlite3.connect(path)) as connection:
        for place in range(matches):
            which, match = place % len(logs), f"match{place:06}"
            connection.execute(
                "INSERT INTO matches (id, code, scenario, title, created_at_ms, rounds, round,"
                " phase, seats_held, is_over, is_open_to_link)"
                " VALUES (?, ?, 'south_china_sea', 'Speed', ?, ?, ?, 'debrief', 6, 1, 0)",
                (match, match, place, max(ROUNDS), max(ROUNDS)),
            )
            connection.executemany(
                "INSERT INTO events (match_id, seq, payload) VALUES (?, ?, ?)",
                ((match, seq, text) for seq, text in enumerate(texts[which], start=1)),
            )
        connection.commit()
    return sum(_decisions(logs[place % len(logs)]) for place in range(matches))


def _decisions(log: Sequence[Event]) -> int:
    results = (x for event in log for x in getattr(event, "results", ()))
    return sum(len(result.actions) for result in results)


def _export(url: str, folder: Path, form: str, *which: str) -> tuple[float, float]:
    """Run the command; return its seconds, and the most memory that its processes had, in MB."""
    arguments = ["export", *which, "--format", form, "--output", str(folder), "--database", url]
    began = time.perf_counter()
    most = 0.0
    with subprocess.Popen([sys.executable, "-m", "server.cli", *arguments]) as running:
        while running.poll() is None:
            most = max(most, _memory_mb(running.pid))
            time.sleep(LOOK_S)
    if running.returncode:
        raise SystemExit(f"detente export ended with {running.returncode}")
    return time.perf_counter() - began, most


def _busy_s() -> float:
    """Return what the processor spent on programs that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory_mb(process: int) -> float:
    """Add up the memory of a process and of those that it started."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return 0.0
    own = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
    return own / 1000 + sum(_memory_mb(int(child)) for child in children)


if __name__ == "__main__":
    main()
