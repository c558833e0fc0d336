"""Random numbers without a generator: a hash of the seed and of the question.

No state is consumed, so a branch of a match has the same random numbers as its trunk, and the
order of questions does not matter. Source: rules section 7; BLAKE2 (RFC 7693).
"""

from collections.abc import Callable
from hashlib import blake2b

_UNIT = 2.0**-53
_BETWEEN = "\x1f"
_BLANK = blake2b(digest_size=8, person=b"detente")


def chance(seed: str, *question: str | int) -> float:
    """Return the random number in [0, 1) for a question.

    question: what is decided, e.g. ("end", round) or ("bot", seat, arena, round).
    The same seed and question give the same number on every machine.

    >>> chance("7", "end", 3) == chance("7", "end", 3)
    True
    >>> 0 <= chance("7", "end", 3) < 1
    True
    """
    label = _BETWEEN.join((seed, *map(str, question))).encode()
    asked = _BLANK.copy()
    asked.update(label)
    return (int.from_bytes(asked.digest(), "big") >> 11) * _UNIT


def ending(*words: str) -> bytes:
    """Return the end of a question as `chances` takes it, to keep where it is asked often."""
    return _BETWEEN.join(words).encode()


def chances(seed: str, *question: str | int) -> Callable[[bytes], float]:
    """Return `chance` for questions that begin alike; what they begin with is hashed once.

    >>> chances("7", "sight", 3)(ending("USA", "CHN")) == chance("7", "sight", 3, "USA", "CHN")
    True
    """
    begun = _BLANK.copy()
    begun.update(_BETWEEN.join([seed, *map(str, question), ""]).encode())
    begin, number = begun.copy, int.from_bytes

    def ending_in(words: bytes) -> float:
        whole = begin()
        whole.update(words)
        return (number(whole.digest(), "big") >> 11) * _UNIT

    return ending_in
