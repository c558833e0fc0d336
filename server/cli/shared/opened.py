"""A database that a command reads: what is wrong with it is wrong input."""

from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from server.cli.shared.errors import WrongInput

if TYPE_CHECKING:
    from server.store.threaded import ThreadedStore

    Ask = Callable[[Callable[[ThreadedStore], Coroutine[Any, Any, Any]]], Any]


@contextmanager
def opened(url: str) -> "Generator[Ask]":
    """Open a database whose tables are those of this version, and give what asks it something.

    Raises WrongInput.
    """
    import asyncio

    from server.database import ForeignDatabase, OlderTables, require_newest, store_for
    from server.store.event_store import StoreDamaged, StoreError

    _require_file(url)
    try:
        require_newest(url)
        store = store_for(url)
        with asyncio.Runner() as loop:
            loop.run(store.open())
            try:
                yield lambda ask: loop.run(ask(store))
            finally:
                loop.run(store.close())
    except (ForeignDatabase, OlderTables) as error:
        raise WrongInput(str(error)) from error
    except StoreDamaged as error:
        raise WrongInput(f"{error}, or give another --database") from error
    except StoreError as error:
        raise WrongInput(f"{error}; check --database") from error


def _require_file(url: str) -> None:
    from server.database import is_postgres, sqlite_path

    if not is_postgres(url) and not (path := sqlite_path(url)).is_file():
        raise WrongInput(f"there is no database {path}; check --database, or give a record file")
