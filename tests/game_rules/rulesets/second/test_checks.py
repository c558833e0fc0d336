"""Scenarios that rules 2 cannot play are refused in one line, before anybody sits down."""

from dataclasses import replace

import pytest

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY, collective
from game_rules.match.decide import create_match
from game_rules.rulesets.second.checks import require_playable
from game_rules.scenario.scenario import PlayerKind
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    JPN,
    PACT,
    RED,
    USA,
    SecondTable,
    a_second,
    border,
    quad,
    with_player,
)
from tests.game_rules.scenes import an_arena


def allied(members, game):
    arenas = list(quad().arenas)
    arenas[1] = replace(an_arena("aukus", members, game), is_alliance=True)
    return replace(quad(), arenas=tuple(arenas))


TWO = collective((1, 1), PACT, 1)


@pytest.mark.parametrize(
    ("scenario", "problem"),
    [
        (replace(quad(), starts=()), r"rivals\[1\]: CHN and USA have no tension to start with"),
        (
            allied((USA, AUS, JPN), collective((1, 1, 1), PACT, 1)),
            "has 3 members; an alliance is a pact",
        ),
        (allied((USA, AUS), collective((1, 1), PACT, 0.5)), "holds without one of its"),
        (allied((USA, AUS), LIBRARY["stag_hunt"]), "holds without one of its"),
        (allied((USA, CHN), TWO), "aukus holds the rivals CHN and USA"),
        (with_player(quad(), RED, kind=PlayerKind.STATE), "RED is a state; only a seat of kind"),
        (border(consequences=quad().consequences), ""),
        (replace(quad(), stakes=Corners(T=1, R=0, P=-5, S=-2)), "stakes: T 1, R 0, S -2, P -5"),
        (replace(quad(), stakes=Corners(T=5, R=3, P=-3, S=1)), ""),
    ],
)
def test_what_cannot_be_played_is_told(scenario, problem):
    if not problem:
        require_playable(scenario)
        return
    with pytest.raises(InvalidInput, match=problem):
        create_match(scenario, "7", None, 0, version=2)


def test_chance_ends_no_match_before_its_least_rounds():
    scenario = a_second((an_arena("pair", (USA, CHN), LIBRARY["chicken"]),), {})
    short = SecondTable(replace(scenario, continuation=0.0))
    short.round("C")
    assert short.position.is_over
    longer = SecondTable(replace(scenario, continuation=0.0, least_rounds=3))
    for _ in range(3):
        assert not longer.position.is_over
        longer.round("C")
    assert longer.position.is_over
