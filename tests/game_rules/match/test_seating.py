"""Delegations: several people on a seat, one of them with the pen; and who may be moved where.

Events of rules 2 name people by their ids, and refusals by their numbers, until a name is put in
(test_people); rules 1 has the names in both: rulesets/first.
"""

import pytest

from game_rules.errors import NoPen, NoSuchPerson, NotNow, NotYours, RuleViolation, SeatUnavailable
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import Delegate, Holder
from game_rules.match import commands as c
from game_rules.match.seating import MOST_REMOVED
from game_rules.roles import Actor, PersonId, Role
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from tests.game_rules.scenes import CHN, JPN, PHL, START_MS, Table, a_scenario, person

ANN, BO, CY = map(PersonId, ("p1", "p2", "p3"))
ALL_THREE = "Person 1 and Person 2 and Person 3"
PACT = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.TREATY)


def delegation(most: int = 3) -> Table:
    """A lobby: Ann holds the pen of CHN, Bo and Cy share the seat, JPN's holder sits across."""
    table = Table(a_scenario(delegates=most))
    for one, name in ((ANN, "Ann"), (BO, "Bo"), (CY, "Cy"))[:most]:
        table.do(c.TakeSeat(CHN, name), person(one))
    return table.seat(JPN)


def test_those_who_come_after_the_first_are_delegates_and_the_pen_stays():
    table = delegation()
    others = (Delegate(BO, ""), Delegate(CY, ""))
    assert table.position.holders[CHN] == Holder(ANN, delegates=others)
    assert [table.position.seat_of(x) for x in (ANN, BO, CY)] == [CHN] * 3


def test_a_seat_takes_no_more_people_than_the_match_allows():
    with pytest.raises(SeatUnavailable, match="Person 1 and Person 2; choose another seat"):
        delegation(most=2).do(c.TakeSeat(CHN, "Cy"), person(CY))


def test_nobody_sits_down_twice_on_a_seat():
    table = delegation()
    for one in (ANN, BO):
        with pytest.raises(SeatUnavailable, match=f"CHN is held by {ALL_THREE}"):
            table.do(c.TakeSeat(CHN, "Again"), person(one))


ACTS = (
    c.SaveOrder(1, {"strait": C}),
    c.SetReady(1, Phase.DECISION, True),
    c.Propose(1, PACT),
    c.CounterProposal(1, 7, PACT),
    c.AnswerProposal(1, 7, True),
    c.PassPen(BO),
)


@pytest.mark.parametrize("command", ACTS, ids=lambda command: command.type)
def test_only_the_holder_of_the_pen_acts_for_a_seat(command: c.Command):
    table = delegation().start().skip_to(Phase.DECISION)
    with pytest.raises(NoPen, match="Person 1 holds the pen of CHN; ask for it"):
        table.do(command, person(CY))


def test_every_delegate_may_talk_and_the_message_says_who_spoke():
    table = delegation()
    (said,) = table.do(c.Say((), "We are three.", None), person(CY))
    assert said == e.MessageSaid(0, CHN, (), "We are three.", None, START_MS, CY)


def test_where_nobody_shares_a_seat_messages_are_as_they_were():
    (said,) = Table().seat(CHN).do(c.Say((), "Alone.", None), person("CHN"))
    assert isinstance(said, e.MessageSaid)
    assert said.speaker is None


def test_the_pen_is_handed_on_by_its_holder_and_the_facilitator():
    table = delegation()
    assert table.do(c.PassPen(CY), person(ANN)) == (e.PenPassed(CHN, CY, START_MS),)
    assert [x.person for x in table.position.holders[CHN].people] == [CY, ANN, BO]
    table.do(c.PassPen(BO))
    assert table.position.holders[CHN].person == BO


@pytest.mark.parametrize("target", [PersonId("JPN"), PersonId("nobody")])
def test_the_pen_does_not_leave_the_delegation(target: PersonId):
    with pytest.raises(NoSuchPerson, match="no delegate here"):
        delegation().do(c.PassPen(target), person(ANN))


def test_who_holds_the_pen_cannot_be_given_it():
    with pytest.raises(NoPen, match="Person 1 holds the pen of CHN already"):
        delegation().do(c.PassPen(ANN))


def test_a_seat_passes_its_pen_without_saying_who_asks():
    """A seat's own hands, as programs have them, act for it whoever holds the pen."""
    table = delegation()
    assert table.do(c.PassPen(BO), Actor(Role.PLAYER, CHN))


