"""What ten thousand sockets take, and how a thousand do that send a command now and then.

    python -m tests.load.many_sockets [--people 10000] [--a-match 100] [--seconds 10]

People join matches by their code and keep a socket open, each with a name and a token. Printed are
the server's memory before and after, and what part of a core it takes while nobody says anything.
Then 500 rooms of two send 250 commands a second, in turn, whether the server keeps up or not; the
ms from the moment at which a command was due to its answer.
"""

import argparse
import resource
import select
import tempfile
import time
from pathlib import Path

from tests.load.compare import ORDERS, SEATS
from tests.load.hosted import Hosted, hosting
from tests.load.lean import Wire
from tests.load.machine import busy_s, percentile, resident_mib

ROOMS, RATE = 500, 250
IDLE_S = 10


def crowd(server: Hosted, people: int, a_match: int) -> list[Wire]:
    """Let people come to matches that have not begun."""
    wires = []
    for number in range(people):
        if number % a_match == 0:
            code, host = server.match("rooms")
            host.close()
        name = f"Person {number}"
        wires.append(
            server.open(server.web.post("/api/join", {"code": code, "name": name})["token"])
        )
    return wires


def idle(server: Hosted, people: int, a_match: int) -> None:
    """Measure sockets on which nothing is said."""
    before, begun, busy = resident_mib(server.pid), time.perf_counter(), busy_s(server.pid)
    wires = crowd(server, people, a_match)
    took, busy = time.perf_counter() - begun, busy_s(server.pid) - busy
    after, quiet = resident_mib(server.pid), busy_s(server.pid)
    time.sleep(IDLE_S)
    quiet = (busy_s(server.pid) - quiet) / IDLE_S
    each = (after - before) * 1024 / people
    print(
        f"{people:,} sockets: {after:.0f} MiB, {before:.0f} before, {each:.1f} KiB each", end="; "
    )
    print(f"{quiet:.1%} of a core idle; to come {busy * 1000 / people:.1f} ms of processor", end="")
    print(f" each, {people / took:.0f} a second", flush=True)
    for wire in wires:
        wire.close()


def steady(server: Hosted, seconds: float) -> None:
    """Send commands at a steady rate, and note when each is answered."""
    rooms = [server.room("rooms", SEATS) for _ in range(ROOMS)]
    turns = [wire for seat in zip(*rooms, strict=True) for wire in seat]  # all ROWs, then COLUMNs
    poll = select.epoll()
    wires = {wire.socket.fileno(): wire for wire in turns}
    for number in wires:
        poll.register(number, select.EPOLLIN)
    due_s: dict[Wire, float] = {}
    answers_ms: list[float] = []
    begun, sent, busy = time.perf_counter(), 0, busy_s(server.pid)
    while sent < seconds * RATE or due_s:
        now_s = time.perf_counter()
        while sent < seconds * RATE and begun + sent / RATE <= now_s:
            wire = turns[sent % len(turns)]
            due_s[wire] = begun + sent / RATE
            wire.send(ORDERS[1 + sent // len(turns)])
            sent += 1
        for number, _ in poll.poll(max(0.0, begun + sent / RATE - time.perf_counter())):
            for message in (wire := wires[number]).read():
                if b'"ack"' in message and wire in due_s:
                    answers_ms.append((time.perf_counter() - due_s.pop(wire)) * 1000)
    cost_us = (busy_s(server.pid) - busy) * 1e6 / sent
    cuts = [percentile(answers_ms, part) for part in (0.5, 0.99, 1)]
    print(f"{len(turns):,} sockets, {RATE} commands/s: p50 {cuts[0]:.1f} ms", end=", ")
    print(f"p99 {cuts[1]:.1f} ms, at most {cuts[2]:.1f} ms; {cost_us:.0f} µs of processor each")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--a-match", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=12)
    given = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder, hosting(Path(folder)) as server:
        idle(server, given.people, given.a_match)
    with tempfile.TemporaryDirectory() as folder, hosting(Path(folder)) as server:
        steady(server, given.seconds)


if __name__ == "__main__":
    main()
