"""The [moves] of a scenario's file, and the settings beside them."""

from dataclasses import replace

import pytest

from game_rules.errors import ScenarioError
from game_rules.scenario.moves import SECOND_MOVES, MoveKind
from game_rules.scenario_files.scenarios import load_scenario, parse_scenario

REST = """
title = "Border"
summary = "S"
briefing = ["B"]
rounds = 2
{settings}
[[players]]
seat = "IND"
brief = "B"
[[players]]
seat = "PAK"
brief = "B"
[[arenas]]
name = "{name}"
title = "T"
about = "A"
members = ["IND", "PAK"]
game = "stag_hunt"
"""


def parse(settings: str = "", name: str = "border"):
    """Read a small scenario with some settings."""
    return parse_scenario(REST.format(settings=settings, name=name), "x.toml", "x")


def test_without_settings_all_moves_and_the_advisor_are_there():
    scenario = parse()
    assert (scenario.moves, scenario.has_advisor, scenario.is_masked) == (SECOND_MOVES, True, False)
    assert scenario.moves.allowed == tuple(MoveKind)


def test_settings_are_read():
    scenario = parse(
        'advisor = false\n[moves]\nallowed = ["fund", "link"]\nfund_cost = 3\nlink_rounds = 2\n'
        "confidence_quality = 0.9\nexercise_factor = 2"
    )
    assert not scenario.has_advisor
    assert scenario.moves == replace(
        SECOND_MOVES,
        allowed=(MoveKind.FUND, MoveKind.LINK),
        fund_cost=3.0,
        link_rounds=2,
        confidence_quality=0.9,
        exercise_factor=2.0,
    )
    assert parse("[moves]\nallowed = []").moves.allowed == ()
    assert parse("[moves]\nfund_cost = 2").moves == replace(SECOND_MOVES, fund_cost=2.0)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ('[moves]\nallowed = ["war"]', r"moves.allowed\[1\]: 'war' is unknown"),
        ('[moves]\nallowed = ["fund", "fund"]', r"moves.allowed\[2\]: 'fund' is there twice"),
        ("[moves]\nfund_cost = -1", "moves.fund_cost: -1 does not fit; give a number from 0 to"),
        ("[moves]\nlink_rounds = 0", "moves.link_rounds: 0 does not fit; give a whole number"),
        ("[moves]\nconfidence_quality = 0.2", "moves.confidence_quality: 0.2 does not fit"),
        ("[moves]\nexercise_factor = -2", "moves.exercise_factor: -2 does not fit"),
        ("[moves]\nexercise_tension = 0.5", "moves.exercise_tension: is of rules 1 and does"),
        ("[moves]\nmediation_cost = 1", "moves.mediation_cost: is not a key here"),
        ('advisor = "no"', "advisor: 'no' does not fit; give true or false"),
        ("masked = 1", "masked: 1 does not fit; give true or false"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: str, problem: str):
    with pytest.raises(ScenarioError, match=problem):
        parse(settings)


def test_names_that_later_arenas_take_are_kept_for_them():
    with pytest.raises(ScenarioError, match="'founded_here': crisis_ and founded_ are kept for"):
        parse(name="founded_here")


def test_bare_games_have_no_moves_but_mediation_where_it_lifts_them():
    allowed = {
        name: load_scenario(name).moves.allowed
        for name in ("prisoners_dilemma", "stag_hunt", "chicken", "battle_of_the_sexes")
    }
    assert allowed == {
        "prisoners_dilemma": (),
        "stag_hunt": (),
        "chicken": (MoveKind.MEDIATION,),
        "battle_of_the_sexes": (MoveKind.MEDIATION,),
    }
