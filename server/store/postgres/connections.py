"""Connections to PostgreSQL: what they promise, and what is said when they fail."""

import time
from enum import Enum
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from server.store.event_store import REMEDY, StoreDamaged, StoreRefused, StoreUnavailable

CLAIM, CHANGES = 7_367_001, 7_367_002
"""Advisory locks, by number: of the servers, and of one change (or migration) at a time."""
RELEASED_WITHIN_S = 2.0
"""How long a server waits for the claim of one that has just ended."""


class Claim(Enum):
    """How a database is claimed: against everybody, or against those who claim it so."""

    ALONE = ""
    WITH_LEASES = "_shared"


LOCK_MS = 5_000
"""How long a change waits for another program's."""
STUCK_MS = 10_000
"""How long a program that stands still may hold what others wait for."""

PROMISES = "fsync", "full_page_writes", "synchronous_commit"
"""Without one of them a commit that was answered may be lost when the machine fails."""

_PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "detente",
}
"""How libpq notices that the other side is gone; what the URL says wins."""
_LIMITS = {
    "lock_timeout": LOCK_MS,
    "idle_in_transaction_session_timeout": STUCK_MS,
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
}
"""The same for the server's side, which holds our locks until it notices that we are gone."""


def place(url: str) -> str:
    """Write a URL as people may read it: without a password, and without its options."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def connect(url: str, claimed: Claim | None = None) -> psycopg.Connection:
    """Open a connection whose every statement is committed and on disk when it returns.

    claimed: how to claim the database, as long as the connection lasts; None: not at all. Raises
    psycopg.Error; StoreRefused if commits would not last, or a server stands in the way.
    """
    _, given = PGDialect_psycopg().create_connect_args(_url(url))
    connection = psycopg.connect(**_arguments(given), autocommit=True)
    try:
        _require_promises(connection, place(url))
        if claimed is not None:
            claim(connection, place(url), claimed)
    except Exception:
        connection.close()
        raise
    return connection


def claim(connection: psycopg.Connection, where: str, claimed: Claim) -> None:
    """Claim a database as long as the connection lasts. Raises StoreRefused.

    PostgreSQL takes a moment to notice that a program has ended, so it is asked again for a while.
    """
    end = time.monotonic() + RELEASED_WITHIN_S
    query = f"SELECT pg_try_advisory_lock{claimed.value}(%s)".encode()
    while next(connection.execute(query, (CLAIM,))) != (True,):
        if time.monotonic() > end:
            told = f"{where} is in use by another server"
            raise StoreRefused(f"{told}; stop that one or give another --database")
        time.sleep(0.05)


def engine_of(url: str, lock: int | None = None, **options: Any) -> Engine:
    """Create an engine. lock: the advisory lock that each of its transactions waits for."""
    engine = create_engine(_url(url), **options)

    @event.listens_for(engine, "do_connect")
    def patiently(dialect: object, record: object, places: object, given: dict[str, Any]) -> None:
        given.update(_arguments(given))

    if lock is not None:

        @event.listens_for(engine, "begin")
        def one_at_a_time(connection: Any) -> None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")

    return engine


def refusal(what: str, error: BaseException | None) -> StoreUnavailable:
    """Build the refusal for an error of PostgreSQL. what: what failed, as a sentence begins."""
    if isinstance(error, StoreUnavailable):
        return error
    told = f"{what}: {one_line(error)}"
    if isinstance(error, (psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted)):
        return StoreDamaged(f"{told}; {REMEDY}")
    return StoreUnavailable(told)


def one_line(error: BaseException | None) -> str:
    """Return what PostgreSQL says, without the rows of which it says it."""
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return " ".join((primary or str(error)).split())


def _url(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """Add what a connection needs to what its URL says."""
    limits = (f"-c {name}={value}" for name, value in _LIMITS.items())
    options = " ".join([*limits, *filter(None, [given.get("options")])])
    return {**_PATIENCE, **given, "options": options}


def _require_promises(connection: psycopg.Connection, where: str) -> None:
    """Raise StoreRefused if this PostgreSQL forgets what it has committed."""
    query = "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name"
    for (name,) in connection.execute(query, (list(PROMISES),)):
        told = f"{where} has {name} = off, so an acknowledged order could be lost"
        raise StoreRefused(f"{told}; set {name} = on in PostgreSQL, or give another --database")
