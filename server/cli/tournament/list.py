"""`detente tournament list`: what was played, and what was stopped."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from server.cli.tournament.options import DATABASE, JSON, with_options
from server.cli.tournament.shelf import open_shelf

if TYPE_CHECKING:
    from server.tournaments.store import TournamentCard

SHOWN_LETTERS = 8


@click.command("list")
@with_options(DATABASE, JSON)
def command(database: str | None, is_json: bool) -> None:
    """List the tournaments that are kept, newest first.

    \b
    Examples:
      detente tournament list
      detente tournament list --json
    """
    from server.tournaments import store

    cards = open_shelf(database).view(store.cards())
    if is_json:
        from server.cli.shared.report import write_json

        click.echo(write_json([asdict(card) for card in cards]))
        return
    _show(cards)


def _show(cards: "list[TournamentCard]") -> None:
    from datetime import datetime

    from server.cli.shared.screen import open_screen, short
    from server.cli.shared.words import count

    screen = open_screen()
    columns = ("Id", "Kind", "Game", "Standing", "Entrants", "Begun")
    table = screen.table("Tournaments", columns, count(len(cards), "tournament"), words=4)
    for card in cards:
        begun = datetime.fromtimestamp(card.created_at_ms / 1000).astimezone()
        table.add_row(
            card.id[:SHOWN_LETTERS],
            card.kind,
            short(card.game, 18),
            _standing(card),
            str(card.entrants),
            f"{begun:%Y-%m-%d %H:%M}",
        )
    screen.print(table)


def _standing(card: "TournamentCard") -> str:
    if card.finished_at_ms is not None:
        return card.progress
    return f"{card.progress}, {card.pieces_played / card.pieces:.0%}"
