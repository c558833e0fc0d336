"""The ladder of tension: rungs, rates, and the way back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.match.decide import create_match
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.ladder import rung_of
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.parameters import Consequences
from game_rules.standing.incidents import Concept
from tests.game_rules.rulesets.second.regions import (
    CHN,
    IND,
    PAK,
    USA,
    SecondTable,
    at_rungs,
    border,
    quad,
    with_player,
)

QUIET = border(consequences=replace(Consequences(), tension_of_blocs=0.0))


def tension(table: SecondTable, pair=(IND, PAK)) -> float:
    return next(x.tension for x in table.position.standing.rivals if x.seats == pair)


def rung(table: SecondTable, pair=(IND, PAK)) -> int:
    return next(x.rung for x in table.position.standing.rivals if x.seats == pair)


def concepts(table: SecondTable) -> list[Concept]:
    return [x.concept for x in table.position.history[-1].incidents]


@given(st.floats(0, 1))
def test_rungs_rise_with_tension(height):
    c = Consequences()
    assert rung_of(height, c) == (height >= 0.5 - 1e-9) + (height >= 0.8 - 1e-9)
    assert rung_of(c.crisis_tension - 1e-10, c) == 2


def test_a_pair_without_a_start_is_refused_in_one_line():
    with pytest.raises(InvalidInput, match="IND and PAK have no tension to start with"):
        create_match(replace(border(), starts=()), "7", None, 0, version=2)


def test_mutual_defection_opens_the_crisis_after_the_third_round():
    table = SecondTable(QUIET)
    for expected in (0.58, 0.76, 0.94):
        table.round("D", line_of_control="DDC")
        assert tension(table) == pytest.approx(expected)
    assert concepts(table) == [Concept.CRISIS, Concept.SPIRAL]


def test_a_militia_that_fights_opens_it_after_the_second():
    table = SecondTable(QUIET)
    for expected in (0.64, 0.88):
        table.round("D")
        assert tension(table) == pytest.approx(expected)
    assert rung(table) == 2
    assert [x.name for x in table.position.arenas][-1] == "crisis_ind_pak"


def test_from_a_crisis_six_rounds_of_c_lead_back_to_calm():
    starts = tuple(replace(x, tension=0.8) for x in QUIET.starts)
    table = SecondTable(replace(QUIET, starts=starts))
    rungs = [table.round("C").standing.rivals[0].rung for _ in range(6)]
    assert (rungs, tension(table)) == ([1, 1, 1, 1, 1, 0], pytest.approx(0.44))


def test_both_pressing_in_a_crisis_is_the_brink_until_one_yields():
    starts = tuple(replace(x, tension=0.9) for x in QUIET.starts)
    table = SecondTable(replace(QUIET, starts=starts))
    assert [x.name for x in table.position.arenas][-1] == "crisis_ind_pak"
    table.round("C", crisis_ind_pak="DD")
    assert (rung(table), concepts(table)) == (3, [Concept.BRINK])
    crisis = table.position.arenas[-1]
    assert crisis.game.corners(0).P == -13.5
    table.round("D", crisis_ind_pak="CD")
    assert rung(table) == 2
    assert table.position.arenas[-1].game.corners(0).P == -9


@pytest.mark.parametrize(("share", "rounds"), [("CD", 0.06), ("DC", 0.06), ("CC", -0.06)])
def test_the_share_of_d_counts_over_all_shared_arenas(share, rounds):
    table = SecondTable(QUIET)
    table.round("C", nuclear_restraint=share, rivers_and_trade=share, line_of_control=f"{share}C")
    assert tension(table) == pytest.approx(0.4 + rounds)


def test_blocs_that_hold_one_of_two_add_to_tension_by_what_they_produce():
    table = SecondTable(quad())
    table.round("C", disaster_relief="CCCCCCC")
    assert tension(table, (CHN, USA)) == pytest.approx(0.3 - 0.06 + 0.06 * 0.8 - 0.02)


def test_a_broker_calms_one_pair_alone():
    table = SecondTable(quad())
    table.round("C", disaster_relief="CCCCCCD")
    assert tension(table, (CHN, USA)) == pytest.approx(0.3 - 0.06 + 0.06 * 0.8)


def test_confidence_building_takes_from_the_tension_of_rivals_in_its_arena():
    table = SecondTable(QUIET)
    clear = Effect(MoveKind.CONFIDENCE, (IND,), "rivers_and_trade", 1, 2)
    table.position = table.position.but(effects=(clear,))
    table.round("C")
    assert tension(table) == pytest.approx(0.4 - 0.06 - 0.03)


def test_tension_that_only_rounding_raises_is_no_arming():
    armed = []
    for start in range(20, 45):
        starts = tuple(replace(x, tension=start / 100) for x in quad().starts)
        table = SecondTable(replace(quad(), starts=starts))
        clear = [
            Effect(MoveKind.CONFIDENCE, (IND,), name, 1, 2)
            for name in ("east_asia_summit", "disaster_relief")
        ]
        table.position = table.position.but(effects=tuple(clear))
        table.round("D", east_asia_summit="CCCCCC", quad="DDDD", aukus="DD")
        pair = next(x for x in table.position.standing.rivals if x.seats == (CHN, IND))
        assert pair.tension == pytest.approx(start / 100)
        armed.append(pair.arming_rounds)
    assert set(armed) == {0}


def test_rivals_that_share_no_arena_feel_blocs_alone():
    scenario = quad()
    apart = replace(
        scenario, arenas=tuple(x for x in scenario.arenas if x.name in ("quad", "aukus"))
    )
    table = SecondTable(apart)
    table.round("C")
    assert tension(table, (CHN, USA)) == pytest.approx(0.3 + 0.06 * 0.8)


def test_a_seat_of_influence_without_an_arena_does_nothing():
    scenario = with_player(QUIET, IND, influence=None)
    idle = replace(scenario, arenas=scenario.arenas[::2])
    table = SecondTable(idle)
    table.round("D")
    assert tension(table) == pytest.approx(0.58)


def test_a_start_may_be_on_the_rung_of_a_crisis_but_never_on_the_brink():
    high = replace(QUIET, starts=tuple(replace(x, tension=1.0) for x in QUIET.starts))
    assert [(x.rung, x.is_in_crisis) for x in begin(high).rivals] == [(2, True)]
    assert at_rungs(begin(high), {(IND, PAK): 3}).rivals[0].rung == 3
