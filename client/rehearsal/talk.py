"""The talk of a rehearsing bot: it says, proposes, signs and plays what a built-in doctrine would.

A class fills a server with words and pacts, so that a rehearsal does, too. The bot folds what its
seat is shown; that takes about 0.1 ms an event, and is left out where nobody may talk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from game_rules.bots.casts import DOCTRINE_MIX, cast_on
from game_rules.bots.negotiators import Negotiator, is_bargaining
from game_rules.bots.orders import order_of_bot
from game_rules.bots.replies import ANSWERED_OF_BOTS
from game_rules.bots.speaker import Speaker
from game_rules.log.events import Event, MatchResumed, MessageSaid
from game_rules.log.evolve import evolve
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.pacts import Propose
from game_rules.records.codec import from_json, to_json
from game_rules.roles import Seat
from game_rules.scenario.pacts import PactTerms

_OF_PACTS = ("proposal_made", "proposal_answered", "proposal_countered", "pact_concluded")


@dataclass(frozen=True, slots=True)
class _Part:
    """A seat, who bargains and speaks for it, and the strategy of both."""

    seat: Seat
    name: str
    negotiator: Negotiator
    speaker: Speaker


class RehearsedTalk:
    """The talk of one bot. seed: of its own chance; it is told none of the match."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._unread: list[Mapping[str, Any]] = []
        self._log: list[Event] = []
        self._position: Position | None = None
        self._part: _Part | None = None

    def heed(self, document: Mapping[str, Any]) -> None:
        """Keep an event as it came over the wire; it is read when the bot acts."""
        self._unread.append(document)

    def is_called_by(self, document: Mapping[str, Any], seat: str) -> bool:
        """Tell whether a seat may have something to say after an event, or be done."""
        if document["type"] != "message_said":
            return document["type"] in _OF_PACTS
        return document["sender"] == seat or document.get("sentence") in ANSWERED_OF_BOTS

    def commands(self, seat: Seat) -> Iterator[dict[str, Any]]:
        """Yield what is to be said now; of its own, a bot speaks when it does not bargain."""
        position, part = self._known, self._part_of(seat)
        due: list[Command] = [*part.speaker.lines(position)]
        if is_bargaining(position):
            due += part.negotiator.answers(position) or part.negotiator.proposals(position)
        for command in due or part.speaker.opening(position):
            if not isinstance(command, Propose) or _is_held(position, command.terms):
                yield to_json(command)

    def is_settled(self, seat: Seat) -> bool:
        """Tell whether no proposal waits for the seat, or for others that it wants to sign with."""
        return not any(seat in proposal.terms.parties for proposal in self._known.proposals)

    def order(self, seat: Seat) -> Mapping[str, str]:
        """Choose in all of the seat's arenas."""
        return order_of_bot(self._known, seat, self._part_of(seat).name, self._seed).actions

    @property
    def _known(self) -> Position:
        """What the bot knows, after it has read what came."""
        unread, self._unread = self._unread, []
        for document in unread:
            event = from_json(Event, document)
            self._log.append(event)
            self._position = evolve(self._position, event)
            if self._part is not None:
                _tell(self._part, event)
        assert self._position is not None, "a match begins with its scenario"
        return self._position

    def _part_of(self, seat: Seat) -> _Part:
        """Give who plays a seat; whoever takes it over reads what was said before."""
        position = self._known
        if self._part is None or self._part.seat != seat:
            name = cast_on(DOCTRINE_MIX, position.scenario, seat)
            bargaining = Negotiator(seat, name, self._seed)
            self._part = _Part(seat, name, bargaining, Speaker(seat, name, self._seed))
            for event in self._log:
                _tell(self._part, event)
        return self._part


def _is_held(position: Position, terms: PactTerms) -> bool:
    """Tell whether somebody holds each of the seats that are to sign."""
    return all(seat in position.holders for seat in terms.parties)


def _tell(part: _Part, event: Event) -> None:
    """Let a bot hear an event; what others say it answers as bots answer each other."""
    is_own = isinstance(event, MessageSaid) and event.sender == part.seat
    if not isinstance(event, MessageSaid) or is_own or event.sentence in ANSWERED_OF_BOTS:
        part.negotiator.hear(event)
        part.speaker.hear(event)
    if isinstance(event, MatchResumed):
        part.negotiator.forget()
        part.speaker.forget()
