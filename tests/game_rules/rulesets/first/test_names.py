"""Names in the log, as rules 1 has them: in events, in what a position knows, and in refusals."""

import pytest

from game_rules.errors import NoPen, RuleViolation, SeatUnavailable
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import Delegate, Holder
from game_rules.match import commands as c
from game_rules.match.seating import LONGEST_NAME
from game_rules.roles import Actor, PersonId, Role
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table, a_scenario, person

ANN, BO, CY = (PersonId(name) for name in ("ann", "bo", "cy"))


def a_table() -> Table:
    """A lobby of rules 1."""
    return Table(a_scenario(delegates=3), version=1)


def delegation() -> Table:
    """A lobby: Ann holds the pen of CHN, Bo and Cy share the seat, JPN's holder sits across."""
    table = a_table()
    for name in ("ann", "bo", "cy"):
        table.do(c.TakeSeat(CHN, name.title()), person(name))
    return table.seat(JPN)


def test_a_person_takes_a_free_seat_under_a_tidy_name():
    events = a_table().do(c.TakeSeat(CHN, "  Ann \n  of  Fu "), person("ann"))
    assert events == (e.SeatTaken(CHN, ANN, "Ann of Fu", START_MS),)


@pytest.mark.parametrize("length", [0, LONGEST_NAME + 1])
def test_a_name_of_no_or_too_many_letters_is_refused(length: int):
    with pytest.raises(SeatUnavailable, match=f"1 to {LONGEST_NAME} letters, this one {length}"):
        a_table().do(c.TakeSeat(CHN, "x" * length), person("ann"))


def test_the_longest_name_is_taken():
    assert a_table().do(c.TakeSeat(CHN, "x" * LONGEST_NAME), person("ann"))


def test_a_position_knows_who_shares_a_seat_by_name():
    table = delegation()
    others = (Delegate(BO, "Bo"), Delegate(CY, "Cy"))
    assert table.position.holders[CHN] == Holder(ANN, "Ann", delegates=others)
    table.do(c.PassPen(CY), person("ann"))
    assert table.position.holders[CHN].people == (
        Delegate(CY, "Cy"),
        Delegate(ANN, "Ann"),
        Delegate(BO, "Bo"),
    )


@pytest.mark.parametrize(
    ("command", "refusal", "told"),
    [
        (c.Reseat(ANN, CHN), SeatUnavailable, "CHN is held by Ann and Bo and Cy; choose another"),
        (c.PassPen(ANN), NoPen, "Ann holds the pen of CHN already"),
        (c.Reseat(PersonId("eve"), PHL), SeatUnavailable, "a name has 1 to 40 letters"),
    ],
)
def test_refusals_name_people(command: c.Command, refusal: type[RuleViolation], told: str):
    with pytest.raises(refusal, match=told):
        delegation().do(command)


def test_only_the_holder_of_the_pen_orders_and_is_named():
    table = delegation().start().skip_to(Phase.DECISION)
    with pytest.raises(NoPen, match="Ann holds the pen of CHN; ask for it"):
        table.do(c.SaveOrder(1, {"strait": C}), person("cy"))


def test_a_person_is_reseated_under_the_known_name_and_seated_under_a_given_one():
    table = delegation()
    assert table.do(c.Reseat(BO, PHL))[-1] == e.SeatTaken(PHL, BO, "Bo", START_MS)
    assert table.do(c.Reseat(ANN, JPN))[-1] == e.DelegateJoined(JPN, ANN, "Ann", START_MS)
    dee = PersonId("dee")
    assert table.do(c.Reseat(dee, CHN, "Dee")) == (e.DelegateJoined(CHN, dee, "Dee", START_MS),)


def test_a_delegates_message_and_a_co_facilitators_act_are_signed_by_name():
    table, co = delegation(), Actor(Role.FACILITATOR, None, PersonId("co"), "Dr Co")
    (said,) = table.do(c.Say((), "We are three.", None), person("cy"))
    assert said == e.MessageSaid(0, CHN, (), "We are three.", None, START_MS, "Cy")
    signed, _ = table.do(c.PassPen(BO), co)
    assert signed == e.FacilitatorActed(PersonId("co"), "Dr Co", "pass_pen", START_MS)
