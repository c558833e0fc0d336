"""`detente tournament run`: play a tournament here, on processes or on a cluster."""

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from game_rules.errors import InvalidInput
from server.cli.shared.errors import WRONG_INPUT, WrongInput
from server.cli.shared.stray_output import prints_as_errors
from server.cli.tournament.files import Files, files_of
from server.cli.tournament.options import (
    DATABASE,
    FILES,
    JSON,
    PLAYED,
    POPULATIONS,
    ROUND_ROBIN,
    WORKERS,
    plan_from,
    with_options,
)
from server.cli.tournament.shelf import find, open_shelf, plan_of_card, shelf_to_keep

if TYPE_CHECKING:
    from server.engines import Engine
    from server.tournaments.plans.plan import Plan
    from server.tournaments.run import Run
    from server.tournaments.store import FileShelf

NOT_OF_THE_PLAN = (
    "file", "engine", "workers", "csv", "parquet", "table", "plot", "chart", "database",
    "is_json", "is_kept", "has_actions", "resumed",
)  # fmt: skip


@click.command("run")
@click.argument("file", metavar="[FILE.toml]", required=False)
@click.option(
    "--kind",
    metavar="KIND",
    help="round_robin, knockout, league, moran, ecological, spatial or evolve.",
)
@with_options(PLAYED, ROUND_ROBIN, POPULATIONS, WORKERS, FILES, DATABASE)
@click.option("--actions", "has_actions", is_flag=True, help="With --json: every match's actions.")
@click.option("--resume", "resumed", metavar="ID", help="Go on with one that was stopped.")
@click.option("--store/--no-store", "is_kept", default=True, help="Whether the result is kept.")
@with_options(JSON)
def command(**given: Any) -> int:
    """Play a tournament: everybody against everybody, or as --kind says.

    The same settings and seed give the same result on every machine, engine and number of workers.
    Ctrl-C keeps what was played: the same command, or --resume ID, goes on from there. A file sets
    the same things by the same names (docs/tournaments.md); options win over it. A bot out of a
    file that raises forfeits: it counts as D from that turn on, and the exit code is 2.

    \b
    Examples:
      detente tournament run --entrants tit_for_tat,alternator --turns 5 --actions --json
      detente tournament run --entrants all --noise 0.01 --repetitions 20
      detente tournament run --entrants tit_for_tat,win_stay_lose_shift --noise 0.05 --exact
      detente tournament run --game chicken --entrants family:prober,my_bot.py:MyBot
      detente tournament run --kind league --game south_china_sea --entrants grudger,gtft,prober
      detente tournament run contest.toml --engine dask://127.0.0.1:8786 --plot payoffs.svg
    """
    files = files_of(given)
    if given["has_actions"] and not given["is_json"]:
        raise WrongInput("--actions: is for machines; add --json, or see: detente tournament match")
    if given["resumed"] is not None:
        shelf, plan = _resumed(given)
    else:
        with prints_as_errors():
            plan = plan_from(given["file"], plan_options(given))
        shelf = shelf_to_keep(given["database"], is_kept=given["is_kept"])
    return play_and_tell(plan, shelf, files, given)


def plan_options(given: dict[str, Any]) -> dict[str, Any]:
    """Leave the options that say what is played."""
    return {key: value for key, value in given.items() if key not in NOT_OF_THE_PLAN}


def play_and_tell(
    plan: "Plan", shelf: "FileShelf | None", files: Files, given: dict[str, Any]
) -> int:
    """Play a plan, keep what came out, and show it; return the exit code."""
    list_matches = _lister(plan, has_actions=given.get("has_actions", False))
    engine = _engine(given["engine"], given["workers"])
    run = _begin(plan, shelf)
    start = perf_counter()
    try:
        with prints_as_errors():
            _play(run, shelf, engine)
            seconds = perf_counter() - start
            document = _document(run, shelf)
            matches = None if list_matches is None else list_matches(run)
    except KeyboardInterrupt:
        _say_stopped(run, shelf)
        raise
    if given["is_json"]:
        _print_json(document, matches)
    else:
        _show(run, document, seconds, is_kept=shelf is not None)
    files.write(document, run)
    return _tell_faults(document)


def _resumed(given: dict[str, Any]) -> tuple["FileShelf", "Plan"]:
    extra = [key for key, value in plan_options(given).items() if value is not None]
    if given["file"] is not None or extra:
        raise WrongInput("--resume: goes on with what was begun; leave the other settings out")
    shelf = open_shelf(given["database"])
    return shelf, plan_of_card(shelf, find(shelf, given["resumed"]))


