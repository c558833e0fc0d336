"""The preview of a move, and the figures that it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from game_rules.games.changes import parameter_of
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.scenario import Arena


class Changed(StrEnum):
    """The figure that a move changes: a game parameter, or a number of the rules."""

    MONITORING = "q"
    TEMPTATION = "g"
    TEMPTATION_OF_TWO = "T"
    BENEFIT = "b"
    BENEFIT_OF_TWO = "R"
    TENSION = "tension"
    WEIGHT = "weight"
    DISCOUNT = "delta"
    INSTITUTION = "institution"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure with and without the move; None if it does not exist or is not known.

    seats: whose it is; of tension, the pair of rivals. value: what a round of the arena is worth
    where nobody talks and both mix their choices, and where both follow a mediator.
    """

    figure: Changed
    arena: str
    seats: tuple[Seat, ...]
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A move that a seat would make, or has sealed, in a position."""

    position: Position
    seat: Seat
    move: Move

    @property
    def arena(self) -> Arena:
        """The arena that the move names, which is played now."""
        found = self.position.arena_named(self.move.arena)
        assert found is not None, "an objection has said so"
        return found


@dataclass(frozen=True, slots=True)
class MovePreview(Attempt):
    """A move, and the arenas of the next round by name, without it and with it."""

    without: Mapping[str, Arena]
    with_it: Mapping[str, Arena]

    def change(self, figure: Changed, before: float | None, after: float | None) -> Change:
        """Tell a figure that is the seat's own, in the arena of the move."""
        return Change(figure, self.move.arena, (self.seat,), before, after)

    def parameter(self, name: str, seat: Seat) -> Change:
        """Compare a parameter of a member in the arena of the move."""
        before, after = (
            parameter_of(arena.game, name, arena.member(seat))
            for arena in (self.without[self.move.arena], self.with_it[self.move.arena])
        )
        return Change(Changed(name), self.move.arena, (seat,), before, after)
