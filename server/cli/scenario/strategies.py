"""`detente strategies`: the bots that can take a seat."""

from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.values import print_json

if TYPE_CHECKING:
    from rich.table import Table

    from server.cli.shared.screen import Screen

FIGURES_WIDTH = 24
"""What memory, chance, lane and the gaps between take beside the name."""


@click.command("strategies")
@click.option(
    "--family", metavar="NAME", help="Show only this family, with descriptions, e.g. grudger."
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(family: str | None, is_json: bool) -> None:
    """List the built-in bots, each with its source.

    Memory is the number of past rounds that a bot looks at. Chance says whether it makes random
    choices. A bot in the table lane is a finite-state machine. --family describes each bot.

    \b
    Examples:
      detente strategies
      detente strategies --family "tit for tat"
      detente strategies --json
    """
    from game_rules.strategies import strategies

    families = dict.fromkeys(bot.family for bot in strategies())
    chosen = _chosen(list(families), family)
    bots = [bot for bot in strategies() if bot.family in chosen]
    if is_json:
        print_json([_document(bot) for bot in bots])
        return
    _show(bots, chosen)


def _chosen(families: list[str], wanted: str | None) -> list[str]:
    from game_rules.nearest import nearest
    from server.cli.shared.errors import WrongInput

    if wanted is None:
        return families
    if wanted not in families:
        raise WrongInput(f"--family: {wanted!r} is no family; {nearest(wanted, families)}")
    return [wanted]


def _document(bot: Any) -> dict[str, Any]:
    keys = "name", "title", "family", "memory", "is_stochastic", "lane", "source", "about"
    return {key: getattr(bot, key) for key in keys}


def _show(bots: list[Any], families: list[str]) -> None:
    from rich.text import Text

    from server.cli.shared.screen import FAINT, open_screen

    screen = open_screen()
    name_width = max(len(bot.name) for bot in bots)
    for family in families:
        own = [bot for bot in bots if bot.family == family]
        table = _table(screen, family, own, name_width, is_whole=len(families) == 1)
        screen.print(table, "")
    if len(families) > 1:
        more = f"{len(bots)} strategies in {len(families)} families; --family NAME tells more"
        screen.print(Text(more, FAINT))


def _table(
    screen: "Screen", family: str, bots: list[Any], name_width: int, is_whole: bool
) -> "Table":
    from rich.text import Text

    from server.cli.shared.screen import FAINT, short

    columns = ("Name", "Memory", "Chance", "Lane", "Source")
    table = screen.table(family, columns, str(len(bots)))
    table.columns[0].min_width = name_width
    table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
    room = screen.width - name_width - FIGURES_WIDTH
    for bot in bots:
        memory = "all" if bot.memory is None else str(bot.memory)
        chance = "yes" if bot.is_stochastic else "no"
        whole = Text.assemble(bot.about, "\n", (bot.source, FAINT))
        words = whole if is_whole else Text(short(bot.source, room), FAINT)
        table.add_row(bot.name, memory, chance, bot.lane, words)
    return table
