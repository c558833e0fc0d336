"""`detente bot`: the user's own bot, in this process, at a local or a live match."""

from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import CHECK_FAILED, WrongInput
from server.cli.shared.values import Seed, WholeNumber

if TYPE_CHECKING:
    from client.bot import Bot, LocalMatch
    from client.bot.remote import BotSettings

LONGEST_S = 3600


@click.command("bot")
@click.argument("bot", metavar="FILE.py:CLASS")
@click.option("--join", "link", metavar="LINK", help="Link or code of a live match to play.")
@click.option("--seat", metavar="SEAT", help="Seat.  [default: the first free seat]")
@click.option(
    "--name",
    metavar="NAME",
    help="Name that the others see.  [default: the class]",
)
@click.option("--seed", type=Seed(), help="Random seed.")
@click.option(
    "--move-time", type=WholeNumber(1, LONGEST_S), default=5, help="Seconds per turn.  [default: 5]"
)
@click.option(
    "--time-bank",
    type=WholeNumber(0, LONGEST_S),
    default=60,
    help="Extra seconds for the whole match.  [default: 60]",
)
@click.option(
    "--opponent",
    metavar="STRATEGY",
    help="Bot for the other seats, without --join.  [default: tit_for_tat]",
)
@click.option(
    "--scenario", metavar="NAME", help="Scenario, without --join.  [default: prisoners_dilemma]"
)
def command(
    bot: str,
    link: str | None,
    seat: str | None,
    name: str | None,
    seed: str | None,
    move_time: int,
    time_bank: int,
    opponent: str | None,
    scenario: str | None,
) -> int:
    """Play a bot of your own.

    With --join the bot takes a seat in a live match and plays to the end. It reconnects if the
    connection or the server fails. Without --join it plays a match here, against a built-in bot. A
    turn that raises an error or takes too long is a fault. After the third fault the bot loses its
    seat. The code of the bot runs on this machine only. docs/bots.md explains how to write a bot.
    Exits 0 if the match was played to the end, and 1 if the bot lost its seat or its connection.

    \b
    Examples:
      detente bot my_bot.py:MyBot
      detente bot my_bot.py:MyBot --opponent grudger --scenario south_china_sea --seat CHN
      detente bot my_bot.py:MyBot --join http://192.168.0.7:8000/#/join/ABCD-EFGH
    """
    from client.bot import run_locally
    from client.bot.timed import BotLimits, load_in_time
    from server.cli.match.play import draw_seed

    limits = BotLimits(move_time, time_bank)
    own, seed = load_in_time(bot, limits), seed or draw_seed()
    if link is None:
        other, played = opponent or "tit_for_tat", scenario or "prisoners_dilemma"
        return _show_here(run_locally(own, other, played, seed, seat, limits))
    if opponent or scenario:
        raise WrongInput("--opponent and --scenario are for a match here; leave out --join")
    return _play_there(own, link, _settings(own, name, seed, seat, move_time, time_bank))


def _show_here(played: "LocalMatch") -> int:
    """Show a match that was played here; give the exit code."""
    from game_rules.log.events import SeatVacated
    from game_rules.log.people import with_names
    from server.cli.shared.match_screen import show_match
    from server.cli.shared.screen import open_screen

    show_match(open_screen(), with_names(played.log, played.names))
    for problem in played.problems:
        click.echo(problem)
    has_left = any(isinstance(e, SeatVacated) and e.seat == played.seat for e in played.log)
    return CHECK_FAILED if has_left else 0


def _settings(
    own: "type[Bot]", name: str | None, seed: str, seat: str | None, move_s: int, bank_s: int
) -> "BotSettings":
    from client.bot.remote import BotSettings
    from game_rules.match.seating import LONGEST_NAME

    shown = " ".join((own.__name__[:LONGEST_NAME] if name is None else name).split())
    if not 1 <= len(shown) <= LONGEST_NAME:
        raise WrongInput(f"--name: {len(shown)} letters; give 1 to {LONGEST_NAME}")
    return BotSettings(shown, seed, seat, move_s, bank_s, is_named=name is not None)


def _play_there(own: "type[Bot]", link: str, settings: "BotSettings") -> int:
    import asyncio

    from client.bot.joining import parse_join_link
    from client.bot.remote import play_remotely

    join_link = parse_join_link(link)
    click.echo(f"{settings.name} goes to {join_link.server}, seed {settings.seed}")
    outcome = asyncio.run(play_remotely(own, join_link, settings, click.echo))
    if outcome.trouble is None:
        return 0
    click.echo(f"detente bot: {outcome.trouble}", err=True)
    return CHECK_FAILED
