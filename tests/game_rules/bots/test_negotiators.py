"""Bots at the bargaining table: what they propose and answer, once each, and matches of them."""

from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.negotiators import MOST_OFFERS, Negotiator, is_bargaining, next_commands
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.match.pacts import AnswerProposal, Propose
from game_rules.scenario.pacts import Binding, PactTerms, Proposal, Transfer
from game_rules.scenario.scenario import PhaseSeconds, Press
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.strategies import strategy
from tests.game_rules.doctrines.stage import a_dyad, terms
from tests.game_rules.drawn import DOCTRINES
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario


def asked(name: str, told: PactTerms, table: Table | None = None, seat=JPN) -> bool:
    """Put terms to a bot and give its answer."""
    position = (table or a_dyad()).position.but(proposals=(Proposal(7, told, (CHN,)),))
    (answer,) = Negotiator(seat, name, "7").answers(position)
    assert isinstance(answer, AnswerProposal)
    assert (answer.round, answer.number) == (position.round, 7)
    return answer.accepts


def test_bargaining_is_open_in_negotiation_and_decision_where_there_is_talk():
    table = a_dyad()
    assert is_bargaining(table.position)
    assert is_bargaining(table.skip_to(Phase.DECISION).position)
    assert not is_bargaining(table.position.but(paused_at_ms=1))
    assert not is_bargaining(table.skip_to(Phase.REVEAL).position)
    assert not is_bargaining(a_dyad(press=Press.NONE).position)


def test_a_classic_accepts_what_it_would_do_anyway():
    assert asked("cooperator", terms(CHN, JPN))
    assert not asked("defector", terms(CHN, JPN))
    assert asked("defector", terms(CHN, JPN, action=D))
    assert asked("tit_for_tat", terms(CHN, JPN, rounds=9))


def test_a_classic_gives_nothing_away():
    told = terms(CHN, JPN)
    assert not asked("cooperator", replace(told, transfers=(Transfer(JPN, CHN, 1.0),)))
    assert asked("cooperator", replace(told, transfers=(Transfer(CHN, JPN, 1.0),)))


def test_a_classic_proposes_nothing():
    assert Negotiator(CHN, "tit_for_tat", "7").proposals(a_dyad().position) == ()


def test_a_doctrine_answers_by_its_formulas():
    assert asked("diplomat", terms(CHN, JPN))
    assert not asked("realist", terms(CHN, JPN))
    assert not asked("hedger", terms(CHN, JPN, rounds=3))


def test_a_bot_answers_once_and_only_what_waits_for_it():
    told = terms(CHN, JPN)
    position = a_dyad().position.but(proposals=(Proposal(7, told, (CHN,)),))
    bot = Negotiator(JPN, "diplomat", "7")
    assert bot.answers(position) == (AnswerProposal(1, 7, accepts=True),)
    assert bot.answers(position) == ()
    bot.forget()
    assert len(bot.answers(position)) == 1
    assert Negotiator(CHN, "diplomat", "7").answers(position) == ()
    assert Negotiator(PHL, "diplomat", "7").answers(position) == ()


def test_a_bot_proposes_once_a_round_and_knows_it_from_the_log():
    position = a_dyad().position
    bot = Negotiator(CHN, "diplomat", "7")
    (offer,) = bot.proposals(position)
    assert bot.proposals(position) == ()
    heard = Negotiator(CHN, "diplomat", "7")
    heard.hear(e.ProposalMade(1, 7, CHN, offer.terms, 0))
    assert heard.proposals(position) == ()
    stranger = Negotiator(CHN, "diplomat", "7")
    stranger.hear(e.ProposalMade(1, 7, JPN, offer.terms, 0))
    assert stranger.proposals(position) == (offer,)


def test_a_bot_beside_all_arenas_proposes_nothing():
    assert Negotiator(PHL, "diplomat", "7").proposals(a_dyad().position) == ()


def test_answers_come_before_new_proposals_and_one_bot_proposes_at_a_time():
    position = a_dyad().position
    bots = [Negotiator(seat, "diplomat", "7") for seat in (CHN, JPN)]
    sights = dict.fromkeys((CHN, JPN), position)
    (first,) = next_commands(bots, sights)
    assert first[0] == CHN
    waiting = position.but(proposals=(Proposal(7, terms(CHN, JPN), (CHN,)),))
    assert [*next_commands(bots, dict.fromkeys(sights, waiting))] == [
        (JPN, AnswerProposal(1, 7, accepts=True))
    ]
    assert [*next_commands(bots, dict.fromkeys(sights, waiting))] == []


