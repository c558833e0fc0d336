"""What rules 2 promises of the Quad and the Summit, measured on its file: docs/theory.md."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from game_rules.games.replies import curve, gain_at
from game_rules.games.stage_games import C, D
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.standing import Pair
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


def from_file(**changes: Any) -> Scenario:
    """Read the Quad in the form of rules 2; nobody waits or talks in it."""
    return shipped("quad_and_eas", **changes)


MEMBERS = (USA, JPN, IND, AUS)
QUIET = from_file()


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
    scenario = from_file()
    standing = replace(begin(scenario), produced=HELD[blocs])
    summit = opened(scenario, standing)[SUMMIT]
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


def opens_after(scenario: Scenario, pair: Pair, letters: Callable[[Arena], str]) -> int:
    """Give the number of rounds after which the crisis of a pair is open."""
    table = SecondTable(replace(scenario, monitoring=1.0))
    for number in range(1, 9):
        table.round("C", **{x.name: letters(x) for x in table.position.arenas})
        if any(x.is_in_crisis for x in table.position.standing.rivals if x.seats == pair):
            return number
    raise AssertionError(f"{pair} stay out of a crisis for 8 rounds")


@pytest.mark.parametrize("factor", [0.9, 1.0, 1.1])
@pytest.mark.parametrize("pair", [(CHN, USA), (CHN, JPN), (CHN, IND)])
def test_mutual_pressure_opens_the_crisis_of_a_pair_in_time(pair, factor):
    scenario = from_file()
    c = scenario.consequences
    shaken = replace(c, tension_of_defection=c.tension_of_defection * factor)
    scenario = replace(scenario, consequences=shaken)

    def of_the_pair(arena: Arena) -> str:
        is_shared = all(seat in arena.members for seat in pair)
        return "".join("D" if is_shared and x in pair else "C" for x in arena.members)

    assert 2 <= opens_after(scenario, pair, of_the_pair) <= 5
    assert 2 <= opens_after(scenario, pair, lambda x: "D" * len(x.members)) <= 5


@pytest.mark.parametrize("pair", [(CHN, USA), (CHN, JPN), (CHN, IND)])
def test_without_blocs_rivals_come_back_to_calm_in_four_to_six_rounds(pair):
    scenario = from_file(monitoring=1.0)
    starts = tuple(replace(x, tension=0.8 if x.seats == pair else 0.0) for x in scenario.starts)
    table, rounds = SecondTable(replace(scenario, starts=starts)), 0
    while any(x.rung for x in table.position.standing.rivals):
        table.round("C", quad="DDDD", aukus="DD")
        rounds += 1
    assert 4 <= rounds <= 6


def test_a_crisis_never_pays():
    stakes = from_file().stakes
    assert stakes is not None
    assert (stakes.T, stakes.R) == (1, 0)
    assert max(stakes.S, stakes.P) < stakes.R
