"""Haggling with people: other terms for what a bot declines, and deals in which points change."""

from dataclasses import replace

import pytest

from game_rules.bots.negotiators import MOST_COUNTERS, MOST_OFFERS, Negotiator
from game_rules.bots.terms_for_people import countered, offers_to_people
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.seat_view import SeatView
from game_rules.log.position import Holder, Position
from game_rules.match.pacts import AnswerProposal, CounterProposal, Propose
from game_rules.roles import PersonId, Seat
from game_rules.scenario.pacts import Binding, PactTerms, Proposal, Transfer
from game_rules.strategies import strategy
from tests.game_rules.doctrines.stage import a_dyad, see, terms
from tests.game_rules.scenes import CHN, JPN, PHL

ANN, BOT = Holder(PersonId("ann"), "Ann"), Holder(is_bot=True, strategy="diplomat")
WITH_ANN = {CHN: ANN, JPN: BOT}
ITS_TURN = 2
"""A round in which Japan's bot makes an offer to a person."""


def doctrine(name: str) -> Doctrine:
    """Find a doctrine."""
    found = strategy(name).doctrine
    assert found is not None
    return found


HEDGER = doctrine("hedger")


def opposite(game: str, trust: float = 0.5, number: int = 1, **holders: Holder) -> SeatView:
    """Show a bot in Japan a match with a person in China."""
    sat = {**WITH_ANN, **{Seat(seat): holder for seat, holder in holders.items()}}
    return see(a_dyad(game), JPN, trust={CHN: trust}, holders=sat, round=number)


def other_terms(name: str, game: str, told: PactTerms, trust: float = 0.5) -> PactTerms:
    """Give the terms that a doctrine asks for instead; it declines those it is told."""
    view = opposite(game, trust)
    assert not doctrine(name).accepts(view, told)
    instead = countered(view, doctrine(name), told, CHN)
    assert instead is not None
    assert doctrine(name).accepts(view, instead)
    return instead


def test_a_counter_proposal_is_first_made_without_points_and_at_the_same_level():
    told = terms(CHN, JPN, transfers=(Transfer(JPN, CHN, 2.0),))
    assert other_terms("diplomat", "stag_hunt", told) == replace(told, transfers=())


def test_a_counter_proposal_is_shorter_then_looser():
    told = terms(CHN, JPN, binding=Binding.EXECUTED, rounds=4)
    instead = other_terms("hedger", "stag_hunt", told)
    assert instead == replace(told, binding=Binding.TREATY, rounds=2)


def test_a_counter_proposal_of_a_realist_asks_for_a_stake():
    instead = other_terms("realist", "stag_hunt", terms(CHN, JPN))
    assert instead == terms(CHN, JPN, binding=Binding.ESCROW, stake=3.0)


def test_a_counter_proposal_asks_for_points_last():
    instead = other_terms("realist", "prisoners_dilemma", terms(CHN, JPN))
    assert instead.transfers == (Transfer(CHN, JPN, 2.0),)


def test_what_the_person_would_pay_is_kept_and_no_more_is_asked_for():
    paid = (Transfer(CHN, JPN, 0.5),)
    told = terms(CHN, JPN, binding=Binding.EXECUTED, transfers=paid)
    assert other_terms("hedger", "stag_hunt", told).transfers == paid


def test_where_no_terms_help_there_is_no_counter_proposal():
    view = opposite("deadlock")
    assert countered(view, doctrine("realist"), terms(CHN, JPN), CHN) is None


def test_only_terms_between_the_two_are_countered():
    told = replace(terms(CHN, JPN), parties=(CHN, JPN, PHL))
    assert countered(opposite("stag_hunt"), doctrine("realist"), told, CHN) is None


def test_terms_of_an_arena_that_is_gone_are_not_countered():
    told = terms(CHN, JPN, arena="gone")
    assert countered(opposite("stag_hunt"), doctrine("realist"), told, CHN) is None


