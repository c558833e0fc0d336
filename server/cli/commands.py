"""The tree of commands. A command's module is imported when the command is asked for."""

from importlib import import_module

import click

MODULES = {
    "serve": "serve.serve",
    "play": "match.play",
    "tournament": "tournament",
    "evolve": "tournament.evolve",
    "bot": "match.bot",
    "rehearse": "match.rehearse",
    "replay": "match.replay",
    "verify": "match.verify",
    "export": "match.export",
    "scenario": "scenario.scenario",
    "advise": "advise.advise",
    "strategies": "scenario.strategies",
}
"""The module of each command, in the order a person meets them."""


class LazyGroup(click.Group):
    """Commands by name, each the `command` of its module in this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a person meets them."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in MODULES:
            return None
        return import_module(f"server.cli.{MODULES[cmd_name]}").command


def _print_version(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    if not is_asked:
        return
    from game_rules import RULES_VERSION
    from server.version import SOFTWARE_VERSION

    click.echo(f"detente {SOFTWARE_VERSION} (rules {RULES_VERSION})")
    context.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Say which software and which rules these are.",
)
def detente() -> None:
    """A negotiation wargame: seminars in the browser, bot matches, replays.

    \b
    detente serve                          run a server for a class
    detente play south_china_sea --seed 7  watch bots play a whole match
    detente scenario list                  see what can be played
    """
