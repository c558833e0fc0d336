"""`detente play`: a whole match of bots in this process."""

from collections.abc import Mapping
from dataclasses import replace

import click

from game_rules.bots.casts import DOCTRINES
from game_rules.chance import chance
from game_rules.errors import RuleViolation
from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.scenario import Press, Scenario
from server.cli.shared.errors import WrongInput
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import Lineup, Seed, WholeNumber

MOST_ROUNDS = 200

CAST = (
    "tit_for_tat",
    "grudger",
    "win_stay_lose_shift",
    "tit_for_2_tats",
    "gtft",
    "prober",
    "go_by_majority",
    "detective",
    "firm_but_fair",
    "first_by_joss",
)
"""Who plays where nobody is named and nobody may talk: known characters, kind and less kind."""


@click.command("play")
@click.argument("scenario")
@click.option("--bots", type=Lineup(), default={}, help="Bots by seat.")
@click.option("--default-bot", metavar="STRATEGY", help="Bot for all other seats.")
@click.option("--seed", type=Seed(), help="Random seed.")
@click.option(
    "--rounds",
    type=WholeNumber(1, MOST_ROUNDS),
    help="Number of rounds.  [default: the scenario's]",
)
@output_file("--record", "record_path", about="Write the record of the match to this file.")
@OVERWRITE
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(
    scenario: str,
    bots: Mapping[str, str],
    default_bot: str | None,
    seed: str | None,
    rounds: int | None,
    record_path: str | None,
    is_json: bool,
) -> None:
    """Play SCENARIO with a bot in every seat.

    SCENARIO is a name from `detente scenario list` or a path to a .toml file. The same seed and
    bots give the same match on every machine. Seats that --bots does not name get the
    --default-bot. Without --default-bot, the seed chooses: a doctrine if the scenario has talk,
    otherwise one of ten well-known strategies.

    \b
    Examples:
      detente play chicken
      detente play south_china_sea --seed 7
      detente play south_china_sea --bots CHN=realist,PHL=grudger --default-bot diplomat
      detente play prisoners_dilemma --seed 7 --record match.jsonl
      detente play south_china_sea --seed 7 --json
    """
    from game_rules.bots.bot_match import play_bot_match
    from game_rules.scenario_files.scenarios import load_scenario
    from server.cli.shared.ending import tell_match

    chosen = load_scenario(scenario)
    chosen = chosen if rounds is None else replace(chosen, rounds=rounds)
    seed = seed or draw_seed()
    log = play_bot_match(chosen, cast(chosen, bots, default_bot, seed), seed, speak=True)
    tell_match(log, record_path, is_json=is_json)
    if record_path is not None and not is_json:
        click.echo(f"The record is in {record_path}; check it with: detente verify {record_path}")


def draw_seed() -> str:
    """Draw a seed that is short enough to be typed again."""
    from secrets import token_hex

    return token_hex(4)


def cast(
    scenario: Scenario, named: Mapping[str, str], default: str | None, seed: str
) -> dict[Seat, str]:
    """Give every seat a strategy: its own, the default, or one by the seed.

    Raises WrongInput for a seat or strategy that does not exist.
    """
    countries = {player.name: player.seat for player in scenario.players}
    for seat in named:
        if seat not in scenario.seats:
            hint = nearest(seat, scenario.seats, countries)
            raise WrongInput(f"--bots: {seat!r} is no seat of {scenario.name}; {hint}")
    own = {seat: _known(f"--bots {seat}", name) for seat, name in named.items()}
    others = None if default is None else _known("--default-bot", default)
    return {
        seat: own.get(seat) or others or _by_seed(scenario, seed, seat) for seat in scenario.seats
    }


def _known(option: str, name: str) -> str:
    from game_rules.strategies import strategy

    try:
        return strategy(name).name
    except RuleViolation as error:
        raise WrongInput(f"{option}: {error}") from error


def _by_seed(scenario: Scenario, seed: str, seat: Seat) -> str:
    some = CAST if scenario.press is Press.NONE else DOCTRINES
    return some[int(chance(seed, "cast", seat) * len(some))]