@pytest.mark.parametrize(
    ("name", "game", "trust", "transfers"),
    [
        ("diplomat", "stag_hunt", 0.5, (Transfer(JPN, CHN, 0.5),)),
        ("diplomat", "stag_hunt", 0.8, ()),
        ("diplomat", "prisoners_dilemma", 0.2, ()),
        ("realist", "stag_hunt", 0.8, (Transfer(CHN, JPN, 1.5),)),
    ],
)
def test_an_offer_pays_whom_it_doubts_and_asks_for_what_it_loses(
    name: str, game: str, trust: float, transfers: tuple[Transfer, ...]
):
    view = opposite(game, trust, ITS_TURN)
    assert [*offers_to_people(view, doctrine(name))] == [
        replace(terms(CHN, JPN, rounds=1), transfers=transfers)
    ]


def test_who_signs_no_plain_treaty_offers_one_with_a_stake():
    table = a_dyad("chicken", rivals=((CHN, JPN),))
    view = see(table, JPN, holders=WITH_ANN, round=ITS_TURN)
    (offer,) = offers_to_people(view, doctrine("realist"))
    assert offer.binding is Binding.ESCROW


def test_where_points_do_not_help_there_is_no_offer():
    view = opposite("prisoners_dilemma", 0.8, ITS_TURN)
    assert not [*offers_to_people(view, doctrine("realist"))]


def test_offers_go_to_people_alone_and_in_one_round_of_three():
    due = [x for x in range(1, 7) if [*offers_to_people(opposite("harmony", number=x), HEDGER)]]
    assert due == [2, 5]
    assert not [*offers_to_people(opposite("harmony", number=ITS_TURN, CHN=BOT), HEDGER)]


def asked(position: Position, told: PactTerms, bot: Negotiator, number: int = 7):
    """Put terms of China's to a bot, and give its answer."""
    waiting = position.but(proposals=(Proposal(number, told, (CHN,)),))
    (answer,) = bot.answers(waiting)
    return answer


def test_a_person_is_given_a_few_counter_proposals_a_round():
    bot = Negotiator(JPN, "realist", "7", haggles=True)
    position = opposite("stag_hunt").position
    told = terms(CHN, JPN)
    answers = [asked(position, told, bot, number) for number in range(1, MOST_COUNTERS + 2)]
    assert [type(x) for x in answers] == [CounterProposal] * MOST_COUNTERS + [AnswerProposal]
    assert answers[0] == CounterProposal(1, 1, replace(told, binding=Binding.ESCROW, stake=3.0))
    assert isinstance(asked(position.but(round=2), told, bot, 9), CounterProposal)


def test_only_what_is_declined_of_a_person_is_countered():
    told = terms(CHN, JPN)
    position = opposite("stag_hunt").position
    accepting = asked(position, told, Negotiator(JPN, "diplomat", "7", haggles=True))
    assert accepting == AnswerProposal(1, 7, accepts=True)
    for bot, seen in (
        (Negotiator(JPN, "realist", "7", haggles=True), opposite("stag_hunt", CHN=BOT).position),
        (Negotiator(JPN, "defector", "7", haggles=True), position),
        (Negotiator(JPN, "realist", "7"), position),
        (Negotiator(JPN, "realist", "7", haggles=True), opposite("deadlock").position),
    ):
        assert asked(seen, told, bot) == AnswerProposal(1, 7, accepts=False)


def test_a_bot_that_haggles_adds_its_offers_to_people_and_names_no_arena_twice():
    position = opposite("harmony", number=ITS_TURN).position
    (offer,) = Negotiator(JPN, "hedger", "7", haggles=True).proposals(position)
    assert offer == Propose(ITS_TURN, terms(CHN, JPN, rounds=1))
    assert Negotiator(JPN, "hedger", "7").proposals(position) == ()
    both = opposite("harmony", number=4, CHN=BOT).position
    assert len(Negotiator(JPN, "diplomat", "7", haggles=True).proposals(both)) < MOST_OFFERS
