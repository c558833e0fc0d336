"""What a round costs in calls: a count that is the same on a busy machine.

`tests/load/round_speed.py` measures the same rounds in time. Later Pythons make fewer calls of the
same code, so each bar is what Python 3.11 needs and a twentieth.
"""

import sys
from collections import Counter
from types import FrameType

import pytest

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.match.flow import end_phase
from tests.game_rules.rulesets.second.shipped import shipped
from tests.load import bare_round
from tests.load.round_speed import a_match, bare, orders

BARE, BARS = 119, {"quad_and_eas": 1609, "seato_1954_1977": 1255, "south_china_sea": 1329}


def calls_in_a_round(position: Position) -> tuple[Counter[str], e.RoundResolved]:
    """Count the calls of each function of ours in the sixth round of a match."""
    for number in range(1, 6):
        position = end_phase(position.but(orders=orders(position, number)), 0)[1]
    ordered, counts = position.but(orders=orders(position, 6)), Counter[str]()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            counts[frame.f_code.co_qualname] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    events, _ = end_phase(ordered, 0)
    sys.setprofile(before)
    (resolved,) = (each for each in events if isinstance(each, e.RoundResolved))
    return counts, resolved


@pytest.mark.parametrize("name", BARS)
def test_a_round_of_the_largest_scenarios_keeps_within_its_calls(name):
    counts, _ = calls_in_a_round(a_match(shipped(name), 10, 2))
    assert counts.total() <= BARS[name]


@pytest.mark.parametrize(("version", "most"), [(1, 164), (2, 159)])
def test_a_bare_game_of_two_takes_the_short_way(version, most):
    counts, _ = calls_in_a_round(a_match(bare(), 10, version))
    assert counts.total() <= most


def test_a_bare_game_without_fog_and_pacts_pays_for_neither():
    counts, _ = calls_in_a_round(bare_round.begun(bare_round.bare()))
    assert counts.total() <= BARE


@pytest.mark.parametrize("name", BARS)
def test_payoffs_are_asked_for_what_was_played_and_mistaken_and_for_no_other_profile(name):
    counts, resolved = calls_in_a_round(a_match(shipped(name), 10, 2))
    assert 0 < counts["Collective.payoffs"] <= len(resolved.results) + len(resolved.sightings)
    assert counts["Collective.produced"] <= 4 * counts["Collective.payoffs"]
