"""Random numbers of a match: coins, noise and length, hashed from its key without state.

A coin is half a 64-bit word; the low half is the row's. Noise flips are single bits: one word has
those of 32 turns for both sides. Each bit compares a random number with the noise, binary digit by
digit, until the result is known. `kernels` has a compiled copy of this module; tests hold the two
to the same bits.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from game_rules.strategies.kit.draws import GAMMA, draw, word_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOISE, COINS, LENGTH = 1, 2, 3
"""Indices of the words of a match's key that are the keys of its noise, coins and length."""
HALF_WORDS = 2**32
TURNS_PER_WORD = 32
"""A word of flips has two bits per turn: the low one is the column's, the high one the row's."""
FLIP_BITS = 63
"""Binary digits of the noise that count: all that a float of 2⁻¹¹ or more has."""
_SURE = 2.0**-54
_MASK = 2**64 - 1
_AT_ONCE = 8
"""Digits drawn for all words before the finished ones are removed."""
Flips = Sequence[tuple[int, bool, bool]]
"""(turn, row's action is flipped, column's action is flipped); turns count from 0."""


def match_key(contest_key: int, match: int) -> int:
    """Derive the key of a match; matches count from 0."""
    return word_at(contest_key, match + 1)


def match_keys(contest_key: int, matches: range) -> list[int]:
    """Derive the keys of many matches at once; see `match_key`."""
    import numpy as np

    return words_at(contest_key, np.arange(matches.start + 1, matches.stop + 1)).tolist()


def threshold(chance: float) -> int:
    """Return the number of half words that count as a hit for a probability.

    >>> threshold(0.5) == 2**31, threshold(0.0), threshold(1.0) == 2**32
    (True, 0, True)
    """
    return ceil(chance * HALF_WORDS)


def flip_threshold(chance: float) -> int:
    """Return how many of 2⁶³ numbers mean that an action is flipped.

    >>> flip_threshold(0.5) == 2**62, flip_threshold(0.0), flip_threshold(1.0) == 2**63
    (True, 0, True)
    """
    return ceil(chance * 2.0**FLIP_BITS)


def half_words(key: int, turns: int) -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Return the row's (low) and the column's (high) half words of turns 1 to `turns`."""
    import numpy as np

    word = words_at(key, np.arange(1, turns + 1))
    return word & np.uint64(HALF_WORDS - 1), word >> np.uint64(32)


def flip_words(keys: "NDArray[np.uint64]", hits: int) -> "NDArray[np.uint64]":
    """Return the words of flips that start at some keys; a bit is 1 if an action is flipped.

    hits: `flip_threshold` of the noise. Each of the 64 bits draws a number, one binary digit from
    each hashed word, and compares it with hits until it is known to be below or above. About seven
    words are enough for all bits. Source for comparing by digits: Knuth & Yao 1976.
    """
    import numpy as np

    drawn, at, open_bits = np.zeros_like(keys), keys, ~np.zeros_like(keys)
    if hits >> FLIP_BITS:
        return open_bits
    where, steps = np.arange(len(keys)), np.arange(1, _AT_ONCE + 1)[:, None]
    rest = hits << 1
    while len(where):
        for word in words_at(at, steps):
            if not rest:
                return drawn
            if rest >> FLIP_BITS:
                drawn[where] |= open_bits & ~word
                open_bits &= word
            else:
                open_bits &= ~word
            rest = rest << 1 & _MASK
        is_open = open_bits != 0
        where, open_bits = where[is_open], open_bits[is_open]
        at = at[is_open] + np.uint64(_AT_ONCE * GAMMA & _MASK)
    return drawn


def noise_flips(keys: Sequence[int], turns: Sequence[int], chance: float) -> "list[Flips]":
    """List the noise flips of each match; turns without a flip are left out.

    keys: of the matches. turns: the length of each match.
    """
    import numpy as np

    hits, lengths = flip_threshold(chance), np.array(turns, np.int64)
    if hits == 0:
        return [()] * len(keys)
    words = -(-lengths // TURNS_PER_WORD)
    owners = np.repeat(np.arange(len(keys)), words)
    first = np.cumsum(words) - words
    block = np.arange(len(owners)) - first[owners]
    begin = words_at(np.array(keys, np.uint64), np.array([NOISE]))[owners]
    drawn = flip_words(begin + block.astype(np.uint64) * np.uint64(64 * GAMMA & _MASK), hits)
    hands = np.flatnonzero(np.unpackbits(drawn.astype("<u8").view(np.uint8), bitorder="little"))
    at, first_of = np.unique(hands >> 1, return_index=True)
    last_of = np.append(first_of[1:], len(hands))[: len(at)] - 1
    match = owners[at // TURNS_PER_WORD]
    turn = at - first[match] * TURNS_PER_WORD
    is_played = turn < lengths[match]
    row, column = hands[last_of] % 2 == 1, hands[first_of] % 2 == 0
    columns = (figures[is_played].tolist() for figures in (turn, row, column))
    listed = list(zip(*columns, strict=True))
    edges = np.searchsorted(match[is_played], np.arange(len(keys) + 1)).tolist()
    return [listed[begin:end] for begin, end in pairwise(edges)]


def words_at(key: "int | NDArray[np.uint64]", turns: "NDArray[np.int64]") -> "NDArray[np.uint64]":
    """Return the words of a key at some turns; see `draws.word_at`."""
    import numpy as np

    start = np.uint64(key) if isinstance(key, int) else key
    return _mixed(start + turns.astype(np.uint64) * np.uint64(GAMMA))


def _mixed(word: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Scramble words; see `draws.mix`."""
    import numpy as np

    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


def powers(continuation: float) -> tuple[float, ...]:
    """Return continuation^(2^j) for j = 0, 1, ... until it is negligible.

    continuation: a probability below 1. Squaring gives the same lengths on every machine; a
    library's logarithm may differ in the last digit.
    """
    squares: list[float] = []
    while continuation < 1 and (not squares or squares[-1] > _SURE):
        squares.append(squares[-1] * squares[-1] if squares else continuation)
    return tuple(squares)


def length(key: int, squares: tuple[float, ...], most: int) -> int:
    """Draw the number of turns of a match: above n with probability continuation^n.

    key: the match's. squares: `powers` of the continuation, not 1. most: a limit.
    """
    drawn = draw(word_at(key, LENGTH), 1)
    turns, reached = 0, 1.0
    for place in range(len(squares) - 1, -1, -1):
        if reached * squares[place] > drawn:
            reached = reached * squares[place]
            turns += 1 << place
    return min(turns + 1, most)
