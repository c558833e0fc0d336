"""Random numbers without a generator: a hash of the seed and of the question.

No state is consumed, so a branch of a match has the same random numbers as its trunk, and the
order of questions does not matter. Source: rules section 7; BLAKE2 (RFC 7693).
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from math import ceil

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
    """Return the end of a question as `reaching` takes it, to keep where it is asked often."""
    return _BETWEEN.join(words).encode()


def reaching(seed: str, *question: str | int) -> Callable[[float, Sequence[bytes]], list[int]]:
    """Return which of some questions have a `chance` of a share or more, by their places.

    The questions begin alike: that is hashed once. A chance is 53 bits of a hash, so it reaches a
    share where the hash, as a text of bytes, comes after the least that does.

    >>> reaching("7", "sight", 3)(0.5, [ending("CHN", "USA"), ending("CHN", "VNM")])
    [1]
    >>> [chance("7", "sight", 3, *who) >= 0.5 for who in (("CHN", "USA"), ("CHN", "VNM"))]
    [False, True]
    """
    begun = _BLANK.copy()
    begun.update(_BETWEEN.join([seed, *map(str, question), ""]).encode())
    begin = begun.copy

    def places(share: float, questions: Sequence[bytes]) -> list[int]:
        if share >= 1.0:
            return []
        least = (ceil(share / _UNIT) << 11).to_bytes(8, "big")
        found = []
        for place, words in enumerate(questions):
            whole = begin()
            whole.update(words)
            if whole.digest() >= least:
                found.append(place)
        return found

    return places
