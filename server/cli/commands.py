"""The tree of commands. A command's module is imported when the command is asked for."""

import click

from server.cli.shared.lazy_group import LazyGroup

PLACES = {
    "serve": "serve.serve:command",
    "play": "match.play:command",
    "tournament": "tournament:command",
    "evolve": "tournament.run:evolve",
    "bot": "match.bot:command",
    "rehearse": "match.rehearse:command",
    "replay": "match.replay:command",
    "forecast": "match.forecast:command",
    "debrief": "match.debrief:command",
    "verify": "match.verify:command",
    "export": "match.export:command",
    "forget": "match.forget:command",
    "migrate": "serve.migrate:command",
    "scenario": "scenario.scenario:command",
    "advise": "advise.advise:command",
    "strategies": "scenario.strategies:command",
}


def _print_version(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    if not is_asked:
        return
    from game_rules import RULES_VERSION
    from server.version import SOFTWARE_VERSION

    click.echo(f"detente {SOFTWARE_VERSION} (rules {RULES_VERSION})")
    context.exit()


@click.group(
    cls=LazyGroup,
    places=PLACES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of the software and the rules, and exit.",
)
def detente() -> None:
    """A negotiation wargame: seminars in the browser, bot matches, replays.

    \b
    detente serve                          run a server for a class
    detente play south_china_sea --seed 7  watch bots play a whole match
    detente scenario list                  see what can be played
    """
