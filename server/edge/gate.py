"""Connections of whom nobody knows yet who they are: how many there may be, and who goes first.

A socket that said hello is known; every other connection is a guest. The cheapest attack is to
connect and say nothing, so guests who are silent make room for newcomers, the longest silent one
first. A guest whose request is being answered stays.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from server.access.addresses import neighbourhood
from server.access.limits import LoopTime, TokenBucket
from server.logs import Seldom

MOST_GUESTS = 500
MOST_GUESTS_OF_ONE_ADDRESS = 300
LONGEST_ANSWER_S = 30
"""How long an answer may take until its reader counts as silent, because it does not read."""
KEPT_DESCRIPTORS = 128
"""Files that a server opens beside connections: the database, its log, pages."""
MOST_DESCRIPTORS = 65_536
MOST_BUCKETS = 2_000
DEVICES = 4
SMOOTH = 2
"""How many times its pace a device may ask for, until its burst is used up."""


@dataclass(eq=False, slots=True)
class Guest:
    """A connection of nobody known. hang_up: ends it. busy_since_s: when its request began."""

    address: str
    hang_up: Callable[[], None]
    busy_since_s: float | None = None
    is_known: bool = False

    def is_silent(self, now_s: float) -> bool:
        """Tell whether it waits for something from the other side, and not for an answer."""
        return self.busy_since_s is None or now_s - self.busy_since_s > LONGEST_ANSWER_S


@dataclass(slots=True)
class Gate:
    """Counts the connections of a server, and sends silent guests away.

    most_connections: of guests and known ones together. per_second, burst: requests that one device
    may make, at_once of them without a pause; all of one address may make DEVICES times as many.
    handed_on: the guest whose
    connection becomes a socket just now.
    """

    most: int = MOST_GUESTS
    most_of_one: int = MOST_GUESTS_OF_ONE_ADDRESS
    most_connections: int = MOST_DESCRIPTORS
    per_second: float = 50
    burst: int = 1_000
    at_once: int = 20
    clock: Callable[[], float] = time.monotonic
    handed_on: Guest | None = None
    _guests: dict[Guest, None] = field(default_factory=dict)
    _of: dict[str, dict[Guest, None]] = field(default_factory=dict)
    _known: int = 0
    _buckets: dict[str, TokenBucket] = field(default_factory=dict)
    _shed: Seldom = field(default_factory=lambda: Seldom("silent_connections_shed"))

    def enter(self, address: str, hang_up: Callable[[], None]) -> Guest:
        """Let a connection in, in place of the longest silent one if there are too many."""
        guest = Guest(neighbourhood(address), hang_up)
        beside = self._of.setdefault(guest.address, {})
        if len(beside) >= self.most_of_one:
            self._shed_one(beside)
        if len(self._guests) >= self.most or self._connections >= self.most_connections:
            self._shed_one(self._guests)
        self._guests[guest] = beside[guest] = None
        if self._connections > self.most_connections:  # nobody is silent: the newest goes
            self._send_away(guest)
        return guest

    def begin(self, guest: Guest) -> None:
        """Note that a guest's request is being answered."""
        guest.busy_since_s = self.clock()

    def end(self, guest: Guest) -> None:
        """Note that a guest is silent from now on."""
        guest.busy_since_s = None
        if guest in self._guests:  # the longest silent one stands first
            self._guests[guest] = self._guests.pop(guest)
            beside = self._of[guest.address]
            beside[guest] = beside.pop(guest)

    def admit(self, guest: Guest) -> None:
        """Note that a guest has said who it is."""
        if guest in self._guests:
            self._forget(guest)
            guest.is_known = True
            self._known += 1

    def leave(self, guest: Guest) -> None:
        """Note that a connection has ended."""
        if guest.is_known:
            guest.is_known = False
            self._known -= 1
        self._forget(guest)

    def late_s(self, address: str, device: str) -> float:
        """Count a request; return in how many seconds it is to be answered."""
        pace, burst = self.per_second, self.burst
        smooth, at_once = SMOOTH * pace, self.at_once
        return max(
            self._bucket(f"{address} {device}", pace, burst).owe(),
            self._bucket(f"{address} {device} at once", smooth, at_once).owe(),
            self._bucket(f"{address} ", DEVICES * pace, DEVICES * burst).owe(),
            self._bucket(address, DEVICES * smooth, DEVICES * at_once).owe(),
        )

    def _bucket(self, name: str, per_second: float, burst: int) -> TokenBucket:
        if name not in self._buckets:
            if len(self._buckets) >= MOST_BUCKETS:
                kept = [(k, b) for k, b in self._buckets.items() if not b.is_full]
                self._buckets = dict(kept[-MOST_BUCKETS // 2 :])
            self._buckets[name] = TokenBucket(LoopTime(self.clock), per_second, burst)
        return self._buckets[name]

    @property
    def _connections(self) -> int:
        return len(self._guests) + self._known

    def _shed_one(self, guests: dict[Guest, None]) -> None:
        now_s = self.clock()
        silent = next((guest for guest in guests if guest.is_silent(now_s)), None)
        if silent is not None:
            self._send_away(silent)

    def _send_away(self, guest: Guest) -> None:
        self._shed.note()
        self._forget(guest)
        guest.hang_up()

    def _forget(self, guest: Guest) -> None:
        self._guests.pop(guest, None)
        beside = self._of.get(guest.address, {})
        beside.pop(guest, None)
        if not beside:
            self._of.pop(guest.address, None)


def raise_descriptor_limit() -> int:
    """Raise the soft limit of open files to the hard one; return how many connections fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    allowed = most if soft == resource.RLIM_INFINITY else soft
    return max(1, allowed - KEPT_DESCRIPTORS)
