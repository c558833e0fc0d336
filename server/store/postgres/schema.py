"""The tables of a PostgreSQL database, before and while they are brought up to date."""

from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from sqlalchemy import Engine, NullPool

from server.store.event_store import StoreUnavailable
from server.store.postgres.connections import CHANGES, connect, engine_of, place, refusal


class PostgresSchema:
    """A database that is there; its tables are in the first schema of its search path."""

    ERRORS = (psycopg.Error,)

    def __init__(self, url: str) -> None:
        self._url, self.name = url, place(url)

    def revision(self) -> str | None:
        """Return the revision of the tables; None if there are none of ours."""
        if "alembic_version" not in self.tables():
            return None
        return next(iter(self._ask("SELECT version_num FROM alembic_version")), None)

    def tables(self) -> list[str]:
        """Name the tables that are there."""
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        return self._ask(query)

    def make_room(self) -> None:
        """Do nothing: whoever runs PostgreSQL has made the database."""

    def keep(self, revision: str) -> Path | None:
        """Keep nothing: whoever runs PostgreSQL has backups."""

    def engine(self) -> Engine:
        """Create an engine whose transactions include schema changes, one program at a time."""
        return engine_of(self._url, CHANGES, poolclass=NullPool)

    def refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        """Build the refusal for an error of PostgreSQL."""
        return refusal(what, error)

    def _ask(self, query: LiteralString) -> list[Any]:
        with closing(connect(self._url)) as connection:
            return [row[0] for row in connection.execute(query)]
