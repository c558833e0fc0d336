"""A stranger's code is watched: whatever it does is an answer, and the rest goes on."""

from dataclasses import replace

import pytest

from client.bot import Act, Arguments, Bot, C, D, Say, SaySentence, Sentence
from client.bot.turn import Answer, Thinking, Turn
from game_rules.advice.move_offers import MoveOffer
from game_rules.log.events import MessageSaid, Phase, ProposalMade, RoundResolved
from game_rules.log.position import Position
from game_rules.match.pacts import AnswerProposal, CounterProposal
from game_rules.roles import Seat
from game_rules.scenario.moves import NO_MOVES, Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Proposal
from game_rules.scenario.scenario import Press
from tests.client.bot.bots import Reciprocal
from tests.game_rules.scenes import CHN, JPN, PHL, a_scenario


def position(phase: Phase, **changes: object) -> Position:
    """Make what a seat knows in the first round of the plain scenario."""
    scenario = a_scenario(press=changes.pop("press", Press.FULL))
    known = Position(scenario, 1, None, None, phase, 1, arenas=scenario.arenas)
    return known.but(**changes)


def think(bot: Bot, turn: Turn) -> Answer:
    """Let a bot think on the seat CHN."""
    return Thinking(bot, CHN, "7").think(turn)


def decide(bot: Bot) -> Answer:
    """Ask a bot for its actions."""
    return think(bot, Turn(position(Phase.DECISION), (), True))


def speak(words: object, **changes: object) -> Answer:
    """Let a bot say something, whatever it is."""

    class Speaker(Bot):
        def say(self):
            return words

    return think(Speaker(), Turn(position(Phase.NEGOTIATION, **changes), (), True))


def test_every_arena_of_the_seat_is_asked_about_by_its_name():
    class ByName(Bot):
        def choose(self, view):
            assert (self.seat, self.scenario) == (CHN, a_scenario())
            return C if self.arena == "strait" else D

    assert decide(ByName()).actions == {"strait": C, "forum": D}


def test_one_failure_spoils_no_other_answer():
    class Half(Bot):
        def choose(self, view):
            if self.arena == "strait":
                raise ValueError("no idea")
            return D

    answer = decide(Half())
    assert answer.actions == {"forum": D}
    assert answer.problem is not None
    assert answer.problem.startswith("choose raised ValueError: no idea (line ")


@pytest.mark.parametrize("given", ["C", None, 0, True, object, "x" * 1000])
def test_only_an_action_is_an_action(given: object):
    class Odd(Bot):
        def choose(self, view):
            return given

    answer = decide(Odd())
    assert answer.actions == {}
    assert answer.problem is not None
    assert answer.problem.startswith("choose gave ")
    assert answer.problem.endswith("; give C or D of client.bot")
    assert len(answer.problem) < 150


@pytest.mark.parametrize("way_out", [SystemExit(3), RecursionError("deep"), KeyError("k")])
def test_no_way_out_of_a_bot_leads_out_of_the_match(way_out: BaseException):
    class Leaver(Bot):
        def choose(self, view):
            raise way_out

    problem = decide(Leaver()).problem
    assert problem is not None
    assert type(way_out).__name__ in problem


def test_a_text_is_for_everyone_and_a_say_for_its_room():
    assert speak("Hello.").words == [Say((), "Hello.")]
    promise = Say((JPN,), "We do.", Act.PROMISE)
    assert speak(promise).words == [promise]
    assert speak(None).words == []


@pytest.mark.parametrize(
    "words",
    [
        7,
        "",
        "  \n",
        "x" * 1001,
        "half a pair: \ud800",
        Say((Seat("XXX"),), "Who?"),
        Say((JPN,), 7),  # ty: ignore[invalid-argument-type]
        Say((JPN,), "What?", "shout"),  # ty: ignore[invalid-argument-type]
    ],
)
def test_what_a_server_could_not_take_is_a_fault_and_is_not_sent(words: object):
    answer = speak(words)
    assert answer.words == []
    assert answer.problem is not None
    assert answer.problem.startswith("say gave ")


def test_nobody_is_asked_to_speak_where_there_is_no_talk():
    assert speak("Hello.", press=Press.NONE) == Answer()


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.BRIEFING, Phase.REVEAL, Phase.DEBRIEF])
def test_nothing_is_asked_outside_of_negotiation_and_decision(phase: Phase):
    assert think(Reciprocal(), Turn(position(phase), (), True)) == Answer()


def test_a_reply_to_what_is_past_is_not_sent():
    class Replies(Bot):
        def on_message(self, message):
            return "Yes."

    now = MessageSaid(1, JPN, (), "Well?", None, 0)
    past = replace(now, round=0)
    answer = think(Replies(), Turn(position(Phase.NEGOTIATION), (past, now), False))
    assert answer == Answer(words=[Say((), "Yes.")])
    over = think(Replies(), Turn(position(Phase.DEBRIEF), (now,), False))
    assert over == Answer()


