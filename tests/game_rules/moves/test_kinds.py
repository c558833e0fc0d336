"""Every kind of move is whole: its file, its object, its cost, what a seat is told of it."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import game_rules.moves
from game_rules.scenario.moves import MoveKind, MoveRules

FOLDER = Path(game_rules.moves.__file__).parent


@pytest.mark.parametrize("kind", MoveKind)
def test_every_kind_has_its_file(kind: MoveKind):
    file = FOLDER / f"{kind}.py"
    assert file.is_file(), f"{kind} has no file yet: add game_rules/moves/{file.name}"


@pytest.mark.parametrize("kind", MoveKind)
def test_every_file_holds_the_kind_of_its_name_at_the_cost_of_its_name(kind: MoveKind):
    """The browser's `costOf` relies on the names, and so does who reads a scenario file."""
    from game_rules.moves.kinds import KINDS  # fails to import if a kind has no file

    number = f"{kind}_cost"
    is_priced = number in [field.name for field in fields(MoveRules)]
    changed: dict[str, Any] = {number: 7.5} if is_priced else {}
    found = KINDS[kind].name, KINDS[kind].cost(MoveRules(**changed))
    assert found == (kind, 7.5 if is_priced else 0.0), f"mend game_rules/moves/{kind}.py"
