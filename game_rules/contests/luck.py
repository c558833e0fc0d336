"""The luck of a match: words hashed from its key, half a word a side. No state, no order.

`kernels` holds the compiled twin of what is here; tests keep the two alike, bit for bit.
"""

from math import ceil
from typing import TYPE_CHECKING

from game_rules.strategies.draws import GAMMA, draw, word_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOISE, COINS, LENGTH = 1, 2, 3
"""Which word of a match's key is the key of what."""
HALF_WORDS = 2**32
_SURE = 2.0**-54


def match_key(contest_key: int, match: int) -> int:
    """Derive the key of a match; matches count from 0."""
    return word_at(contest_key, match + 1)


def threshold(chance: float) -> int:
    """Give the number of half words that count as a hit for a chance.

    >>> threshold(0.5) == 2**31, threshold(0.0), threshold(1.0) == 2**32
    (True, 0, True)
    """
    return ceil(chance * HALF_WORDS)


def halves(key: int, turns: int) -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Give the row's and the column's half words of turns 1 to `turns`: low and high."""
    import numpy as np

    word = np.uint64(key) + np.arange(1, turns + 1, dtype=np.uint64) * np.uint64(GAMMA)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word ^= word >> np.uint64(31)
    return word & np.uint64(HALF_WORDS - 1), word >> np.uint64(32)


def powers(continuation: float) -> tuple[float, ...]:
    """Give continuation^(2^j) for j = 0, 1, ... until it is as good as nothing.

    continuation: a chance under 1.
    Made by squaring, so that every machine draws the same lengths; a library's logarithm may
    differ in the last place.
    """
    squares: list[float] = []
    while continuation < 1 and (not squares or squares[-1] > _SURE):
        squares.append(squares[-1] * squares[-1] if squares else continuation)
    return tuple(squares)


def length(key: int, squares: tuple[float, ...], most: int) -> int:
    """Draw how many turns a match has: longer than n with chance continuation^n.

    key: the match's. squares: `powers` of the continuation, not 1. most: a limit.
    """
    luck = draw(word_at(key, LENGTH), 1)
    turns, reached = 0, 1.0
    for place in range(len(squares) - 1, -1, -1):
        if reached * squares[place] > luck:
            reached = reached * squares[place]
            turns += 1 << place
    return min(turns + 1, most)
