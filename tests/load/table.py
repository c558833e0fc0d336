"""Two-player rooms of any server, played by one lean client: rounds, and how long each took."""

import select
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.load.lean import PATIENCE_S, Closed, Wire

REFUSED = b'"refused"'


@dataclass(eq=False)
class Table:
    """One room. order: the frame of a seat's choice in a round. reveal: what a reveal holds.

    last: its last round, after which `next` is played.
    """

    wires: Sequence[Wire]
    order: Callable[[int, int], bytes]
    reveal: bytes
    last: int | None = None
    next: "Table | None" = None
    round: int = 1
    seen: int = 0
    sent_s: float = 0.0


class Served(NamedTuple):
    """A server that plays rooms. pid: its process."""

    pid: int
    tables: Sequence[Table]


@dataclass
class Tally:
    """What one run saw. rounds: how many were seen by both. latencies_ms: of each seat's choice."""

    rounds: int = 0
    took_s: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)


class Players:
    """Everybody who plays; all choose at once as soon as both have seen the reveal."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._poll = select.epoll()
        self._seats: dict[int, tuple[Table, Wire]] = {}
        self._tally = Tally()
        for table in tables:
            self._sit(table)

    def play(self, seconds: float) -> Tally:
        """Play for a while."""
        begun = time.perf_counter()
        for table in {id(table): table for table, _ in self._seats.values()}.values():
            _choose(table)
        while (now_s := time.perf_counter()) < begun + seconds:
            ready = self._poll.poll(PATIENCE_S)
            if not ready:
                raise TimeoutError(f"no reveal came for {PATIENCE_S} s")
            for number, _ in ready:
                self._hear(*self._seats[number])
        self._tally.took_s = now_s - begun
        return self._tally

    def _sit(self, table: Table) -> None:
        for wire in table.wires:
            self._seats[wire.socket.fileno()] = table, wire
            self._poll.register(wire.socket.fileno(), select.EPOLLIN)

    def _hear(self, table: Table, wire: Wire) -> None:
        for message in wire.read():
            if table.reveal in message:
                self._tally.latencies_ms.append((time.perf_counter() - table.sent_s) * 1000)
                table.seen += 1
            elif REFUSED in message:
                raise Closed(message.decode())
        if table.seen == len(table.wires):
            self._tally.rounds += 1
            self._go_on(table)

    def _go_on(self, table: Table) -> None:
        table.seen, table.round = 0, table.round + 1
        if table.last is not None and table.round > table.last:
            for wire in table.wires:
                self._poll.unregister(wire.socket.fileno())
            if table.next is None:
                raise RuntimeError("a room has no match left; make more of them")
            self._sit(table.next)
            table = table.next
        _choose(table)


def _choose(table: Table) -> None:
    table.sent_s = time.perf_counter()
    for seat, wire in enumerate(table.wires):
        wire.send(table.order(seat, table.round))
