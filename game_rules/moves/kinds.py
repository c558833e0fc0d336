"""The kinds of moves by name, and the combined result of a round's moves.

A version of the rules has one table of kinds; a match asks for it by its ruleset.

A kind is one line in `MoveKind`, with its numbers in `MoveRules`, and the file of its name here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from game_rules.log.position import Position
from game_rules.moves.diversify import with_joiners
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, Move, MoveKind, OpenedMove
from game_rules.scenario.scenario import Arena, Scenario


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of moves of one version of the rules."""

    by_name: Mapping[MoveKind, Kind]

    def __getitem__(self, name: MoveKind) -> Kind:
        """Return a kind by its name."""
        return self.by_name[name]

    def objection(self, position: Position, seat: Seat, move: Move) -> str | None:
        """Say in one line why a seat may not make a move now; None if it may."""
        return self[move.kind].objection(Attempt(position, seat, move))

    def opened(self, position: Position) -> tuple[OpenedMove, ...]:
        """Reveal the moves of a round, in the scenario's order, without those no longer allowed."""
        if not position.moves:
            return ()
        return tuple(
            self[move.kind].opened(Attempt(position, seat, move))
            for seat in position.scenario.seats
            if (move := position.moves.get(seat)) and self.objection(position, seat, move) is None
        )

    def effects_after(self, position: Position, opened: Sequence[OpenedMove]) -> tuple[Effect, ...]:
        """Return the effects in force from the next round on: lasting ones and new ones.

        The same thing done twice is in force once, for as long as the later one says.
        """
        if not position.effects and not opened:
            return ()
        merged = {
            self._key(each): each for each in position.effects if each.outlasts(position.round)
        }
        for each in opened:
            attempt = Attempt(position, each.seat, each.move)
            if each.takes_effect and (effect := self[each.move.kind].effect(attempt)):
                merged[self._key(effect)] = _merged(merged.get(self._key(effect)), effect)
        return tuple(merged.values())

    def applied(self, scenario: Scenario, arena: Arena, effects: Sequence[Effect]) -> Arena:
        """Apply the effects in force to an arena: new members and changed payoffs."""
        here = [effect for effect in effects if effect.arena == arena.name]
        arena = with_joiners(scenario, arena, here)
        for effect in here:
            arena = self[effect.kind].in_force(scenario.moves, arena, effect)
        return arena

    def is_same(self, effect: Effect, other: Effect) -> bool:
        """Tell whether two effects are the same one, made twice."""
        return self._key(effect) == self._key(other)

    def _key(self, effect: Effect) -> tuple[object, ...]:
        """Return the identity of an effect."""
        return effect.kind, *self[effect.kind].identity(effect)


KINDS = Kinds({kind: import_module(f"game_rules.moves.{kind}").KIND for kind in MoveKind})
"""The kinds of rules version 1."""


def costs_of(opened: Sequence[OpenedMove]) -> Mapping[Seat, float]:
    """Return the cost of each seat's move."""
    return {each.seat: each.cost for each in opened if each.cost}


def _merged(known: Effect | None, effect: Effect) -> Effect:
    """Merge a repeated effect: makers and guests of both in one round, else the later effect."""
    if known is None or known.first_round != effect.first_round:
        return effect
    makers = tuple(dict.fromkeys((*known.makers, *effect.makers)))
    members = tuple(dict.fromkeys((*known.members, *effect.members)))
    return replace(known, makers=makers, members=members)
