"""The [moves] of a scenario: the allowed kinds, their costs and their effects."""

from dataclasses import fields, replace
from typing import Any

from game_rules import RULES_VERSION
from game_rules.scenario.moves import SECOND_MOVES, MoveKind, MoveRules
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.versions import EARLIER_OF_MOVES, FIRST, require_heeded

LARGEST_COST, MOST_ROUNDS_IN_FORCE = 1000, 200

_NUMBERS = tuple(field.name for field in fields(MoveRules) if field.name != "allowed")
_SHARES = ("exercise_tension",)


def read_moves(top: TomlTable, version: int = RULES_VERSION) -> MoveRules:
    """Read [moves]; by default all moves are allowed, and numbers keep their defaults."""
    usual = MoveRules() if version == FIRST else SECOND_MOVES
    if "moves" not in top:
        return usual
    table = top.table("moves", ("allowed", *_NUMBERS))
    require_heeded(table, EARLIER_OF_MOVES, version)
    read: dict[str, Any] = {name: _read_number(table, name) for name in table.held(_NUMBERS)}
    if "allowed" in table:
        read["allowed"] = table.choices("allowed", MoveKind, fewest=0)
    return replace(usual, **read)


def _read_number(table: TomlTable, name: str) -> float | int:
    if name.endswith("_rounds"):
        return table.integer(name, 1, MOST_ROUNDS_IN_FORCE)
    if name == "confidence_quality":
        return table.number(name, 0.5, 1)
    return table.number(name, 0, 1 if name in _SHARES else LARGEST_COST)
