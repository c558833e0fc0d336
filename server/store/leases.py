"""The port of leases: which of several servers on one database plays a match.

A *room* is what one server plays as a whole: a class with all its matches, or a match with its
branches. It is named by the id of the class or of the first match. Its owner alone decides, lets
bots act, passes deadlines and counts who is there. Every append carries the owner's epoch, and the
database refuses it, in the same statement, unless that lease is held and has not lapsed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from server.store.event_store import MatchId


class Elsewhere(Exception):
    """Another server plays this. address: where to ask, as `HOST:PORT`."""

    def __init__(self, room: str, address: str) -> None:
        super().__init__(f"{room} is played by the server at {address}; ask there")
        self.room, self.address = room, address


@dataclass(frozen=True, slots=True)
class Hold:
    """A lease that this server has.

    down_since_ms: until when the last owner was there, on its clock; None for a room that is new,
    or whose owner is not known.
    """

    room: str
    epoch: int
    down_since_ms: int | None = None


class Leases(Protocol):
    """The leases of one server. Raises StoreUnavailable where the database does not answer."""

    @property
    def is_shared(self) -> bool:
        """Whether other servers may use the same database."""
        ...

    async def open(self, host_secret: str = "") -> None:
        """Say that this server is there. host_secret: in its facilitator's link."""
        ...

    def of(self, known: str) -> Hold | None:
        """Return the lease under which this server plays a match or a class, if it has it."""
        ...

    async def hold(self, wanted: str) -> Hold | None:
        """Take the lease of a match or a class, if it is free or its owner's has lapsed.

        None for what is in no list. Raises Elsewhere.
        """
        ...

    def share(self, new: str, known: str) -> None:
        """Let a match that is in no list yet be played under the lease of another one."""
        ...

    async def beat(self, now_ms: int) -> frozenset[str]:
        """Say that this server is still there; return the rooms that it has lost meanwhile."""
        ...

    async def orphans(self) -> Sequence[MatchId]:
        """List matches that have started and are not over, and whose room nobody plays.

        The newest come first, as somebody is most likely to wait for those.
        """
        ...

    async def addresses(self) -> Mapping[str, float]:
        """Return where the servers are that are there, and in how many s each lapses by itself."""
        ...

    async def knows_host(self, secret: str) -> bool:
        """Tell whether a secret is in the facilitator's link of another server that is there."""
        ...

    async def forget(self, start: str) -> None:
        """Delete the leases of rooms whose names begin so, because they are gone."""
        ...

    async def give_up(self, room: str, now_ms: int) -> None:
        """Give one room up, so that another server can take it."""
        ...

    async def leave(self, now_ms: int) -> None:
        """Give all rooms up at once, and take no other."""
        ...

    async def close(self) -> None:
        """Say that this server is gone; harmless when repeated."""
        ...


class SoleServer:
    """The leases of a server that has its database to itself: it plays everything."""

    is_shared = False
    _ALL = Hold("", 0)

    async def open(self, host_secret: str = "") -> None:
        """Do nothing."""

    def of(self, known: str) -> Hold | None:
        """Return the lease of everything."""
        return self._ALL

    async def hold(self, wanted: str) -> Hold | None:
        """Return the lease of everything."""
        return self._ALL

    def share(self, new: str, known: str) -> None:
        """Do nothing."""

    async def beat(self, now_ms: int) -> frozenset[str]:
        """Lose nothing."""
        return frozenset()

    async def orphans(self) -> Sequence[MatchId]:
        """List none."""
        return ()

    async def addresses(self) -> Mapping[str, float]:
        """Return none."""
        return {}

    async def knows_host(self, secret: str) -> bool:
        """Return False: nobody else has a link."""
        return False

    async def forget(self, start: str) -> None:
        """Do nothing."""

    async def give_up(self, room: str, now_ms: int) -> None:
        """Do nothing: there is no other server."""

    async def leave(self, now_ms: int) -> None:
        """Do nothing: the next server on this database finds what is not over."""

    async def close(self) -> None:
        """Do nothing."""
