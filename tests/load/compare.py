"""How many rounds a second two-player rooms play here, and on other servers, over real sockets.

    python -m tests.load.compare                          1, 50 and 300 rooms, three runs each
    python -m tests.load.compare --rooms 50 --only detente --runs 1

One lean client plays all of them in turn; server and client share the machine's cores. A round is:
both players choose at once, and it counts when both have seen the reveal. Latency is from a
player's choice to the reveal on that player's socket. Ours and the bare prototype sync every
choice to disk before they answer it; boardgame.io on files writes files without a sync; the others
keep nothing. Printed are the medians of the runs, which alternate: rounds a second, ms, the µs of
processor that a round takes on the server's first thread (ours: the loop's) and on all, what part
of the whole machine the client took, and the rate as a multiple of ours.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.load import others
from tests.load.hosted import Hosted, hosting
from tests.load.lean import command
from tests.load.machine import busy_s, loop_s, percentile
from tests.load.table import Players, Served, Table

ROUNDS_A_MATCH = 200
SEATS = "ROW", "COLUMN"
EXPECTED = 8_000
"""Rounds a second for which matches are prepared here."""


def _order(number: int) -> bytes:
    body = {"type": "save_order", "round": number, "actions": {"dilemma": "C"}, "is_ready": True}
    return command(f"r{number}", body)


ORDERS = [_order(number) for number in range(ROUNDS_A_MATCH + 1)]


@contextmanager
def detente(folder: Path, rooms: int, rounds: int) -> Generator[Served]:
    """Ours, on SQLite."""
    with hosting(folder) as server:
        yield Served(server.pid, [_lane(server, rounds // rooms) for _ in range(rooms)])


def _lane(server: Hosted, rounds: int) -> Table:
    """Prepare as many matches as one room may play, one after the other."""
    first: Table | None = None
    for _ in range(max(2, rounds // ROUNDS_A_MATCH + 2)):
        wires = server.room("rooms", SEATS)
        first = Table(
            wires, lambda seat, number: ORDERS[number], b"round_resolved", ROUNDS_A_MATCH, first
        )
    assert first is not None
    return first


SERVERS: dict[str, Callable[[Path, int, int], AbstractContextManager[Served]]] = {
    "detente": detente,
    "boardgame.io memory": others.boardgame,
    "boardgame.io files": partial(others.boardgame, on_files=True),
    "colyseus": others.colyseus,
    "bare": others.bare,
}


class Figures(NamedTuple):
    """Of one run."""

    rate: float
    p50_ms: float
    p99_ms: float
    loop_us: float
    busy_us: float
    client: float


def measure(name: str, rooms: int, seconds: float) -> Figures:
    """Start a server, play, and stop it."""
    expected = round(EXPECTED * seconds)
    with (
        tempfile.TemporaryDirectory() as folder,
        SERVERS[name](Path(folder), rooms, expected) as served,
    ):
        loop, busy, mine = loop_s(served.pid), busy_s(served.pid), time.process_time()
        played = Players(served.tables).play(seconds)
        loop, busy = loop_s(served.pid) - loop, busy_s(served.pid) - busy
        mine = time.process_time() - mine
    return Figures(
        played.rounds / played.took_s,
        percentile(played.latencies_ms, 0.5),
        percentile(played.latencies_ms, 0.99),
        loop * 1e6 / played.rounds,
        busy * 1e6 / played.rounds,
        mine / played.took_s / (os.cpu_count() or 1),
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", type=int, nargs="+", default=[1, 50, 300])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=SERVERS, default=list(SERVERS))
    given = parser.parse_args()
    print(f"{'rooms':>5} {'server':20} {'rounds/s':>9} {'p50 ms':>7} {'p99 ms':>7}", end=" ")
    print(f"{'µs/round, loop':>14} {'all':>5} {'client':>7} {'ratio':>6}")
    for rooms in given.rooms:
        runs = [[measure(x, rooms, given.seconds) for x in given.only] for _ in range(given.runs)]
        medians = [
            Figures(*map(statistics.median, zip(*each, strict=True)))
            for each in zip(*runs, strict=True)
        ]
        for name, x in zip(given.only, medians, strict=True):
            print(f"{rooms:5d} {name:20} {x.rate:9,.0f} {x.p50_ms:7.2f} {x.p99_ms:7.2f}", end=" ")
            print(f"{x.loop_us:14.0f} {x.busy_us:5.0f} {x.client:7.0%}", end=" ")
            print(f"{x.rate / medians[0].rate:6.2f}", flush=True)


if __name__ == "__main__":
    main()
