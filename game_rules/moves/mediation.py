"""Mediation: a seat asks for a private recommendation to every member of an arena.

A profile is drawn from the arena's welfare-best correlated equilibrium, so no member gains by
disobeying. Source: Aumann 1974; rules section 5.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from game_rules.chance import chance
from game_rules.games import correlated
from game_rules.games.equilibria import equilibria, values
from game_rules.games.exact_programs import ZERO, solve_exactly
from game_rules.games.stage_games import Action, StageGame
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind, MoveRules
from game_rules.scenario.scenario import Arena

MOST_MEDIATED = 3
"""Members of an arena for which a mediator works out its advice in a few hundredths of a second."""


class Mediation(Kind):
    name = MoveKind.MEDIATION

    def cost(self, rules: MoveRules) -> float:
        """Cost nothing, for a price would betray a question that is asked in private."""
        return 0.0

    def check(self, attempt: Attempt) -> str | None:
        name, members = attempt.arena.name, len(attempt.arena.members)
        if members > MOST_MEDIATED:
            return f"{name} has {members} members; a mediator takes {MOST_MEDIATED}"
        return super().check(attempt)

    def audience(self, attempt: Attempt) -> tuple[Seat, ...]:
        return attempt.arena.members

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        arena = preview.without[preview.move.arena]
        member = arena.member(preview.seat)
        mediated = float(mediation_of(arena.game).values[member])
        mixed = None if arena.game.size > 2 else _mixed_value(arena.game, member)
        yield preview.change(Changed.VALUE, mixed, mediated)


def recommendations(
    position: Position, number: int, now_ms: int
) -> tuple[e.RecommendationGiven, ...]:
    """Return the recommendations for the round that opens, to members of arenas that asked.

    position: with the arenas of that round. An arena that has closed or grown too large by then
    has no mediator.
    """
    asked = {effect.arena for effect in position.effects if effect.kind is MoveKind.MEDIATION}
    if not asked:
        return ()
    arenas = (arena for arena in position.arenas if arena.name in asked)
    return tuple(
        e.RecommendationGiven(number, arena.name, seat, action, now_ms)
        for arena in arenas
        if len(arena.members) <= MOST_MEDIATED
        for seat, action in zip(arena.members, drawn(position, arena, number), strict=True)
    )


@lru_cache(maxsize=64)
def mediation_of(game: StageGame) -> correlated.CorrelatedEquilibrium:
    """Compute a mediator's recommendations in fractions, the same on every machine.

    game: of up to MOST_MEDIATED members.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [str(mediation_of(LIBRARY[name]).mean) for name in ("battle_of_the_sexes", "chicken")]
    ['5/2', '3']
    """
    return correlated.mediate(game, solve_exactly)


def drawn(position: Position, arena: Arena, number: int) -> tuple[Action, ...]:
    """Draw what a mediator recommends in a round, by the hash of the seed. Source: Aumann 1974."""
    assert position.seed is not None
    left = Fraction(chance(position.seed, "mediation", number, arena.name))
    found = mediation_of(arena.game).recommendations
    for each in found[:-1]:
        if left < each.chance:
            return each.profile
        left -= each.chance
    return found[-1].profile


@lru_cache(maxsize=64)
def _mixed_value(game: StageGame, member: int) -> float | None:
    """Return a member's value in the fully mixed equilibrium; None without one."""
    for each in equilibria(game):
        if ZERO not in (*each.row, *each.column):
            return float(values(game, each)[member])
    return None


KIND = Mediation()