def _engine(name: str, workers: Any) -> "Engine":
    from server.engines import MOST_WORKERS, engine_of

    if workers is not None and not (isinstance(workers, int) and 1 <= workers <= MOST_WORKERS):
        raise WrongInput(
            f"--workers: {workers!r} does not fit; give a whole number from 1 to {MOST_WORKERS}"
        )
    return engine_of(name, workers)


def _lister(plan: "Plan", *, has_actions: bool) -> Callable[["Run"], list[dict[str, Any]]] | None:
    """Say how matches are listed, refusing too long a list before anything is played."""
    from server.tournaments.plans import expectations, matches
    from server.tournaments.plans.settings import Kind

    if plan.kind is Kind.ROUND_ROBIN and plan.is_exact:
        return lambda run: expectations.expected_matches(plan, run.results)
    if not has_actions:
        return None
    matches.require_listable(plan)
    return lambda run: matches.every_match(run.plan)


def _begin(plan: "Plan", shelf: "FileShelf | None") -> "Run":
    """Enter a tournament, or take it up where it was stopped."""
    from server.clock import SystemClock
    from server.tournaments import store
    from server.tournaments.run import Run

    run = Run(plan)
    if shelf is not None:
        entry = store.enter(plan, len(run.pieces), SystemClock().now_ms())
        run = Run(plan, shelf.change(entry))
    if run.played:
        there = f"{len(run.played)} of {len(run.pieces)} pieces are there"
        click.echo(f"detente: going on with {plan.id}: {there}", err=True)
    return run


def _play(run: "Run", shelf: "FileShelf | None", engine: "Engine") -> None:
    from server.cli.tournament.progress import shown_progress
    from server.tournaments import store

    try:
        with shown_progress(run.turns, run.turns_played) as advance:
            run.play(engine, _keeper(run, shelf, advance))
    except InvalidInput as error:
        if shelf is not None:
            shelf.change(store.halt(run.plan.id, store.STOPPED, str(error)))
        raise


def _keeper(
    run: "Run", shelf: "FileShelf | None", advance: Callable[[float], None]
) -> Callable[..., None]:
    from server.tournaments import store

    def keep(piece: Any, packed: bytes) -> None:
        is_last = len(run.played) == len(run.pieces)
        if shelf is not None and not is_last:  # the last one comes with all that came out
            shelf.change(store.keep_piece(run.plan.id, piece.number, packed))
        advance(piece.turns)

    return keep


def _say_stopped(run: "Run", shelf: "FileShelf | None") -> None:
    from server.tournaments import store

    if shelf is None:
        click.echo("detente: stopped; nothing is kept with --no-store", err=True)
        return
    shelf.change(store.halt(run.plan.id, store.STOPPED))
    kept = f"{len(run.played)} of {len(run.pieces)} pieces are kept"
    click.echo(
        f"detente: stopped; {kept}; go on with: detente tournament run --resume {run.plan.id}",
        err=True,
    )


def _document(run: "Run", shelf: "FileShelf | None") -> dict[str, Any]:
    from server.clock import SystemClock
    from server.tournaments import store
    from server.tournaments.plans.kinds import document_of

    try:
        document = document_of(run.plan, run.results)
    except InvalidInput as error:
        if shelf is not None:
            shelf.change(store.halt(run.plan.id, store.FAILED, str(error)))
        raise
    if shelf is not None:
        shelf.change(store.finish(run.plan.id, document, SystemClock().now_ms()))
    return document


def _print_json(document: dict[str, Any], matches: list[dict[str, Any]] | None) -> None:
    from server.cli.shared.report import write_json

    click.echo(write_json(document if matches is None else {**document, "matches": matches}))


def _show(run: "Run", document: dict[str, Any], seconds: float, *, is_kept: bool) -> None:
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.progress import rate
    from server.cli.tournament.screen import show_tournament

    show_tournament(open_screen(), document)
    speed = "" if run.plan.is_exact else f", {rate(run.turns / max(seconds, 1e-9))} turns/s"
    click.echo(f"{rate(run.turns)} turns in {seconds:.1f} s{speed}", err=True)
    if is_kept:
        click.echo(f"kept as {run.plan.id}: detente tournament show {run.plan.id}", err=True)


def _tell_faults(document: dict[str, Any]) -> int:
    faults = document.get("faults", [])
    for fault in faults:
        times = f"in {fault['matches']} matches" if fault["matches"] > 1 else "in one match"
        click.echo(
            f"detente: {fault['strategy']} forfeits {times}, the first at turn {fault['turn']}: "
            f"{fault['problem']}; it counts as D from there on: mend the bot",
            err=True,
        )
    return WRONG_INPUT if faults else 0
