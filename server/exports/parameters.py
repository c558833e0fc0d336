"""The table of a scenario's parameters, as they are when the match begins."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from game_rules.games.stage_games import Collective
from game_rules.scenario.injects import COLLECTIVE_PARAMETERS, parameters_of
from game_rules.scenario.scenario import Arena
from game_rules.scenario_files.versions import (
    EARLIER_OF_MOVES,
    EARLIER_OF_STANDING,
    FIRST,
    LATER_KEYS,
)
from server.exports.columns import DataTable, Row, number, text
from server.exports.story import Story

_OF_THE_WHOLE = (
    *("rounds", "continuation", "least_rounds", "press", "power", "shows_ready", "monitoring"),
    *("missing_order", "delegates", "autopilot", "autopilot_after_s", "has_advisor", "is_masked"),
    *("seconds", "standing", "lenses", "consequences", "moves", "stakes"),
)
_EARLIER = (
    *(f"standing.{name}" for name in EARLIER_OF_STANDING),
    *(f"moves.{name}" for name in EARLIER_OF_MOVES),
)
"""What rules 1 alone heed. LATER_KEYS are what they do not."""


def parameters(story: Story) -> Iterator[Row]:
    """Yield a row per parameter of the scenario, its seats, arenas and members.

    Left out is what the rules of the match do not heed.
    """
    scenario, is_first = story.last.scenario, story.last.rules_version == FIRST
    for name in _OF_THE_WHOLE:
        if not (is_first and name in LATER_KEYS):
            rows = _values(name, getattr(scenario, name))
            yield from (row for row in rows if is_first or row["parameter"] not in _EARLIER)
    for player in scenario.players:
        if not is_first:
            yield _row("capacity", player.capacity, seat=player.seat)
        for measure, figure in player.figures.items():
            yield _row(f"figures.{measure}", figure.value, seat=player.seat)
    for start in scenario.starts:
        yield _row(f"tension.{start.seats[1]}", start.tension, seat=start.seats[0])
    for arena in scenario.arenas:
        yield from _of_arena(arena)


def _of_arena(arena: Arena) -> Iterator[Row]:
    yield _row("exclusive", arena.exclusive, arena=arena.name)
    yield _row("domain", arena.domain, arena=arena.name)
    yield _row("is_alliance", arena.is_alliance, arena=arena.name)
    game = arena.game
    for member, seat in enumerate(arena.members):
        yield _row("weight", game.weight(member), arena=arena.name, seat=seat)
        if isinstance(game, Collective):
            terms: Any = game.terms[member]
            names = COLLECTIVE_PARAMETERS[:-1]
        else:
            terms, names = game.corners(member), parameters_of(game)
        for name in names:
            yield _row(name, getattr(terms, name), arena=arena.name, seat=seat)
    if isinstance(game, Collective):
        yield _row("theta", game.theta, arena=arena.name)


def _values(name: str, value: Any) -> Iterator[Row]:
    """Yield a value, or those that it is made of, each with its path."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _values(f"{name}.{field.name}", getattr(value, field.name))
    elif value is not None:
        yield _row(name, value)


def _row(name: str, value: Any, **where: str) -> Row:
    row: Row = {"is_shared": 0, "parameter": name, **where}
    if isinstance(value, tuple):
        row["word"] = " ".join(str(one) for one in value)
    elif isinstance(value, (str, Enum)):
        row["word"] = str(value)
    else:
        row["value"] = float(value)
    return row


PARAMETERS = DataTable(
    "parameters",
    "one parameter of the scenario; arena and seat say whose it is, and are empty for all",
    (
        text("parameter", "Its name, as docs/scenarios.md has it; a part follows a point"),
        number("value", "Its value; 1 or 0 for yes or no; empty if it is a word"),
        text("word", "Its value, if it is a word or several"),
    ),
    parameters,
)
