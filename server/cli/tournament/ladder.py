"""`detente tournament ladder`: how strategies stand over all tournaments that are kept."""

from typing import TYPE_CHECKING

import click

from server.cli.tournament.options import DATABASE, JSON, with_options
from server.cli.tournament.shelf import open_shelf

if TYPE_CHECKING:
    from game_rules.contests.ratings import Rating


@click.command("ladder")
@click.option("--game", metavar="NAME", help="Only tournaments of this game or scenario.")
@with_options(DATABASE, JSON)
def command(game: str | None, database: str | None, is_json: bool) -> None:
    """Rate strategies by all tournaments that are kept, on an openskill ladder.

    Every tournament is one match of all its entrants, in the order they were over. Newcomers begin
    at level 25 with doubt 8.3; whoever keeps coming back is known better.

    \b
    Examples:
      detente tournament ladder
      detente tournament ladder --game chicken --json
    """
    from server.tournaments import store
    from server.tournaments.ladder import ladder

    rungs = ladder(open_shelf(database).view(store.finished_documents(game)))
    if is_json:
        from server.cli.shared.report import write_json

        click.echo(write_json([_document(*rung) for rung in rungs]))
        return
    _show(rungs)


def _document(strategy: str, rating: "Rating", tournaments: int) -> dict[str, object]:
    return {
        "strategy": strategy,
        "level": rating.level,
        "doubt": rating.doubt,
        "sure_level": rating.sure_level,
        "tournaments": tournaments,
    }


def _show(rungs: "list[tuple[str, Rating, int]]") -> None:
    from server.cli.shared.screen import open_screen

    screen = open_screen()
    columns = ("Strategy", "Surely", "Level", "Doubt", "Tournaments")
    table = screen.table("Ladder", columns, "level by openskill; surely: three doubts below")
    for name, rating, times in rungs:
        figures = (rating.sure_level, rating.level, rating.doubt)
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), str(times))
    screen.print(table)