def test_the_pen_goes_on_before_its_holder_leaves():
    table = delegation()
    assert table.do(c.LeaveSeat(), person(ANN)) == (
        e.PenPassed(CHN, BO, START_MS),
        e.DelegateLeft(CHN, ANN, START_MS),
    )
    assert table.do(c.LeaveSeat(), person(CY)) == (e.DelegateLeft(CHN, CY, START_MS),)
    assert table.do(c.LeaveSeat(), person(BO)) == (e.SeatVacated(CHN, START_MS),)
    assert CHN not in table.position.holders


def test_what_a_delegation_ordered_stands_when_its_pen_passes():
    table = delegation().start().skip_to(Phase.DECISION)
    table.do(c.SaveOrder(1, {"strait": C}, is_ready=True), person(ANN))
    table.do(c.PassPen(BO), person(ANN))
    assert table.position.orders[CHN] == {"strait": C}
    assert table.position.ready[CHN]


def test_a_bot_on_a_delegations_seat_takes_it_from_all():
    table = delegation()
    table.do(c.SeatBot(CHN, "grudger"))
    assert [table.position.seat_of(x) for x in (ANN, BO, CY)] == [None] * 3


# The facilitator's hand


def test_the_facilitator_reseats_a_person_at_any_time():
    table = delegation().start().skip_to(Phase.DECISION)
    assert table.do(c.Reseat(BO, PHL)) == (
        e.DelegateLeft(CHN, BO, START_MS),
        e.SeatTaken(PHL, BO, "", START_MS),
    )


def test_reseating_passes_the_pen_and_joins_a_delegation():
    table = delegation()
    assert table.do(c.Reseat(ANN, JPN)) == (
        e.PenPassed(CHN, BO, START_MS),
        e.DelegateLeft(CHN, ANN, START_MS),
        e.DelegateJoined(JPN, ANN, "", START_MS),
    )


@pytest.mark.parametrize("name", ["Dee", ""])
def test_a_person_without_a_seat_is_seated_and_may_be_known_by_name_already(name: str):
    table = delegation().bots(PHL)
    seated = table.do(c.Reseat(PersonId("dee"), PHL, name))
    assert seated == (e.SeatTaken(PHL, PersonId("dee"), "", START_MS),)


@pytest.mark.parametrize(
    ("command", "refusal", "told"),
    [
        (c.Reseat(ANN, CHN), SeatUnavailable, "CHN is held by Person 1"),
        (
            c.Reseat(PersonId("JPN"), CHN),
            SeatUnavailable,
            "CHN is held by Person 1 and Person 2 and Person 3",
        ),
        (c.RemovePerson(PersonId("gone")), NoSuchPerson, "was removed already"),
        (c.Reseat(PersonId("gone"), PHL, "Gone"), NoSuchPerson, "was removed from this match"),
    ],
)
def test_who_cannot_be_moved_is_named(command: c.Command, refusal: type[RuleViolation], told: str):
    table = delegation()
    table.do(c.RemovePerson(PersonId("gone")))
    with pytest.raises(refusal, match=told):
        table.do(command)


def test_only_so_many_people_are_removed_from_a_match():
    table = delegation()
    for number in range(MOST_REMOVED):
        table.do(c.RemovePerson(PersonId(f"gone{number}")))
    with pytest.raises(NotNow, match="1000 people were removed, which is the most"):
        table.do(c.RemovePerson(ANN))


def test_who_was_removed_holds_no_seat_and_takes_none():
    table = delegation()
    assert table.do(c.RemovePerson(ANN)) == (
        e.PenPassed(CHN, BO, START_MS),
        e.DelegateLeft(CHN, ANN, START_MS),
        e.PersonRemoved(ANN, START_MS),
    )
    with pytest.raises(NotYours, match="the facilitator has removed you"):
        table.do(c.TakeSeat(PHL, "Ann"), person(ANN))


COMMANDS = (c.PassPen(BO), c.Reseat(BO, PHL), c.RemovePerson(BO))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.type)
def test_nobody_is_moved_when_the_match_is_over(command: c.Command):
    table = delegation().start()
    table.do(c.EndMatch())
    with pytest.raises(NotNow, match="the match is over"):
        table.do(command)


def test_a_co_facilitator_signs_and_the_lead_does_not():
    co = Actor(Role.FACILITATOR, None, PersonId("co"), "Dr Co")
    table = delegation()
    signed, passed = table.do(c.PassPen(BO), co)
    assert signed == e.FacilitatorActed(PersonId("co"), "", "pass_pen", START_MS)
    assert isinstance(passed, e.PenPassed)
    assert isinstance(table.do(c.StartMatch())[0], e.PhaseOpened)
    with pytest.raises(RuleViolation):
        table.do(c.StartMatch(), co)
    assert table.log[-1].type == "phase_opened"
