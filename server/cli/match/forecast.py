"""`detente forecast`: how a match may go on, from many continuations with other luck."""

from collections.abc import Mapping
from concurrent.futures import Future, as_completed
from functools import lru_cache
from pickle import dumps, loads
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.values import Lineup, Seed, WholeNumber, print_json

if TYPE_CHECKING:
    from game_rules.continuations.forecast import Outcomes, Outset, Rollout
    from game_rules.roles import Seat
    from server.cli.shared.progress import Told
    from server.engines import Engine

MOST_RUNS, MOST_ROUNDS, MOST_WORKERS = 100_000, 200, 256
SMALLEST_PIECE, LARGEST_PIECE, PIECES = 25, 250, 40
"""Runs that a worker plays at a time."""

MOST_DEATHS = 3


@click.command("forecast")
@click.argument("what", metavar="SCENARIO|RECORD|MATCH_ID")
@click.option(
    "--from",
    "number",
    type=WholeNumber(1, MOST_ROUNDS),
    help="Start with this round.  [default: 1]",
)
@click.option(
    "--policy",
    "policies",
    type=Lineup(),
    multiple=True,
    help="Bot for a seat; as_played repeats the match.",
)
@click.option(
    "--runs", type=WholeNumber(1, MOST_RUNS), default=200, help="Number of runs.  [default: 200]"
)
@click.option("--seed", type=Seed(), default="forecast", help="Random seed.")
@click.option("--no-talk", is_flag=True, help="Bots sign no pacts; it is faster.")
@click.option(
    "--engine",
    default="processes",
    metavar="local|processes|dask://HOST:PORT",
    help="Engine: threads or processes here, or a Dask cluster.",
)
@click.option(
    "--workers",
    type=WholeNumber(1, MOST_WORKERS),
    help="Number of workers.  [default: one per core]",
)
@click.option("--database", metavar="URL", help="Database of the match, if it is not a file.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(
    what: str,
    number: int | None,
    policies: tuple[Mapping[str, str], ...],
    runs: int,
    seed: str,
    no_talk: bool,
    engine: str,
    workers: int | None,
    database: str | None,
    is_json: bool,
) -> None:
    """Forecast how a match may end.

    Each run plays the rest of the match to its end with other luck. The table has the integration
    index after each round: the middle run (50%), and how far the others are spread. Below it are
    the chances of each outlook and of a crisis, with 95% intervals. Bots keep their strategies.
    A seat that a person held, or that nobody holds yet, plays by a doctrine that each run draws.
    The same seed gives the same figures on every engine. A match of older rules cannot be forecast.

    \b
    Examples:
      detente forecast south_china_sea
      detente forecast match.jsonl --from 4 --runs 1000
      detente forecast match.jsonl --from 4 --policy PHL=grudger,USA=as_played
      detente forecast south_china_sea --no-talk --engine local --json
    """
    from game_rules.continuations.forecast import outcomes_of
    from server.cli.shared.progress import shown_progress
    from server.engines import engine_of

    outset = _outset(what, number, _merged(policies), database, has_talk=not no_talk)
    chosen = engine_of(engine, workers)
    with shown_progress(runs, "runs") as told:
        played = play_runs(outset, seed, runs, chosen, told)
    outcomes = outcomes_of(outset, played)
    if is_json:
        print_json(_document(outcomes, seed))
    else:
        _show(outset, outcomes)


def play_runs(
    outset: "Outset", seed: str, runs: int, engine: "Engine", told: "Told"
) -> "list[Rollout]":
    """Play all runs on an engine, piece by piece; return them in their order.

    A piece whose worker died is played again. Raises EngineError when workers keep dying.
    """
    from server.engines import EngineError

    start = dumps(outset)
    size = min(LARGEST_PIECE, max(SMALLEST_PIECE, runs // PIECES))
    starts = range(1, runs + 1, size)
    played: dict[int, tuple[Rollout, ...]] = {}
    for _ in range(MOST_DEATHS):
        try:
            with engine.open() as executor:
                asked: dict[Future[tuple[Rollout, ...]], int] = {
                    executor.submit(_played, start, seed, x, min(runs, x + size - 1)): x
                    for x in starts
                    if x not in played
                }
                for future in as_completed(asked):
                    played[asked[future]] = future.result()
                    told(len(future.result()))
        except engine.deaths:
            continue
        return [run for x in starts for run in played[x]]
    raise EngineError(
        f"workers died {MOST_DEATHS} times; give fewer --workers, or another --engine"
    )


def _played(start: bytes, seed: str, first: int, last: int) -> "tuple[Rollout, ...]":
    """Play some runs; start: what they start from, which a worker reads once, and learns from."""
    from game_rules.continuations.forecast import runs_of

    return runs_of(_read(start), seed, first, last)


@lru_cache(maxsize=1)
def _read(start: bytes) -> "Outset":
    return loads(start)  # noqa: S301, it is our own


def _merged(policies: tuple[Mapping[str, str], ...]) -> "dict[Seat, str]":
    from game_rules.roles import Seat

    return {Seat(seat): name for lineup in policies for seat, name in lineup.items()}


def _outset(
    what: str,
    number: int | None,
    policies: "Mapping[Seat, str]",
    database: str | None,
    *,
    has_talk: bool,
) -> "Outset":
    """Find what every run starts from. Raises WrongInput or InvalidInput."""
    from game_rules.continuations.forecast import outset_in, outset_of
    from game_rules.continuations.trunk import trunk_of
    from game_rules.nearest import nearest
    from game_rules.scenario_files.scenarios import load_scenario, scenario_names
    from server.cli.shared.log_source import read_log

    if what not in (known := scenario_names()) and not what.endswith(".toml"):
        try:
            logged = read_log(what, database)
        except WrongInput as error:
            meant = nearest(what, known)
            if not meant.startswith("did"):
                raise
            raise WrongInput(f"{what!r} is no scenario ({meant}), and {error}") from error
        trunk = trunk_of(logged.log, "a forecast")
        return outset_of(trunk, number or 1, policies, has_talk=has_talk)
    if number not in (None, 1):
        raise WrongInput(f"--from: {number} is for a match; a scenario is forecast from round 1")
    return outset_in(load_scenario(what), policies, has_talk=has_talk)


def _document(outcomes: "Outcomes", seed: str) -> dict[str, Any]:
    from game_rules.continuations.forecast import QUANTILES
    from game_rules.records.codec import to_json
    from server.version import SOFTWARE_VERSION

    return {
        "software_version": SOFTWARE_VERSION,
        "seed": seed,
        "shares": list(QUANTILES),
        **to_json(outcomes),
    }


def _show(outset: "Outset", outcomes: "Outcomes") -> None:
    from game_rules.continuations.forecast import CRISIS, QUANTILES
    from server.cli.shared.screen import open_screen

    screen = open_screen()
    lines = [f"{share:.0%}" for share in QUANTILES]
    title = outset.position.scenario.title
    table = screen.table(title, ("round", "runs", "mean", *lines), "integration index")
    for fan in outcomes.fans:
        figures = (fan.mean, *fan.quantiles)
        table.add_row(str(fan.round), str(fan.runs), *(f"{x:.1f}" for x in figures))
    screen.print(table, "")
    for name, chance in outcomes.chances.items():
        interval = f"{chance.low:.1%} to {chance.high:.1%}"
        screen.print(f"  {name:<12}{chance.share:>6.1%}   ({interval})")
    if outcomes.is_crisis_open:
        screen.print(f"  {CRISIS:<12}already open")
