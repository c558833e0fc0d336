"""Stage games as their members see them: with utilities instead of payoffs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from game_rules.games.corners import Corners
from game_rules.games.exact import Playable
from game_rules.games.stage_games import Action, C, D, Profile
from game_rules.lenses.lenses import (
    Lens,
    LensContext,
    LensParameters,
    Regard,
    constructivist,
    liberal,
    realist,
    regard,
    utility,
)
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena


@dataclass(frozen=True, slots=True)
class LensedGame:
    """A stage game with utilities; played, solved and named like any other game."""

    material: Playable
    regards: tuple[Regard, ...]

    @property
    def size(self) -> int:
        """The number of members."""
        return self.material.size

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return every member's utility for one round."""
        paid = self.material.payoffs(profile)
        return tuple(utility(own, i, paid, profile[i]) for i, own in enumerate(self.regards))

    def corners(self, member: int) -> Corners:
        """Return a member's utilities when the others all cooperate or all defect."""
        return corners_seen(self.material, member, self.regards[member])


@lru_cache(maxsize=1024)
def corners_seen(game: Playable, member: int, own: Regard) -> Corners:
    """Return a member's four utilities of a game under given weights.

    Source: rules section 3.
    """

    def at(mine: Action, theirs: Action) -> float:
        profile = [theirs] * game.size
        profile[member] = mine
        return utility(own, member, game.payoffs(profile), mine)

    return Corners(T=at(D, C), R=at(C, C), P=at(D, D), S=at(C, D))


def lensed_game(lens: Lens, arena: Arena, context: LensContext) -> LensedGame:
    """Return an arena's stage game through a lens, with each member's own weights."""
    regards = tuple(regard(lens, arena, seat, context) for seat in arena.members)
    return LensedGame(arena.game, regards)


def lensed_corners(lens: Lens, arena: Arena, seat: Seat, context: LensContext) -> Corners:
    """Return one seat's four utilities of an arena through a lens."""
    return corners_seen(arena.game, arena.member(seat), regard(lens, arena, seat, context))


def utilities(
    lens: Lens,
    arena: Arena,
    actions: Mapping[Seat, Action],
    payoffs: Mapping[Seat, float],
    context: LensContext,
) -> Mapping[Seat, float]:
    """Compute the utility of every member of a resolved arena."""
    paid = tuple(payoffs[seat] for seat in arena.members)
    return {
        seat: utility(regard(lens, arena, seat, context), i, paid, actions[seat])
        for i, seat in enumerate(arena.members)
    }


def bare_lensed_game(
    lens: Lens, game: Playable, parameters: LensParameters | None = None
) -> LensedGame:
    """Return a game without countries through a lens, with equal members.

    Assumption: equal threats, all trade with the other members in equal parts, no institution,
    no affinity, no norm. So the library's Stag Hunt is a Prisoner's Dilemma to a realist alone:

    >>> from game_rules.games.stage_games import LIBRARY
    >>> for lens in Lens:
    ...     print(bare_lensed_game(lens, LIBRARY["stag_hunt"]).corners(0).game_class)
    prisoners_dilemma
    stag_hunt
    stag_hunt
    """
    chosen = parameters or LensParameters()
    return LensedGame(game, tuple(_bare(lens, game.size, i, chosen) for i in range(game.size)))


def _bare(lens: Lens, size: int, me: int, parameters: LensParameters) -> Regard:
    even = tuple(0.0 if j == me else 1.0 / (size - 1) for j in range(size))
    if lens is Lens.REALISM:
        return realist(even, parameters.k)
    if lens is Lens.LIBERALISM:
        return liberal(even, 0.0, parameters)
    return constructivist((0.0,) * size, 0.0, me, parameters)
