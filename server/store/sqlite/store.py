"""The SQLite adapter: logs and all other tables in one file, one writer, many readers.

All writes go through one writer thread (`writer`). Reads use separate connections and see what was
committed when they began; in write-ahead mode readers and the writer do not block each other.
Several programs may open the same file: the expected seq is checked under the database's write
lock.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import starmap
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, bindparam, create_engine, event, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from game_rules.roles import PersonId
from server.store.event_store import MatchId, NewEvent, StoredEvent, StoreUnavailable
from server.store.sqlite.damage import refusal
from server.store.sqlite.writer import Append, Outcome, Stop, TableChange, Writer
from server.store.tables import EventRow, PersonRow

T = TypeVar("T")

READERS = 2
CLOSED = "the store is closed; nothing was saved"

_READ = str(
    select(col(EventRow.seq), col(EventRow.payload), col(EventRow.actor), col(EventRow.command_id))
    .where(col(EventRow.match_id) == bindparam("match_id"), col(EventRow.seq) > bindparam("seq"))
    .order_by(col(EventRow.seq))
    .compile(dialect=dialect())
)


class SqliteStore:
    """Stores everything in one SQLite file. An `EventStore`, and the `AsyncTables` of `queries`.

    busy_ms: how long to wait for another program's lock. most_waiting: how many writes may wait for
    the disk at once; further ones wait for room.
    """

    def __init__(self, path: Path, busy_ms: int = 5_000, most_waiting: int = 4_096) -> None:
        self._path, self._busy_ms = path, busy_ms
        self._room = asyncio.Semaphore(most_waiting)
        self._is_open = False
        self._write_failure: StoreUnavailable | None = None

    async def open(self) -> None:
        """Start the writer. Raises StoreUnavailable if the file is not a migrated database."""
        self._loop = asyncio.get_running_loop()
        try:
            self._writer = Writer(self._path, self._busy_ms, self._tell)
        except sqlite3.Error as error:
            raise refusal(f"cannot use {self._path}", error) from error
        self._writer.start()
        self._reading = ThreadPoolExecutor(READERS, "store-reader")
        self._engine = _reading_engine(self._path, self._busy_ms)
        self._is_open = True

    async def append(self, match_id: MatchId, expected_seq: int, events: Sequence[NewEvent]) -> int:
        """Add events to a log, all or none; return its last seq once they are synced.

        Raises SeqConflict, CommandRepeated or StoreUnavailable, as `EventStore` says; ValueError
        for no events, or for text that is not valid Unicode.
        """
        if not events:
            raise ValueError("an append of no events; append at least one")
        return await self._submit(lambda answer: Append(match_id, expected_seq, events, answer))

    async def read(self, match_id: MatchId, after_seq: int = 0) -> list[StoredEvent]:
        """Return the events after a seq, in order; none for a match without a log."""

        def rows() -> list[StoredEvent]:
            # A cursor that an error leaves open would keep the file open after `close`.
            with (
                closing(self._engine.raw_connection()) as connection,
                closing(connection.cursor()) as cursor,
            ):
                return list(starmap(StoredEvent, cursor.execute(_READ, (match_id, after_seq))))

        return await self._look(rows)

    async def names(self, match_id: MatchId) -> dict[PersonId, str | None]:
        """Return what the people of a match are called, beside its log; None: forgotten."""
        query = select(col(PersonRow.person), col(PersonRow.name)).where(
            col(PersonRow.match_id) == match_id
        )

        def look(session: Session) -> dict[PersonId, str | None]:
            rows = session.connection().execute(query)
            return {PersonId(person): name for person, name in rows}

        return await self.view(look)

    async def change(self, make: Callable[[Session], T]) -> T:
        """Run a function in a separate transaction on the writer thread, and commit.

        Raises what the function raises, after a rollback; StoreUnavailable if the database refuses.
        """
        return await self._submit(lambda answer: TableChange(make, answer))

    async def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads, on a thread that does not wait for writes."""

        def run() -> T:
            with Session(self._engine) as session:
                return look(session)

        return await self._look(run)

    def require_writable(self) -> None:
        """Raise the StoreUnavailable of the last write, if that one failed."""
        if self._write_failure is not None:
            raise self._write_failure

    async def close(self) -> None:
        """Store the accepted writes and refuse later ones; harmless when repeated."""
        if not self._is_open:
            return
        self._is_open = False
        stopped = self._loop.create_future()
        self._writer.accept(Stop(stopped))
        await stopped
        await asyncio.to_thread(self._reading.shutdown)
        self._engine.dispose()

    async def _submit(self, work: Callable[[asyncio.Future[Any]], Append | TableChange]) -> Any:
        async with self._room:
            if not self._is_open:
                raise StoreUnavailable(CLOSED)
            answer = self._loop.create_future()
            self._writer.accept(work(answer))
            try:
                result = await answer
            except StoreUnavailable as failure:
                self._write_failure = failure
                raise
            self._write_failure = None
            return result

    async def _look(self, run: Callable[[], T]) -> T:
        if not self._is_open:
            raise StoreUnavailable(CLOSED)
        try:
            return await self._loop.run_in_executor(self._reading, run)
        except (sqlite3.Error, DBAPIError) as error:
            reason = error.orig if isinstance(error, DBAPIError) else error
            raise refusal(f"cannot read {self._path}", reason) from error

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        # If the loop ended without closing the store, nothing waits for the outcome.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_answer, outcomes)


def _answer(outcomes: Sequence[Outcome]) -> None:
    for answer, result in outcomes:
        if answer.done():
            continue
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)


def _reading_engine(path: Path, busy_ms: int) -> Engine:
    driver = {"timeout": busy_ms / 1000, "check_same_thread": False, "isolation_level": None}
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, pool_size=READERS, max_overflow=0, connect_args=driver)

    @event.listens_for(engine, "connect")
    def only_read(connection: Any, record: object) -> None:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")

    @event.listens_for(engine, "begin")
    def see_one_moment(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
