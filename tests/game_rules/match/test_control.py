"""Autopilots, injects, orders by the facilitator, and branches."""

import pytest

from game_rules.errors import (
    ArenaNotYours,
    NotYours,
    OnAutopilot,
    RuleViolation,
    SeatUnavailable,
)
from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import AutopilotReason, OrderSource, Phase
from game_rules.match import commands as c
from game_rules.roles import THE_CLOCK, Actor, Role, Seat
from tests.game_rules.match.controlled import deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
    deadline_of,
    person,
)

# Autopilots


def test_an_autopilot_is_announced_with_its_strategy_and_on_whose_word():
    table = deciding(autopilot="grudger")
    assert table.do(c.EngageAutopilot(CHN), THE_CLOCK) == (
        e.AutopilotEngaged(CHN, "grudger", AutopilotReason.ABSENT, START_MS),
    )
    assert table.do(c.EngageAutopilot(JPN)) == (
        e.AutopilotEngaged(JPN, "grudger", AutopilotReason.FACILITATOR, START_MS),
    )
    assert table.position.holders[CHN].person == "CHN"


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (person("CHN"), AutopilotReason.RETURNED),
        (THE_CLOCK, AutopilotReason.RETURNED),
        (Actor(Role.FACILITATOR), AutopilotReason.FACILITATOR),
    ],
)
def test_a_seat_is_taken_back(actor: Actor, reason: AutopilotReason):
    table = deciding()
    table.do(c.EngageAutopilot(CHN), THE_CLOCK)
    released = table.do(c.ReleaseAutopilot(CHN), actor)
    assert released == (e.AutopilotReleased(CHN, reason, START_MS),)
    assert not table.position.holders[CHN].is_automatic


def test_people_on_autopilot_act_when_they_have_taken_their_seat_back():
    table = deciding()
    table.do(c.EngageAutopilot(CHN))
    order = c.SaveOrder(1, {"strait": C})
    with pytest.raises(OnAutopilot, match="CHN is on autopilot; take it back first"):
        table.do(order, person("CHN"))
    table.do(c.ReleaseAutopilot(CHN), person("CHN"))
    assert table.do(order, person("CHN"))


def test_what_an_autopilot_orders_is_marked_and_may_be_chosen_again():
    table = deciding()
    table.do(c.EngageAutopilot(CHN))
    (saved,) = table.order(CHN, strait="C", forum="C")
    assert isinstance(saved, e.OrderSaved)
    assert saved.sources == {"strait": OrderSource.AUTOPILOT, "forum": OrderSource.AUTOPILOT}
    table.do(c.ReleaseAutopilot(CHN))
    table.do(c.SaveOrder(1, {"forum": D}), person("CHN"))
    table.skip_to(Phase.REVEAL)
    (resolved,) = table.position.history
    assert [x.sources[CHN] for x in resolved.results] == ["autopilot", "ordered"]


def test_an_order_saved_before_its_people_left_counts():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    table.do(c.EngageAutopilot(CHN), THE_CLOCK)
    table.skip_to(Phase.REVEAL)
    assert table.position.history[0].results[0].sources[CHN] is OrderSource.ORDERED


def test_a_phase_does_not_wait_for_seats_on_autopilot():
    table = Table().seat(CHN, JPN).start()
    table.ready(CHN)
    assert table.position.phase is Phase.BRIEFING
    table.do(c.EngageAutopilot(JPN), THE_CLOCK)
    assert table.position.phase is Phase.NEGOTIATION


def test_a_match_that_all_people_have_left_is_not_hurried_through():
    table = Table().seat(CHN, JPN).bots(PHL).start()
    for seat in (CHN, JPN):
        table.do(c.EngageAutopilot(seat))
    assert table.position.phase is Phase.BRIEFING
    table.now_ms = deadline_of(table)
    table.pass_deadline()
    assert table.position.phase is Phase.NEGOTIATION


@pytest.mark.parametrize(
    ("command", "actor", "refusal", "told"),
    [
        (c.EngageAutopilot(PHL), THE_CLOCK, SeatUnavailable, "nobody holds PHL; seat a bot"),
        (c.EngageAutopilot(Seat("IND")), THE_CLOCK, SeatUnavailable, "no seat here"),
        (c.EngageAutopilot(JPN), THE_CLOCK, OnAutopilot, "JPN is on autopilot already"),
        (c.ReleaseAutopilot(CHN), THE_CLOCK, OnAutopilot, "CHN is not on autopilot"),
        (c.ReleaseAutopilot(PHL), THE_CLOCK, OnAutopilot, "PHL is not on autopilot"),
        (c.ReleaseAutopilot(JPN), person("CHN"), NotYours, "JPN is not your seat"),
        (c.ReleaseAutopilot(JPN), person("ann"), NotYours, "you hold no seat"),
    ],
)
def test_an_autopilot_that_cannot_be_is_refused(command, actor, refusal, told):
    table = Table().seat(CHN, JPN)
    table.do(c.EngageAutopilot(JPN))
    with pytest.raises(refusal, match=told):
        table.do(command, actor)


def test_a_bots_seat_needs_no_autopilot():
    with pytest.raises(SeatUnavailable, match="nobody holds CHN"):
        Table().bots(CHN).do(c.EngageAutopilot(CHN))


# Orders by the facilitator


def test_the_facilitator_chooses_for_a_seat_which_may_choose_again():
    table = deciding()
    table.order(CHN, strait="C", forum="C")
    (saved,) = table.do(c.OrderFor(CHN, 1, {"strait": D}))
    assert isinstance(saved, e.OrderSaved)
    assert saved.actions == {"strait": D, "forum": C}
    assert saved.sources == {"strait": OrderSource.FACILITATOR}
    table.do(c.OrderFor(JPN, 1, {"strait": D, "forum": D}))
    table.order(JPN, forum="C")
    table.skip_to(Phase.REVEAL)
    first, second = table.position.history[0].results
    assert [x.value for x in first.sources.values()] == ["facilitator", "facilitator"]
    assert second.sources[JPN] is OrderSource.ORDERED
    assert table.position.order_sources == {}


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.OrderFor(CHN, 1, {}), ArenaNotYours),
        (c.OrderFor(PHL, 1, {"strait": C}), ArenaNotYours),
        (c.OrderFor(Seat("IND"), 1, {"strait": C}), SeatUnavailable),
    ],
)
def test_an_order_for_a_seat_names_arenas_of_that_seat(
    command: c.Command, refusal: type[RuleViolation]
):
    with pytest.raises(refusal):
        deciding().do(command)