def test_a_bot_puts_two_deals_a_round_at_most():
    scenario = load_scenario("south_china_sea")
    table = Table(scenario).start().skip_to(Phase.NEGOTIATION)
    many = scenario.arenas * 3
    position = table.position.but(
        arenas=tuple(replace(arena, name=f"{arena.name}{n}") for n, arena in enumerate(many))
    )
    offers = Negotiator(scenario.seats[1], "diplomat", "7").proposals(position)
    assert len(offers) == MOST_OFFERS == 2
    assert all(isinstance(offer, Propose) for offer in offers)


def log_of(kind: type, log: tuple[e.Event, ...]) -> list:
    return [event for event in log if isinstance(event, kind)]


@pytest.mark.parametrize("name", DOCTRINES)
def test_a_match_of_a_doctrine_ends_and_is_the_same_again(name: str):
    scenario = load_scenario("south_china_sea")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, name), "7")
    assert fold(log).is_over
    assert log == play_bot_match(scenario, dict.fromkeys(scenario.seats, name), "7")
    made = log_of(e.ProposalMade, log)
    assert made
    assert len(made) <= MOST_OFFERS * len(scenario.seats) * scenario.rounds


def test_diplomats_conclude_pacts_and_keep_them():
    """A treaty lasts three rounds of the eight, and each arena has its own."""
    scenario = load_scenario("south_china_sea")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "diplomat"), "7")
    pacts = log_of(e.PactConcluded, log)
    assert [event.pact.terms.binding for event in pacts] == [Binding.TREATY] * 3 * len(
        scenario.arenas
    )
    rounds = log_of(e.RoundResolved, log)
    assert not [breach for resolved in rounds for breach in resolved.breaches]
    assert all(action is C for x in rounds for r in x.results for action in r.actions.values())


def test_realists_conclude_pacts_and_break_them():
    scenario = load_scenario("south_china_sea")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "realist"), "7")
    assert log_of(e.PactConcluded, log)
    assert [breach for resolved in log_of(e.RoundResolved, log) for breach in resolved.breaches]


def test_a_declined_deal_is_not_put_again_before_its_time():
    scenario = a_dyad("harmony", rounds=8).position.scenario
    log = play_bot_match(scenario, {CHN: "diplomat", JPN: "defector", PHL: "random"}, "7")
    assert [event.round for event in log_of(e.ProposalMade, log)] == [1, 4, 7]
    assert not log_of(e.PactConcluded, log)


def test_a_no_that_comes_with_other_answers_ends_the_proposal():
    scenario = a_scenario(rivals=(), rounds=1)
    log = play_bot_match(scenario, {CHN: "diplomat", JPN: "defector", PHL: "cooperator"}, "7")
    answers = log_of(e.ProposalAnswered, log)
    forum = [event.accepts for event in answers if len(event.parties) == 3]
    assert forum == [False]


def test_bots_bargain_in_the_decision_where_there_is_no_negotiation():
    seconds = PhaseSeconds(briefing=0, negotiation=0, decision=20, reveal=0)
    scenario = replace(a_dyad().position.scenario, seconds=seconds)
    log = play_bot_match(scenario, dict.fromkeys((CHN, JPN, PHL), "diplomat"), "7")
    assert log_of(e.PactConcluded, log)


def test_without_talk_nobody_bargains():
    scenario = a_dyad(press=Press.NONE).position.scenario
    log = play_bot_match(scenario, dict.fromkeys((CHN, JPN, PHL), "diplomat"), "7")
    assert not log_of(e.ProposalMade, log)


def test_a_doctrine_is_asked_with_what_its_seat_is_shown():
    """Communiques of others are no part of it."""
    told = terms(CHN, JPN, binding=Binding.COMMUNIQUE)
    assert strategy("liberal").doctrine is not None
    position = a_dyad().position.but(proposals=(Proposal(7, told, (CHN,)),))
    assert SeatView(position, PHL).arenas == ()
