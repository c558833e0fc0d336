"""Anybody asks for anything at any time: what always holds of a match."""

import os
from collections.abc import Sequence

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from game_rules.errors import RuleViolation
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import step
from game_rules.records.codec import dumps
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, Viewer
from game_rules.scenario.scenario import Scenario
from server.hosting.fanout import Fanout, LoggedEvent
from tests.game_rules.drawn import commands, scenarios, words
from tests.game_rules.scenes import START_MS, Table, viewers

MATCHES = int(os.environ.get("DETENTE_MATCHES", "50"))
"""How many matches the long test plays; a longer form asks for more."""


def is_clock_running(position: Position) -> bool:
    """Tell whether a deadline is set that the clock will come to."""
    is_still = position.paused_at_ms is not None or position.is_over
    return position.deadline_ms is not None and not is_still


class Follower:
    """Somebody who is told of events from some moment on, and counts them."""

    def __init__(self, seq: int) -> None:
        self.next_seq, self.payloads = seq + 1, list[str]()

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
        """Take the next events; there must be no gap, and no news without events."""
        assert first_seq == self.next_seq
        assert payloads
        self.next_seq += len(payloads)
        self.payloads += payloads


class MatchMachine(RuleBasedStateMachine):
    """A match, its log, and all who follow it."""

    @initialize(
        scenario=scenarios(),
        seed=words,
        pace=st.sampled_from((None, 1.0)),
        is_started=st.sampled_from((True, True, True, False)),
    )
    def create(self, scenario: Scenario, seed: str, pace: float | None, is_started: bool) -> None:
        """Begin a match, now and then with people and bots in their seats already."""
        table = Table(scenario, seed, pace)
        if is_started:
            table.seat(*scenario.seats[:2]).bots(*scenario.seats[2:]).start()
        self.scenario, self.now_ms = scenario, START_MS
        self.log: list[e.Event] = []
        self.entries: list[LoggedEvent] = []
        self.fanout = Fanout(scenario)
        self.followers: list[tuple[Viewer, int, Follower]] = []
        self.position = table.position
        self._append(table.log)

    @rule(data=st.data(), times=st.integers(1, 8))
    def ask(self, data: st.DataObject, times: int) -> None:
        """Ask for anything, entitled or not."""
        for _ in range(times):
            self._ask(*data.draw(commands(self.position)))
            self.the_fold_of_the_log_is_the_position()

    @rule(by_ms=st.sampled_from((1, 999, 20_000)))
    def wait(self, by_ms: int) -> None:
        """Let time pass."""
        self.now_ms += by_ms

    @precondition(lambda self: is_clock_running(self.position))
    @rule(late_ms=st.sampled_from((-1, 0, 1)))
    def reach_the_deadline(self, late_ms: int) -> None:
        """Let the clock come to the deadline's millisecond, or one before or after it."""
        deadline_ms = self.position.deadline_ms
        assert deadline_ms is not None
        self.now_ms = max(self.now_ms, deadline_ms + late_ms)
        before = len(self.log)
        self._ask(c.PassDeadline(self.position.round, self.position.phase), THE_CLOCK)
        assert (len(self.log) > before) == (self.now_ms >= deadline_ms)

    @precondition(lambda self: self.position.phase is Phase.LOBBY)
    @rule()
    def start(self) -> None:
        """Leave the lobby."""
        self._ask(c.StartMatch(), THE_FACILITATOR)

    @rule(data=st.data())
    def follow(self, data: st.DataObject) -> None:
        """Begin to look on through somebody's eyes."""
        viewer = data.draw(st.sampled_from(viewers(self.scenario)))
        audience = self.fanout.audience(viewer, self.entries)
        follower = Follower(audience.seq)
        audience.listeners.add(follower)
        self.followers.append((viewer, audience.seq, follower))

    @invariant()
    def the_fold_of_the_log_is_the_position(self) -> None:
        assert fold(self.log) == self.position

    @invariant()
    def every_viewer_was_told_everything_once_and_in_order(self) -> None:
        for viewer, since, follower in self.followers:
            anew = Fanout(self.scenario).audience(viewer, self.entries)
            assert anew.payloads[since:] == follower.payloads

    @invariant()
    def points_are_the_sum_of_what_was_resolved(self) -> None:
        for seat, total in self.position.totals.items():
            assert total == sum(resolved.gains[seat] for resolved in self.position.history)

    @invariant()
    def a_person_holds_one_seat_at_most(self) -> None:
        people = [x.person for held in self.position.holders.values() for x in held.people]
        assert len(people) == len(set(people))

    @invariant()
    def orders_are_of_the_open_round_and_of_ones_own_arenas(self) -> None:
        for seat, actions in self.position.orders.items():
            assert set(actions) <= {arena.name for arena in self.position.arenas_of(seat)}
        if self.position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
            assert self.position.orders == {}

    @invariant()
    def rounds_are_resolved_one_after_the_other(self) -> None:
        numbers = [resolved.round for resolved in self.position.history]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) <= self.scenario.rounds

    @invariant()
    def no_phase_is_left_open_that_nobody_waits_in(self) -> None:
        position = self.position
        if position.phase in (Phase.LOBBY, Phase.DEBRIEF, Phase.DECISION) or position.paused_at_ms:
            return
        assert getattr(self.scenario.seconds, position.phase.value) > 0

    def teardown(self) -> None:
        if not hasattr(self, "log"):
            return
        assert verify(read_record(write_record(self.log, "v").encode())) == self.position

    def _ask(self, command: c.Command, actor: Actor) -> None:
        before = dumps(self.position)
        try:
            events, position = step(self.position, command, actor, self.now_ms)
        except RuleViolation as violation:
            told = str(violation)
            events, position = (), self.position
            assert "\n" not in told
            assert 0 < len(told) < 300
        else:
            assert events
        assert dumps(self.position) == before
        self._move_to(position, events)

    def _move_to(self, position: Position, events: Sequence[e.Event]) -> None:
        self.position = position
        self._append(events)

    def _append(self, events: Sequence[e.Event]) -> None:
        self.log += events
        known = len(self.entries)
        self.entries += [
            LoggedEvent(known + n, event, dumps(event)) for n, event in enumerate(events, 1)
        ]
        self.fanout.publish(self.entries)


def test_whatever_is_asked_a_match_stays_whole():
    few = settings(max_examples=10, stateful_step_count=25)
    run_state_machine_as_test(MatchMachine, settings=few)


@pytest.mark.slow
def test_whatever_is_asked_a_match_stays_whole_at_length():
    many = settings(max_examples=MATCHES, stateful_step_count=40)
    run_state_machine_as_test(MatchMachine, settings=many)
