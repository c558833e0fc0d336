"""Where the matches of one day's guests are: a file beside the main one, or a schema beside it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from server.database import is_postgres, migrate, sqlite_path, store_for
from server.store.event_store import GUEST
from server.store.leases import Leases
from server.store.threaded import ThreadedStore

T = TypeVar("T")

PARTS = ("", "-wal", "-shm")
"""The files of a SQLite database, by the end of their names."""
_END = ".sqlite3"


class GuestDays(Protocol):
    """The databases of days, by their day as YYYYMMDD. Raises StoreError or ForeignDatabase."""

    async def found(self) -> list[str]:
        """Find the days that have one, or what is named like one."""
        ...

    async def opened(self, day: str) -> ThreadedStore:
        """Open the database of a day; make it if it is not there."""
        ...

    async def delete(self, day: str) -> None:
        """Delete the database of a day, which is closed."""
        ...

    async def size(self, day: str) -> int:
        """Return its bytes; 0 if it is not there."""
        ...


def days_of(url: str, leases: Leases) -> GuestDays:
    """Find where the guests' databases are, beside the main one at a URL.

    leases: of the server that plays their matches.
    """
    return SchemaDays(url, leases) if is_postgres(url) else FileDays(sqlite_path(url))


class FileDays:
    """A file a day: `detente.guests-20261130.sqlite3`. main: the file beside which they are."""

    def __init__(self, main: Path) -> None:
        self._main = main

    async def found(self) -> list[str]:
        """Find the days that have a file."""
        start = f"{self._main.stem}.guests-"
        names = (path.name for path in self._main.parent.iterdir() if start in path.name)
        return [name.removeprefix(start).removesuffix(_END) for name in names]

    async def opened(self, day: str) -> ThreadedStore:
        """Open the file of a day; its matches are not worth a copy before its tables change."""
        url = f"sqlite:///{self._path(day)}"
        if (copy := await migrate(url)) is not None:
            copy.unlink()
        store = store_for(url)
        await store.open()
        return store

    async def delete(self, day: str) -> None:
        """Delete the file of a day, and what SQLite keeps beside it."""
        for path in self._paths(day):
            path.unlink(missing_ok=True)

    async def size(self, day: str) -> int:
        """Return the bytes of a day's file."""
        return sum(path.stat().st_size for path in self._paths(day) if path.exists())

    def _path(self, day: str) -> Path:
        return self._main.with_name(f"{self._main.stem}.guests-{day}{_END}")

    def _paths(self, day: str) -> list[Path]:
        path = self._path(day)
        return [path.with_name(path.name + part) for part in PARTS]


class SchemaDays:
    """A schema a day in the main PostgreSQL database: `guests_20261130`."""

    def __init__(self, url: str, leases: Leases) -> None:
        self._url, self._leases = url, leases

    async def found(self) -> list[str]:
        """Find the days that have a schema."""
        from server.store.postgres.schemas import schemas_like

        return await self._ask(lambda: schemas_like(self._url, _schema("")))

    async def opened(self, day: str) -> ThreadedStore:
        """Open the schema of a day."""
        from server.store.postgres.schemas import create_schema

        url = await self._ask(lambda: create_schema(self._url, _schema(day)))
        await migrate(url)
        store = store_for(url, self._leases)
        await store.open()
        return store

    async def delete(self, day: str) -> None:
        """Drop the schema of a day with all that is in it."""
        from server.store.postgres.schemas import drop_schema

        await self._ask(lambda: drop_schema(self._url, _schema(day)))
        await self._leases.forget(f"{GUEST}{day}-")

    async def size(self, day: str) -> int:
        """Return the bytes of a day's tables and indexes."""
        from server.store.postgres.schemas import size_of_schema

        return await self._ask(lambda: size_of_schema(self._url, _schema(day)))

    async def _ask(self, work: Callable[[], T]) -> T:
        return await asyncio.to_thread(work)


def _schema(day: str) -> str:
    return f"guests_{day}"
