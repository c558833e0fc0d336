"""Files of rules 1: lists of rivals, and numbers that later rules have elsewhere."""

import re

import pytest

from game_rules.errors import ScenarioError
from game_rules.moves.founding import founded_arena
from game_rules.roles import Seat
from game_rules.rulesets.first.crises import crisis_arena
from game_rules.scenario.moves import MoveKind, MoveRules
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import parse_scenario
from game_rules.standing.standing import BLANK
from tests.game_rules.rulesets.first.shipped import NAMES, shipped
from tests.game_rules.scenario_files.test_scenarios import GOOD

LISTS = '[["CHN", "JPN"], ["CHN", "BLUE"]]'
FIRST = re.sub(r"rivals = \[.*?\n\]\n", f"rivals = {LISTS}\n", GOOD, flags=re.DOTALL)


def parse(text: str) -> Scenario:
    return parse_scenario(text, "mine.toml", "mine", 1)


def test_rivals_are_pairs_and_nothing_else():
    scenario = parse(FIRST)
    assert scenario.rivals == (("CHN", "JPN"), ("CHN", "BLUE"))
    assert scenario.starts == ()
    assert scenario.moves == MoveRules()


@pytest.mark.parametrize(
    ("there", "instead", "key", "problem"),
    [
        ('["CHN", "BLUE"]]', '["CHN", "IND"]]', "rivals[2][2]", "'IND' is no player's seat"),
        ('["CHN", "BLUE"]]', '["CHN", "CHN"]]', "rivals[2][2]", "'CHN' is there twice; keep one"),
        ('["CHN", "BLUE"]]', '["JPN", "CHN"]]', "rivals[2]", "JPN and CHN are there twice; keep"),
        ('["CHN", "BLUE"]]', '["CHN"]]', "rivals[2]", "has 1; a pair of rivals has exactly 2"),
        ('["CHN", "BLUE"]]', '"CHN"]', "rivals[2]", "'CHN' does not fit; give a list: two seats"),
        ('["CHN", "BLUE"]]', '["CHN", 5]]', "rivals[2][2]", "5 does not fit; give two seats of"),
        ("value = 3", "value = -3", "arenas[1].overrides[1].value", "-3 does not fit"),
    ],
)
def test_what_does_not_fit_is_refused(there: str, instead: str, key: str, problem: str):
    assert there in FIRST
    with pytest.raises(ScenarioError) as caught:
        parse(FIRST.replace(there, instead, 1))
    assert caught.value.key == key
    assert problem in caught.value.problem


def test_numbers_of_moves_are_those_of_rules_1_where_a_file_gives_none():
    scenario = parse(FIRST + "[moves]\nallowed = ['fund']\nexercise_tension = 0.5\n")
    assert scenario.moves == MoveRules(allowed=(MoveKind.FUND,), exercise_tension=0.5)


def test_arenas_that_open_later_have_grounds_too():
    scenario = parse(FIRST)
    pair = Seat("CHN"), Seat("JPN")
    crisis = crisis_arena(BLANK, scenario, pair)
    assert [ground.parameter for ground in crisis.grounds] == list("TRPS")
    founded = founded_arena(scenario, scenario.arenas[0], pair)
    assert founded.grounds == scenario.arenas[0].grounds


@pytest.mark.parametrize("name", NAMES)
def test_its_nine_regions_are_read(name: str):
    assert shipped(name).starts == ()
    assert len(shipped(name).players) >= 2
