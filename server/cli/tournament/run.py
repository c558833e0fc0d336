"""`detente tournament run` and `detente evolve`: play a tournament here, or on a cluster."""

import sys
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WRONG_INPUT, WrongInput, prints_as_errors
from server.cli.shared.values import print_json
from server.cli.tournament.options import (
    DATABASE,
    FILES,
    GUESTS,
    JSON,
    KEPT,
    PLAYED,
    POPULATIONS,
    ROUND_ROBIN,
    WORKERS,
    Files,
    files_of,
    find,
    open_tables,
    spec_from,
    spec_of_card,
    tables_to_keep,
    with_options,
)

if TYPE_CHECKING:
    from server.engines import Engine
    from server.tournaments.run import Run
    from server.tournaments.runner import Runner
    from server.tournaments.specs.spec import TournamentSpec
    from server.tournaments.store import FileTables

KINDS = {"search": "evolve", "ecological": "ecological", "moran": "moran", "spatial": "spatial"}
NOT_OF_THE_PLAN = (
    "file", "engine", "workers", "csv", "parquet", "table", "plot", "chart", "database",
    "is_json", "is_kept", "has_actions", "resumed", "spreadsheet",
)  # fmt: skip


@click.command("run")
@click.argument("file", metavar="[FILE.toml]", required=False)
@click.option(
    "--kind",
    metavar="KIND",
    help="round_robin, knockout, league, moran, ecological, spatial or evolve.",
)
@with_options(PLAYED, ROUND_ROBIN, GUESTS, POPULATIONS, WORKERS, FILES, DATABASE)
@click.option(
    "--actions",
    "has_actions",
    is_flag=True,
    help="With --json: include the actions of every match.",
)
@click.option("--resume", "resumed", metavar="ID", help="Continue a stopped tournament.")
@with_options(KEPT, JSON)
def run(**given: Any) -> int:
    """Play a tournament: a round robin, or another --kind.

    The same settings and seed give the same result on every machine, engine and number of workers.
    Ctrl-C keeps the matches that were played. The same command, or --resume ID, continues from
    there. A file sets the same options by the same names (docs/tournaments.md); command-line
    options override it. Your own bot runs in a separate process. If it raises an error, takes too
    long or ends, it forfeits: it counts as Defect from that turn on, and the exit code is 2.

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
        tables, spec = _resumed(given)
    else:
        with prints_as_errors():
            spec = spec_from(given["file"], _spec_options(given))
        tables = tables_to_keep(given["database"], is_kept=given["is_kept"])
    return _play_and_show(spec, tables, files, given)


@click.command("evolve")
@click.argument("kind", metavar="|".join(KINDS))
@with_options(PLAYED, GUESTS, POPULATIONS, WORKERS, FILES, DATABASE, KEPT, JSON)
def evolve(kind: str, **given: Any) -> int:
    """Evolve a population of strategies.

    search breeds finite-state machines that score well against the entrants. ecological grows the
    shares of a large population with their points. moran replaces one member at a time. spatial
    lets each cell imitate its neighbours. This is short for `detente tournament run --kind`.

    \b
    Examples:
      detente evolve search --entrants tit_for_tat,grudger,alternator --states 4
      detente evolve ecological --entrants all --noise 0.01 --plot shares.png
      detente evolve moran --entrants tit_for_tat,defector --size 20 --runs 1000
      detente evolve spatial --entrants cooperator,defector --size 60x60 --turns 1
    """
    from game_rules.nearest import nearest

    if kind not in KINDS:
        raise WrongInput(f"{kind!r} is no way to evolve; {nearest(kind, KINDS)}")
    files = files_of(given)
    with prints_as_errors():
        spec = spec_from(None, {**_spec_options(given), "kind": KINDS[kind]})
    tables = tables_to_keep(given["database"], is_kept=given["is_kept"])
    return _play_and_show(spec, tables, files, given)


def _spec_options(given: dict[str, Any]) -> dict[str, Any]:
    """Leave the options that say what is played."""
    return {key: value for key, value in given.items() if key not in NOT_OF_THE_PLAN}


def _resumed(given: dict[str, Any]) -> tuple["FileTables", "TournamentSpec"]:
    extra = [key for key, value in _spec_options(given).items() if value is not None]
    if given["file"] is not None or extra:
        raise WrongInput("--resume: continues a stopped tournament; leave the other settings out")
    tables = open_tables(given["database"])
    return tables, spec_of_card(tables, find(tables, given["resumed"]))


def _engine(name: str, workers: Any) -> "Engine":
    from server.engines import MOST_WORKERS, engine_of

    if workers is not None and not (isinstance(workers, int) and 1 <= workers <= MOST_WORKERS):
        raise WrongInput(
            f"--workers: {workers!r} does not fit; give a whole number from 1 to {MOST_WORKERS}"
        )
    return engine_of(name, workers)


def _lister(
    spec: "TournamentSpec", *, has_actions: bool
) -> Callable[["Run"], list[dict[str, Any]]] | None:
    """Say how matches are listed, refusing too long a list before anything is played."""
    from server.tournaments.specs import expectations, matches
    from server.tournaments.specs.settings import TournamentKind

    if spec.kind is TournamentKind.ROUND_ROBIN and spec.is_exact:
        return lambda run: expectations.expected_matches(spec, run.results)
    if not has_actions:
        return None
    matches.require_listable(spec)
    return lambda run: matches.every_match(run.spec, run.results)


def _play_and_show(
    spec: "TournamentSpec",
    tables: "FileTables | None",
    files: Files,
    given: dict[str, Any],
) -> int:
    """Play a spec, show what came out, and return the exit code."""
    from server.clock import SystemClock
    from server.tournaments.runner import Runner
    from server.tournaments.specs.kinds import document_of

    _tell_walls(spec)
    list_matches = _lister(spec, has_actions=given.get("has_actions", False))
    engine = _engine(given["engine"], given["workers"])
    runner = Runner(spec, tables, SystemClock())
    if runner.run.played:
        click.echo(f"detente: going on with {spec.id}: {_pieces(runner.run)} are there", err=True)
    try:
        with prints_as_errors():
            seconds = _play(runner, engine)
            document = runner.finish(lambda run: document_of(spec, run.results))
            matches = None if list_matches is None else list_matches(runner.run)
    except KeyboardInterrupt:
        runner.stop()
        _say_stopped(runner.run, is_kept=tables is not None)
        raise
    if given["is_json"]:
        shown = document if matches is None else {**document, "matches": matches}
        print_json(shown)
    else:
        _show(runner.run, document, seconds, is_kept=tables is not None)
    files.write(document, runner.run)
    return _tell_faults(document)


def _tell_walls(spec: "TournamentSpec") -> None:
    """Tell whoever sits at the terminal what guests can reach, where there is no sandbox."""
    from server.tournaments.guests import sandbox

    if spec.own and sys.stderr.isatty() and not sandbox.is_offered():
        click.echo(
            "detente: bots of your own run without a sandbox here, and can read your files: "
            "install bubblewrap (docs/bots.md)",
            err=True,
        )


def _play(runner: "Runner", engine: "Engine") -> float:
    """Play what is missing under a bar; give the seconds it took."""
    from server.cli.tournament.screen import shown_progress
    from server.engines import lasting

    start, run = perf_counter(), runner.run
    with lasting(engine) as kept, shown_progress(run.turns, run.turns_played) as advance:
        runner.play(kept, lambda piece: advance(piece.turns))
    return perf_counter() - start


def _say_stopped(run: "Run", *, is_kept: bool) -> None:
    if not is_kept:
        click.echo("detente: stopped; nothing is kept with --no-store", err=True)
        return
    remedy = f"continue with: detente tournament run --resume {run.spec.id}"
    click.echo(f"detente: stopped; {_pieces(run)} are kept; {remedy}", err=True)


def _pieces(run: "Run") -> str:
    return f"{len(run.played)} of {len(run.pieces)} pieces"


def _show(run: "Run", document: Mapping[str, Any], seconds: float, *, is_kept: bool) -> None:
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import rate, show_tournament

    show_tournament(open_screen(), document)
    speed = "" if run.spec.is_exact else f", {rate(run.turns / max(seconds, 1e-9))} turns/s"
    click.echo(f"{rate(run.turns)} turns in {seconds:.1f} s{speed}", err=True)
    if is_kept:
        click.echo(f"kept as {run.spec.id}: detente tournament show {run.spec.id}", err=True)


def _tell_faults(document: Mapping[str, Any]) -> int:
    faults = document.get("faults", [])
    for fault in faults:
        times = f"in {fault['matches']} matches" if fault["matches"] > 1 else "in one match"
        click.echo(
            f"detente: {fault['strategy']} forfeits {times}, the first at turn {fault['turn']}: "
            f"{fault['problem']}; it counts as D from there on: fix the bot",
            err=True,
        )
    return WRONG_INPUT if faults else 0
