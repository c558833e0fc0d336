"""Injects: news that the facilitator opens, and its effects on payoffs.

A scenario has a deck of injects; the facilitator can write others during a match. An inject lasts
for a number of rounds, after which its effects end, or permanently. Source: rules sections 1 and
6.
"""

from dataclasses import dataclass
from typing import Annotated

from game_rules.games.changes import LARGEST_PARAMETER
from game_rules.games.stage_games import Collective, StageGame
from game_rules.limits import ArenaName, Limit, RoundNumber, SeatCode, Typed

COLLECTIVE_PARAMETERS = ("b", "c", "e", "g", "d", "sigma", "theta")
BIMATRIX_PARAMETERS = ("T", "R", "P", "S")

MOST_EFFECTS = 20
LONGEST_TITLE, LONGEST_TEXT = 80, 1200
MOST_INJECT_ROUNDS = 200
MOST_OPENED = 200
"""Of a match, so that a match takes no longer than in proportion to its log."""

InjectName = Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_PARAMETERS = "|".join((*COLLECTIVE_PARAMETERS, *BIMATRIX_PARAMETERS))


def parameters_of(game: StageGame) -> tuple[str, ...]:
    """List the parameters of a game, as injects and the grounds of an arena name them.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> parameters_of(LIBRARY["chicken"])
    ('T', 'R', 'P', 'S')
    """
    return COLLECTIVE_PARAMETERS if isinstance(game, Collective) else BIMATRIX_PARAMETERS


@dataclass(frozen=True, slots=True)
class InjectEffect:
    """A number added to one parameter of an arena's game, in points or shares.

    member None: of every member alike. theta is the arena's own and takes no member.
    """

    arena: ArenaName
    parameter: Annotated[str, Limit(pattern=f"^({_PARAMETERS})$")]
    change: Annotated[float, Limit(least=-LARGEST_PARAMETER, most=LARGEST_PARAMETER)]
    member: SeatCode | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """An item of news. rounds: its duration, 0 for permanent; round: when it opens by itself."""

    name: InjectName
    title: Annotated[str, Limit(least=1, most=LONGEST_TITLE, typed=Typed.NAME)]
    text: Annotated[str, Limit(least=1, most=LONGEST_TEXT, typed=Typed.MESSAGE)]
    rounds: Annotated[int, Limit(least=0, most=MOST_INJECT_ROUNDS)]
    effects: Annotated[tuple[InjectEffect, ...], Limit(most=MOST_EFFECTS)] = ()
    round: RoundNumber | None = None
