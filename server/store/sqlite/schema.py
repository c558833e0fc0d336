"""The tables of a SQLite file, before and while they are brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine

from server.store.event_store import StoreUnavailable
from server.store.sqlite.copies import keep_copy
from server.store.sqlite.damage import refusal
from server.store.sqlite.writer import begin_at_once


class SqliteSchema:
    """A file, which may not be there yet. busy_s: how long to wait for another program's lock."""

    ERRORS = OSError, sqlite3.Error

    def __init__(self, path: Path, busy_s: float) -> None:
        self._path, self._busy_s = path, busy_s
        self.name = str(path)

    def revision(self) -> str | None:
        """Return the revision of the tables; None if there are none of ours."""
        if not self._path.exists():
            return None
        with closing(sqlite3.connect(self._path, timeout=self._busy_s)) as connection:
            query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            if connection.execute(query).fetchone() is None:
                return None
            rows = connection.execute("SELECT version_num FROM alembic_version")
            return next(iter(rows), (None,))[0]

    def tables(self) -> list[str]:
        """Name the tables that are there."""
        if not self._path.exists():
            return []
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        with closing(sqlite3.connect(self._path, timeout=self._busy_s)) as connection:
            return [name for (name,) in connection.execute(query)]

    def make_room(self) -> None:
        """Make the folder of the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)

    def keep(self, revision: str) -> Path | None:
        """Copy the file before its tables are changed; return the copy."""
        return keep_copy(self._path, revision)

    def engine(self) -> Engine:
        """Create an engine whose transactions include schema changes."""
        engine = create_engine(
            URL.create("sqlite", database=self.name),
            poolclass=NullPool,
            connect_args={"isolation_level": None, "timeout": self._busy_s},
        )
        begin_at_once(engine)
        return engine

    def refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        """Build the refusal for an error of SQLite."""
        return refusal(what, error)
