"""The PostgreSQL adapter: logs and all other tables in one database, one writer, many readers."""

from collections.abc import Callable
from itertools import starmap
from typing import TypeVar

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from server.store.event_store import MatchId, StoredEvent
from server.store.leases import Hold
from server.store.postgres.connections import Claim, engine_of, place, refusal
from server.store.postgres.leases import PostgresLeases
from server.store.postgres.writer import PostgresWriter
from server.store.threaded import READERS, ThreadedStore
from server.store.writing import Tell

T = TypeVar("T")

_READ = """
    SELECT seq, payload, actor, command_id FROM events WHERE match_id = %s AND seq > %s ORDER BY seq
"""


class PostgresStore(ThreadedStore):
    """Stores everything in one PostgreSQL database.

    leases: of the server whose store it is; its appends carry them, and it writes nothing once they
    have lapsed. None: a program that is no server. most_waiting: as `ThreadedStore` says.
    """

    is_shared = True

    def __init__(
        self,
        url: str,
        *,
        leases: PostgresLeases | None = None,
        most_waiting: int = 4_096,
    ) -> None:
        super().__init__(most_waiting)
        self._url, self._leases = url, leases
        self._claimed = None if leases is None else Claim.WITH_LEASES

    def _hold_of(self, match_id: MatchId) -> Hold | None:
        return None if self._leases is None else self._leases.required(match_id)

    def _new_writer(self, tell: Tell) -> PostgresWriter:
        try:
            return PostgresWriter(self._url, tell, self._claimed, self._leases)
        except psycopg.Error as error:
            raise refusal(f"cannot use {place(self._url)}", error) from error

    def _reading_engine(self) -> Engine:
        sees = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        pool = {"pool_size": READERS, "max_overflow": 0, "pool_pre_ping": True}
        return engine_of(self._url, execution_options=sees, **pool)

    def _rows(self, match_id: MatchId, after_seq: int) -> list[StoredEvent]:
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(_READ, (match_id, after_seq))
            return list(starmap(StoredEvent, rows))

    def _read(self, run: Callable[[], T]) -> T:
        try:
            return run()
        except DBAPIError as error:
            raise refusal(f"cannot read {place(self._url)}", error.orig) from error
