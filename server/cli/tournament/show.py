"""`detente tournament show`: the result of a tournament, on the screen or as files."""

from typing import Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.tournament.files import files_of
from server.cli.tournament.options import DATABASE, FILES, JSON, with_options
from server.cli.tournament.shelf import find, open_shelf


@click.command("show")
@click.argument("tournament", metavar="ID")
@with_options(FILES, DATABASE, JSON)
def command(tournament: str, **given: Any) -> None:
    """Show the tournament ID; the beginning of an id will do.

    \b
    Examples:
      detente tournament show 3f2a
      detente tournament show 3f2a --csv standings.csv --plot heat.png
      detente tournament show 3f2a --plot shares.svg --chart evolution
    """
    from server.tournaments import store

    files = files_of(given)
    shelf = open_shelf(given["database"])
    card = find(shelf, tournament)
    document = shelf.view(store.document(card.id))
    if document is None:
        done = f"{card.pieces_played} of {card.pieces} pieces are played"
        why = f" ({card.problem})" if card.problem else ""
        remedy = f"detente tournament run --resume {card.id}"
        raise WrongInput(f"{card.id} is {card.progress}{why}: {done}; go on with: {remedy}")
    files.write(document)
    if given["is_json"]:
        from server.cli.shared.report import write_json

        click.echo(write_json(document))
        return
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import show_tournament

    show_tournament(open_screen(), document)
