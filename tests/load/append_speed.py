"""Measure how many appends a second the SQLite store syncs, and how long each takes.

    python -m tests.load.append_speed [--folder FOLDER] [--seconds 3]

Prints a line for 1, 64 and 512 writers, each with a match of its own and one append of one event
under way at any time. The folder (default: the current one) decides which disk is measured; the
file is removed at the end.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from server.database import migrate
from server.store.event_store import MatchId, NewEvent
from server.store.sqlite.store import SqliteStore

WAITING = 1, 64, 512
PAYLOAD = (
    '{"type":"order_saved","round":12,"seat":"JPN",'
    '"actions":{"code_of_conduct":"C","fisheries":"D"},"at_ms":1795400000000}'
)


async def measure(store: SqliteStore, waiting: int, seconds: float) -> list[float]:
    """Append with so many writers for so long; return how long each append took, in seconds."""
    taken: list[float] = []
    end = time.perf_counter() + seconds

    async def write(match_id: MatchId) -> None:
        seq = 0
        while (start := time.perf_counter()) < end:
            event = NewEvent(PAYLOAD, f"person-{match_id}", f"command-{seq}")
            seq = await store.append(match_id, seq, (event,))
            taken.append(time.perf_counter() - start)

    matches = [MatchId(f"{waiting}-writers-{number}") for number in range(waiting)]
    await asyncio.gather(*map(write, matches))
    return taken


async def run(folder: Path, seconds: float) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place, "speed.sqlite3")
        await migrate(f"sqlite:///{path}")
        store = SqliteStore(path)
        await store.open()
        print(f"{'waiting':>8} {'appends/s':>10} {'p50 ms':>8} {'p99 ms':>8}")
        for waiting in WAITING:
            taken = sorted(await measure(store, waiting, seconds))
            p50, p99 = (taken[int(len(taken) * part)] * 1000 for part in (0.5, 0.99))
            print(f"{waiting:>8} {len(taken) / seconds:>10,.0f} {p50:>8.2f} {p99:>8.2f}")
        await store.close()


def main(arguments: list[str]) -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path.cwd())
    parser.add_argument("--seconds", type=float, default=3.0)
    given = parser.parse_args(arguments)
    asyncio.run(run(given.folder, given.seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
