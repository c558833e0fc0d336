"""The base class of a kind of move: cost, conditions, and effects in force.

Each kind is an object in the file of its name in this folder; `kinds` collects them. docs/theory.md
gives the interpretation of rules section 5, with reasons.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.moves.preview import Attempt, Change, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, Move, MoveKind, MoveRules, OpenedMove
from game_rules.scenario.scenario import Arena

CHOOSING = (Phase.NEGOTIATION, Phase.DECISION)
"""When a seat chooses what is sealed: its order, its move, its forecasts."""


class Kind(ABC):
    """A kind of move, with the defaults of most kinds."""

    name: ClassVar[MoveKind]
    names_second_arena: ClassVar[bool] = False
    names_seats: ClassVar[bool] = False

    @abstractmethod
    def cost(self, rules: MoveRules) -> float:
        """Return what a move costs its seat, in points."""

    @abstractmethod
    def changes(self, preview: MovePreview) -> Iterator[Change]:
        """Yield the figures that a move would change."""

    def rounds(self, rules: MoveRules) -> int | None:
        """Return the duration of the effect in rounds; None for permanent."""
        return 1

    def check(self, attempt: Attempt) -> str | None:
        """Say in one line why a seat may not make a move in this arena; None if it may."""
        if attempt.seat not in attempt.arena.members:
            return f"{attempt.seat} is not in {attempt.arena.name}; choose an arena of its own"
        return None

    def options(self, position: Position, seat: Seat) -> Iterator[Move]:
        """List candidate moves of a seat; forbidden ones are removed later."""
        return (Move(self.name, arena.name) for arena in position.arenas_of(seat))

    def partners(self, move: Move) -> tuple[Seat, ...]:
        """Return the seats that must make the same move."""
        return ()

    def takes_effect(self, attempt: Attempt) -> bool:
        """Tell whether a sealed move takes effect, given the others' sealed moves."""
        return True

    def audience(self, attempt: Attempt) -> tuple[Seat, ...]:
        """Return the seats that see a move; empty for everyone."""
        return ()

    def effect(self, attempt: Attempt) -> Effect | None:
        """Return the effect in force from the next round on."""
        position, move = attempt.position, attempt.move
        rounds = self.rounds(position.scenario.moves)
        return Effect(
            kind=self.name,
            makers=(attempt.seat,),
            arena=move.arena,
            first_round=position.round + 1,
            last_round=None if rounds is None else position.round + rounds,
            other_arena=move.other_arena,
            audience=self.audience(attempt),
        )

    def is_own(self, effect: Effect) -> bool:
        """Tell whether the same effect of another maker is a second one."""
        return False

    def identity(self, effect: Effect) -> tuple[object, ...]:
        """Return what makes two effects of this kind the same one, made twice."""
        makers = effect.makers if self.is_own(effect) else ()
        places = frozenset((effect.arena, effect.other_arena))
        return effect.arena if effect.other_arena is None else places, makers

    def in_force(self, rules: MoveRules, arena: Arena, effect: Effect) -> Arena:
        """Apply an effect to its arena."""
        return arena

    def objection(self, attempt: Attempt) -> str | None:
        """Say in one line why a seat may not make a move now; None if it may.

        The line names the value, what is allowed and the remedy.
        """
        position, move = attempt.position, attempt.move
        if position.phase not in CHOOSING:
            return f"moves are for negotiation and decision; it is {position.phase.value}"
        allowed = position.scenario.moves.allowed
        if self.name not in allowed:
            instead = f"choose among {', '.join(allowed)}" if allowed else "it has no moves"
            return f"{self.name} is no move of this scenario; {instead}"
        if position.arena_named(move.arena) is None:
            arenas = [arena.name for arena in position.arenas]
            return f"no arena {move.arena} is played now; choose among {', '.join(arenas)}"
        return self._misfit(move) or self.check(attempt)

    def price(self, rules: MoveRules, move: Move) -> float:
        """Return what a move costs in points, where one kind has moves of several prices."""
        return self.cost(rules)

    def opened(self, attempt: Attempt) -> OpenedMove:
        """Open a sealed move; one that does not take effect costs nothing."""
        counts = self.takes_effect(attempt)
        cost = self.price(attempt.position.scenario.moves, attempt.move) if counts else 0.0
        return OpenedMove(attempt.seat, attempt.move, cost, counts, self.audience(attempt))

    def _misfit(self, move: Move) -> str | None:
        """Return the problem with fields that the kind does not use."""
        if (move.other_arena is not None) != self.names_second_arena:
            wanted = "give" if self.names_second_arena else "leave out"
            return f"{move.kind} with other_arena {move.other_arena}; {wanted} a second arena"
        if move.seats and not self.names_seats:
            return f"{move.kind} names {', '.join(move.seats)}; leave seats out"
        if len(set(move.seats)) != len(move.seats):
            return f"seats {', '.join(move.seats)}; name each once"
        return None
