"""Pairings: the pairs of each round of a population.

Players are numbered from 0. Every player is in exactly one pair per round, so their number is
even. Random numbers come from the seed alone.
"""

from enum import StrEnum

from game_rules.chance import chance
from game_rules.errors import InvalidInput

Pairs = tuple[tuple[int, int], ...]


class Pairing(StrEnum):
    """The way pairs are drawn: once, at random in each round, or as a round robin."""

    FIXED = "fixed"
    RANDOM = "random"
    ROUND_ROBIN = "round_robin"


def pairs_of(players: int, pairing: Pairing, seed: str, number: int) -> Pairs:
    """Pair players of one kind for a round; any two may meet.

    number: the round, from 1. The lower number stands first in a pair; pairs are in its order.
    A round-robin has everybody meet everybody within players − 1 rounds, by the circle method
    (Kirkman 1847), then begins again. Raises InvalidInput for an odd number of players.

    >>> pairs_of(4, Pairing.ROUND_ROBIN, "7", 1), pairs_of(4, Pairing.FIXED, "7", 9)
    (((0, 3), (1, 2)), ((0, 1), (2, 3)))
    """
    _require_even(players)
    if pairing is Pairing.ROUND_ROBIN:
        row = _turned(players, number)
        folded = zip(row[: players // 2], reversed(row[players // 2 :]), strict=True)
    else:
        row = _shuffled(players, seed, number) if pairing is Pairing.RANDOM else [*range(players)]
        folded = zip(row[::2], row[1::2], strict=True)
    return tuple(sorted((min(pair), max(pair)) for pair in folded))


def pairs_across(players: int, pairing: Pairing, seed: str, number: int) -> Pairs:
    """Pair two sides for a round: the first half of the players with the second.

    number: the round, from 1. Pairs are in the order of the first side. A round-robin has
    everybody meet the whole other side within players / 2 rounds, then begins again.
    Raises InvalidInput for an odd number of players.

    >>> pairs_across(6, Pairing.ROUND_ROBIN, "7", 2)
    ((0, 4), (1, 5), (2, 3))
    """
    _require_even(players)
    half = players // 2
    match pairing:
        case Pairing.FIXED:
            others = [*range(half)]
        case Pairing.RANDOM:
            others = _shuffled(half, seed, number)
        case _:
            others = [(player + number - 1) % half for player in range(half)]
    return tuple((player, half + other) for player, other in enumerate(others))


def _require_even(players: int) -> None:
    if players < 2 or players % 2:
        raise InvalidInput(f"{players} players do not make pairs; give an even number from 2")


def _turned(players: int, number: int) -> list[int]:
    """Rotate all but the first by one place per round."""
    others = [*range(1, players)]
    place = (number - 1) % len(others)
    return [0, *others[place:], *others[:place]]


def _shuffled(players: int, seed: str, number: int) -> list[int]:
    """Sort by random keys; equal keys, which are very rare, by number."""
    lots = [(chance(seed, "pair", number, player), player) for player in range(players)]
    return [player for _, player in sorted(lots)]
