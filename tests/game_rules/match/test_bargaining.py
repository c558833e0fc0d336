"""Proposals become pacts by the last acceptance; pacts are kept, broken and paid for in play."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules import RULES_VERSION
from game_rules.errors import (
    NotNow,
    NotYours,
    PactNotAllowed,
    SeatUnavailable,
    TalkNotAllowed,
    TooLate,
    WrongRound,
)
from game_rules.games.stage_games import Action, C, D
from game_rules.log import events as e
from game_rules.log.events import OrderSource, Phase
from game_rules.match import commands as c
from game_rules.match.pacts import MOST_IN_FORCE, MOST_PROPOSALS
from game_rules.match.visibility import redact
from game_rules.records.record import Record, verify
from game_rules.roles import PUBLIC, Actor, Role, Seat, seated
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Proposal, Transfer
from game_rules.scenario.scenario import MissingOrder, Press
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, deadline_of

POLICY = (MissingOrder.KEEP_PACTS, MissingOrder.REPEAT, MissingOrder.DEFECT)
BOTH = (Pledge(CHN, "strait", C), Pledge(JPN, "strait", C))
TREATY = PactTerms((CHN, JPN), BOTH, (), 2, Binding.TREATY)
ESCROW = replace(TREATY, binding=Binding.ESCROW, stake=4.0)
THREE = replace(TREATY, parties=(CHN, JPN, PHL))


def a_table(version: int = RULES_VERSION, **changes: Any) -> Table:
    scenario = a_scenario(missing_order=POLICY, **changes)
    table = Table(scenario, version=version).seat(CHN, JPN, PHL)
    return table.start().skip_to(Phase.NEGOTIATION)


def hands(seat: Seat) -> Actor:
    return Actor(Role.PLAYER, seat)


def propose(table: Table, terms: PactTerms = TREATY, seat: Seat = CHN) -> int:
    made = table.do(c.Propose(table.position.round, terms), hands(seat))[0]
    assert isinstance(made, e.ProposalMade)
    return made.number


def answer(table: Table, number: int, seat: Seat, accepts: bool = True) -> tuple[e.Event, ...]:
    return table.do(c.AnswerProposal(table.position.round, number, accepts), hands(seat))


def counter(table: Table, number: int, terms: PactTerms, seat: Seat) -> tuple[e.Event, ...]:
    return table.do(c.CounterProposal(table.position.round, number, terms), hands(seat))


def conclude(table: Table, terms: PactTerms = TREATY) -> int:
    number = propose(table, terms)
    for seat in terms.parties[1:]:
        answer(table, number, seat)
    return number


def play(table: Table, **actions: str) -> e.RoundResolved:
    """Order in the strait, by seat; the rest is left out."""
    for seat, action in actions.items():
        order = c.SaveOrder(table.position.round, {"strait": Action(action)})
        table.do(order, hands(Seat(seat)))
    table.skip_to(Phase.REVEAL, table.position.round)
    return table.position.history[-1]


def test_the_proposer_has_accepted_and_the_others_have_not():
    table = a_table()
    number = propose(table)
    assert table.position.proposals == (Proposal(number, TREATY, (CHN,)),)
    assert table.position.pacts == ()


def test_the_last_acceptance_concludes_the_pact():
    table = a_table()
    number = propose(table, THREE)
    assert [x.type for x in answer(table, number, PHL)] == ["proposal_answered"]
    assert [x.type for x in answer(table, number, JPN)] == ["proposal_answered", "pact_concluded"]
    (pact,) = table.position.pacts
    assert (pact.number, pact.first_round, pact.last_round) == (number, 1, 2)
    assert table.position.proposals == ()


@pytest.mark.parametrize("seat", [CHN, JPN])
def test_one_no_ends_a_proposal_whoever_says_it(seat: Seat):
    table = a_table()
    answer(table, propose(table), seat, accepts=False)
    assert (table.position.proposals, table.position.pacts) == ((), ())


def test_a_proposal_outlives_the_phase_and_lapses_with_the_round():
    table = a_table()
    number = propose(table)
    assert table.skip_to(Phase.DECISION).position.proposals
    assert table.skip_to(Phase.NEGOTIATION, 2).position.proposals == ()
    with pytest.raises(PactNotAllowed, match="may have lapsed"):
        answer(table, number, JPN)


def test_numbers_do_not_tell_how_many_proposals_there_are():
    table = a_table()
    first, second = propose(table), propose(table)
    assert abs(first - second) > 1
    assert 0 <= min(first, second) < max(first, second) < 2**53


@pytest.mark.parametrize("version", [1, 2])
def test_in_rules_2_a_number_is_the_same_whatever_others_have_proposed(version: int):
    alone, second = (a_table(version, rivals=()) for _ in range(2))
    propose(second, seat=JPN)
    assert (propose(alone) == propose(second)) == (version == 2)


def test_nobody_accepts_twice():
    table = a_table()
    with pytest.raises(PactNotAllowed, match="CHN has accepted already"):
        answer(table, propose(table), CHN)


def test_who_is_no_party_cannot_answer():
    table = a_table()
    with pytest.raises(PactNotAllowed, match="waits for PHL"):
        answer(table, propose(table), PHL)


def test_nobody_proposes_between_others():
    with pytest.raises(PactNotAllowed, match="PHL is no party to its own proposal"):
        propose(a_table(), seat=PHL)


def test_a_seat_that_is_not_here_is_no_party():
    strange = replace(TREATY, parties=(CHN, Seat("XXX")))
    with pytest.raises(SeatUnavailable, match="XXX is no seat here"):
        propose(a_table(), strange)


def test_terms_that_cannot_be_checked_are_refused():
    outside = replace(THREE, pledges=(Pledge(PHL, "strait", C),))
    with pytest.raises(PactNotAllowed, match="PHL is not in strait"):
        propose(a_table(), outside)


LONGER = replace(TREATY, rounds=3)


def test_a_counter_takes_the_place_of_what_it_counters_in_one_step():
    table = a_table()
    number = propose(table)
    countered, made = counter(table, number, LONGER, JPN)
    assert isinstance(countered, e.ProposalCountered)
    assert isinstance(made, e.ProposalMade)
    assert (countered.number, countered.parties, countered.seat) == (number, (CHN, JPN), JPN)
    assert (countered.counter, made.proposer, made.terms) == (made.number, JPN, LONGER)
    assert table.position.proposals == (Proposal(made.number, LONGER, (JPN,)),)
    answer(table, made.number, CHN)
    assert [pact.terms for pact in table.position.pacts] == [LONGER]


def test_a_counter_can_be_countered():
    table = a_table()
    _, made = counter(table, propose(table), LONGER, JPN)
    assert isinstance(made, e.ProposalMade)
    counter(table, made.number, TREATY, CHN)
    assert [x.accepted for x in table.position.proposals] == [(CHN,)]


@pytest.mark.parametrize("seat", [CHN, PHL])
def test_who_has_agreed_does_not_counter(seat: Seat):
    table = a_table()
    number = propose(table, THREE)
    answer(table, number, PHL)
    with pytest.raises(PactNotAllowed, match=f"{seat} has agreed to it; withdraw it"):
        counter(table, number, replace(THREE, rounds=3), seat)
    assert len(table.position.proposals) == 1


def test_who_is_no_party_does_not_counter():
    table = a_table()
    with pytest.raises(PactNotAllowed, match="waits for PHL; it may have lapsed"):
        counter(table, propose(table), THREE, PHL)


def test_a_counter_answers_whoever_proposed():
    table = a_table()
    aside = PactTerms((JPN, PHL), (Pledge(JPN, "strait", C),), (), 1, Binding.TREATY)
    with pytest.raises(PactNotAllowed, match="CHN is no party to the answer"):
        counter(table, propose(table), aside, JPN)


def test_the_same_terms_are_no_counter():
    table = a_table()
    with pytest.raises(PactNotAllowed, match="accept them"):
        counter(table, propose(table), TREATY, JPN)


def test_a_counter_has_to_hold_as_any_terms_do_and_a_refused_one_leaves_the_proposal():
    table = a_table()
    number = propose(table)
    outside = replace(THREE, pledges=(Pledge(PHL, "strait", C),))
    with pytest.raises(PactNotAllowed, match="PHL is not in strait"):
        counter(table, number, outside, JPN)
    for _ in range(MOST_PROPOSALS):
        propose(table, seat=JPN)
    with pytest.raises(PactNotAllowed, match="8 of your proposals are open"):
        counter(table, number, LONGER, JPN)
    assert table.position.proposals[0].number == number


def test_counters_have_the_time_that_bargaining_has():
    table = a_table()
    number = propose(table)
    with pytest.raises(WrongRound):
        table.do(c.CounterProposal(2, number, LONGER), hands(JPN))
    table.skip_to(Phase.DECISION)
    table.now_ms = deadline_of(table)
    with pytest.raises(TooLate):
        counter(table, number, LONGER, JPN)


def test_who_is_left_out_of_a_counter_learns_that_it_ended_the_proposal_and_no_more():
    table = a_table()
    countered, made = counter(table, propose(table, THREE), TREATY, JPN)
    scenario = table.position.scenario
    assert redact(countered, seated(PHL), scenario) == countered
    assert redact(made, seated(PHL), scenario) is None


def test_a_record_with_a_counter_holds_and_one_without_its_terms_does_not():
    table = a_table()
    counter(table, propose(table), LONGER, JPN)
    answer(table, table.position.proposals[0].number, CHN)
    table.do(c.EndMatch())
    verify(Record("test", tuple(table.log)))
    place = next(n for n, x in enumerate(table.log) if isinstance(x, e.ProposalCountered))
    without = (*table.log[: place + 1], *table.log[place + 2 :])
    with pytest.raises(Exception, match=rf"line {place + 3}"):
        verify(Record("test", without))
    forged = [*table.log]
    forged[place] = replace(forged[place], seat=PHL)
    with pytest.raises(Exception, match=rf"line {place + 2}"):
        verify(Record("test", tuple(forged)))


def test_only_so_many_proposals_of_one_seat_are_open():
    table = a_table()
    for _ in range(MOST_PROPOSALS):
        propose(table)
    with pytest.raises(PactNotAllowed, match="8 of your proposals are open; withdraw one first"):
        propose(table)
    propose(table, seat=JPN)


def test_only_so_many_pacts_are_in_force():
    table = a_table()
    for _ in range(MOST_IN_FORCE):
        answer(table, propose(table), JPN)
    with pytest.raises(PactNotAllowed, match="500 pacts are in force; wait until one ends"):
        answer(table, propose(table), JPN)


def test_bargaining_has_its_time():
    table = a_table()
    with pytest.raises(WrongRound):
        table.do(c.Propose(2, TREATY), hands(CHN))
    table.skip_to(Phase.DECISION)
    table.now_ms = deadline_of(table)
    with pytest.raises(TooLate):
        propose(table)
    table.skip_to(Phase.REVEAL)
    with pytest.raises(NotNow, match="pacts are for negotiation and decision; it is reveal"):
        propose(table)


def test_without_talk_there_are_no_pacts():
    with pytest.raises(TalkNotAllowed, match="without talk, and so without pacts"):
        propose(a_table(press=Press.NONE))


def test_a_free_seat_proposes_nothing():
    table = Table(a_scenario()).seat(JPN).start().skip_to(Phase.NEGOTIATION)
    with pytest.raises(NotYours):
        propose(table)


def test_a_breach_stands_in_the_round_and_costs_twice_the_trust():
    table, plain = a_table(), a_table()
    number = conclude(table)
    broken, betrayed = (play(each, CHN="C", JPN="D") for each in (table, plain))
    (breach,) = broken.breaches
    assert (breach.pact, breach.seat, breach.arena) == (number, JPN, "strait")
    assert breach.is_public
    (_, once), (_, twice) = (x.standing.faith[CHN][JPN] for x in (betrayed, broken))
    assert twice - 0.9 > once - 0.9 > 0
    assert betrayed.breaches == ()


def test_the_stake_of_a_breaker_goes_to_the_other():
    table = a_table()
    conclude(table, ESCROW)
    resolved = play(table, CHN="C", JPN="D")
    assert resolved.settlements == {JPN: -4.0, CHN: 4.0}
    paid = sum(result.payoffs[CHN] for result in resolved.results)
    assert resolved.gains[CHN] == pytest.approx(paid + 4.0)


def test_transfers_are_paid_while_the_pact_holds():
    table = a_table()
    conclude(table, replace(TREATY, transfers=(Transfer(CHN, JPN, 1.5),)))
    assert play(table, CHN="C", JPN="C").settlements == {CHN: -1.5, JPN: 1.5}
    table.skip_to(Phase.NEGOTIATION, 2)
    assert play(table, CHN="C", JPN="C").settlements == {CHN: -1.5, JPN: 1.5}
    assert table.position.pacts == ()
    table.skip_to(Phase.NEGOTIATION, 3)
    assert play(table, CHN="C", JPN="C").settlements == {}


def test_an_executed_pact_is_played_whatever_was_ordered():
    table = a_table()
    conclude(table, replace(TREATY, binding=Binding.EXECUTED))
    strait = play(table, CHN="D", JPN="D").results[0]
    assert set(strait.actions.values()) == {C}
    assert set(strait.sources.values()) == {OrderSource.EXECUTED}


def test_a_missing_order_keeps_pacts_where_the_policy_says_so():
    table = a_table()
    conclude(table)
    strait, forum = play(table).results
    assert strait.sources == {CHN: OrderSource.KEPT, JPN: OrderSource.KEPT}
    assert set(strait.actions.values()) == {C}
    assert forum.actions[CHN] is D


def test_a_missing_order_forgets_pacts_where_the_policy_is_silent():
    table = Table(a_scenario()).seat(CHN, JPN, PHL).start().skip_to(Phase.NEGOTIATION)
    conclude(table)
    assert set(play(table).results[0].sources.values()) == {OrderSource.DEFAULTED}


def test_what_pacts_move_is_seen_through_fog_too():
    table = a_table(monitoring=0.6)
    conclude(table, ESCROW)
    resolved = play(table, CHN="C", JPN="D")
    seen = redact(resolved, PUBLIC, table.position.scenario)
    assert isinstance(seen, e.RoundResolved)
    paid = sum(result.payoffs[CHN] for result in seen.results)
    assert seen.gains[CHN] == pytest.approx(paid + 4.0)


def test_a_record_with_pacts_holds_and_a_forged_answer_does_not():
    table = a_table()
    conclude(table, ESCROW)
    answer(table, propose(table, THREE, CHN), PHL, accepts=False)
    play(table, CHN="C", JPN="D")
    table.do(c.EndMatch())
    verify(Record("test", tuple(table.log)))
    place = next(n for n, x in enumerate(table.log) if isinstance(x, e.ProposalAnswered))
    forged = [*table.log]
    forged[place] = replace(forged[place], seat=PHL)
    with pytest.raises(Exception, match=rf"line {place + 2}"):
        verify(Record("test", tuple(forged)))
