"""The server's settings and database, for commands: what is wrong with them is wrong input."""

from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput

if TYPE_CHECKING:
    from server.settings import Settings


def settings_of(**given: Any) -> "Settings":
    """Read the settings; what is given wins over DETENTE_* variables. Raises WrongInput."""
    from server.settings import SettingsError, read_settings

    try:
        return read_settings(**given)
    except SettingsError as error:
        raise WrongInput(str(error)) from error


def prepare_database(url: str) -> str:
    """Make the tables, or bring them up to date; return the database's place. Raises WrongInput."""
    import asyncio

    from server.database import ForeignDatabase, migrate, place
    from server.store.event_store import StoreRefused, StoreUnavailable

    try:
        copy = asyncio.run(migrate(url))
    except (ForeignDatabase, StoreRefused) as error:
        raise WrongInput(str(error)) from error
    except StoreUnavailable as error:
        raise WrongInput(f"{error}; give another --database") from error
    if copy is not None:
        told = f"the database has new tables; it is kept as it was in {copy}"
        click.echo(f"detente: {told}", err=True)
    return place(url)
