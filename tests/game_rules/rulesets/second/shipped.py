"""The scenarios of regions, which are written for rules 2."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import game_rules
from game_rules.games.corners import Corners
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.standing.standing import Pair
from tests.game_rules.rulesets.second.regions import SecondTable, opened
from tests.game_rules.scenes import QUICK

FOLDER = Path(game_rules.__file__).with_name("scenarios")
NAMES = tuple(name for name in scenario_names() if len(shipped_scenario(name).players) > 2)


def shipped(name: str, **changes: Any) -> Scenario:
    """Read a scenario of rules 2; nobody waits in it."""
    scenario = shipped_scenario(name)
    return replace(scenario, seconds=QUICK, **changes)


def rounds_to_crisis(scenario: Scenario, pair: Pair, *, is_alone: bool) -> int | None:
    """Count the rounds until a pair that presses each other wherever it meets is in crisis.

    is_alone: all others cooperate; else everybody presses. None: no crisis in all rounds.
    """
    table = SecondTable(replace(scenario, monitoring=1.0, continuation=1.0))
    while not table.position.is_over:
        letters = {x.name: _letters(x, pair, is_alone) for x in table.position.arenas}
        table.round("C", **letters)
        if any(x.is_in_crisis for x in table.position.standing.rivals if x.seats == pair):
            return len(table.position.history)
    return None


def _letters(arena: Arena, pair: Pair, is_alone: bool) -> str:
    if not is_alone:
        return "D" * len(arena.members)
    is_shared = set(pair) <= set(arena.members)
    return "".join("D" if is_shared and x in pair else "C" for x in arena.members)


def arena_of(name: str, arena: str, *, held: bool = False):
    """Give an arena as it opens in round 1, or as if every bloc had held before."""
    scenario = shipped(name)
    blocs = {x.name: 1.0 for x in scenario.arenas if x.exclusive}
    standing = replace(begin(scenario), produced=blocs if held else {})
    return opened(scenario, standing)[arena]


def corners(name: str, arena: str, seat: str, *, held: bool = False) -> Corners:
    """Give what an arena pays a seat, as `arena_of` opens it."""
    found = arena_of(name, arena, held=held)
    return found.game.corners(found.member(Seat(seat)))


def says(name: str, seat: str, beginnings: str) -> bool:
    """Tell whether a goal of a seat begins with one of these, which "|" parts."""
    goals = shipped(name).player(Seat(seat)).goals
    return any(goal.startswith(tuple(beginnings.split("|"))) for goal in goals)
