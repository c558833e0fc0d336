"""The frames of moves and forecasts; see `frames`."""

from typing import Annotated, Literal

from pydantic import Field

from game_rules.log import commands as c
from game_rules.roles import Seat
from game_rules.scenario.moves import MOST_INVITED, Move, MoveKind
from server.wire.fields import ArenaName, Frame, RoundNumber, SeatCode, WireAction


class WireMove(Frame):
    """A move; other_arena is for a link alone, seats for exercises and founding."""

    kind: Annotated[MoveKind, Field(strict=False)]
    arena: ArenaName
    other_arena: ArenaName | None = None
    seats: Annotated[list[SeatCode], Field(max_length=MOST_INVITED, default_factory=list)]

    def to_rules(self) -> Move:
        seats = tuple(Seat(seat) for seat in self.seats)
        return Move(self.kind, self.arena, self.other_arena, seats)


class MakeMove(Frame):
    type: Literal["make_move"]
    round: RoundNumber
    move: WireMove

    def to_rules(self) -> c.Command:
        return c.MakeMove(self.round, self.move.to_rules())


class TakeBackMove(Frame):
    type: Literal["take_back_move"]
    round: RoundNumber

    def to_rules(self) -> c.Command:
        return c.TakeBackMove(self.round)


class SaveForecast(Frame):
    type: Literal["save_forecast"]
    round: RoundNumber
    arena: ArenaName
    actions: Annotated[dict[SeatCode, WireAction], Field(max_length=64)]

    def to_rules(self) -> c.Command:
        actions = {Seat(seat): action for seat, action in self.actions.items()}
        return c.SaveForecast(self.round, self.arena, actions)
