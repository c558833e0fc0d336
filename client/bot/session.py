"""A bot's session at a match: take a seat, play it, leave. Neither waits nor sends."""

from collections.abc import Callable
from dataclasses import dataclass

from client.bot.bot_seat import MOST_FAULTS, BotSeat
from client.bot.clocks import Clock
from client.bot.conversation import (
    Answered,
    CaughtUp,
    Conversation,
    Happened,
    Notice,
    Postponed,
    Welcomed,
)
from client.bot.errors import CannotJoin
from client.bot.progress import progress_lines
from client.bot.seating import seat_to_take
from client.bot.turn import Answer, Turn
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match.seating import LeaveSeat, TakeSeat
from game_rules.roles import Seat

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """The end of a session. trouble: why the match was not played to its end, else None."""

    position: Position | None
    seat: Seat | None
    trouble: str | None = None


class BotSession:
    """One bot at one match. outcome: None until the session is over."""

    def __init__(
        self, conversation: Conversation, name: str, wanted: str | None, tell: Tell, clock: Clock
    ) -> None:
        self.outcome: SessionOutcome | None = None
        self.seat: Seat | None = None
        self.is_postponed = False
        self._conversation, self._tell, self._clock = conversation, tell, clock
        self._name, self._wanted = name, wanted
        self._asked_for: Seat | None = None
        self._in_vain: set[Seat] = set()
        self._position: Position | None = None
        self._play: BotSeat | None = None
        self._server_ahead_s = 0.0

    @property
    def turn(self) -> Turn | None:
        """The bot's next turn, if any."""
        return None if self._play is None else self._play.turn

    @property
    def left_s(self) -> float | None:
        """Seconds until the deadline of the open phase; None if no clock runs."""
        position = self._position
        if position is None or position.deadline_ms is None:
            return None
        return position.deadline_ms / 1000 - self._server_ahead_s - self._clock()

    def hear(self, message: str | bytes) -> None:
        """Take a message of the server. Raises CannotJoin if no seat is available."""
        for notice in self._conversation.hear(message):
            self._heed(notice)

    def settle(self, turn: Turn, answer: Answer) -> None:
        """Send a bot's answer to a turn; missing parts are left to the scenario's policy."""
        assert self._play is not None
        commands = self._play.settle(turn, answer)
        if answer.problem is not None:
            count = f"fault {len(self._play.problems)} of {MOST_FAULTS}"
            self._tell(f"{self._play.problems[-1]}; the scenario's policy stands in ({count})")
        for command in commands:
            self._conversation.ask(command)

    def leave(self) -> None:
        """Leave the seat before the end, if there is one."""
        if self._asked_for is not None and self.outcome is None:
            self._conversation.ask(LeaveSeat())

    def look_around(self) -> None:
        """End the session if the match has ended and the bot has seen all of it from its seat.

        A match that was branched continues: the connection closes, and the next one leads there.
        Whoever comes after the end has no seat, and is told so when all past events are there.
        """
        position = self._position
        has_ended = position is not None and position.phase is Phase.DEBRIEF
        if has_ended and self._play is not None and self.turn is None:
            self._end(None)

    def _heed(self, notice: Notice) -> None:
        match notice:
            case Welcomed():
                self._server_ahead_s = notice.server_now_ms / 1000 - self._clock()
                self._sit(notice.seat)
            case Happened():
                self._follow(notice)
            case CaughtUp() if self.seat is None:
                self._ask_for_seat()
            case Answered(command=TakeSeat(seat=seat), code=str()):
                self._try_another(seat, notice.message)
            case Answered(code=str()):
                self._tell(f"{notice.command.type} was refused: {notice.message}")
            case Postponed():
                self.is_postponed = True

    def _sit(self, seat: str | None) -> None:
        if seat is not None and seat != self.seat:
            self.seat = Seat(seat)
            self._play = BotSeat(self.seat)
        elif seat is None and self._play is not None:
            faults = f"it gave up its seat after {MOST_FAULTS} faulty turns"
            self._end(faults if self._play.has_left else "the facilitator gave the seat away")

    def _follow(self, happened: Happened) -> None:
        self._position = happened.position
        if self._play is None or self.seat is None:
            return
        self._play.follow(happened.position, happened.events)
        for event in happened.events:
            for line in progress_lines(event, happened.position, self.seat):
                self._tell(line)

    def _ask_for_seat(self) -> None:
        if self._asked_for is None:
            assert self._position is not None, "what has happened begins with the match"
            self._asked_for = seat_to_take(self._position, self._wanted, self._in_vain)
            self._conversation.ask(TakeSeat(self._asked_for, self._name))

    def _try_another(self, seat: Seat, why_not: str) -> None:
        if self._wanted is not None:
            raise CannotJoin(why_not)
        self._in_vain.add(seat)
        self._asked_for = None
        self._ask_for_seat()

    def _end(self, trouble: str | None) -> None:
        if self.outcome is None:
            self.outcome = SessionOutcome(self._position, self.seat, trouble)
