"""Messages: the rooms and senders that the press level allows."""

from typing import Annotated

from game_rules.errors import TalkNotAllowed
from game_rules.limits import Limit, SeatCode, Typed
from game_rules.log import events as e
from game_rules.log.events import Act, EventTuple
from game_rules.log.position import Position
from game_rules.match.command import FACILITATOR, PLAYER, Command, command
from game_rules.match.conditions import in_seat_order, own_seat, require_seat
from game_rules.match.seating import name_of
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.scenario import Press

LONGEST_MESSAGE = 1000
MOST_ADDRESSED = 64


@command("say", by=PLAYER + FACILITATOR, while_paused=FACILITATOR)
class Say(Command):
    """A seat or the facilitator sends a message. room: the seats addressed; empty is everyone.

    A room of nobody but the own seat is its line with the facilitator.
    """

    room: Annotated[tuple[SeatCode, ...], Limit(most=MOST_ADDRESSED)]
    text: Annotated[str, Limit(least=1, most=LONGEST_MESSAGE, typed=Typed.MESSAGE)]
    act: Act | None = None

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        text = self.text.strip()
        if not 1 <= len(text) <= LONGEST_MESSAGE:
            told = f"a message has 1 to {LONGEST_MESSAGE} letters, this one {len(text)}"
            raise TalkNotAllowed(told)
        for seat in self.room:
            require_seat(position, seat)
        if actor.role is Role.FACILITATOR:
            room = in_seat_order(position, self.room)
            return (e.MessageSaid(position.round, None, room, text, self.act, now_ms),)
        seat = own_seat(position, actor)
        room = in_seat_order(position, (seat, *self.room)) if self.room else ()
        if room != (seat,):  # the seat's line with the facilitator is always open
            self._require_press(position)
        speaker = _speaker(position, seat, actor)
        return (e.MessageSaid(position.round, seat, room, text, self.act, now_ms, speaker),)

    def _require_press(self, position: Position) -> None:
        press = position.scenario.press
        if position.is_over:
            return
        if press is Press.NONE:
            raise TalkNotAllowed("this scenario is played without talk")
        if press is Press.PUBLIC and self.room:
            raise TalkNotAllowed("this scenario has public talk only; address everyone")


def _speaker(position: Position, seat: Seat, actor: Actor) -> str | None:
    """Return the name of the speaker if several people may share a seat."""
    if position.scenario.delegates == 1:
        return None
    return name_of(position.holders[seat], actor.person) or None
