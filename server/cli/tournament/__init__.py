"""`detente tournament`: contests of bots, played, listed, shown and opened again."""

import click

from server.cli.shared.lazy_group import LazyGroup

PLACES = {
    "run": "tournament.run:run",
    "list": "tournament.kept:list_kept",
    "show": "tournament.kept:show",
    "match": "tournament.kept:match",
    "ladder": "tournament.kept:ladder",
}


@click.group("tournament", cls=LazyGroup, places=PLACES)
def command() -> None:
    """Run tournaments of bots and show their results.

    \b
    Examples:
      detente tournament run --entrants tit_for_tat,grudger,my_bot.py:MyBot --noise 0.01
      detente tournament run --entrants all --turns 200 --repetitions 20 --plot heat.png
      detente tournament run contest.toml --engine processes
      detente tournament show 3f2a
      detente tournament match 3f2a tit_for_tat grudger
    """
