"""The single writer thread of a SQLite database.

All writes of this server run here, so they never conflict with "database is locked"; the thread
waits up to `busy_ms` for another program's lock.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, create_engine, event, func, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.pool import StaticPool
from sqlmodel import col

from server.store.event_store import (
    CommandRepeated,
    MatchId,
    SeqConflict,
    StoreUnavailable,
)
from server.store.sqlite.damage import damage_of, refusal
from server.store.tables import EventRow
from server.store.writing import Append, Outcome, Tell, WriterThread, rows_of

MOST_ROWS = 120
"""How many rows one statement inserts. Every statement releases the interpreter to the event
loop's thread and must wait to get it back, which costs more time than the rows.
"""
CHECKPOINT_PAGES = 4000
"""How long the write-ahead log grows (16 MB) before a checkpoint copies it into the database. A
checkpoint blocks all writes, and a page that was written often is copied once.
"""
MOST_KNOWN = 10_000
"""For how many logs the writer remembers the last seq."""

_INSERT = str(insert(EventRow).compile(dialect=dialect()))  # the columns of the table, in order
_LAST_SEQ = str(
    select(func.max(col(EventRow.seq)))
    .where(col(EventRow.match_id) == bindparam("match_id"))
    .compile(dialect=dialect())
)
_NAME = """
    INSERT INTO people (match_id, person, name) VALUES (?, ?, ?)
    ON CONFLICT (match_id, person) DO UPDATE SET name = excluded.name WHERE people.name IS NOT NULL
"""
"""Whoever is forgotten stays so."""
_NO_ROW = "SELECT 1 FROM events LIMIT 0"
"""Fails without the table, and reads none of its pages, which may be damaged."""


class Writer(WriterThread):
    """Stores in a SQLite file. Its transactions wait up to `busy_ms` for another program's lock."""

    def __init__(self, path: Path, busy_ms: int, tell: Tell) -> None:
        super().__init__(tell)
        # Opened by the caller, which can then report an error; used by this thread only.
        self._connection = connect(path, busy_ms)
        self._engine = create_engine(
            "sqlite://", creator=lambda: self._connection, poolclass=StaticPool
        )
        begin_at_once(self._engine)
        self._lasts: dict[MatchId, int] = {}

    def _disconnect(self) -> None:
        self._connection.close()

    def _refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        return refusal(what, error)

    def _store(self, appends: Sequence[Append]) -> list[Outcome]:
        try:
            return self._commit(appends)
        except sqlite3.Error as error:
            if len(appends) > 1 and damage_of(error):  # most may lie beside the damage
                return [outcome for append in appends for outcome in self._store([append])]
            refused = refusal("the database refused an append", error)
            return [(append.answer, refused) for append in appends]

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
        """Store a small batch in one statement; None if one of its appends may not be stored.

        The last rows that this writer stored of a log are durable, so an append that follows them
        leaves no gap. If another program wrote to the log meanwhile, the primary key rejects the
        same seq.
        """
        rows: list[tuple[Any, ...]] = []
        for append in appends:
            if self._lasts.pop(append.match_id, None) != append.expected_seq:
                return None
            if any(new.names for new in append.events):
                return None
            rows += rows_of(append)
        try:
            if len(rows) <= MOST_ROWS:  # a single statement is a transaction
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
            # A full disk may have rolled back the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _try(self, append: Append) -> int | Exception:
        """Add one append to the open transaction, or roll back to the state before it."""
        self._connection.execute("SAVEPOINT neighbour")
        try:
            answer: int | Exception = self._insert(append)
        except sqlite3.IntegrityError:
            # With the seq checked, only the index on commands can be violated.
            answer = CommandRepeated(append.match_id)
        except sqlite3.Error:
            raise
        except Exception as error:  # a conflict, or a bug: reported to its sender only
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
        run.executemany(_INSERT, rows_of(append))
        names = chain.from_iterable(new.names.items() for new in append.events)
        run.executemany(_NAME, [(append.match_id, *named) for named in names])
        return last + len(append.events)


@cache
def _insert_many(rows: int) -> str:
    head, _, one = _INSERT.partition(" VALUES ")
    return f"{head} VALUES {', '.join([one] * rows)}"


def connect(path: Path, busy_ms: int) -> sqlite3.Connection:
    """Open a database whose commits are on disk when they return.

    Raises sqlite3.Error if the file does not exist, has no log table, or cannot guarantee that.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",  # never creates a file
        uri=True,
        timeout=busy_ms / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=MOST_ROWS + 20,
    )
    try:
        _promise_to_sync(connection)
        connection.execute(_NO_ROW)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _promise_to_sync(connection: sqlite3.Connection) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if (mode, level) != ("wal", 2):
        raise sqlite3.OperationalError(
            f"journal mode is {mode}, synchronous {level}, and commits would not be safe; "
            "put the file on a local disk"
        )


def begin_at_once(engine: Any) -> None:
    """Make SQLAlchemy take the write lock when a transaction begins, not at its first write.

    Source: SQLAlchemy's SQLite page, on transactions with the sqlite3 driver.
    """

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
