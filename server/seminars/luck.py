"""The luck of a seminar's matches: a seed each, of which none tells anything about another.

An ended match tells its seed to everybody. So seeds come from a key that only the server knows, and
from the match's own id, which no other match ever has, not even one that is dealt in its place.
Source: BLAKE2 with a key is a pseudorandom function (RFC 7693, section 2.9).
"""

from hashlib import blake2b

from server.seminars.seminar import Seminar
from server.store.event_store import MatchId

DERIVATION = "blake2b(match id, key=key, digest_size=16, person=b'detente-luck'), as hexadecimals"
"""How a match's seed comes from the seminar's key, for those who check it.

The match id is the one under which the match was made; a branch names it as its trunk. A branch of
an ended match has a seed of its own, which its record holds.
"""


def match_seed(seminar: Seminar, match: MatchId) -> str:
    """Derive a match's seed.

    The key is drawn with the seminar. A seminar of an earlier version may have one that was typed;
    it is hashed first, because a key has 64 bytes at most.
    """
    key = luck_key(seminar)
    return blake2b(match.encode(), key=key, digest_size=16, person=b"detente-luck").hexdigest()


def luck_key(seminar: Seminar) -> bytes:
    """Return the key of a seminar's luck; secret until all its matches have ended."""
    return blake2b(f"{seminar.id}\x1f{seminar.seed}".encode(), digest_size=32).digest()


def people_key(seminar: str, seed: str) -> bytes:
    """Return the key of the pseudonyms of a seminar's people, which is never told."""
    told = f"{seminar}\x1f{seed}".encode()
    return blake2b(told, digest_size=32, person=b"detente-people").digest()
