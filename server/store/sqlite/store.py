"""The SQLite adapter: logs and all other tables in one file, one writer, many readers.

In write-ahead mode readers and the writer do not block each other. Several programs may open the
same file: the expected seq is checked under the database's write lock.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import starmap
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, bindparam, create_engine, event, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from game_rules.log.events import Phase
from server.store.event_store import REMEDY, MatchId, StoreDamaged, StoredEvent
from server.store.sqlite.damage import refusal
from server.store.sqlite.writer import Writer
from server.store.tables import EventRow
from server.store.threaded import READERS, ThreadedStore
from server.store.writing import Tell

T = TypeVar("T")

_READ = str(
    select(col(EventRow.seq), col(EventRow.payload), col(EventRow.actor), col(EventRow.command_id))
    .where(col(EventRow.match_id) == bindparam("match_id"), col(EventRow.seq) > bindparam("seq"))
    .order_by(col(EventRow.seq))
    .compile(dialect=dialect())
)
_IS_BEGUN = "SELECT 1 FROM matches WHERE id = ? AND phase <> ?"
"""A match that has left its lobby has a log. Damage within a page of an index can hide it."""


class SqliteStore(ThreadedStore):
    """Stores everything in one SQLite file.

    busy_ms: how long to wait for another program's lock. most_waiting: as `ThreadedStore` says.
    """

    def __init__(self, path: Path, busy_ms: int = 5_000, most_waiting: int = 4_096) -> None:
        super().__init__(most_waiting)
        self._path, self._busy_ms = path, busy_ms

    def _new_writer(self, tell: Tell) -> Writer:
        try:
            return Writer(self._path, self._busy_ms, tell)
        except sqlite3.Error as error:
            raise refusal(f"cannot use {self._path}", error) from error

    def _rows(self, match_id: MatchId, after_seq: int) -> list[StoredEvent]:
        # A cursor that an error leaves open would keep the file open after `close`.
        with (
            closing(self._engine.raw_connection()) as connection,
            closing(connection.cursor()) as cursor,
        ):
            found = list(starmap(StoredEvent, cursor.execute(_READ, (match_id, after_seq))))
            if not found and after_seq == 0:
                self._require_not_hidden(cursor, match_id)
            return found

    def _require_not_hidden(self, cursor: Any, match_id: MatchId) -> None:
        """Raise StoreDamaged if a match has begun and its log is not found."""
        if cursor.execute(_IS_BEGUN, (match_id, Phase.LOBBY.value)).fetchone():
            told = f"a page of it is damaged (an index does not find the events of {match_id})"
            raise StoreDamaged(f"cannot read {self._path}: {told}; {REMEDY}")

    def _read(self, run: Callable[[], T]) -> T:
        try:
            return run()
        except (sqlite3.Error, DBAPIError) as error:
            reason = error.orig if isinstance(error, DBAPIError) else error
            raise refusal(f"cannot read {self._path}", reason) from error

    def _reading_engine(self) -> Engine:
        return _reading_engine(self._path, self._busy_ms)


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
