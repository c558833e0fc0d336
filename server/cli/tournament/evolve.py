"""`detente evolve`: populations and machines that change by their success."""

from typing import Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.stray_output import prints_as_errors
from server.cli.tournament.files import files_of
from server.cli.tournament.options import (
    DATABASE,
    FILES,
    JSON,
    PLAYED,
    POPULATIONS,
    WORKERS,
    plan_from,
    with_options,
)
from server.cli.tournament.run import plan_options, play_and_tell
from server.cli.tournament.shelf import shelf_to_keep

KINDS = {"search": "evolve", "ecological": "ecological", "moran": "moran", "spatial": "spatial"}


@click.command("evolve")
@click.argument("kind", metavar="|".join(KINDS))
@with_options(PLAYED, POPULATIONS, WORKERS, FILES, DATABASE)
@click.option("--store/--no-store", "is_kept", default=True, help="Whether the result is kept.")
@with_options(JSON)
def command(kind: str, **given: Any) -> int:
    """Let strategies live by what they gain.

    search breeds finite machines that do well against the entrants; ecological lets shares of a
    large population grow with their points; moran lets one be born and one die at a time; spatial
    lets everybody take after its neighbours. It is `detente tournament run --kind`, in few words.

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
        plan = plan_from(None, {**plan_options(given), "kind": KINDS[kind]})
    shelf = shelf_to_keep(given["database"], is_kept=given["is_kept"])
    return play_and_tell(plan, shelf, files, given)
