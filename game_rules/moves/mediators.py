"""Mediators: what each member of an arena is told, alone, after somebody asked for mediation.

A profile is drawn from the arena's welfare-best correlated equilibrium, so that nobody gains by
disobeying. Source: Aumann 1974; rules section 5.
"""

from fractions import Fraction
from functools import lru_cache

from game_rules.chance import chance
from game_rules.games.correlated import Mediation, mediate
from game_rules.games.exact_programs import solve_exactly
from game_rules.games.stage_games import Action, StageGame
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.moves.checks import MOST_MEDIATED
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import Arena


def recommendations(
    position: Position, number: int, now_ms: int
) -> tuple[e.RecommendationGiven, ...]:
    """Tell the members of arenas that asked for mediation what to play in the round that opens.

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
        for seat, action in zip(arena.members, _drawn(position, arena, number), strict=True)
    )


@lru_cache(maxsize=64)
def mediation_of(game: StageGame) -> Mediation:
    """Work out what a mediator recommends, in fractions: the same on every machine.

    game: of up to MOST_MEDIATED members.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [str(mediation_of(LIBRARY[name]).mean) for name in ("battle_of_the_sexes", "chicken")]
    ['5/2', '3']
    """
    return mediate(game, solve_exactly)


def _drawn(position: Position, arena: Arena, number: int) -> tuple[Action, ...]:
    assert position.seed is not None
    left = Fraction(chance(position.seed, "mediation", number, arena.name))
    drawn = mediation_of(arena.game).recommendations
    for each in drawn[:-1]:
        if left < each.chance:
            return each.profile
        left -= each.chance
    return drawn[-1].profile
