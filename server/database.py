"""Database URLs, and migration of a database to the newest revision."""

import asyncio
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from server.store.event_store import MatchId, StoreUnavailable
from server.store.leases import Leases, SoleServer
from server.store.sqlite.schema import SqliteSchema
from server.store.sqlite.store import SqliteStore
from server.store.threaded import ThreadedStore

SERVER = Path(__file__).parent
BUSY_MS = 5_000
"""How long to wait for another program's lock."""
_REMEDY = "write sqlite:///FILE or postgresql://USER@HOST/NAME"


class ForeignDatabase(ValueError):
    """A database that this server did not make, or that a newer one has changed."""


class OlderTables(ValueError):
    """A database that must be migrated before it is read."""


class DatabaseUrlError(ValueError):
    """A database URL that this server cannot use."""


class Schema(Protocol):
    """The tables of a database, whichever kind it is. Raises ERRORS, or SQLAlchemy's DBAPIError."""

    name: str
    ERRORS: Any

    def revision(self) -> str | None:
        """Return the revision of the tables; None if there are none of ours."""
        ...

    def tables(self) -> list[str]:
        """Name the tables that are there."""
        ...

    def make_room(self) -> None:
        """Make what a new database needs."""
        ...

    def keep(self, revision: str) -> Path | None:
        """Copy the database before its tables are changed; return the copy, if one was made."""
        ...

    def engine(self) -> Engine:
        """Create an engine whose transactions include schema changes."""
        ...

    def refusal(self, what: str, error: BaseException | None) -> StoreUnavailable:
        """Build the refusal for an error of the database."""
        ...


def is_postgres(url: str) -> bool:
    """Tell whether a URL leads to PostgreSQL, and not to a SQLite file. Raises DatabaseUrlError."""
    parsed = _parsed(url)
    kind = parsed.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise DatabaseUrlError(f"database kind {kind!r} is not supported; {_REMEDY}")
    if kind == "postgresql" and not parsed.database:
        raise DatabaseUrlError(f"the URL of the database names no database; {_REMEDY}")
    if kind == "sqlite" and parsed.database in (None, "", ":memory:"):
        told = f"database {url!r} names no file, and matches must last"
        raise DatabaseUrlError(f"{told}; {_REMEDY}")
    return kind == "postgresql"


def sqlite_path(url: str) -> Path:
    """Return the file of a SQLite URL. Raises DatabaseUrlError for any other URL."""
    if is_postgres(url):
        raise DatabaseUrlError("this is done with a file only; write sqlite:///FILE")
    return Path(_parsed(url).database or "")


def place(url: str) -> str:
    """Return a database's place as people may read it: a file, or a URL without its password."""
    return schema_of(url).name


def shown(url: str) -> str:
    """Write a URL as people may read it: without its password."""
    return place(url) if is_postgres(url) else url


def store_for(url: str, leases: Leases | None = None) -> ThreadedStore:
    """Create the store for a URL, not yet open. Raises DatabaseUrlError.

    leases: of the server whose store it is; None: of another program. A file is claimed before its
    store is made, by whoever starts the server.
    """
    if is_postgres(url):
        from server.store.postgres.leases import PostgresLeases
        from server.store.postgres.store import PostgresStore

        own = leases if isinstance(leases, PostgresLeases) else None
        return PostgresStore(url, leases=own)
    return SqliteStore(sqlite_path(url))


def leases_for(url: str, address: str, is_beside: Callable[[MatchId], bool]) -> Leases:
    """Create the leases of a server, not yet open: a file has one server. Raises DatabaseUrlError.

    address: where other servers reach it, `HOST:PORT`. is_beside: tells the ids of matches that are
    in no list of the main tables.
    """
    if not is_postgres(url):
        return SoleServer()
    from server.store.postgres.leases import PostgresLeases

    return PostgresLeases(url, address, is_beside)


def schema_of(url: str, busy_ms: int = BUSY_MS) -> Schema:
    """Find the tables of a URL. Raises DatabaseUrlError."""
    if is_postgres(url):
        from server.store.postgres.schema import PostgresSchema

        return PostgresSchema(url)
    return SqliteSchema(sqlite_path(url), busy_ms / 1000)


async def migrate(url: str, busy_ms: int = BUSY_MS) -> Path | None:
    """Migrate a database to the newest revision; create the file and its folder if missing.

    Migrates completely or not at all; repeating it is harmless. Returns the copy that was kept of
    a file with older tables; None if nothing had to be changed. busy_ms: how long to wait for
    another program's migration. Raises DatabaseUrlError, ForeignDatabase or StoreUnavailable.
    """
    schema = schema_of(url, busy_ms)
    try:
        return await asyncio.to_thread(_upgrade, schema)
    except (DBAPIError, *schema.ERRORS) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise schema.refusal(f"cannot prepare database {schema.name}", reason) from error


def require_newest(url: str) -> None:
    """Check that a database can be read as it is, and change nothing.

    Raises OlderTables, ForeignDatabase, DatabaseUrlError or StoreUnavailable.
    """
    schema = schema_of(url)
    try:
        tables, revision = schema.tables(), schema.revision()
    except (DBAPIError, *schema.ERRORS) as error:
        raise schema.refusal(f"cannot read {schema.name}", error) from error
    newest = newest_revision()
    if revision == newest:
        return
    _require_known(schema, tables, revision)
    if revision is None:
        raise ForeignDatabase(f"{schema.name} holds no tables of detente; check --database")
    told = f"{schema.name} has older tables (schema {revision}; this version reads {newest})"
    raise OlderTables(f"{told}; update them with `detente migrate --from {shown(url)}`")


def migration_engine(url: str) -> Engine:
    """Create an engine whose transactions include schema changes."""
    return schema_of(url).engine()


def migrations_folder() -> Path:
    """Find the migrations: inside the package in a wheel, beside it in a clone."""
    return next(filter(Path.is_dir, (SERVER / "migrations", SERVER.parent / "migrations")))


def newest_revision() -> str:
    """Return the revision that `migrate` leads to. Files are named NNNN_what.py, in order."""
    return max(_revisions())


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlError(f"the database is not given as a URL; {_REMEDY}") from error


# Alembic keeps its state in modules, so two threads must not migrate at once.
_alone = threading.Lock()


def _upgrade(schema: Schema) -> Path | None:
    with _alone:
        tables = schema.tables()  # first: another server may make them and their revision meanwhile
        revision = schema.revision()
        if revision == newest_revision():
            return None
        _require_known(schema, tables, revision)
        schema.make_room()
        copy = None if revision is None else schema.keep(revision)
        _run_migrations(schema)
        return copy


def _require_known(schema: Schema, tables: list[str], revision: str | None) -> None:
    """Raise ForeignDatabase for a database that no migration of this version leads on from."""
    if revision is None:
        if others := [name for name in tables if name != "alembic_version"]:
            told = f"{schema.name} is another program's database (table {others[0]!r})"
            raise ForeignDatabase(f"{told}; give another --database")
        return
    if revision not in _revisions():
        told = f"{schema.name} was made by another version of detente (schema {revision}"
        remedy = "install that version, or give another --database"
        raise ForeignDatabase(f"{told}; this one knows up to {newest_revision()}); {remedy}")


def _revisions() -> set[str]:
    return {path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9]*.py")}


def _run_migrations(schema: Schema) -> None:
    # Alembic loads slowly, so it is loaded only for a new or an old database;
    # its messages at level INFO do not help an operator.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    with schema.engine().connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
