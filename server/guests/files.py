"""The databases of guests' matches: one a day beside the main one, dropped whole a day later.

The id of a match names its day, so that a match that is played across midnight stays where it is. A
day's database is dropped when the day after it has ended: its matches are then at least 24 hours
old. None is made before a guest plays.
"""

import asyncio
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from game_rules.roles import PersonId
from server.clock import Clock
from server.database import ForeignDatabase
from server.guests.days import GuestDays
from server.logs import log
from server.store.event_store import (
    GUEST,
    EventStore,
    MatchId,
    NewEvent,
    StoreDamaged,
    StoredEvent,
    StoreError,
    StoreUnavailable,
    is_of_guest,
)
from server.store.queries import AsyncTables
from server.store.threaded import ThreadedStore

DROPPED = "a guest's match is kept for a day, and this one is gone; play again"
SOON_S = 180
"""How long before midnight the next day is opened: all servers look once a minute."""
_DAY = re.compile(r"[0-9]{8}")


class GuestFiles:
    """The databases of today's and yesterday's guests. Beside the main one, as `queries` says.

    is_shared: whether other servers begin matches there, whose people may come here.
    """

    def __init__(self, days: GuestDays, clock: Clock, *, is_shared: bool = False) -> None:
        self._days, self._clock, self._is_shared = days, clock, is_shared
        self._open: dict[str, ThreadedStore] = {}
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Open those of today and yesterday; drop older ones, and any that is damaged."""
        for day in sorted(filter(_DAY.fullmatch, await self._days.found())):
            if self._is_past(day):
                await self._delete(day)
                continue
            try:
                self._open[day] = await self._days.opened(day)
            except (StoreError, ForeignDatabase) as error:  # a guest's loss must stop no server
                log.warning("guests_lost", day=day, reason=str(error))
                if isinstance(error, (StoreDamaged, ForeignDatabase)):
                    await self._delete(day)
        await self.follow_others()

    async def follow_others(self) -> None:
        """Open the day of now, and that of soon, if other servers may begin matches in it."""
        for day in {self._day(0), self._day(0, SOON_S)} if self._is_shared else ():
            await self._make(day)

    async def close(self) -> None:
        """Store what was accepted and close all."""
        for store in self._open.values():
            await store.close()

    async def new_id(self) -> MatchId:
        """Make the id of a match of today, and today's database if it is not there."""
        day = self._day(0)
        await self._make(day)
        return MatchId(f"{GUEST}{day}-{secrets.token_urlsafe(12)}")

    async def _make(self, day: str) -> None:
        async with self._opening:
            if day not in self._open:
                self._open[day] = await self._days.opened(day)

    async def size(self) -> int:
        """Return the bytes of today's database."""
        return await self._days.size(self._day(0))

    def past(self, match_ids: Iterable[MatchId]) -> list[MatchId]:
        """Return those matches of guests whose day is due to be dropped, or was."""
        return [x for x in match_ids if is_of_guest(x) and self._is_past(_day_of(x))]

    @property
    def has_past(self) -> bool:
        """Tell whether a day is due to be dropped."""
        return any(map(self._is_past, self._open))

    async def drop(self) -> None:
        """Drop the databases of days past."""
        for day in filter(self._is_past, tuple(self._open)):
            await self._open.pop(day).close()
            await self._delete(day)

    def store(self, match: MatchId) -> ThreadedStore | None:
        """Return the store of a guest's match; None if it is not there any more."""
        return self._open.get(_day_of(match))

    def of(self, match: MatchId | None) -> AsyncTables | None:
        """Return the database of a guest's match; None for others, and for one that is gone."""
        return None if match is None or not is_of_guest(match) else self.store(match)

    def each(self) -> Iterable[AsyncTables]:
        """Return the databases that are open."""
        return tuple(self._open.values())

    def _day(self, back: int, ahead_s: int = 0) -> str:
        """Return the day so many days ago, as YYYYMMDD, which sorts by time."""
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000 + ahead_s, UTC)
        return f"{now - timedelta(days=back):%Y%m%d}"

    def _is_past(self, day: str) -> bool:
        """Tell whether neither today nor yesterday, nor after a clock was set back."""
        return day < self._day(1)

    async def _delete(self, day: str) -> None:
        await self._days.delete(day)
        log.info("guests_dropped", day=day)


class Logs:
    """The event store of all matches: guests' in their days', all others in the main database."""

    def __init__(self, main: EventStore, guests: GuestFiles) -> None:
        self._main, self._guests = main, guests

    @property
    def is_shared(self) -> bool:
        """Tell whether another program may append to the main database."""
        return self._main.is_shared

    async def open(self) -> None:
        """Open the main database, then the guests'."""
        await self._main.open()
        await self._guests.open()

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        """Add events to a log, as `EventStore` says."""
        store = self._of(match_id)
        if store is None:
            raise StoreUnavailable(DROPPED)
        return await store.append(match_id, expected_seq, events)

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Return the events after a seq; none of a match that was dropped."""
        store = self._of(match_id)
        return [] if store is None else await store.read(match_id, after_seq)

    async def names(self, match_id: MatchId) -> dict[PersonId, str | None]:
        """Return what the people of a match are called."""
        store = self._of(match_id)
        return {} if store is None else await store.names(match_id)

    def require_writable(self) -> None:
        """Raise the StoreUnavailable of the main database's last write, if that one failed."""
        self._main.require_writable()

    async def close(self) -> None:
        """Close all."""
        await self._guests.close()
        await self._main.close()

    def _of(self, match_id: MatchId) -> EventStore | None:
        return self._guests.store(match_id) if is_of_guest(match_id) else self._main


def _day_of(match: MatchId) -> str:
    return match.removeprefix(GUEST)[:8]
