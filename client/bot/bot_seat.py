"""A bot's seat: its news, its turns, and the commands that answer them.

Knows no socket, clock or thread. Local and remote matches use the same code, so a bot acts the same
in both.
"""

from collections.abc import Iterable, Iterator

from client.bot.turn import Answer, News, Speech, Turn
from game_rules.log.events import Event, MessageSaid, Phase, ProposalMade, RoundResolved
from game_rules.log.position import Position
from game_rules.match.clock import SetReady
from game_rules.match.command import Command
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.seating import LeaveSeat
from game_rules.roles import Seat

MOST_FAULTS = 3
"""After this many faulty turns a bot gives up its seat, so that nobody waits for it."""
MOST_MESSAGES = 10
"""Messages and counter-proposals per round, so that two bots cannot answer each other for ever."""

_NOBODY_IS_ASKED = (Phase.LOBBY, Phase.DEBRIEF)


class BotSeat:
    """One seat that a bot plays. problems: errors so far, one line per faulty turn."""

    def __init__(self, seat: Seat) -> None:
        self.problems: list[str] = []
        self.has_left = False
        self._seat = seat
        self._position: Position | None = None
        self._news: list[News] = []
        self._answered: _Asking | None = None
        self._said = (0, 0)

    def follow(self, position: Position, events: Iterable[Event]) -> None:
        """Take the position that the seat knows now, and the events that led there."""
        self._position = position
        for event in events:
            match event:
                case RoundResolved():
                    self._news.append(event)
                case MessageSaid(sender=sender) if sender != self._seat:
                    self._news.append(event)
                case ProposalMade(proposer=proposer) if proposer != self._seat:
                    if self._seat in event.terms.parties:  # observers of a public pact see it too
                        self._news.append(event)

    @property
    def turn(self) -> Turn | None:
        """The bot's next turn, if any."""
        position = self._position
        if position is None or self.has_left or position.paused_at_ms is not None:
            return None
        is_open = position.phase not in _NOBODY_IS_ASKED and position.superseded_by is None
        is_asked = is_open and _asking(position) != self._answered
        return Turn(position, tuple(self._news), is_asked) if is_asked or self._news else None

    def settle(self, turn: Turn, answer: Answer) -> tuple[Command, ...]:
        """Turn an answer into commands, and finish the turn.

        A missing action is left to the scenario's policy; the seat is ready without it.
        """
        del self._news[: len(turn.news)]
        if answer.problem is not None:
            self.problems.append(f"round {turn.position.round}: {answer.problem}")
        if len(self.problems) >= MOST_FAULTS:
            self.has_left = True
            return (LeaveSeat(),)
        words = (*answer.replies, *self._rationed(turn.position.round, answer.words))
        return (*words, *self._done(turn, answer)) if turn.is_asked else words

    def _done(self, turn: Turn, answer: Answer) -> Iterator[Command]:
        number, phase, _ = self._answered = _asking(turn.position)
        if answer.move is not None:
            yield MakeMove(number, answer.move)
        if answer.actions:
            yield SaveOrder(number, answer.actions, is_ready=True)
        else:
            yield SetReady(number, phase, is_ready=True)

    def _rationed(self, number: int, words: list[Speech]) -> tuple[Speech, ...]:
        said = self._said[1] if self._said[0] == number else 0
        kept = tuple(words[: MOST_MESSAGES - said])
        self._said = number, said + len(kept)
        return kept


_Asking = tuple[int, Phase, str | None]
"""What is answered once: a phase of a round; a branch asks again."""


def _asking(position: Position) -> _Asking:
    return position.round, position.phase, position.trunk
