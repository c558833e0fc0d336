"""Tipping points f*: the beliefs at which C and D pay a member alike, all of them.

Source: Harsanyi & Selten 1988 (risk dominance); Kydd 2005; Palfrey & Rosenthal 1984.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from game_rules.games.exact import Playable
from game_rules.games.replies import curve, gain_at, power

STEPS, HALVINGS = 1000, 40
"""How finely tipping points are looked for, and how often each is then narrowed down."""

_NOTHING = 1e-12

_PART, _TINY = 0.4875, 1e-8
"""Where a stretch of beliefs is parted, and how short one is that is not parted any more."""


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """A belief in each of the others at which C and D pay alike; is_c_above: C is better above."""

    belief: float
    is_c_above: bool


def tipping_points(game: Playable, member: int) -> tuple[TippingPoint, ...]:
    """Find every belief between 0 and 1 at which C and D pay alike: f*, none, one or several.

    By sign changes on a grid, each narrowed by halving; a zero on the grid is one if the signs
    beside it differ. Where the curve could cross more often, two crossings between two steps of
    the grid are looked for too. Source: Harsanyi & Selten 1988 (risk dominance); Kydd 2005.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> [round(x.belief, 9) for x in tipping_points(LIBRARY["stag_hunt"], 0)]
    [0.666666667]
    """
    sums = curve(game, member)
    found = tuple(_crossings(sums))
    return found if len(found) == _most_crossings(sums) else _with_hidden(sums, found)


@lru_cache(maxsize=16)
def _grid(size: int) -> tuple[tuple[float, ...], ...]:
    """Return the weights p^k·(1 − p)^(n − 1 − k) at every step of the grid, for so many sums."""
    most = size - 1
    return tuple(
        tuple(power(step / STEPS, k) * power(1.0 - step / STEPS, most - k) for k in range(size))
        for step in range(STEPS + 1)
    )


def _crossings(sums: Sequence[float]) -> Iterator[TippingPoint]:
    """Yield where the gain changes its sign; the points of the grid that are zero are skipped."""
    signed = []
    for step, weights in enumerate(_grid(len(sums))):
        gain = 0.0
        for each, weight in zip(sums, weights, strict=True):
            gain += each * weight
        if abs(gain) >= _NOTHING:
            signed.append((step / STEPS, gain))
    for (low, before), (high, after) in pairwise(signed):
        if (before > 0) != (after > 0):
            yield TippingPoint(_narrowed(sums, low, high, is_rising=after > 0), after > 0)


def _narrowed(sums: Sequence[float], low: float, high: float, *, is_rising: bool) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if (gain_at(sums, middle) > 0) == is_rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2.0


def _most_crossings(sums: Sequence[float]) -> int:
    """Return how often a curve can cross 0 at most: as often as its sums change their signs.

    Source: Descartes' rule of signs, in the form of Bernstein polynomials.
    """
    least = _NOTHING * max(1.0, *map(abs, sums))
    signs = [x > 0 for x in sums if abs(x) >= least]
    return sum(one != other for one, other in pairwise(signs))


def _with_hidden(
    sums: Sequence[float], found: tuple[TippingPoint, ...]
) -> tuple[TippingPoint, ...]:
    """Add the crossings that no grid shows, because two lie between two of its steps."""
    most, ways = len(sums) - 1, 1
    heights = []
    for k, each in enumerate(sums):
        heights.append(each / ways)
        ways = ways * (most - k) // (k + 1)
    alone = tuple(_isolated(heights, 0.0, 1.0))
    if len(alone) <= len(found):
        return found
    return tuple(TippingPoint(_narrowed(sums, *ends, is_rising=up), up) for *ends, up in alone)


def _isolated(
    heights: Sequence[float], low: float, high: float
) -> Iterator[tuple[float, float, bool]]:
    """Yield stretches in which a curve crosses 0 once, and whether it rises there.

    heights: the Bernstein coefficients on the stretch. It is parted beside its middle, where roots
    seldom lie, until it can cross once at most; what it only touches is given up when tiny.
    Source: de Casteljau's subdivision.
    """
    crossings = _most_crossings(heights)
    if crossings == 0 or high - low < _TINY:
        return
    if crossings == 1 and abs(heights[0]) >= _NOTHING <= abs(heights[-1]):
        yield low, high, heights[-1] > 0
        return
    left, right, row = [], [], list(heights)
    while row:
        left.append(row[0])
        right.append(row[-1])
        row = [(1.0 - _PART) * x + _PART * y for x, y in pairwise(row)]
    middle = low + _PART * (high - low)
    yield from _isolated(left, low, middle)
    yield from _isolated(right[::-1], middle, high)
