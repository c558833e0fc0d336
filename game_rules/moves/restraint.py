"""Restraint: a seat lowers its own temptation.

Source: rules section 5.
"""

from collections.abc import Iterator
from dataclasses import replace

from game_rules.games.changes import temptation, with_change
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Change, MovePreview
from game_rules.scenario.moves import Effect, MoveKind, MoveRules
from game_rules.scenario.scenario import Arena


class Restraint(Kind):
    name = MoveKind.RESTRAINT

    def cost(self, rules: MoveRules) -> float:
        return rules.restraint_cost

    def rounds(self, rules: MoveRules) -> int:
        return rules.restraint_rounds

    def is_own(self, effect: Effect) -> bool:
        return True

    def in_force(self, rules: MoveRules, arena: Arena, effect: Effect) -> Arena:
        member, less = arena.member(effect.makers[0]), -rules.restraint_temptation
        return replace(arena, game=with_change(arena.game, temptation(arena.game), less, member))

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        yield preview.parameter(temptation(preview.arena.game), preview.seat)


KIND = Restraint()
