"""Database URLs, and migration of a database to the newest revision."""

import asyncio
import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from server.store.sqlite.copies import keep_copy
from server.store.sqlite.damage import refusal
from server.store.sqlite.store import SqliteStore
from server.store.sqlite.writer import begin_at_once

SERVER = Path(__file__).parent


class ForeignDatabase(ValueError):
    """A file that this server did not make, or that a newer one has changed."""


class DatabaseUrlError(ValueError):
    """A database URL that this server cannot use."""


def sqlite_path(url: str) -> Path:
    """Return the file of a SQLite URL. Raises DatabaseUrlError for any other URL."""
    remedy = "write sqlite:///FILE"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlError(f"database {url!r} is not a URL; {remedy}") from error
    if parsed.get_backend_name() != "sqlite":
        kind = parsed.get_backend_name()
        raise DatabaseUrlError(f"database kind {kind!r} is not supported, only sqlite; {remedy}")
    if parsed.database in (None, "", ":memory:"):
        raise DatabaseUrlError(f"database {url!r} names no file, and matches must last; {remedy}")
    return Path(parsed.database)


def store_for(url: str) -> SqliteStore:
    """Create the store for a URL, not yet open. Raises DatabaseUrlError."""
    return SqliteStore(sqlite_path(url))


async def migrate(url: str, busy_ms: int = 5_000) -> Path | None:
    """Migrate a database to the newest revision; create the file and its folder if missing.

    Migrates completely or not at all; repeating it is harmless. Returns the copy that was kept of
    a database with older tables; None if nothing had to be changed. busy_ms: how long to wait for
    another program's migration. Raises DatabaseUrlError, ForeignDatabase or StoreUnavailable.
    """
    path = sqlite_path(url)
    try:
        return await asyncio.to_thread(_upgrade, path, busy_ms / 1000)
    except (OSError, sqlite3.Error, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise refusal(f"cannot prepare database {path}", reason) from error


def migration_engine(path: Path, busy_s: float = 5) -> Engine:
    """Create an engine whose transactions include schema changes."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"isolation_level": None, "timeout": busy_s},
    )
    begin_at_once(engine)
    return engine


def migrations_folder() -> Path:
    """Find the migrations: inside the package in a wheel, beside it in a clone."""
    return next(filter(Path.is_dir, (SERVER / "migrations", SERVER.parent / "migrations")))


def newest_revision() -> str:
    """Return the revision that `migrate` leads to. Files are named NNNN_what.py, in order."""
    return max(path.name for path in (migrations_folder() / "versions").glob("[0-9]*.py"))[:4]


# Alembic keeps its state in modules, so two threads must not migrate at once.
_alone = threading.Lock()


def _upgrade(path: Path, busy_s: float) -> Path | None:
    with _alone:
        revision = _revision(path, busy_s)
        if revision == newest_revision():
            return None
        _require_known(path, revision)
        path.parent.mkdir(parents=True, exist_ok=True)
        copy = None if revision is None else keep_copy(path, revision)
        _run_migrations(path, busy_s)
        return copy


def _require_known(path: Path, revision: str | None) -> None:
    """Raise ForeignDatabase for a file that no migration of this version leads on from."""
    if revision is None:
        if others := _other_tables(path):
            told = f"{path} is another program's database (table {others[0]!r})"
            raise ForeignDatabase(f"{told}; give another --database")
        return
    if revision not in _revisions():
        told = f"{path} was made by another version of detente (schema {revision}"
        remedy = "install that version, or give another --database"
        raise ForeignDatabase(f"{told}; this one knows up to {newest_revision()}); {remedy}")


def _revisions() -> set[str]:
    return {path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9]*.py")}


def _other_tables(path: Path) -> list[str]:
    if not path.exists():
        return []
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(query) if name != "alembic_version"]


def _run_migrations(path: Path, busy_s: float) -> None:
    # Alembic loads slowly, so it is loaded only for a new or an old database;
    # its messages at level INFO do not help an operator.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    with migration_engine(path, busy_s).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(path: Path, busy_s: float) -> str | None:
    if not path.exists():
        return None
    with closing(sqlite3.connect(path, timeout=busy_s)) as connection:
        query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(query).fetchone() is None:
            return None
        return next(iter(connection.execute("SELECT version_num FROM alembic_version")), (None,))[0]
