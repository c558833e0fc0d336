"""`detente strategies`: the bots that can take a seat."""

from typing import Any

import click


@click.command("strategies")
@click.option("--family", metavar="NAME", help="Only this family, e.g. grudger.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document, nothing else.")
def command(family: str | None, is_json: bool) -> None:
    """List the built-in bots by family, each with its source.

    Memory is how many past rounds a bot looks at. A bot of the table lane is a finite machine.

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
        from server.cli.report import write_json

        click.echo(write_json([_document(bot) for bot in bots]))
        return
    _show(bots, chosen)


def _chosen(families: list[str], wanted: str | None) -> list[str]:
    from game_rules.nearest import nearest
    from server.cli.errors import WrongInput

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

    from server.cli.screen import FAINT, open_screen

    screen = open_screen()
    for family in families:
        own = [bot for bot in bots if bot.family == family]
        columns = ("Name", "Memory", "Chance", "Lane", "What it does, and its source")
        table = screen.table(family, columns, str(len(own)), words=1)
        table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
        for bot in own:
            memory = "all" if bot.memory is None else str(bot.memory)
            words = Text.assemble(bot.about, "\n", (bot.source, FAINT))
            is_chance = "yes" if bot.is_stochastic else "no"
            table.add_row(bot.name, memory, is_chance, bot.lane, words)
        screen.print(table, "")
    screen.print(Text(f"{len(bots)} strategies in {len(families)} families", FAINT))
