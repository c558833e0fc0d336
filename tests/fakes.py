"""Stand-ins that pass the same contract tests as the real parts, and a place for real ones."""

import asyncio
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session

from game_rules.roles import PersonId
from server.database import migrate
from server.store.event_store import (
    CommandRepeated,
    MatchId,
    NewEvent,
    SeqConflict,
    StoredEvent,
    StoreError,
    StoreUnavailable,
)
from server.store.sqlite.store import SqliteStore


class ManualClock:
    """A clock that stands until it is told to move. Not a second passes by itself."""

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self.lost_ms = 0

    def now_ms(self) -> int:
        """Give the time in ms."""
        return self._now_ms

    def advance(self, by_ms: int) -> None:
        """Let time pass; it never runs back."""
        assert by_ms >= 0, f"{by_ms} ms: time does not run back"
        self._now_ms += by_ms

    def stand_still(self, by_ms: int) -> None:
        """Let time pass in which the server could not act."""
        self.advance(by_ms)
        self.lost_ms += by_ms

    def not_before(self, time_ms: int) -> None:
        """Continue from a later time."""
        self._now_ms = max(self._now_ms, time_ms)

    def follow_wall(self) -> None:
        """Do nothing: no wall clock is beside this one."""


class MemoryStore:
    """An event store in memory, as durable as the test.

    outage: while set, every append and read fails with it, having stored nothing. An append gives
    other tasks a turn before it stores, as a real one does.
    """

    is_shared = False

    def __init__(self) -> None:
        self.outage: StoreError | None = None
        self.people: dict[MatchId, dict[PersonId, str | None]] = {}
        self._logs: dict[MatchId, list[StoredEvent]] = {}
        self._commands: set[tuple[MatchId, str | None, str]] = set()
        self._is_open = False

    async def open(self) -> None:
        """Make ready; what was stored before is still there."""
        self._is_open = True

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        """Add events to a log, all or none, as `EventStore` says."""
        if not events:
            raise ValueError("an append of no events; append at least one")
        await self._reach()
        log = self._logs.get(match_id, [])
        if len(log) != expected_seq:
            raise SeqConflict(match_id, expected_seq, len(log))
        for event in events:
            f"{event.payload}{event.actor}{event.command_id}".encode()
        commands = [(match_id, e.actor, e.command_id) for e in events if e.command_id is not None]
        if len({*commands}) < len(commands) or not self._commands.isdisjoint(commands):
            raise CommandRepeated(match_id)
        self._commands.update(commands)
        numbered = enumerate(events, start=expected_seq + 1)
        new = [StoredEvent(seq, e.payload, e.actor, e.command_id) for seq, e in numbered]
        self._logs[match_id] = log + new
        known = self.people.setdefault(match_id, {})
        for person, name in ((p, n) for event in events for p, n in event.names.items()):
            is_forgotten = person in known and known[person] is None
            known[person] = None if is_forgotten else name
        return expected_seq + len(events)

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Give the events after a seq, in order."""
        await self._reach()
        return self._logs.get(match_id, [])[after_seq:]

    async def names(self, match_id: MatchId) -> dict[PersonId, str | None]:
        """Give what the people of a match are called."""
        await self._reach()
        return dict(self.people.get(match_id, {}))

    def require_writable(self) -> None:
        """Raise the outage, if there is one."""
        if self.outage is not None:
            raise self.outage

    async def close(self) -> None:
        """Refuse everything from now on."""
        self._is_open = False

    async def _reach(self) -> None:
        if not self._is_open:
            raise StoreUnavailable("the store is closed; nothing was saved")
        await asyncio.sleep(0)
        if self.outage is not None:
            raise self.outage


def fresh_database(folder: Path) -> str:
    """Make a migrated, empty database file in a folder and return its URL."""
    path = folder / "detente.sqlite3"
    path.write_bytes(_empty_database())
    return f"sqlite:///{path}"


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.sqlite3")
        # A thread of its own, for the caller may be inside a running loop.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, migrate(f"sqlite:///{path}")).result()
        return path.read_bytes()


async def breakable(store: SqliteStore) -> list[str]:
    """Let every write of a store fail while the list that is returned holds anything."""
    broken: list[str] = []

    def install(session: Session) -> None:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(lambda: len(broken), 1)

    await store.change(install)
    return broken
