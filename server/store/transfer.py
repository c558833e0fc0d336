"""Moves the rows of all tables from one database to another, and compares them there."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, String, Table, func, insert, select
from sqlmodel import SQLModel

from server.store import tables

MOST_ROWS = 500
"""How many rows are in memory at once."""
OF_RUNNING = tables.ServerRow.__tablename__, tables.LeaseRow.__tablename__
"""Tables of which servers run now; whoever moves a database has stopped them."""
ALL: Sequence[Table] = [x for x in SQLModel.metadata.sorted_tables if x.name not in OF_RUNNING]
"""The tables, each after those to which it refers."""


class NotEmpty(ValueError):
    """The database to move to holds something already; it names a table."""


class NotEqual(ValueError):
    """What was stored is not what was read; it names the table."""


def transfer(source: Connection, target: Connection) -> dict[str, int]:
    """Copy all rows within the transactions of two connections; return the rows of each table.

    Both have the newest tables. Every row is read again from the target, and must be the same to
    the byte. Raises NotEmpty, NotEqual or SQLAlchemy's DBAPIError; then roll the target back.
    """
    for table in ALL:
        if target.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise NotEmpty(table.name)
    return {table.name: _copy(table, source, target) for table in ALL}


def _copy(table: Table, source: Connection, target: Connection) -> int:
    """Copy a table, and compare."""
    read = hashlib.sha256()
    for rows in _batches(table, source):
        _add(read, rows)
        target.execute(insert(table), [dict(row._mapping) for row in rows])
    stored = hashlib.sha256()
    for rows in _batches(table, target):
        _add(stored, rows)
    if read.digest() != stored.digest():
        raise NotEqual(table.name)
    return target.execute(select(func.count()).select_from(table)).scalar_one()


def _batches(table: Table, connection: Connection) -> Iterator[Sequence[Any]]:
    """Read a table in an order that both kinds of database have: text by its code points."""
    key = [_by_code_points(column, connection) for column in table.primary_key]
    query = select(table).order_by(*key)
    few = {"yield_per": MOST_ROWS}
    return connection.execute(query, execution_options=few).partitions()


def _by_code_points(column: Any, connection: Connection) -> Any:
    is_text = isinstance(column.type, String)
    return column.collate("C") if is_text and connection.dialect.name != "sqlite" else column


def _add(digest: Any, rows: Sequence[Any]) -> None:
    for row in rows:
        digest.update(repr(tuple(row)).encode())
