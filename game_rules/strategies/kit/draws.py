"""Random numbers of a bot: a hash of its key and the turn, the same in a seat and in a kernel.

This is the splitmix64 generator addressed by position. No state is consumed, so turns can be drawn
in any order and on any thread. `contests.kernels` has a compiled copy.
Source: Steele, Lea & Flood 2014, Fast Splittable Pseudorandom Number Generators (OOPSLA).
"""

from functools import lru_cache

from game_rules.chance import chance

GAMMA = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF
_UNIT = 2.0**-53


def mix(word: int) -> int:
    """Scramble a 64-bit word; a bijection.

    >>> mix(1234567 + GAMMA)
    6457827717110365317
    """
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB & _MASK
    return word ^ (word >> 31)


def word_at(key: int, turn: int, nth: int = 0) -> int:
    """Return the 64-bit word of a key at a turn; nth: further words of that turn."""
    return mix((key + (turn + (nth << 32)) * GAMMA) & _MASK)


def draw(key: int, turn: int, nth: int = 0) -> float:
    """Return the random number in [0, 1) of a key at a turn.

    >>> draw(7, 3) == draw(7, 3), draw(7, 3) == draw(7, 4)
    (True, False)
    """
    return (word_at(key, turn, nth) >> 11) * _UNIT


@lru_cache(maxsize=1024)
def seat_key(seed: str, seat: str, arena: str) -> int:
    """Derive the key of a bot in one arena of one match."""
    return mix(int(chance(seed, "bot", seat, arena) / _UNIT))
