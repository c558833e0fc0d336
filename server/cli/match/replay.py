"""`detente replay`: shows a stored match, up to any round, as any seat saw it."""

from collections.abc import Sequence
from typing import Any

import click

from game_rules.log.events import Event, MatchCreated, RoundResolved
from game_rules.log.people import with_names
from game_rules.nearest import nearest
from game_rules.roles import ARCHIVE, PUBLIC, Seat, Viewer, seated
from game_rules.scenario.scenario import Scenario
from server.cli.shared.errors import WrongInput
from server.cli.shared.log_source import read_log
from server.cli.shared.values import WholeNumber, print_json

MOST_ROUNDS = 10_000


@click.command("replay")
@click.argument("match", metavar="RECORD|MATCH_ID")
@click.option("--round", "number", type=WholeNumber(0, MOST_ROUNDS), help="Stop after this round.")
@click.option("--as", "view", metavar="SEAT", help="Show what this seat saw, or `public`.")
@click.option("--database", metavar="URL", help="Database of the match, if it is not a file.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(
    match: str, number: int | None, view: str | None, database: str | None, is_json: bool
) -> None:
    """Show a stored match again.

    Give a record file, or the id of a match that the server on this machine has stored. --round 3
    stops after round 3. --as JPN shows only what Japan's seat knew then.

    \b
    Examples:
      detente replay match.jsonl
      detente replay match.jsonl --round 3 --as JPN
      detente replay u3Jx0kQfZ1aB9c2d --json
    """
    logged = read_log(match, database)
    scenario = _scenario(logged.log)
    viewer = _viewer(scenario, view)
    seen = with_names(seen_until(logged.log, viewer, scenario, number), logged.names)
    if is_json:
        print_json(_report(seen, viewer, logged.software_version))
        return
    from server.cli.shared.match_screen import show_match, show_talk
    from server.cli.shared.screen import open_screen

    screen = open_screen()
    show_talk(screen, show_match(screen, seen))


def seen_until(
    log: tuple[Event, ...], viewer: Viewer, scenario: Scenario, number: int | None
) -> list[Event]:
    """Give what a viewer had seen when a round was resolved; None for the whole match.

    Raises WrongInput for a round that was not played.
    """
    from game_rules.match.visibility import redact

    seen = (redact(event, viewer, scenario) for event in log[: _cut(log, number)])
    return [event for event in seen if event is not None]


def _cut(log: tuple[Event, ...], number: int | None) -> int:
    """Find where the log stands after a round: 0 is before the first was resolved."""
    ends = [place for place, event in enumerate(log) if isinstance(event, RoundResolved)]
    if number is None:
        return len(log)
    if number > len(ends):
        raise WrongInput(f"--round: {number} was not played; give 0 to {len(ends)}")
    if number == 0:
        return ends[0] if ends else len(log)
    return ends[number - 1] + 1


def _scenario(log: tuple[Event, ...]) -> Scenario:
    created = log[0]
    assert isinstance(created, MatchCreated), "a checked log begins with its match"
    return created.scenario


def _viewer(scenario: Scenario, view: str | None) -> Viewer:
    if view is None or view == "archive":
        return ARCHIVE
    if view == "public":
        return PUBLIC
    if view not in scenario.seats:
        names = {player.name: player.seat for player in scenario.players}
        hint = nearest(view, (*scenario.seats, "public"), names)
        raise WrongInput(f"--as: {view!r} is no seat of {scenario.name}; {hint}")
    return seated(Seat(view))


def _report(seen: Sequence[Event], viewer: Viewer, software_version: str) -> dict[str, Any]:
    from game_rules.log.evolve import fold
    from game_rules.records.codec import to_json
    from game_rules.records.lineage import lineage
    from server.cli.shared.report import match_report

    position = fold(seen)
    people = {s: holder.name for s, holder in position.holders.items() if holder.person}
    return {
        **match_report(position, software_version),
        "as": viewer.seat or viewer.role.value,
        "phase": position.phase.value,
        "round": position.round,
        "people": people,
        "lineage": to_json(lineage(seen)),
        "messages": to_json(position.messages),
    }
