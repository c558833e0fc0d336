"""What a seat owes, and when it gives up."""

from dataclasses import replace

import pytest

from client.bot.bot_seat import MOST_FAULTS, MOST_MESSAGES, BotSeat
from client.bot.turn import Answer, Turn
from game_rules.games.stage_games import C
from game_rules.log.events import MessageSaid, Phase, ProposalMade, RoundResolved
from game_rules.log.position import Position
from game_rules.match.clock import SetReady
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.pacts import AnswerProposal, CounterProposal
from game_rules.match.seating import LeaveSeat
from game_rules.match.talk import Say
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from tests.client.bot.test_turn import position
from tests.game_rules.scenes import CHN, JPN, PHL

HEARD = MessageSaid(1, JPN, (), "Well?", None, 0)
FAULT = Answer(problem="choose raised")
TERMS = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.COMMUNIQUE)


def turn_of(seat: BotSeat) -> Turn:
    """The seat's turn, which there must be."""
    turn = seat.turn
    assert turn is not None
    return turn


def at(place: Position) -> BotSeat:
    """A seat that knows a position."""
    seat = BotSeat(CHN)
    seat.follow(place, ())
    return seat


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
def test_every_phase_is_answered_once(phase: Phase):
    seat = at(position(phase))
    assert seat.settle(turn_of(seat), Answer()) == (SetReady(1, phase, True),)
    assert seat.turn is None
    seat.follow(position(phase), ())
    assert seat.turn is None


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.DEBRIEF])
def test_nobody_is_waited_for_before_and_after(phase: Phase):
    assert at(position(phase)).turn is None


def test_an_order_says_ready_with_it():
    seat = at(position(Phase.DECISION))
    answer = Answer({"forum": C})
    assert seat.settle(turn_of(seat), answer) == (SaveOrder(1, {"forum": C}, True),)


def test_the_next_round_is_a_new_turn():
    seat = at(position(Phase.DECISION))
    seat.settle(turn_of(seat), Answer())
    seat.follow(position(Phase.DECISION).but(round=2), ())
    assert turn_of(seat).is_asked


def test_the_same_phase_of_a_branch_is_a_new_turn_and_a_trunk_asks_for_none():
    seat = at(position(Phase.DECISION))
    seat.settle(turn_of(seat), Answer())
    seat.follow(position(Phase.DECISION, trunk="trunk"), ())
    assert turn_of(seat).is_asked
    seat.follow(position(Phase.REVEAL, superseded_by="branch"), ())
    assert seat.turn is None


def test_a_pause_is_waited_out():
    seat = at(position(Phase.DECISION, paused_at_ms=5))
    assert seat.turn is None
    seat.follow(position(Phase.DECISION), ())
    assert turn_of(seat).is_asked


def test_a_move_goes_before_the_order_and_an_answer_before_both():
    seat = at(position(Phase.DECISION))
    move = Move(MoveKind.RESTRAINT, "strait")
    yes, counter = AnswerProposal(1, 7, True), CounterProposal(1, 8, TERMS)
    answer = Answer({"forum": C}, [counter], [yes], move)
    assert seat.settle(turn_of(seat), answer) == (
        yes,
        counter,
        MakeMove(1, move),
        SaveOrder(1, {"forum": C}, True),
    )


def test_proposals_to_the_seat_are_news_and_others_are_not():
    seat = BotSeat(CHN)
    to_it = ProposalMade(1, 7, JPN, TERMS, 0)
    its_own = ProposalMade(1, 8, CHN, TERMS, 0)
    between_others = ProposalMade(1, 9, JPN, replace(TERMS, parties=(JPN, PHL)), 0)
    seat.follow(position(Phase.NEGOTIATION), (its_own, to_it, between_others))
    assert turn_of(seat).news == (to_it,)


def test_counters_are_rationed_with_what_is_said():
    seat = at(position(Phase.NEGOTIATION))
    many = Answer(words=[CounterProposal(1, 8, TERMS)] * (MOST_MESSAGES + 3))
    sent = seat.settle(turn_of(seat), many)
    assert len([x for x in sent if isinstance(x, CounterProposal)]) == MOST_MESSAGES


def test_news_are_told_once_and_ones_own_words_are_none():
    seat = BotSeat(CHN)
    resolved = RoundResolved(1, (), {}, 0)
    own = MessageSaid(1, CHN, (), "I say.", None, 0)
    seat.follow(position(Phase.LOBBY), (HEARD, own, resolved))
    turn = turn_of(seat)
    assert (turn.news, turn.is_asked) == ((HEARD, resolved), False)
    seat.follow(position(Phase.LOBBY), (HEARD,))  # comes while the bot thinks
    assert seat.settle(turn, Answer()) == ()
    assert turn_of(seat).news == (HEARD,)


def test_faults_are_counted_by_turn_and_the_third_gives_the_seat_up():
    seat = BotSeat(CHN)
    for number in range(1, MOST_FAULTS):
        seat.follow(position(Phase.DECISION).but(round=number), ())
        assert seat.settle(turn_of(seat), FAULT) == (SetReady(number, Phase.DECISION, True),)
    seat.follow(position(Phase.DECISION).but(round=9), ())
    assert seat.settle(turn_of(seat), FAULT) == (LeaveSeat(),)
    assert seat.problems == [f"round {number}: choose raised" for number in (1, 2, 9)]
    assert seat.has_left
    seat.follow(position(Phase.REVEAL), (HEARD,))
    assert seat.turn is None


def test_words_are_rationed_by_round():
    seat = at(position(Phase.NEGOTIATION))
    words = [Say((), str(number)) for number in range(MOST_MESSAGES - 1)]
    *sent, _ = seat.settle(turn_of(seat), Answer(words=list(words)))
    assert sent == words
    seat.follow(position(Phase.NEGOTIATION), (HEARD,))
    assert seat.settle(turn_of(seat), Answer(words=list(words))) == (words[0],)
    seat.follow(position(Phase.NEGOTIATION).but(round=2), ())
    assert len(seat.settle(turn_of(seat), Answer(words=list(words)))) == MOST_MESSAGES


def test_a_seat_is_told_apart_from_others():
    seat = BotSeat(Seat("JPN"))
    seat.follow(position(Phase.LOBBY), (HEARD,))
    assert seat.turn is None
