"""The reducer: what each event changes, and that folding is all there is."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import ClassVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import CHANGES, NoMatchYet, evolve, fold
from game_rules.log.position import Holder
from game_rules.records.codec import dumps, loads
from game_rules.roles import PersonId
from game_rules.rounds.resolution import resolve_round
from tests.game_rules.drawn import logs
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table, a_scenario

CREATED = e.MatchCreated(1, a_scenario(), "seed", 1.0, START_MS)
ANN = PersonId("ann")


def test_a_new_match_stands_in_its_lobby_with_nothing_scored():
    position = fold([CREATED])
    assert (position.phase, position.round, position.opened_at_ms) == (Phase.LOBBY, 0, START_MS)
    assert position.totals == {CHN: 0.0, JPN: 0.0, PHL: 0.0}
    assert (position.seed, position.pace, position.rules_version) == ("seed", 1.0, 1)


def test_every_type_of_event_but_the_first_changes_a_position():
    assert {e.MatchCreated, *CHANGES} == set(get_args(e.Event))


def test_an_empty_log_has_no_position():
    with pytest.raises(NoMatchYet, match="empty log"):
        fold([])


def test_a_log_begins_with_its_match():
    with pytest.raises(NoMatchYet, match="match_paused cannot be the first"):
        fold([e.MatchPaused(START_MS)])


def test_an_event_that_nobody_knows_is_no_event():
    @dataclass(frozen=True)
    class Unheard:
        type: ClassVar[str] = "unheard"

    with pytest.raises(KeyError):
        evolve(fold([CREATED]), Unheard())  # ty: ignore[invalid-argument-type]


def test_seats_are_taken_given_to_bots_and_freed():
    position = fold([CREATED, e.SeatTaken(CHN, ANN, "Ann", 1), e.BotSeated(JPN, "grudger", 2)])
    assert position.holders == {
        CHN: Holder(person=ANN, name="Ann"),
        JPN: Holder(is_bot=True, strategy="grudger"),
    }
    assert position.seat_of(ANN) == CHN
    assert evolve(position, e.SeatVacated(CHN, 3)).holders == {JPN: position.holders[JPN]}


def test_a_new_phase_forgets_who_was_ready_and_a_new_round_the_orders():
    started = [
        CREATED,
        e.PhaseOpened(1, Phase.NEGOTIATION, START_MS, 5),
        e.OrderSaved(1, CHN, {"strait": C}, START_MS),
        e.ReadySet(1, Phase.NEGOTIATION, CHN, True, START_MS),
    ]
    position = fold(started)
    assert position.ready == {CHN: True}
    decision = evolve(position, e.PhaseOpened(1, Phase.DECISION, 7, 9))
    assert (decision.ready, decision.orders) == ({}, {CHN: {"strait": C}})
    assert (decision.opened_at_ms, decision.deadline_ms) == (7, 9)
    assert evolve(position, e.PhaseOpened(2, Phase.DECISION, 7, 9)).orders == {}


def test_a_resolved_round_is_history_and_its_orders_are_gone():
    position = fold(
        [
            CREATED,
            e.PhaseOpened(1, Phase.DECISION, START_MS, None),
            e.OrderSaved(1, CHN, {"strait": D}, START_MS),
        ]
    )
    resolved = resolve_round(position, START_MS)
    after = evolve(position, resolved)
    assert (after.history, after.orders) == ((resolved,), {})
    assert after.totals == resolved.gains


def test_a_pause_and_its_end():
    paused = fold([CREATED, e.PhaseOpened(1, Phase.DECISION, 0, 9), e.MatchPaused(4)])
    assert paused.paused_at_ms == 4
    resumed = evolve(paused, e.MatchResumed(12, 7))
    assert (resumed.paused_at_ms, resumed.deadline_ms) == (None, 12)


@pytest.mark.parametrize("reason", e.DeadlineReason)
def test_a_deadline_moves(reason: e.DeadlineReason):
    position = fold([CREATED, e.PhaseOpened(1, Phase.DECISION, 0, 9)])
    assert evolve(position, e.DeadlineMoved(11, reason, 5)).deadline_ms == 11


@pytest.mark.parametrize("reason", e.EndReason)
def test_the_end_stops_every_clock_and_drops_what_was_not_scored(reason: e.EndReason):
    open_round = [
        CREATED,
        e.PhaseOpened(1, Phase.DECISION, 0, 9),
        e.OrderSaved(1, CHN, {"strait": C}, 1),
        e.ReadySet(1, Phase.DECISION, CHN, True, 1),
        e.MatchPaused(4),
    ]
    position = fold([*open_round, e.MatchEnded(reason, "seed", 8)])
    assert position.is_over
    assert (position.orders, position.ready) == ({}, {})
    assert (position.deadline_ms, position.paused_at_ms) == (None, None)
    assert (position.opened_at_ms, position.seed, position.end_reason) == (8, "seed", reason)


def test_talk_is_kept_in_order():
    said = [e.MessageSaid(0, None, (), text, None, n) for n, text in enumerate("abc")]
    assert fold([CREATED, *said]).messages == tuple(said)


def test_changes_of_arenas_are_the_same_folded_together_or_one_by_one():
    position = fold([CREATED])
    changed = [replace(x, title=f"{x.title} II") for x in position.arenas]
    events = [e.ArenaChanged(1, arena, START_MS) for arena in changed]
    one_by_one = reduce(evolve, events, position)
    assert one_by_one == fold(events, position)
    assert one_by_one.arenas == tuple(changed)


def test_a_seat_that_a_round_says_nothing_of_gains_nothing():
    resolved = e.RoundResolved(1, (), {CHN: 2.0}, 0)
    assert fold([CREATED, resolved]).totals == {CHN: 2.0, JPN: 0.0, PHL: 0.0}


@given(logs(), st.data())
def test_folding_may_be_interrupted_anywhere(log: list[e.Event], data: st.DataObject):
    cut = data.draw(st.integers(1, len(log)))
    assert fold(log[cut:], fold(log[:cut])) == fold(log)


@given(logs())
def test_positions_are_never_changed_in_place(log: list[e.Event]):
    positions, copies = [fold(log[:1])], [dumps(fold(log[:1]))]
    for event in log[1:]:
        positions.append(evolve(positions[-1], event))
        copies.append(dumps(positions[-1]))
    assert [dumps(position) for position in positions] == copies


@given(logs())
def test_a_log_read_back_folds_to_the_same_position(log: list[e.Event]):
    read = [loads(e.Event, dumps(event)) for event in log]
    assert read == log
    assert fold(read) == fold(log)


def test_the_plain_table_is_folded_as_it_goes():
    table = Table().seat(CHN).start()
    assert fold(table.log) == table.position
