"""Lines of points beside what arenas pay: shadow, overstretch, leverage; and dependence itself."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.log.events import RoundResolved
from game_rules.log.gains import GainLine
from game_rules.match.visibility import redact
from game_rules.roles import PUBLIC, seated
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.effort import price
from game_rules.rulesets.second.leaning import autonomy_of, leaning
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.parameters import Consequences
from game_rules.standing.incidents import Concept
from tests.game_rules.rulesets.second.regions import (
    CHN,
    IDN,
    IND,
    PAK,
    RED,
    USA,
    SecondTable,
    border,
    quad,
    with_player,
)


def paid(table: SecondTable, seat) -> float:
    """Give what a seat gained in the last round beside what its arenas paid."""
    last = table.position.history[-1]
    arenas = 0.0
    for result in last.results:
        arenas += result.payoffs.get(seat, 0.0)
    return last.gains[seat] - arenas


def test_who_stands_outside_loses_by_what_the_blocs_produce_this_round():
    table = SecondTable(quad())
    table.round("C")
    assert (paid(table, CHN), paid(table, IDN)) == (pytest.approx(-1.2), 0)
    table.round("C", quad="DDDD", aukus="DD")
    assert paid(table, CHN) == 0


def test_where_blocs_cast_no_shadow_nobody_outside_loses_by_them():
    table = SecondTable(quad(consequences=replace(Consequences(), shadow=0.0)))
    table.round("C")
    assert paid(table, CHN) == 0


def test_a_fourth_commitment_costs_the_united_states():
    table = SecondTable(quad())
    table.round("C")
    assert paid(table, USA) == pytest.approx(-1.5)
    table.round("C", disaster_relief="DCCCCCC")
    assert paid(table, USA) == 0


@given(st.integers(0, 40))
def test_each_commitment_beyond_costs_more_than_the_one_before(beyond):
    c = Consequences()
    assert price(beyond + 1, c) - price(beyond, c) == pytest.approx(1.5 * (beyond + 1))


def test_a_seat_may_have_a_capacity_of_its_own():
    table = SecondTable(with_player(quad(), USA, capacity=2))
    table.round("C")
    assert paid(table, USA) == pytest.approx(-4.5)


def test_stepping_back_in_a_crisis_is_no_commitment():
    scenario = border()
    hot = replace(scenario, starts=tuple(replace(x, tension=0.9) for x in scenario.starts))
    table = SecondTable(with_player(hot, IND, capacity=3))
    table.round("C")
    assert "crisis_ind_pak" in [x.arena for x in table.position.history[-1].results]
    assert paid(table, IND) == 0


ROWS = {IND: {PAK: 0.1}, PAK: {IND: 0.45}, CHN: {}}


def test_leaning_is_what_is_not_returned():
    assert leaning(ROWS, PAK, (IND, PAK, CHN)) == (IND, pytest.approx(0.35))
    assert leaning(ROWS, IND, (IND, PAK, CHN)) == (None, 0.0)
    assert autonomy_of(ROWS, PAK) == pytest.approx(0.3)
    assert autonomy_of({IND: {PAK: 0.6}, PAK: {}}, IND) == 0


def test_of_equal_partners_the_first_in_the_scenarios_order_counts():
    even = {RED: {CHN: 0.3, USA: 0.3 + 1e-12}}
    assert leaning(even, RED, (CHN, USA, RED))[0] == CHN
    assert leaning(even, RED, (USA, CHN, RED))[0] == USA


def leaned(table: SecondTable, rows) -> SecondTable:
    standing = replace(table.position.standing, dependency={**begin(border()).dependency, **rows})
    table.position = table.position.but(standing=standing)
    return table


def test_a_partner_that_is_leaned_on_makes_itself_felt_by_defecting():
    table = leaned(SecondTable(border()), {PAK: {IND: 0.45}, IND: {PAK: 0.1}})
    assert autonomy_of(table.position.standing.dependency, PAK) == pytest.approx(0.3)
    table.round("C", rivers_and_trade="DC")
    (felt,) = [x for x in table.position.history[-1].incidents if x.concept is Concept.LEVERAGE]
    assert (felt.seats, felt.cost) == ((PAK, IND), pytest.approx(0.7))
    assert paid(table, PAK) == pytest.approx(-0.7)


@pytest.mark.parametrize(
    ("share", "actions"), [(0.45, "CC"), (0.25, "DC")], ids=["it cooperates", "too little"]
)
def test_there_is_no_leverage(share, actions):
    table = leaned(SecondTable(border()), {PAK: {IND: share}, IND: {PAK: 0.1}})
    table.round("C", rivers_and_trade=actions)
    assert paid(table, PAK) == 0


def test_there_is_no_leverage_in_alliances_and_in_crises():
    scenario = quad()
    table = SecondTable(scenario)
    rows = {seat: {} for seat in scenario.seats}
    rows[scenario.arenas[1].members[1]] = {USA: 0.5}
    standing = replace(table.position.standing, dependency=rows)
    table.position = table.position.but(standing=standing)
    table.round("C", aukus="DC")
    assert Concept.LEVERAGE not in [x.concept for x in table.position.history[-1].incidents]


def test_a_second_source_halves_what_the_partner_is_credited_with():
    plain = SecondTable(border())
    plain.round("C", line_of_control="CCD", nuclear_restraint="DD")
    before = plain.position.standing.dependency[PAK][IND]
    second = SecondTable(border())
    sources = tuple(
        Effect(MoveKind.DIVERSIFY, (PAK,), name, 1, None, members=(IND,))
        for name in ("line_of_control", "rivers_and_trade")
    )
    second.position = second.position.but(effects=sources)
    second.round("C", line_of_control="CCD", nuclear_restraint="DD")
    assert second.position.standing.dependency[PAK][IND] == pytest.approx(before / 2)


@pytest.mark.parametrize("letter", "CD")
def test_in_fog_a_seat_is_told_what_its_own_commitments_cost_and_nobody_elses(letter):
    """What others played is no part of it: their letters change nothing of what is charged."""
    table = SecondTable(replace(quad(), monitoring=0.9))
    position = table.round("C", disaster_relief=f"C{letter * 6}")
    event = next(x for x in reversed(table.log) if isinstance(x, RoundResolved))
    mine, theirs, public = (
        redact(event, viewer, position.scenario) for viewer in (seated(USA), seated(CHN), PUBLIC)
    )
    assert isinstance(mine, RoundResolved)
    charged = event.lines[GainLine.STRETCH][USA]
    assert charged == -1.5
    assert mine.lines[GainLine.STRETCH] == {USA: charged}
    arenas = math.fsum(result.payoffs.get(USA, 0.0) for result in mine.results)
    assert mine.gains[USA] == pytest.approx(arenas + charged)
    for view in (theirs, public):
        assert isinstance(view, RoundResolved)
        assert GainLine.STRETCH not in view.lines
        seen = math.fsum(result.payoffs.get(USA, 0.0) for result in view.results)
        assert view.gains[USA] == pytest.approx(seen)
