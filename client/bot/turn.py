"""One turn of a bot: its input, its answer, and the guarded call of its code."""

import sys
import traceback
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client.bot.bot import Bot
from game_rules.advice.move_offers import moves_open_to
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action
from game_rules.log.events import Act, MessageSaid, Phase, ProposalMade, RoundResolved
from game_rules.log.position import Position
from game_rules.match.pacts import AnswerProposal, CounterProposal
from game_rules.match.talk import LONGEST_MESSAGE, Say, SaySentence, objection
from game_rules.records.codec import from_json, to_json
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move
from game_rules.scenario.pact_checks import check_terms
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Arena, Press
from game_rules.strategies import arena_view

News = MessageSaid | ProposalMade | RoundResolved
Speech = Say | SaySentence | CounterProposal


@dataclass(frozen=True, slots=True)
class Turn:
    """The input of a turn: what its seat knows, what is new, whether an answer is due."""

    position: Position
    news: tuple[News, ...]
    is_asked: bool


@dataclass(slots=True)
class Answer:
    """A bot's answer to a turn. problem: the first error; None if there was none.

    words: messages, and counter-proposals. replies: acceptances and refusals.
    """

    actions: dict[str, Action] = field(default_factory=dict)
    words: list[Speech] = field(default_factory=list)
    replies: list[AnswerProposal] = field(default_factory=list)
    move: Move | None = None
    problem: str | None = None


class Thinking:
    """Runs a bot's code for one seat. Any exception becomes the answer's problem."""

    def __init__(self, bot: Bot, seat: Seat, seed: str) -> None:
        self._bot, self._seat, self._seed = bot, seat, seed

    def think(self, turn: Turn) -> Answer:
        """Give the bot its news, let it speak, and ask it for its actions."""
        answer, scenario = Answer(), turn.position.scenario
        self._bot.seat, self._bot.scenario = self._seat, scenario
        for event in turn.news:
            self._tell(deepcopy(event), turn, answer)  # so that a bot cannot change it
        phase = turn.position.phase if turn.is_asked else None
        if phase is Phase.NEGOTIATION and scenario.press is not Press.NONE:
            self._hear("say", (), turn, answer)
        if phase is Phase.DECISION:
            self._move(turn, answer)
            for arena in turn.position.arenas_of(self._seat):
                self._choose(arena, turn, answer)
        return answer

    def _tell(self, event: News, turn: Turn, answer: Answer) -> None:
        if isinstance(event, RoundResolved):
            self._call("on_reveal", (event,), answer)
        elif isinstance(event, ProposalMade):
            self._reply(event, turn.position, answer)
        elif event.round == turn.position.round and not turn.position.is_over:
            self._hear("on_message", (event,), turn, answer)
        else:  # too late for a reply
            self._call("on_message", (event,), answer)

    def _reply(self, proposal: ProposalMade, position: Position, answer: Answer) -> None:
        """Ask for an answer to a proposal, unless it has lapsed or been settled."""
        number = proposal.number
        if all(waiting.number != number for waiting in position.proposals):
            return
        reply = self._call("on_proposal", (proposal,), answer)
        if isinstance(reply, bool):
            answer.replies.append(AnswerProposal(position.round, number, reply))
        elif isinstance(reply, PactTerms) and _is_fit(reply, position):
            answer.words.append(CounterProposal(position.round, number, reply))
        elif reply is not None and answer.problem is None:
            wanted = "True, False, or PactTerms in arenas that are played"
            answer.problem = f"on_proposal gave {_shown(reply)}; give {wanted}"

    def _move(self, turn: Turn, answer: Answer) -> None:
        """Ask for a move, if the bot makes any and the seat may make one."""
        if type(self._bot).move is Bot.move:
            return
        offers = moves_open_to(turn.position, self._seat)
        move = self._call("move", (offers,), answer) if offers else None
        if move is None:
            return
        is_move = isinstance(move, Move)
        problem = "give a Move, or None"
        if is_move:
            problem = ruleset_of(turn.position).kinds.objection(turn.position, self._seat, move)
        if problem is None:
            answer.move = move
        elif answer.problem is None:
            answer.problem = f"move gave {_shown(move)}; {problem}"

    def _choose(self, arena: Arena, turn: Turn, answer: Answer) -> None:
        self._bot.arena = arena.name
        view = arena_view(turn.position, self._seat, arena, self._seed)
        action = self._call("choose", (view,), answer)
        if action is Action.C or action is Action.D:
            answer.actions[arena.name] = action
        elif answer.problem is None:
            answer.problem = f"choose gave {_shown(action)}; give C or D of client.bot"

    def _hear(self, method: str, arguments: tuple[Any, ...], turn: Turn, answer: Answer) -> None:
        words = self._call(method, arguments, answer)
        if words is None:
            return
        said = Say((), words) if isinstance(words, str) else words
        problem = _unsayable(said, turn.position)
        if problem is None:
            answer.words.append(said)
        elif answer.problem is None:
            answer.problem = f"{method} gave {_shown(words)}; {problem}"

    def _call(self, method: str, arguments: tuple[Any, ...], answer: Answer) -> Any:
        try:
            return getattr(self._bot, method)(*arguments)
        except (Exception, SystemExit) as error:
            if answer.problem is None:
                answer.problem = f"{method} raised {_told(error, type(self._bot))}"
            return None


def _unsayable(said: Any, position: Position) -> str | None:
    """Return why a server would not accept a message; None if it does."""
    usual = f"give a text of 1 to {LONGEST_MESSAGE} letters, or a Say to seats of the scenario"
    if not isinstance(said, (Say, SaySentence)):
        return usual
    if any(seat not in position.scenario.seats for seat in said.room):
        return usual
    if isinstance(said, SaySentence):
        return _odd_sentence(said, position)
    return None if _is_text(said.text) and _is_act(said.act) else usual


def _odd_sentence(said: SaySentence, position: Position) -> str | None:
    try:
        checked = from_json(SaySentence, to_json(said))
        return objection(position, checked.sentence, checked.arguments)
    except (
        InvalidInput,
        TypeError,
        AttributeError,
    ) as error:  # foreign code
        return f"give a Sentence and its Arguments ({error})"


def _is_text(text: Any) -> bool:
    if not isinstance(text, str):
        return False
    is_writable = text.encode(errors="replace").decode() == text
    return is_writable and text.strip() != "" and len(text) <= LONGEST_MESSAGE


def _is_act(act: Any) -> bool:
    return act is None or isinstance(act, Act)


def _is_fit(terms: PactTerms, position: Position) -> bool:
    try:
        check_terms(terms, position.arenas)
    except (InvalidInput, TypeError, AttributeError):  # foreign code may put anything in it
        return False
    return True


def file_of(bot: type[Bot]) -> str | None:
    """Return the file of a bot's class; None for one that was typed at a prompt."""
    return getattr(sys.modules.get(bot.__module__), "__file__", None)


def _told(error: BaseException, bot: type[Bot]) -> str:
    """Describe an error, with the last line of the author's file in its traceback."""
    own = file_of(bot)
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == own]
    place = f" (line {lines[-1]} of {Path(own).name})" if own and lines else ""
    return f"{type(error).__name__}: {error}{place}"


def _shown(given: Any) -> str:
    text = repr(given)
    return text if len(text) <= 80 else f"{text[:80]}..."
