"""The databases of guests' matches: a file a day beside the main one, dropped whole a day later.

The id of a match names the day of its file, so that a match that is played across midnight stays
where it is. A file is dropped when the day after its own has ended: its matches are then at least
24 hours old. No file is made before a guest plays.
"""

import asyncio
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from game_rules.roles import PersonId
from server.clock import Clock
from server.database import ForeignDatabase, migrate
from server.store.event_store import (
    GUEST,
    EventStore,
    MatchId,
    NewEvent,
    StoredEvent,
    StoreError,
    StoreUnavailable,
    is_of_guest,
)
from server.store.queries import AsyncTables
from server.store.sqlite.store import SqliteStore

log = structlog.get_logger()

DROPPED = "a guest's match is kept for a day, and this one is gone; play again"
PARTS = ("", "-wal", "-shm")
"""The files of a SQLite database, by the end of their names."""
_END = ".sqlite3"
_DAY = re.compile(r"[0-9]{8}")


class GuestFiles:
    """The databases of today's and yesterday's guests. Beside the main one, as `queries` says.

    main: the main database, beside which they are: `detente.guests-20261130.sqlite3`.
    """

    def __init__(self, main: Path, clock: Clock) -> None:
        self._main, self._clock = main, clock
        self._open: dict[str, SqliteStore] = {}
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Open the files of today and yesterday; drop older ones, and any that cannot be used."""
        for day in self._found():
            if self._is_past(day):
                self._delete(day)
                continue
            try:
                await self._opened(day)
            except (StoreError, ForeignDatabase) as error:  # a guest's loss must stop no server
                log.warning("guests_lost", day=day, reason=str(error))
                self._delete(day)

    async def close(self) -> None:
        """Store what was accepted and close every file."""
        for store in self._open.values():
            await store.close()

    async def new_id(self) -> MatchId:
        """Make the id of a match of today, and today's file if it is not there."""
        day = self._day(0)
        async with self._opening:
            if day not in self._open:
                await self._opened(day)
        return MatchId(f"{GUEST}{day}-{secrets.token_urlsafe(12)}")

    def size(self) -> int:
        """Return the bytes of today's file."""
        return sum(path.stat().st_size for path in self._paths(self._day(0)) if path.exists())

    def past(self, match_ids: Iterable[MatchId]) -> list[MatchId]:
        """Return those matches of guests whose file is due to be dropped, or was."""
        return [x for x in match_ids if is_of_guest(x) and self._is_past(_day_of(x))]

    @property
    def has_past(self) -> bool:
        """Tell whether a file is due to be dropped."""
        return any(map(self._is_past, self._open))

    async def drop(self) -> None:
        """Drop the files of days past."""
        for day in filter(self._is_past, tuple(self._open)):
            await self._open.pop(day).close()
            self._delete(day)

    def store(self, match: MatchId) -> SqliteStore | None:
        """Return the store of a guest's match; None if it is not there any more."""
        return self._open.get(_day_of(match))

    def of(self, match: MatchId | None) -> AsyncTables | None:
        """Return the database of a guest's match; None for others, and for one that is gone."""
        return None if match is None or not is_of_guest(match) else self.store(match)

    def each(self) -> Iterable[AsyncTables]:
        """Return the databases that are open."""
        return tuple(self._open.values())

    async def _opened(self, day: str) -> None:
        path = self._path(day)
        copy = await migrate(f"sqlite:///{path}")
        if copy is not None:
            copy.unlink()
        store = SqliteStore(path)
        await store.open()
        self._open[day] = store

    def _day(self, back: int) -> str:
        """Return the day so many days ago, as YYYYMMDD, which sorts by time."""
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000, UTC)
        return f"{now - timedelta(days=back):%Y%m%d}"

    def _is_past(self, day: str) -> bool:
        """Tell whether neither today nor yesterday, nor after a clock was set back."""
        return day < self._day(1)

    def _path(self, day: str) -> Path:
        return self._main.with_name(f"{self._main.stem}.guests-{day}{_END}")

    def _paths(self, day: str) -> list[Path]:
        path = self._path(day)
        return [path.with_name(path.name + part) for part in PARTS]

    def _found(self) -> list[str]:
        """Find the days that have a file."""
        start = f"{self._main.stem}.guests-"
        names = (path.name for path in self._main.parent.iterdir())
        days = (
            name.removeprefix(start).removesuffix(".sqlite3") for name in names if start in name
        )
        return sorted(day for day in days if _DAY.fullmatch(day))

    def _delete(self, day: str) -> None:
        for path in self._paths(day):
            path.unlink(missing_ok=True)
        log.info("guests_dropped", day=day)


class Logs:
    """The event store of all matches: guests' in their files, all others in the main database."""

    def __init__(self, main: EventStore, guests: GuestFiles) -> None:
        self._main, self._guests = main, guests

    async def open(self) -> None:
        """Open the main database, then the guests' files."""
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
