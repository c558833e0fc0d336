"""Changes of standing: they lead where they say, and tell each viewer no more than its part."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.games.stage_games import collective
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.roles import FACILITATOR, PUBLIC, Seat, seated
from game_rules.scenario.scenario import PhaseSeconds, Player
from game_rules.standing.change import Keeps, changed, difference, growth
from tests.game_rules.rulesets.second.regions import (
    CHN,
    PACT,
    RED,
    USA,
    C,
    SecondTable,
    a_second,
    quad,
)
from tests.game_rules.scenes import PHL, Table, a_scenario, an_arena

LETTERS = st.lists(st.sampled_from("CD"), min_size=1, max_size=4)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(LETTERS)
def test_changes_lead_from_each_standing_to_the_next_in_the_same_order(letters):
    table = SecondTable(quad())
    for letter in letters:
        before = table.position.standing
        table.round(letter)
        after = table.position.standing
        assert growth(before, after) == difference(before, after)
        again = changed(before, difference(before, after))
        assert again == after
        assert dumps(again) == dumps(after)


def test_where_something_is_gone_the_change_is_everything():
    table = SecondTable(quad())
    before = table.position.standing
    after = table.round("C").standing
    less = replace(after, faith={USA: {CHN: (1.0, 2.0)}}, norms={}, institutions={})
    change = difference(before, less)
    assert change.keeps is Keeps.NOTHING
    assert changed(before, change) == less


def test_pairs_that_did_not_move_are_not_told_again():
    table = SecondTable(quad())
    calm = table.position.standing
    again = replace(calm, rounds=1)
    change = difference(calm, again)
    assert (change.rivals, change.faith, change.institutions) == ((), {}, {})
    assert changed(calm, change) == again


def seen_by(table: SecondTable, viewer):
    log = [redact(event, viewer, table.position.scenario) for event in table.log]
    return fold([event for event in log if event is not None])


def test_a_player_sees_its_own_trust_and_what_it_leans_on_or_is_leaned_on():
    table = SecondTable(quad())
    table.round("C")
    table.round("C")
    whole, own = table.position.standing, seen_by(table, seated(USA)).standing
    assert own.faith == {USA: whole.faith[USA]}
    assert own.affinity == {USA: whole.affinity[USA]}
    assert own.dependency[USA] == whole.dependency[USA]
    assert {x for row in (own.dependency[i] for i in own.dependency if i != USA) for x in row} == {
        USA
    }
    assert (own.rivals, own.integration) == (whole.rivals, whole.integration)
    assert seen_by(table, FACILITATOR).standing == whole
    assert seen_by(table, PUBLIC).standing.faith == {}


def test_in_fog_a_player_has_impressions_alone():
    table = SecondTable(quad(monitoring=0.7))
    table.round("C")
    whole, position = table.position.standing, seen_by(table, seated(CHN))
    own = position.standing
    assert (own.faith, own.rivals, own.norms) == ({CHN: whole.faith[CHN]}, (), {})
    assert (own.institutions, own.integration) == (whole.institutions, None)
    assert set(position.history[-1].lines) <= {"moves", "pacts"}
    assert "stretch" in table.position.history[-1].lines


def test_what_keeps_nothing_is_told_as_that_too():
    table = SecondTable(quad())
    table.round("C")
    last = next(x for x in reversed(table.log) if isinstance(x, e.RoundResolved))
    assert last.change is not None
    whole = replace(last, change=replace(last.change, keeps=Keeps.NOTHING))
    for scenario in (quad(), quad(monitoring=0.7)):
        told = redact(whole, seated(USA), scenario)
        assert isinstance(told, e.RoundResolved)
        assert told.change is not None
        assert told.change.keeps is Keeps.NOTHING


def test_a_reveal_to_one_of_64_in_one_arena_is_light():
    seats = tuple(Seat(f"S{number}") for number in range(64))
    arena = an_arena("assembly", seats, collective([1] * 64, PACT, 0.5))
    players = tuple(Player(seat, seat, "", {}) for seat in seats)
    table = SecondTable(replace(a_second((), {}), players=players, arenas=(arena,)))
    start = len(table.log)
    table.round("C")
    told = [redact(x, seated(seats[0]), table.position.scenario) for x in table.log[start:]]
    at_reveal = [x for x in told if x is not None and not isinstance(x, e.OrderSaved)]
    assert sum(len(dumps(x).encode()) for x in at_reveal) <= 60_000


def ready_table(version: int, *, shows_ready: bool = True) -> Table:
    seconds = PhaseSeconds(briefing=0, negotiation=0, decision=20, reveal=0)
    scenario = a_scenario(seconds=seconds, shows_ready=shows_ready, rivals=())
    table = Table(scenario, version=version).seat(*scenario.seats).start()
    table.order(PHL, True, forum="C")
    return table


def test_an_order_that_is_ready_at_once_is_one_event_that_others_see_as_readiness():
    first, second = ready_table(1), ready_table(2)
    assert [type(x) for x in first.log[-2:]] == [e.OrderSaved, e.ReadySet]
    assert [type(x) for x in second.log[-2:]] == [e.PhaseOpened, e.OrderSaved]
    assert second.position.ready == first.position.ready
    assert second.position.orders == first.position.orders == {PHL: {"forum": C}}
    last = second.log[-1]
    assert redact(last, seated(PHL), second.position.scenario) == last
    told = redact(last, PUBLIC, second.position.scenario)
    assert told == first.log[-1]
    hidden = ready_table(2, shows_ready=False)
    assert redact(hidden.log[-1], PUBLIC, hidden.position.scenario) is None


def test_a_draft_says_nothing_to_others():
    table = ready_table(2)
    assert table.position.scenario.seats[0] != RED
    (saved,) = table.order(table.position.scenario.seats[0], False, forum="C")
    assert redact(saved, PUBLIC, table.position.scenario) is None