def test_news_are_told_in_order_before_anything_is_asked():
    order: list[str] = []

    class Diary(Bot):
        def on_message(self, message):
            order.append(message.text)

        def on_reveal(self, resolved):
            order.append(f"round {resolved.round}")

        def choose(self, view):
            order.append("choose")
            return C

    news = MessageSaid(0, PHL, (), "first", None, 0), RoundResolved(1, (), {}, 0)
    think(Diary(), Turn(position(Phase.DECISION), news, True))
    assert order == ["first", "round 1", "choose", "choose"]


PROPOSED = ProposalMade(
    1, 77, JPN, PactTerms((CHN, JPN), (Pledge(JPN, "strait", C),), (), 2, Binding.TREATY), 0
)
BETTER = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.COMMUNIQUE)
WAITING = (Proposal(77, PROPOSED.terms, (JPN,)),)


def answered(reply: object, phase: Phase = Phase.NEGOTIATION, **changes: object) -> Answer:
    """Let a bot answer a proposal, with whatever it is."""

    class Answering(Bot):
        def on_proposal(self, proposal):
            assert proposal == PROPOSED
            return reply

        def choose(self, view):
            return C

    knows = position(phase, **{"proposals": WAITING, **changes})
    return think(Answering(), Turn(knows, (PROPOSED,), False))


@pytest.mark.parametrize("accepts", [True, False])
def test_a_proposal_is_accepted_or_declined(accepts: bool):
    answer = answered(accepts)
    assert answer.replies == [AnswerProposal(1, 77, accepts)]
    assert (answer.words, answer.problem) == ([], None)


def test_a_proposal_is_countered_with_terms():
    answer = answered(BETTER)
    assert answer.words == [CounterProposal(1, 77, BETTER)]
    assert (answer.replies, answer.problem) == ([], None)


def test_a_proposal_may_be_let_lie_and_one_that_has_lapsed_is_not_asked_about():
    assert answered(None) == Answer()
    assert answered(True, proposals=()) == Answer()


@pytest.mark.parametrize(
    "reply",
    [
        "yes",
        1,
        replace(BETTER, rounds=10**9),
        replace(BETTER, pledges=(Pledge(CHN, "moon", C),)),
        replace(BETTER, parties=None),
    ],
)
def test_a_reply_that_is_none_is_a_fault(reply: object):
    answer = answered(reply)
    assert answer.problem is not None
    assert answer.problem.startswith("on_proposal gave ")
    assert (answer.words, answer.replies) == ([], [])


def moving(move: object, **changes: object) -> tuple[Answer, list[tuple[MoveOffer, ...]]]:
    """Let a bot make a move, whatever it is; give the offers that it saw."""
    seen = []

    class Moving(Bot):
        def move(self, offers):
            seen.append(offers)
            return move

        def choose(self, view):
            return C

    return think(Moving(), Turn(position(Phase.DECISION, **changes), (), True)), seen


RESTRAINT = Move(MoveKind.RESTRAINT, "strait")


def test_a_move_is_chosen_among_those_that_the_seat_may_make():
    answer, (offers,) = moving(RESTRAINT)
    assert (answer.move, answer.problem) == (RESTRAINT, None)
    assert answer.actions == {"strait": C, "forum": C}
    assert RESTRAINT in [offer.move for offer in offers]


@pytest.mark.parametrize("move", ["restraint", Move(MoveKind.RESTRAINT, "moon"), 7])
def test_a_move_that_is_none_is_a_fault_and_the_order_stands(move: object):
    answer, _ = moving(move)
    assert answer.problem is not None
    assert answer.problem.startswith("move gave ")
    assert (answer.move, answer.actions) == (None, {"strait": C, "forum": C})


def test_who_makes_no_move_is_asked_for_none():
    answer, (_,) = moving(None)
    assert (answer.move, answer.problem) == (None, None)
    assert decide(Reciprocal()).move is None
    scenario = a_scenario(moves=NO_MOVES)
    answer, seen = moving(RESTRAINT, scenario=scenario)
    assert (seen, answer.move) == ([], None)


ASSURED = SaySentence((JPN,), Sentence.ASSURE, Arguments(JPN, "strait"))


def test_a_bot_may_say_a_sentence_under_rules_2_alone():
    assert speak(ASSURED, rules_version=2).words == [ASSURED]
    refused = speak(ASSURED)
    assert refused.words == []
    assert refused.problem is not None
    assert refused.problem.endswith("; write a text")


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        (replace(ASSURED, arguments=Arguments(JPN)), "add arena"),
        (replace(ASSURED, arguments=Arguments(JPN, "moon")), "no arena moon"),
        (replace(ASSURED, sentence="sing"), "give a Sentence"),
        (replace(ASSURED, arguments=7), "give a Sentence"),
        (replace(ASSURED, arguments=object()), "give a Sentence"),
        (replace(ASSURED, room=(Seat("XXX"),)), "seats of the scenario"),
    ],
)
def test_a_sentence_that_no_server_takes_is_not_said(said: SaySentence, remedy: str):
    answer = speak(said, rules_version=2)
    assert answer.words == []
    assert answer.problem is not None
    assert remedy in answer.problem
