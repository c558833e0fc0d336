"""Injects: news that the facilitator brings to the table, and what it does to payoffs.

A scenario has a deck of them; others are written on the spot. An inject lasts for some rounds, or
for good, and is undone afterwards. Source: rules sections 1 and 6.
"""

from dataclasses import dataclass

from game_rules.games.stage_games import Collective, StageGame
from game_rules.roles import Seat

COLLECTIVE_PARAMETERS = ("b", "c", "e", "g", "d", "sigma", "theta")
BIMATRIX_PARAMETERS = ("T", "R", "P", "S")


def parameters_of(game: StageGame) -> tuple[str, ...]:
    """List the parameters of a game, as injects and the grounds of an arena name them.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> parameters_of(LIBRARY["chicken"])
    ('T', 'R', 'P', 'S')
    """
    return COLLECTIVE_PARAMETERS if isinstance(game, Collective) else BIMATRIX_PARAMETERS


@dataclass(frozen=True, slots=True)
class InjectEffect:
    """A number that is added to one parameter of an arena's game, in points or in shares.

    member None: of every member alike. theta is the arena's own and takes no member.
    """

    arena: str
    parameter: str
    change: float
    member: Seat | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """A piece of news. rounds: how many it lasts, 0 for good; round: when it is due by itself."""

    name: str
    title: str
    text: str
    rounds: int
    effects: tuple[InjectEffect, ...] = ()
    round: int | None = None
