"""Orders and ready: what is chosen, by when, and for which seat."""

import pytest

from game_rules.errors import (
    ArenaNotYours,
    NotNow,
    NotYours,
    TooLate,
    WrongRound,
)
from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from tests.game_rules.match.asked import deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    Table,
    deadline_of,
    person,
)

# Orders


def test_an_order_holds_what_was_chosen_in_the_scenarios_order():
    table = deciding()
    assert table.order(CHN, forum="C", strait="D") == (
        e.OrderSaved(1, CHN, {"strait": D, "forum": C}, table.now_ms),
    )
    assert list(table.position.orders[CHN]) == ["strait", "forum"]


def test_a_later_choice_replaces_the_earlier_one_and_keeps_the_rest():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    table.order(CHN, forum="D")
    assert table.position.orders[CHN] == {"strait": C, "forum": D}


def test_an_order_may_say_ready_at_once_in_one_event():
    table = deciding()
    (saved,) = table.order(CHN, is_ready=True, strait="C")
    assert isinstance(saved, e.OrderSaved)
    assert saved.ready_in is Phase.DECISION
    assert table.position.ready[CHN]


@pytest.mark.parametrize("early_ms", [1, 1000])
def test_an_order_before_the_deadline_is_saved(early_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) - early_ms
    assert table.order(CHN, strait="C")


@pytest.mark.parametrize("late_ms", [0, 1])
def test_a_late_order_is_refused(late_ms: int):
    table = deciding()
    table.now_ms = deadline_of(table) + late_ms
    with pytest.raises(TooLate, match=f"{late_ms} ms after the deadline"):
        table.order(CHN, strait="C")


def test_a_draft_is_never_late_for_the_decision_is_still_to_come():
    table = Table().seat(CHN, JPN).start().skip_to(Phase.NEGOTIATION)
    table.now_ms = deadline_of(table)
    assert table.order(CHN, strait="C")


def test_without_a_clock_no_order_is_late():
    table = Table(pace=None).seat(CHN, JPN).start().skip_to(Phase.DECISION)
    table.now_ms += 10**9
    assert table.order(CHN, strait="C")


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.REVEAL])
def test_no_order_outside_of_negotiation_and_decision(phase: Phase):
    table = Table().seat(CHN, JPN).start()
    if phase is Phase.REVEAL:
        table.skip_to(phase)
    with pytest.raises(NotNow, match=f"it is {phase.value}"):
        table.order(CHN, strait="C")


def test_an_order_names_its_round():
    table = deciding()
    with pytest.raises(WrongRound, match="round 2 is not open; it is round 1"):
        table.do(c.SaveOrder(2, {"strait": C}), Actor(Role.PLAYER, CHN))


def test_an_order_in_an_arena_of_others_is_refused_with_the_choice():
    with pytest.raises(ArenaNotYours, match="strait is no arena of PHL; choose among forum"):
        deciding().bots(PHL).order(PHL, strait="C")


def test_an_order_needs_a_seat():
    with pytest.raises(NotYours, match="you hold no seat"):
        deciding().do(c.SaveOrder(1, {}), person("nobody"))


@pytest.mark.parametrize(
    "command",
    [
        c.LeaveSeat(),
        c.Say((), "Hello", None),
        c.SaveOrder(1, {}),
        c.SetReady(1, Phase.DECISION, True),
    ],
    ids=lambda command: command.type,
)
def test_nobody_acts_for_a_seat_that_nobody_holds(command: c.Command):
    """E.g. a bot whose seat was cleared in the moment before its order."""
    with pytest.raises(NotYours, match="you hold no seat"):
        deciding().do(command, Actor(Role.PLAYER, PHL))


# Ready


def test_ready_can_be_taken_back():
    table = deciding()
    table.ready(CHN)
    table.ready(CHN, is_ready=False)
    table.ready(JPN)
    assert table.position.phase is Phase.DECISION


def test_ready_for_another_phase_is_refused():
    with pytest.raises(NotNow, match="negotiation is not open; it is decision"):
        deciding().do(c.SetReady(1, Phase.NEGOTIATION, True), Actor(Role.PLAYER, CHN))


def test_ready_for_another_round_is_refused():
    with pytest.raises(WrongRound):
        deciding().do(c.SetReady(2, Phase.DECISION, True), Actor(Role.PLAYER, CHN))


def test_nobody_waits_for_ready_in_the_lobby_or_the_debriefing():
    table = Table().seat(CHN)
    with pytest.raises(NotNow, match="lobby"):
        table.ready(CHN)
    table.do(c.EndMatch())
    with pytest.raises(NotNow, match="debrief"):
        table.ready(CHN)
