"""Speakers: when a bot says what, so that it answers and does not flood.

A speaker hears what its seat is shown. What it says is a function of what the seat sees, of what it
means to play, and of its own chance from the match's seed; it changes no order.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from game_rules.bots.manners import MANNERS, Talk, lately
from game_rules.bots.negotiators import is_bargaining
from game_rules.bots.openings import openings
from game_rules.bots.orders import order_of_bot
from game_rules.bots.replies import answered, is_put_to, proposed, replies
from game_rules.chance import chance
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import Action
from game_rules.log import events as e
from game_rules.log.events import Event, Phase
from game_rules.log.position import Position
from game_rules.log.sentences import Sentence
from game_rules.match.talk import SaySentence
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Press

MOST_UNASKED = 2
"""How many sentences a bot says in a round that nobody asked for, proposals included."""

MOST_ANSWERS = 4
"""How often a bot answers the same seat in a round."""

SECOND = 0.5
"""The chance that it says a second sentence."""

_OFFERED = (Sentence.PROPOSE, Sentence.OFFER)
_OF_PACTS = (*_OFFERED, Sentence.ACCEPT, Sentence.DECLINE, Sentence.COUNTER)


@dataclass(frozen=True, slots=True)
class _Due:
    """Something to say. to: whom it answers; None where nobody asked."""

    to: Seat | None
    words: Callable[[Talk], Iterator[SaySentence]]
    asked: e.MessageSaid | None = None


class Speaker:
    """The words of one bot. Source of its limits: assumptions of this project."""

    def __init__(self, seat: Seat, name: str, seed: str) -> None:
        self.seat, self._name, self._seed = seat, name, seed
        self._manner = MANNERS.get(name)
        self._proposals: dict[int, e.ProposalMade] = {}
        self._countered: dict[int, int] = {}
        self._round = self._opened_in = self._proposed_in = 0
        self._due: list[_Due] = []
        self._issued: list[SaySentence] = []
        self._answers: Counter[Seat] = Counter()

    def hear(self, event: Event) -> None:
        """Process an event that the seat sees."""
        match event:
            case e.PhaseOpened():
                self._turn_to(event.round)
            case e.MessageSaid():
                self._hear_words(event)
            case e.ProposalMade():
                self._hear_terms(event)
            case e.ProposalCountered() if event.seat == self.seat:
                self._countered[event.counter] = event.number
            case e.ProposalAnswered() if event.seat == self.seat:
                sentence = Sentence.ACCEPT if event.accepts else Sentence.DECLINE
                self._answer(sentence, event.number, self._proposals[event.number].terms)

    def forget(self) -> None:
        """Say again what did not arrive."""
        again = [_Due(None, partial(_as_it_was, line=line)) for line in self._issued]
        self._due, self._issued = again + self._due, []

    def lines(self, position: Position) -> tuple[SaySentence, ...]:
        """Return what is due: words with proposals, and answers."""
        if not self._due or not self._may_speak(position):
            return ()
        due, self._due = self._due, []
        talk, said = self._talk(position), list[SaySentence]()
        for each in due:
            if self._is_within_limits(talk, each):
                said += self._first_new(talk, each.words(talk), said)
        self._issued += said
        return tuple(said)

    def opening(self, position: Position) -> tuple[SaySentence, ...]:
        """Return what it says of itself, once a round: one sentence or two, one of them to all."""
        is_done = self._opened_in == position.round or not position.arenas_of(self.seat)
        if is_done or not is_bargaining(position) or not self._may_speak(position):
            return ()
        self._opened_in = position.round
        talk, said = self._talk(position), list[SaySentence]()
        wanted = 2 if talk.draw("second") < SECOND else 1
        for left in range(MOST_UNASKED - _offered(position, self.seat), 0, -1):
            is_heard = any(not line.room for line in said)
            if len(said) >= wanted and is_heard:
                break
            kinds = [line.sentence for line in said]
            must_be_heard = left == 1 and not is_heard
            lines = (x for x in openings(talk) if x.sentence not in kinds)
            fit = (x for x in lines if not (must_be_heard and x.room))
            said += self._first_new(talk, fit, said)
        self._issued += said
        return tuple(said)

    def _turn_to(self, number: int) -> None:
        """Forget what was due in another round."""
        if number != self._round:
            self._round = number
            self._due, self._issued = [], []
            self._answers.clear()

    def _hear_words(self, said: e.MessageSaid) -> None:
        if said.sender == self.seat:
            self._note_own(said)
        elif said.sender is not None and (said.sentence or said.act):
            self._due.append(_Due(said.sender, partial(replies, said=said), said))

    def _note_own(self, said: e.MessageSaid) -> None:
        """Take what was said for done; after a restart, find in the log what it answered."""
        if said.sentence not in _OF_PACTS:
            self._opened_in = said.round
        if self._issued:
            self._issued.pop(0)
            return
        about = (said.arguments.seat, *said.room)
        done = (x for x in self._due if (x.to in about if x.to else said.sentence in _OFFERED))
        if (first := next(done, None)) is not None:
            self._due.remove(first)

    def _hear_terms(self, made: e.ProposalMade) -> None:
        self._proposals[made.number] = made
        if made.number in self._countered:
            self._answer(Sentence.COUNTER, self._countered[made.number], made.terms)
        elif made.proposer == self.seat:
            is_first = self._proposed_in != made.round
            self._proposed_in = made.round
            self._due.append(_Due(None, partial(proposed, made=made, is_first=is_first)))

    def _answer(self, sentence: Sentence, number: int, terms: PactTerms) -> None:
        to = self._proposals[number].proposer
        self._due.append(_Due(to, partial(answered, sentence=sentence, proposer=to, terms=terms)))

    def _may_speak(self, position: Position) -> bool:
        """Tell whether it speaks at all, and talk is open now."""
        is_closed = position.phase is Phase.LOBBY or position.is_over
        is_silent = position.scenario.press is Press.NONE or self._manner is None
        return not (is_closed or is_silent or position.paused_at_ms is not None) and (
            ruleset_of(position).has_sentences
        )

    def _talk(self, position: Position) -> Talk:
        assert self._manner is not None, "who has no manner does not speak"
        is_planning = position.phase in (Phase.NEGOTIATION, Phase.DECISION)
        plan: Mapping[str, Action] = {}
        if is_planning:
            plan = order_of_bot(position, self.seat, self._name, self._seed).actions
        draw = partial(chance, self._seed, "say", self.seat, position.round)
        return Talk(SeatView(position, self.seat), plan, self._manner, draw)

    def _is_within_limits(self, talk: Talk, due: _Due) -> bool:
        """Tell whether it may say this; count it, if it answers somebody."""
        if due.to is None:
            return True
        if due.asked is not None and not is_put_to(talk, due.asked):
            return False
        self._answers[due.to] += 1
        return self._answers[due.to] <= MOST_ANSWERS

    def _first_new(
        self, talk: Talk, lines: Iterable[SaySentence], said: list[SaySentence]
    ) -> tuple[SaySentence, ...]:
        """Return the first line that it did not say of late, if there is one."""
        old = {*lately(talk.position, self.seat)}
        old |= {(line.sentence, line.arguments) for line in (*self._issued, *said)}
        new = (line for line in lines if (line.sentence, line.arguments) not in old)
        first = next(new, None)
        return () if first is None else (first,)


def next_lines(
    speakers: Iterable[Speaker], positions: Mapping[Seat, Position]
) -> Iterator[tuple[Seat, SaySentence]]:
    """Yield what is due of every bot."""
    for bot in speakers:
        yield from ((bot.seat, line) for line in bot.lines(positions[bot.seat]))


def next_openings(
    speakers: Iterable[Speaker], positions: Mapping[Seat, Position]
) -> Iterator[tuple[Seat, SaySentence]]:
    """Yield what bots say of themselves; for when none of them bargains."""
    for bot in speakers:
        yield from ((bot.seat, line) for line in bot.opening(positions[bot.seat]))


def _offered(position: Position, seat: Seat) -> int:
    """Count the proposals of a seat that were told this round."""
    return sum(
        said.sender == seat and said.round == position.round and said.sentence in _OFFERED
        for said in position.messages
    )


def _as_it_was(talk: Talk, line: SaySentence) -> Iterator[SaySentence]:
    yield line
