"""Where a command finds tournaments: the database of the settings, or the one that is named."""

import os
from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import settings_of

if TYPE_CHECKING:
    from server.tournaments.plans.plan import Plan
    from server.tournaments.store import FileShelf, TournamentCard


def open_shelf(database: str | None) -> "FileShelf":
    """Open the database, made or brought up to date where it must be. Raises WrongInput."""
    from server.cli.shared.doors import prepare_database
    from server.tournaments.store import FileShelf

    url = settings_of(**({} if database is None else {"database": database})).database
    return FileShelf(prepare_database(url))


def shelf_to_keep(database: str | None, *, is_kept: bool) -> "FileShelf | None":
    """Open the database for a result; where nobody named one, do without rather than fail."""
    if not is_kept:
        return None
    try:
        return open_shelf(database)
    except WrongInput as error:
        if database is not None or "DETENTE_DATABASE" in os.environ:
            raise
        click.echo(f"detente: not kept: {error}, or --no-store", err=True)
        return None


def find(shelf: "FileShelf", prefix: str) -> "TournamentCard":
    """Find a tournament by the beginning of its id. Raises WrongInput unless there is just one."""
    from server.tournaments import store

    found = shelf.view(store.ids_like(prefix)) if len(prefix) >= store.SHORTEST_PREFIX else []
    if len(found) != 1:
        told = f"{len(found)} begin with {prefix!r}" if found else f"none begins with {prefix!r}"
        raise WrongInput(f"tournament: {told}; see: detente tournament list")
    card = shelf.view(store.card(found[0]))
    assert card is not None, "it was just found"
    return card


def plan_of_card(shelf: "FileShelf", card: "TournamentCard") -> "Plan":
    """Read what a stored tournament plays."""
    from server.tournaments import store
    from server.tournaments.plans.plan import plan_of

    described = shelf.view(store.description(card.id))
    assert described is not None, "a row has a description"
    return plan_of(described)
