"""Who takes, changes and frees a seat, and when."""

import pytest

from game_rules.errors import (
    NotYours,
    SeatUnavailable,
    UnknownStrategy,
)
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import Holder
from game_rules.match import commands as c
from game_rules.roles import Actor, PersonId, Role, Seat
from tests.game_rules.match.asked import deciding
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
    person,
)

# Seats


def test_a_person_takes_a_free_seat_and_the_name_stays_out_of_the_log():
    events = Table().do(c.TakeSeat(CHN, "Ann of Fu"), person("ann"))
    assert events == (e.SeatTaken(CHN, PersonId("ann"), "", START_MS),)


def test_only_a_person_takes_a_seat():
    with pytest.raises(NotYours, match="join with the code"):
        Table().do(c.TakeSeat(CHN, "Ann"), Actor(Role.PLAYER))


def test_a_seat_that_is_not_in_the_scenario_is_refused_with_the_choice():
    with pytest.raises(SeatUnavailable, match="XXX is no seat here; choose among CHN, JPN, PHL"):
        Table().do(c.TakeSeat(Seat("XXX"), "Ann"), person("ann"))


def test_a_seat_that_a_person_holds_is_refused():
    with pytest.raises(SeatUnavailable, match="CHN is held by A person; choose another seat"):
        Table().seat(CHN).do(c.TakeSeat(CHN, "Bo"), person("bo"))


def test_a_person_takes_a_seat_from_a_bot_at_any_time():
    table = deciding().bots(PHL)
    table.do(c.TakeSeat(PHL, "Bo"), person("bo"))
    assert table.position.holders[PHL] == Holder(person=PersonId("bo"))


@pytest.mark.parametrize("has_started", [False, True])
def test_until_the_first_round_a_person_may_change_seats(has_started: bool):
    table = Table().seat(CHN)
    if has_started:
        table.start()
    events = table.do(c.TakeSeat(JPN, "Ms CHN"), person("CHN"))
    assert [event.type for event in events] == ["seat_vacated", "seat_taken"]
    assert set(table.position.holders) == {JPN}


@pytest.mark.parametrize("phase", [Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
def test_after_the_briefing_a_person_who_holds_a_seat_cannot_hop(phase: Phase):
    table = Table().seat(CHN, JPN).start().skip_to(phase)
    with pytest.raises(SeatUnavailable, match="you hold CHN; after the briefing"):
        table.do(c.TakeSeat(PHL, "Ms CHN"), person("CHN"))


def test_a_person_gets_up():
    table = deciding()
    assert table.do(c.LeaveSeat(), person("JPN")) == (e.SeatVacated(JPN, table.now_ms),)


def test_a_program_gets_up():
    table = Table()
    table.do(c.SeatBot(CHN, "Tit For Tat"))
    left = table.do(c.LeaveSeat(), Actor(Role.PLAYER, CHN))
    assert left == (e.SeatVacated(CHN, table.now_ms),)


def test_who_holds_no_seat_cannot_get_up():
    with pytest.raises(NotYours, match="you hold no seat"):
        Table().do(c.LeaveSeat(), person("ann"))


def test_the_facilitator_seats_a_bot_under_its_canonical_name():
    (seated,) = Table().do(c.SeatBot(CHN, "Tit For Tat"))
    assert seated == e.BotSeated(CHN, "tit_for_tat", START_MS)


def test_a_bot_may_take_the_place_of_a_person():
    table = deciding()
    table.do(c.SeatBot(JPN, "grudger"))
    assert table.position.holders[JPN] == Holder(is_bot=True, strategy="grudger")
    assert table.position.seat_of(PersonId("JPN")) is None


def test_an_unknown_strategy_is_refused():
    with pytest.raises(UnknownStrategy, match="no_such_bot"):
        Table().do(c.SeatBot(CHN, "no_such_bot"))


def test_who_follows_a_bot_or_a_person_has_not_said_ready():
    table = deciding()
    table.ready(JPN)
    table.bots(JPN).do(c.TakeSeat(JPN, "Bo"), person("bo"))
    table.ready(CHN)
    assert table.position.phase is Phase.DECISION


def test_the_facilitator_frees_a_seat_whoever_holds_it():
    table = deciding().bots(PHL)
    for seat in (PHL, JPN):
        assert table.do(c.ClearSeat(seat)) == (e.SeatVacated(seat, START_MS),)


def test_a_free_seat_cannot_be_freed():
    with pytest.raises(SeatUnavailable, match="PHL is free already"):
        deciding().do(c.ClearSeat(PHL))
