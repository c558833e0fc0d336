"""The one hand that writes to a SQLite database: a thread with a connection of its own.

Everything that waits is stored in one transaction (group commit), so one sync serves hundreds of
appends, and one that comes alone waits for nobody. As all writes of this server pass here, they
never meet as "database is locked"; another program's lock is waited for as long as `busy_ms`.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, create_engine, event, func, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col

from server.store.event_store import (
    CommandRepeated,
    MatchId,
    NewEvent,
    SeqConflict,
    StoreUnavailable,
)
from server.store.tables import EventRow

MOST_AT_ONCE = 512
MOST_ROWS = 120
"""As many rows go into one statement. Every statement gives the event loop's thread its turn with
the interpreter and has to wait for its own, which costs more than the rows do."""
CHECKPOINT_PAGES = 4000
"""How long the write-ahead log grows (16 MB) before it is copied into the database. Everybody waits
for the copying, and a page that was written often is copied once."""
MOST_KNOWN = 10_000
"""Of so many logs the writer remembers where they end."""

_INSERT = str(insert(EventRow).compile(dialect=dialect()))  # columns as in the table
_LAST_SEQ = str(
    select(func.max(col(EventRow.seq)))
    .where(col(EventRow.match_id) == bindparam("match_id"))
    .compile(dialect=dialect())
)


@dataclass(frozen=True, slots=True)
class Append:
    """Events that wait to be stored, and who waits for the answer."""

    match_id: MatchId
    expected_seq: int
    events: Sequence[NewEvent]
    answer: asyncio.Future[int]


@dataclass(frozen=True, slots=True)
class TableChange:
    """Any other change, in a transaction of its own."""

    make: Callable[[Session], Any]
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """The last thing the writer does."""

    answer: asyncio.Future[None]


Outcome = tuple[asyncio.Future[Any], Any]


class Writer(threading.Thread):
    """Stores what is handed to `accept`, in order, until it meets a Stop.

    tell: takes outcomes, a whole batch at once, on this thread. An outcome is a future and its
    result, which may be an exception. Nothing that goes wrong with a batch ends the thread.
    """

    def __init__(self, path: Path, busy_ms: int, tell: Callable[[Sequence[Outcome]], None]) -> None:
        super().__init__(name="store-writer", daemon=True)
        self._queue: queue.SimpleQueue[Append | TableChange | Stop] = queue.SimpleQueue()
        self._tell = tell
        # Opened by whoever opens the store, who can be told that it fails; used by the thread only.
        self._connection = connect(path, busy_ms)
        self._engine = create_engine(
            "sqlite://", creator=lambda: self._connection, poolclass=StaticPool
        )
        begin_at_once(self._engine)
        self._lasts: dict[MatchId, int] = {}

    def accept(self, work: Append | TableChange | Stop) -> None:
        """Put work at the end of the line; returns at once."""
        self._queue.put(work)

    def run(self) -> None:
        """Store until told to stop."""
        while True:
            batch = self._take_waiting()
            appends = [work for work in batch if isinstance(work, Append)]
            if appends:
                self._tell(self._store(appends))
            for work in batch:
                if isinstance(work, TableChange):
                    self._tell([(work.answer, self._change(work))])
            if isinstance(last := batch[-1], Stop):
                self._connection.close()
                self._tell([(last.answer, None)])
                return

    def _take_waiting(self) -> list[Append | TableChange | Stop]:
        batch = [self._queue.get()]
        while len(batch) < MOST_AT_ONCE and not isinstance(batch[-1], Stop):
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return batch

    def _store(self, appends: Sequence[Append]) -> list[Outcome]:
        try:
            return self._commit(appends)
        except sqlite3.Error as error:
            refusal = StoreUnavailable(f"the database refused an append: {error}")
            return [(append.answer, refusal) for append in appends]

    def _commit(self, appends: Sequence[Append]) -> list[Outcome]:
        outcomes = self._store_together(appends)
        if outcomes is None:
            with self._transaction():
                outcomes = [(append.answer, self._try(append)) for append in appends]
        if len(self._lasts) > MOST_KNOWN:
            self._lasts.clear()
        for append, (_, last) in zip(appends, outcomes, strict=True):
            if isinstance(last, int):
                self._lasts[append.match_id] = last
        return outcomes

    def _store_together(self, appends: Sequence[Append]) -> list[Outcome] | None:
        """Store all in one statement if they are few; None if one of them may not be stored.

        What this hand wrote last of a log is there for good, so an append that follows it leaves
        no gap; and if another program wrote on meanwhile, the key refuses the same seq twice.
        """
        rows: list[tuple[Any, ...]] = []
        for append in appends:
            if self._lasts.pop(append.match_id, None) != append.expected_seq:
                return None
            rows += _rows(append)
        try:
            if len(rows) <= MOST_ROWS:  # a statement alone is a transaction
                self._connection.execute(_insert_many(len(rows)), [*chain.from_iterable(rows)])
            else:
                with self._transaction():
                    self._connection.executemany(_INSERT, rows)
        except (sqlite3.IntegrityError, UnicodeEncodeError):
            return None
        return [(append.answer, append.expected_seq + len(append.events)) for append in appends]

    @contextmanager
    def _transaction(self) -> Generator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except Exception:
            # A full disk may have rolled the transaction back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _try(self, append: Append) -> int | Exception:
        """Add one append to the open transaction, or leave no trace of it there."""
        self._connection.execute("SAVEPOINT neighbour")
        try:
            answer: int | Exception = self._insert(append)
        except sqlite3.IntegrityError:
            # With the seq checked, only the index on commands can be in the way.
            answer = CommandRepeated(append.match_id)
        except sqlite3.Error:
            raise
        except Exception as error:  # a conflict, or a bug: told to its sender and nobody else
            answer = error
        if isinstance(answer, Exception):
            self._connection.execute("ROLLBACK TO neighbour")
        self._connection.execute("RELEASE neighbour")
        return answer

    def _insert(self, append: Append) -> int:
        run = self._connection
        last = run.execute(_LAST_SEQ, (append.match_id,)).fetchone()[0] or 0
        if last != append.expected_seq:
            raise SeqConflict(append.match_id, append.expected_seq, last)
        run.executemany(_INSERT, _rows(append))
        return last + len(append.events)

    def _change(self, change: TableChange) -> Any:
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                result = change.make(session)
                session.commit()
        except IntegrityError as error:
            return error
        except DBAPIError as error:
            return StoreUnavailable(f"the database refused a change: {error.orig}")
        except Exception as error:  # whoever asked for the change is told what is wrong with it
            return error
        return result


def _rows(append: Append) -> list[tuple[Any, ...]]:
    """Give the rows of an append in the order of the table's columns."""
    return [
        (append.match_id, seq, new.payload, new.actor, new.command_id)
        for seq, new in enumerate(append.events, start=append.expected_seq + 1)
    ]


@cache
def _insert_many(rows: int) -> str:
    head, _, one = _INSERT.partition(" VALUES ")
    return f"{head} VALUES {', '.join([one] * rows)}"


def connect(path: Path, busy_ms: int) -> sqlite3.Connection:
    """Open a database for commits that are on disk when they return.

    Raises sqlite3.Error if there is none, it has no log, or it cannot promise that.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",  # never makes a file
        uri=True,
        timeout=busy_ms / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=MOST_ROWS + 20,
    )
    try:
        _promise_to_sync(connection)
        connection.execute(_LAST_SEQ, ("",))
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _promise_to_sync(connection: sqlite3.Connection) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if (mode, level) != ("wal", 2):
        raise sqlite3.OperationalError(
            f"journal mode is {mode}, synchronous {level}, and commits would not be safe; "
            "put the file on a local disk"
        )


def begin_at_once(engine: Any) -> None:
    """Let SQLAlchemy take the write lock when a transaction begins, not halfway.

    Source: SQLAlchemy's SQLite page, on transactions with the sqlite3 driver.
    """

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
