"""Logs as they are stored, read beside the servers that write them."""

import sqlite3
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, contextmanager

import psycopg

from server.store.event_store import StoredEvent

Rows = Callable[[str, int], Iterable[StoredEvent]]
"""Gives what is stored of a match after a seq."""
_QUERY = (
    "SELECT seq, payload, actor, command_id FROM events"
    " WHERE match_id = {0} AND seq > {0} ORDER BY seq"
)


@contextmanager
def reading(database: str) -> Generator[Rows]:
    """Open a database, by its URL, for reading alone."""
    connection: sqlite3.Connection | psycopg.Connection
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        connection, mark = sqlite3.connect(f"file:{path}?mode=ro", uri=True), "?"
    else:
        connection, mark = psycopg.connect(database, autocommit=True), "%s"
    query = _QUERY.format(mark)
    with closing(connection):
        yield lambda match, seq: (
            StoredEvent(*row) for row in connection.execute(query, (match, seq))
        )
