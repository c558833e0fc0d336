"""What a server does about the others on its database, some times a second.

It says that it is there, lets go of the rooms that it has lost, cuts connections that it passes on
to a server that is gone, and takes over matches that nobody plays.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

from server.access.tokens import Access
from server.clock import Clock
from server.hosting.match_host import MatchHost, is_running
from server.hosting.registry import Registry
from server.hosting.rooms import Rooms
from server.live.branches import Branches
from server.live.presence import Presences
from server.logs import log
from server.store.event_store import StoreError
from server.store.queries import Queries
from server.wire.frames import CloseCode

LATE_S = 0.01
"""After a lease has lapsed, so that it has on a clock of milliseconds, too."""
MOVED = "another server continues the match; reconnecting"


class Passed(Protocol):
    """A connection that is passed on to another server. address: of that one."""

    address: str

    def cut(self) -> None:
        """End it, so that its client connects again."""
        ...


class Tenancy:
    """Follows the leases of this server. passed: connections to rooms of other servers.

    on_lost: called with the rooms that were lost, once their matches are let go. is_followed: tells
    whether anybody follows a class here.
    """

    def __init__(
        self,
        rooms: Rooms,
        queries: Queries,
        registry: Registry,
        presences: Presences,
        access: Access,
        branches: Branches,
        clock: Clock,
    ) -> None:
        self.rooms, self._is_leaving = rooms, False
        self.passed: set[Passed] = set()
        self._is_one_gone = asyncio.Event()
        self.on_lost: Callable[[frozenset[str]], None] = lambda rooms: None
        self.is_followed: Callable[[str], bool] = lambda room: False
        self._queries, self._registry, self._presences = queries, registry, presences
        self._access, self._branches, self._clock = access, branches, clock

    async def beat(self) -> None:
        """Renew the leases, and let go of what was lost. Raises StoreError.

        It waits for no match that is opened, for the leases would lapse meanwhile.
        """
        if not self.rooms.is_shared:
            return
        before = self.rooms.addresses
        lost = await self.rooms.beat(self._clock.now_ms())
        if before - self.rooms.addresses:
            self._is_one_gone.set()
        if lost:
            log.warning("rooms_lost", rooms=len(lost))
        self._let_go(lost)
        self._cut_passed()

    async def wait_for_beat(self, most_s: float) -> None:
        """Wait until the next beat is due: at once when a server that says nothing lapses."""
        await asyncio.sleep(min(most_s, self.rooms.lapse_s + LATE_S))

    async def wait_for_take_over(self, most_s: float) -> None:
        """Wait, at most until a beat finds that a server is gone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._is_one_gone.wait()
        self._is_one_gone.clear()

    async def take_over(self) -> None:
        """Play what nobody plays, and all matches of rooms that were entered. Raises StoreError."""
        if self._is_leaving:
            return
        found = await self._registry.adopt(await self.rooms.leases.orphans())
        if new := self.rooms.new:
            found += await self._registry.adopt(await self._queries.live_match_ids(new))
            self.rooms.note_opened(new)
            if any((hold := self.rooms.hold_of(x)) and hold.epoch > 1 for x in new):
                self._access.forget()  # its last owner may have revoked tokens that are known here
        if not found:
            return
        log.info("matches_taken_over", matches=len(found))
        for host in found:
            if host.position.is_over and host.position.superseded_by is None:
                self._registry.note_stale(host.match_id)
        await self._branches.resume()

    def is_idle(self, room: str) -> bool:
        """Tell whether a room is played here, with no clock that runs and nobody connected."""
        if self.rooms.hold_of(room) is None or self.is_followed(room) or self._is_leaving:
            return False
        hosts = self.matches_of(room)
        return not any(self._presences.has(x.match_id) or is_running(x.position) for x in hosts)

    def matches_of(self, room: str) -> list[MatchHost]:
        """Return the matches of a room that are open here."""
        hosts, hold = self._registry.hosts, self.rooms.hold_of(room)
        return [x for x in hosts if self.rooms.hold_of(x.match_id) is hold]

    async def give_up(self, room: str) -> None:
        """Give one room up, so that the server that asks can take it. Raises StoreError."""
        await self.rooms.give_up(room, self._clock.now_ms())
        self._let_go(frozenset({room}))
        log.info("room_given_up", room=room)

    async def hand_over(self) -> None:
        """Give all rooms up, so that others take them over at once; nothing is decided from now on.

        Where the database refuses, the leases lapse by themselves.
        """
        self._is_leaving = True
        try:
            await self._registry.settle()
            await self.rooms.leases.leave(self._clock.now_ms())
        except StoreError as error:
            log.warning("rooms_not_handed_over", reason=str(error))

    def _let_go(self, lost: frozenset[str]) -> None:
        """Let go of what was lost now, or was being opened when it was lost."""
        hosts = self._registry.hosts
        gone = [x.match_id for x in hosts if self.rooms.hold_of(x.match_id) is None]
        if not (lost or gone):
            return
        for match in gone:
            self._presences.close(match, CloseCode.RESTART, MOVED)
        self._registry.let_go(gone)
        self._access.forget()
        self.on_lost(lost)

    def _cut_passed(self) -> None:
        gone = [x for x in self.passed if x.address not in self.rooms.addresses]
        for connection in gone:
            connection.cut()
