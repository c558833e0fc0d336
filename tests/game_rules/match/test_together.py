"""A table that waits for the others of its class: what opens no round, and how it goes on."""

import pytest

from game_rules.errors import ClassWaits, NotNow
from game_rules.log import events as e
from game_rules.log.events import Event, Phase
from game_rules.match import commands as c
from game_rules.match import flow
from game_rules.match.decide import step
from game_rules.records.record import Record, verify
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.scenario import PhaseSeconds
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario

SEATS = CHN, JPN, PHL
NO_REVEAL = PhaseSeconds(60, 30, 20, 0)


class Held(Table):
    """A table that may open rounds up to `last_round` only."""

    last_round = 0

    def do(self, command: c.Command, actor: Actor = THE_FACILITATOR) -> tuple[Event, ...]:
        if actor.person is not None:
            return super().do(command, actor)
        events, self.position = step(self.position, command, actor, self.now_ms, self.last_round)
        self.log += events
        return events

    def go_on(self) -> tuple[Event, ...]:
        """Tell the table that the others have caught up."""
        return self.do(c.GoOn(self.position.round, self.position.phase), THE_CLOCK)


def at_the_door(phase: Phase, seconds: PhaseSeconds | None = None) -> Held:
    """Let everybody be ready where the next round would open."""
    scenario = a_scenario(seconds=seconds) if seconds else a_scenario()
    table = Held(scenario)
    table.seat(*SEATS).start()
    if phase is not Phase.BRIEFING:
        table.last_round = 1
        table.skip_to(phase)
    for seat in SEATS:
        say_ready(table, seat)
    return table


def say_ready(table: Held, seat: Seat) -> None:
    """Say that a seat is done."""
    asked = c.SetReady(table.position.round, table.position.phase, True)
    table.do(asked, Actor(Role.PLAYER, seat))


DOORS = pytest.mark.parametrize(
    ("phase", "seconds"),
    [(Phase.BRIEFING, None), (Phase.REVEAL, None), (Phase.DECISION, NO_REVEAL)],
)


@DOORS
def test_a_phase_that_waits_for_nobody_stays_open_until_the_class_has_caught_up(
    phase: Phase, seconds: PhaseSeconds | None
):
    table = at_the_door(phase, seconds)
    assert isinstance(table.log[-1], e.ReadySet)
    assert flow.may_end(table.position, table.now_ms)
    number = flow.next_round(table.position)
    table.last_round = table.position.round + 1
    opened = table.go_on()[-1]
    assert isinstance(opened, e.PhaseOpened)
    assert opened.round == number == table.last_round


@DOORS
def test_neither_its_deadline_nor_the_facilitator_opens_the_next_round(
    phase: Phase, seconds: PhaseSeconds | None
):
    table = at_the_door(phase, seconds)
    before = table.position
    table.now_ms += 10**6
    for command, actor in (
        (c.PassDeadline(before.round, before.phase), THE_CLOCK),
        (c.SkipPhase(before.round, before.phase), THE_FACILITATOR),
        (c.GoOn(before.round, before.phase), THE_CLOCK),
    ):
        with pytest.raises(ClassWaits, match="waits for other tables of the class"):
            table.do(command, actor)
    assert table.position == before


def test_a_table_whose_people_are_not_ready_does_not_go_on_before_its_deadline():
    table = at_the_door(Phase.REVEAL)
    table.last_round = 2
    asked = c.SetReady(1, Phase.REVEAL, False)
    table.last_round = 1
    table.do(asked, Actor(Role.PLAYER, JPN))
    table.last_round = 2
    with pytest.raises(NotNow):
        table.go_on()
    table.now_ms += 10**6
    assert isinstance(table.go_on()[-1], e.PhaseOpened)


def test_nothing_goes_on_in_a_pause_or_after_the_end():
    table = at_the_door(Phase.REVEAL)
    table.do(c.PauseMatch())
    assert not flow.may_end(table.position, table.now_ms + 10**6)
    table.do(c.EndMatch())
    assert not flow.may_end(table.position, table.now_ms)
    assert flow.next_round(table.position) is None


def test_the_end_of_a_match_waits_for_nobody():
    table = Held(a_scenario(rounds=1))
    table.seat(*SEATS).start()
    table.last_round = 1
    table.skip_to(Phase.REVEAL)
    for seat in SEATS:
        say_ready(table, seat)
    assert table.position.is_over


@DOORS
def test_the_record_of_a_table_that_waited_verifies(phase: Phase, seconds: PhaseSeconds | None):
    table = at_the_door(phase, seconds)
    table.do(c.Say((), "We wait."))
    table.last_round = table.position.round + 1
    table.now_ms += 5_000
    table.go_on()
    table.do(c.EndMatch())
    record = Record("test", tuple(table.log))
    assert verify(record) == table.position
