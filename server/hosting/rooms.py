"""The rooms that this server plays, where several share a database; see `store.leases`."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection

from server.store.event_store import MatchId
from server.store.leases import Hold, Leases


class Rooms:
    """Enters rooms before anything in them is decided, and forgets those that were lost.

    on_taken: awaited with the name of a room before anybody may use it. addresses: of the servers
    that were there at the last beat. lapse_s: how soon after it the first of them is gone if it
    says nothing more.
    """

    def __init__(self, leases: Leases) -> None:
        self.leases = leases
        self.on_taken: Callable[[str], Awaitable[None]] = _nothing
        self.addresses: frozenset[str] = frozenset()
        self.lapse_s = math.inf
        self._taken: set[str] = set()
        self._new: set[str] = set()
        self._entering = asyncio.Lock()

    @property
    def is_shared(self) -> bool:
        """Tell whether other servers may use the same database."""
        return self.leases.is_shared

    @property
    def servers(self) -> int:
        """Return how many servers use the database, this one too."""
        return max(1, len(self.addresses))

    def hold_of(self, known: str) -> Hold | None:
        """Return the lease under which a match or a class is played here, if it is."""
        return self.leases.of(known)

    async def enter(self, wanted: str) -> None:
        """Play a match or a class here from now on. Raises Elsewhere or StoreError.

        What is in no list is not entered; nothing can be appended to it.
        """
        if self.leases.of(wanted) is not None:
            return
        async with self._entering:
            if self.leases.of(wanted) is not None:  # somebody else was waited for
                return
            hold = await self.leases.hold(wanted)
            if hold is not None and hold.room not in self._taken:
                self._taken.add(hold.room)
                self._new.add(hold.room)
                await self.on_taken(hold.room)

    @property
    def new(self) -> Collection[str]:
        """The rooms that were entered, and whose matches are not all open yet."""
        return frozenset(self._new)

    def note_opened(self, rooms: Collection[str]) -> None:
        """Note that all matches of some rooms are open."""
        self._new.difference_update(rooms)

    def share(self, branch: MatchId, trunk: MatchId) -> None:
        """Play a branch, which is in no list yet, in the room of its trunk."""
        self.leases.share(branch, trunk)

    async def give_up(self, room: str, now_ms: int) -> None:
        """Let another server take one room. Raises StoreError."""
        self._taken.discard(room)
        self._new.discard(room)
        await self.leases.give_up(room, now_ms)

    async def beat(self, now_ms: int) -> frozenset[str]:
        """Say that this server is there; return the rooms that it has lost. Raises StoreError."""
        lost = await self.leases.beat(now_ms)
        self._taken -= lost
        self._new -= lost
        there = await self.leases.addresses()
        self.addresses, self.lapse_s = frozenset(there), min(there.values(), default=math.inf)
        return lost


async def _nothing(room: str) -> None:
    """Do nothing."""
