"""How soon a server is there again after a kill, with a thousand matches open, and with one.

    python -m tests.load.restart_speed [--matches 1000] [--runs 3]

Matches of two have played five rounds, and their clocks run, when the server is killed. Printed are
the seconds from the start of the next one until it says that it is ready, on the wall and of the
processor, with these matches and with one; the seconds until somebody who comes back to a match
is greeted; and the processor's seconds 15 s later.
"""

import argparse
import signal
import statistics
import tempfile
import time
from pathlib import Path

from tests.load.compare import ORDERS, SEATS
from tests.load.hosted import Hosted, hosting
from tests.load.lean import Wire
from tests.load.machine import busy_s

ROUNDS = 5
LATER_S = 15


def begin(server: Hosted, matches: int) -> str:
    """Play some rounds of many matches; return the token of somebody in the last one."""
    for _ in range(matches):
        wires = server.room("rooms", SEATS)
        for order in ORDERS[1 : ROUNDS + 1]:
            _choose(wires, order)
        for wire in wires:
            wire.close()
    return server.tokens[-1]


def _choose(wires: list[Wire], order: bytes) -> None:
    for wire in wires:
        wire.send(order)
    for wire in wires:
        wire.until(b"round_resolved")


def restart(folder: Path, token: str, later_s: float = 0) -> list[float]:
    """Start a server and kill it; return the seconds until it was ready, and what it took."""
    begun = time.perf_counter()
    with hosting(folder) as server:
        ready, busy = server.ready_s - begun, busy_s(server.pid)
        server.open(token)
        greeted = time.perf_counter() - begun
        time.sleep(later_s)
        told = [ready, busy, greeted, busy_s(server.pid)]
        server.child.send_signal(signal.SIGKILL)
    return told


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matches", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print(f"{'open matches':>12} {'ready s':>8} {'CPU s':>6} {'greeted s':>10} {'later s':>12}")
        for matches in given.matches, 1:
            folder = Path(temporary) / str(matches)
            folder.mkdir()
            with hosting(folder) as server:
                token = begin(server, matches)
                server.child.send_signal(signal.SIGKILL)
            runs = [restart(folder, token) for _ in range(given.runs)]
            wall, busy, greeted, _ = map(statistics.median, zip(*runs, strict=True))
            later = restart(folder, token, LATER_S)[3]
            print(
                f"{matches:12,} {wall:8.2f} {busy:6.2f} {greeted:10.2f} {later:12.2f}", flush=True
            )


if __name__ == "__main__":
    main()
