"""`detente tournament`: contests of bots, played, listed, shown and opened again."""

from importlib import import_module

import click

COMMANDS = ("run", "list", "show", "match", "ladder")


class LazyTournament(click.Group):
    """Commands by name, each the `command` of the module of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"server.cli.tournament.{cmd_name}").command


@click.group("tournament", cls=LazyTournament)
def command() -> None:
    """Play contests of bots, and look at what came out.

    \b
    Examples:
      detente tournament run --entrants tit_for_tat,grudger,my_bot.py:MyBot --noise 0.01
      detente tournament run --entrants all --turns 200 --repetitions 20 --plot heat.png
      detente tournament run contest.toml --engine processes
      detente tournament show 3f2a
      detente tournament match 3f2a tit_for_tat grudger
    """
