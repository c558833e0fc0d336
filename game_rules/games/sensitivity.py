"""Whether a member's situation keeps its name when the points are a little different.

The points of a scenario are assumptions, so a name that stands only at the very figures is fragile.
Each parameter is multiplied by a factor of its own, the same for all members, drawn many times;
counted is how often another name comes out. Source: Saltelli et al. 2008 (sensitivity by random
draws); the range and the share from which a name is called fragile are assumptions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from game_rules.chance import chance
from game_rules.games.corners import Corners
from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Bimatrix, Collective, StageGame, Terms

RANGE, DRAWS = 0.10, 60
FRAGILE_FROM = 0.05
"""The share of draws with another name from which a name is fragile."""

MOST_SHAKEN = 8
"""Of more members it is not tried, for every draw asks for every case."""

_QUESTION = "sensitivity"


@dataclass(frozen=True, slots=True)
class Fragility:
    """share: of draws with another name, more than `FRAGILE_FROM`. instead: the most frequent."""

    share: float
    instead: ReplyClass


def fragility(game: StageGame, member: int) -> Fragility | None:
    """Tell how fragile the name of a member's situation is; None where it holds.

    >>> from game_rules.games.stage_games import LIBRARY, Terms, collective
    >>> fragility(LIBRARY["prisoners_dilemma"], 0) is None
    True
    >>> edge = collective((1, 1), Terms(4, 2, 0, 0.01, 0, 0))
    >>> fragility(edge, 0).instead.value
    'stag_hunt'
    """
    return _fragility(game, member) if game.size <= MOST_SHAKEN else None


@lru_cache(maxsize=512)
def _fragility(game: StageGame, member: int) -> Fragility | None:
    named = reply_class(game, member)
    drawn = (reply_class(each, member) for each in _shaken(game))
    others = Counter(each for each in drawn if each is not named)
    share = sum(others.values()) / DRAWS
    if share <= FRAGILE_FROM:
        return None
    return Fragility(share, others.most_common(1)[0][0])


@lru_cache(maxsize=64)
def _shaken(game: StageGame) -> tuple[StageGame, ...]:
    """Draw the same games for all members."""
    return tuple(scaled(game, factors(str(draw))) for draw in range(DRAWS))


def factors(draw: str, by: float = RANGE) -> Mapping[str, float]:
    """Draw a factor from 1 − by to 1 + by for every parameter.

    >>> all(0.9 <= x <= 1.1 for x in factors("1").values())
    True
    """
    return {
        name: 1.0 + by * (2.0 * chance(_QUESTION, name, draw) - 1.0)
        for name in (*Terms.__slots__, *Corners.__slots__)
    }


def scaled(game: StageGame, by: Mapping[str, float]) -> StageGame:
    """Return a game with its parameters multiplied. by: a factor for each of them, by name."""
    if isinstance(game, Bimatrix):
        row, column = (
            Corners(*[getattr(side, x) * by[x] for x in Corners.__slots__])
            for side in (game.row, game.column)
        )
        return Bimatrix(row, column)
    terms = [Terms(*[getattr(each, x) * by[x] for x in Terms.__slots__]) for each in game.terms]
    return Collective(game.weights, tuple(terms), game.theta)
