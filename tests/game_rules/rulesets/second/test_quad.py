"""What rules 2 promises of the Quad and the Summit, measured on its file: docs/theory.md.

What it promises of every region is in test_promises.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from game_rules.games.replies import curve, gain_at
from game_rules.games.stage_games import C, D
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.scenario import Scenario
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IND,
    JPN,
    USA,
    SecondTable,
    opened,
)
from tests.game_rules.rulesets.second.shipped import shipped

SUMMIT = "east_asia_summit"
HELD: Mapping[str, Mapping[str, float]] = {
    "no bloc": {},
    "Quad": {"quad": 1.0},
    "both": {"quad": 1.0, "aukus": 1.0},
}


MEMBERS = (USA, JPN, IND, AUS)
QUIET = shipped("quad_and_eas")


def played(scenario: Scenario, **letters: str) -> SecondTable:
    """Play a profile in every round to the end: C where no letters are given."""
    table = SecondTable(replace(scenario, monitoring=1.0))
    while not table.position.is_over:
        table.round("C", **letters)
    return table


def index(table: SecondTable) -> float:
    found = table.position.standing.integration
    assert found is not None
    return found.index


def a_round(table: SecondTable, *seats: Seat) -> float:
    """Give the mean points of seats in a round."""
    return sum(table.position.totals[seat] for seat in seats) / len(seats) / 8


@pytest.mark.parametrize(
    ("blocs", "gain", "reply"), [("no bloc", 0.52, C), ("Quad", -0.98, D), ("both", -1.88, D)]
)
def test_a_strong_bloc_turns_chinas_best_reply_in_the_summit(blocs, gain, reply):
    """At belief .8, fog .9 and an institution of .2."""
    standing = replace(begin(QUIET), produced=HELD[blocs])
    summit = opened(QUIET, standing)[SUMMIT]
    found = gain_at(curve(summit.game, summit.member(CHN)), 0.8)
    assert found == pytest.approx(gain, abs=0.005)
    assert (C if found > 0 else D) is reply


def test_the_index_best_profile_of_all_rounds_alike_is_not_all_c():
    all_c = played(QUIET)
    three = [played(QUIET, quad=quad, aukus="DD") for quad in ("DCCC", "CDCC", "CCDC", "CCCD")]
    assert max(map(index, three)) > index(all_c) + 1


def test_blocs_serve_their_members_and_cost_china_and_the_region():
    with_both, without = played(QUIET), played(QUIET, quad="DDDD", aukus="DD")
    assert a_round(with_both, *MEMBERS) > a_round(without, *MEMBERS) + 4
    assert a_round(with_both, CHN) < a_round(without, CHN) - 3
    out = played(QUIET, east_asia_summit="CCCCDC")
    assert index(out) < index(without) - 20
