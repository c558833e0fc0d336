"""Schemas of a PostgreSQL database: each has the tables of some matches, and is dropped whole.

Each function is a statement on a connection of its own, and blocks. Raises StoreUnavailable.
"""

from collections.abc import Generator
from contextlib import closing, contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from server.store.postgres.connections import connect, place, refusal


def schemas_like(url: str, start: str) -> list[str]:
    """Return the names of schemas that begin like this, without their beginning."""
    query = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY nspname"
    with _connected(url) as connection:
        return [name.removeprefix(start) for (name,) in connection.execute(query, (start,))]


def create_schema(url: str, name: str) -> str:
    """Make a schema if it is not there; return the URL whose tables are in it."""
    with _connected(url) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))
    parsed = make_url(url)
    given = parsed.query.get("options", "")
    options = f"{given} -c search_path={name}".strip()
    return parsed.update_query_dict({"options": options}).render_as_string(hide_password=False)


def drop_schema(url: str, name: str) -> None:
    """Drop a schema with all that is in it; harmless when repeated."""
    statement = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name))
    with _connected(url) as connection:
        connection.execute(statement)


def size_of_schema(url: str, name: str) -> int:
    """Return how many bytes the tables of a schema and their indexes take."""
    query = """
        SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint FROM pg_class
        JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = %s AND relkind = 'r'
    """
    with _connected(url) as connection:
        return sum(size for (size,) in connection.execute(query, (name,)))


@contextmanager
def _connected(url: str) -> Generator[psycopg.Connection]:
    try:
        with closing(connect(url)) as connection:
            yield connection
    except psycopg.Error as error:
        raise refusal(f"cannot use {place(url)}", error) from error
