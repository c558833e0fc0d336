"""Who may say what to whom at each level of press."""

import pytest

from game_rules.errors import (
    NotYours,
    SeatUnavailable,
    TalkNotAllowed,
)
from game_rules.log import events as e
from game_rules.match import commands as c
from game_rules.match.talk import LONGEST_MESSAGE
from game_rules.roles import Seat
from game_rules.scenario.scenario import Press
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
    a_scenario,
    person,
)

# Talk


@pytest.mark.parametrize("press", [Press.PUBLIC, Press.FULL])
def test_what_is_said_to_everyone_has_an_empty_room(press: Press):
    table = Table(a_scenario(press=press)).seat(CHN)
    (said,) = table.do(c.Say((), " Peace? ", e.Act.PROPOSE), person("CHN"))
    assert said == e.MessageSaid(0, CHN, (), "Peace?", e.Act.PROPOSE, START_MS)


def test_a_room_holds_the_sender_and_stands_in_seat_order():
    table = Table().seat(JPN)
    (said,) = table.do(c.Say((PHL, CHN), "We three.", None), person("JPN"))
    assert isinstance(said, e.MessageSaid)
    assert said.room == (CHN, JPN, PHL)


def test_one_set_of_seats_is_one_room_however_it_is_named():
    table = Table().seat(CHN)
    rooms = {
        said.room
        for room in ((JPN,), (JPN, CHN), (CHN, JPN, JPN))
        for said in table.do(c.Say(room, "Hello", None), person("CHN"))
        if isinstance(said, e.MessageSaid)
    }
    assert rooms == {(CHN, JPN)}


@pytest.mark.parametrize("press", Press)
def test_a_room_of_ones_own_seat_is_its_line_with_the_facilitator(press: Press):
    table = Table(a_scenario(press=press)).seat(CHN)
    (said,) = table.do(c.Say((CHN,), "May we step out?", None), person("CHN"))
    assert said == e.MessageSaid(0, CHN, (CHN,), "May we step out?", None, START_MS)
    (answer,) = table.do(c.Say((CHN,), "Yes.", None))
    assert answer == e.MessageSaid(0, None, (CHN,), "Yes.", None, START_MS)


def test_public_press_allows_no_rooms():
    table = Table(a_scenario(press=Press.PUBLIC)).seat(CHN)
    with pytest.raises(TalkNotAllowed, match="public talk only"):
        table.do(c.Say((JPN,), "Psst.", None), person("CHN"))


@pytest.mark.parametrize("room", [(), (JPN,)])
def test_without_press_there_is_no_talk_until_the_end(room: tuple[Seat, ...]):
    table = Table(a_scenario(press=Press.NONE)).seat(CHN)
    with pytest.raises(TalkNotAllowed, match="without talk"):
        table.do(c.Say(room, "Hello", None), person("CHN"))
    table.do(c.EndMatch())
    assert table.do(c.Say(room, "Well played.", None), person("CHN"))


@pytest.mark.parametrize("length", [0, LONGEST_MESSAGE + 1])
def test_a_message_of_no_or_too_many_letters_is_refused(length: int):
    with pytest.raises(TalkNotAllowed, match=f"1 to {LONGEST_MESSAGE} letters, this one {length}"):
        Table().do(c.Say((), " " + "x" * length, None))


def test_the_longest_message_is_said():
    assert Table().do(c.Say((), "x" * LONGEST_MESSAGE, None))


def test_a_room_names_seats_of_the_scenario():
    with pytest.raises(SeatUnavailable, match="XXX is no seat here"):
        Table().do(c.Say((Seat("XXX"),), "Hello", None))


def test_talk_needs_a_seat():
    with pytest.raises(NotYours, match="you hold no seat"):
        Table().do(c.Say((), "Hello", None), person("ann"))


def test_the_facilitator_speaks_at_every_press_level_and_to_a_single_seat():
    table = Table(a_scenario(press=Press.NONE))
    (said,) = table.do(c.Say((PHL,), "A word.", None))
    assert said == e.MessageSaid(0, None, (PHL,), "A word.", None, START_MS)
