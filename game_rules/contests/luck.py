"""The luck of a match: words hashed from its key. No state, no order.

A coin is half a word, the row's the low one. Slips are bits: a word holds those of 32 turns for
both hands, each put together from as many hashed bits as it takes to tell it from the chance.
`kernels` holds the compiled twin of what is here; tests keep the two alike, bit for bit.
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
"""Which word of a match's key is the key of what."""
HALF_WORDS = 2**32
TURNS_A_WORD = 32
"""A word of slips has two bits a turn: the low one for the column's hand, then the row's."""
SLIP_DEPTH = 63
"""Bits of a slip's chance that count: all that a float of 2⁻¹¹ or more has."""
_SURE = 2.0**-54
_MASK = 2**64 - 1
_AT_ONCE = 8
"""Digits that are drawn for all words before those that are done with are sorted out."""
Slips = Sequence[tuple[int, bool, bool]]
"""Turns of a match, from 0, in which the row's or the column's hand slips."""


def match_key(contest_key: int, match: int) -> int:
    """Derive the key of a match; matches count from 0."""
    return word_at(contest_key, match + 1)


def match_keys(contest_key: int, matches: range) -> list[int]:
    """Derive the keys of many matches at once; see `match_key`."""
    import numpy as np

    return words_at(contest_key, np.arange(matches.start + 1, matches.stop + 1)).tolist()


def threshold(chance: float) -> int:
    """Give the number of half words that count as a hit for a chance.

    >>> threshold(0.5) == 2**31, threshold(0.0), threshold(1.0) == 2**32
    (True, 0, True)
    """
    return ceil(chance * HALF_WORDS)


def slip_hits(chance: float) -> int:
    """Give how many of 2⁶³ numbers mean that a hand slips.

    >>> slip_hits(0.5) == 2**62, slip_hits(0.0), slip_hits(1.0) == 2**63
    (True, 0, True)
    """
    return ceil(chance * 2.0**SLIP_DEPTH)


def halves(key: int, turns: int) -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Give the row's and the column's half words of turns 1 to `turns`: low and high."""
    import numpy as np

    word = words_at(key, np.arange(1, turns + 1))
    return word & np.uint64(HALF_WORDS - 1), word >> np.uint64(32)


def slip_words(keys: "NDArray[np.uint64]", hits: int) -> "NDArray[np.uint64]":
    """Give the words of slips that begin at some keys; a bit is 1 where a hand slips.

    hits: `slip_hits` of the chance. All 64 bits of a word draw a number each, one binary digit
    from each hashed word, and compare it with hits until every one is known to be below or above:
    some seven words do for all. Source for comparing by digits: Knuth & Yao 1976.
    """
    import numpy as np

    drawn, at, open_bits = np.zeros_like(keys), keys, ~np.zeros_like(keys)
    if hits >> SLIP_DEPTH:
        return open_bits
    where, steps = np.arange(len(keys)), np.arange(1, _AT_ONCE + 1)[:, None]
    rest = hits << 1
    while len(where):
        for word in words_at(at, steps):
            if not rest:
                return drawn
            if rest >> SLIP_DEPTH:
                drawn[where] |= open_bits & ~word
                open_bits &= word
            else:
                open_bits &= ~word
            rest = rest << 1 & _MASK
        is_open = open_bits != 0
        where, open_bits = where[is_open], open_bits[is_open]
        at = at[is_open] + np.uint64(_AT_ONCE * GAMMA & _MASK)
    return drawn


def slips(keys: Sequence[int], turns: Sequence[int], chance: float) -> "list[Slips]":
    """List the slips of matches: the turns from 0 and whether the row's, the column's hand slips.

    keys: of matches. turns: how many each lasts. Only turns in which a hand slips are listed.
    """
    import numpy as np

    hits, lengths = slip_hits(chance), np.array(turns, np.int64)
    if hits == 0:
        return [()] * len(keys)
    words = -(-lengths // TURNS_A_WORD)
    owners = np.repeat(np.arange(len(keys)), words)
    first = np.cumsum(words) - words
    block = np.arange(len(owners)) - first[owners]
    begin = words_at(np.array(keys, np.uint64), np.array([NOISE]))[owners]
    drawn = slip_words(begin + block.astype(np.uint64) * np.uint64(64 * GAMMA & _MASK), hits)
    hands = np.flatnonzero(np.unpackbits(drawn.astype("<u8").view(np.uint8), bitorder="little"))
    at, first_of = np.unique(hands >> 1, return_index=True)
    last_of = np.append(first_of[1:], len(hands))[: len(at)] - 1
    match = owners[at // TURNS_A_WORD]
    turn = at - first[match] * TURNS_A_WORD
    is_played = turn < lengths[match]
    row, column = hands[last_of] % 2 == 1, hands[first_of] % 2 == 0
    columns = (figures[is_played].tolist() for figures in (turn, row, column))
    listed = list(zip(*columns, strict=True))
    edges = np.searchsorted(match[is_played], np.arange(len(keys) + 1)).tolist()
    return [listed[begin:end] for begin, end in pairwise(edges)]


def words_at(key: "int | NDArray[np.uint64]", turns: "NDArray[np.int64]") -> "NDArray[np.uint64]":
    """Give the words that a key has at turns; see `draws.word_at`."""
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
