"""Meetings of seats in arenas, and the meetings that cross the lines between blocs.

A bloc is the members of an exclusive arena. The result depends only on the arenas' members, so it
is cached for each set of arenas.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from game_rules.roles import Seat

Shape = tuple[tuple[tuple[Seat, ...], float], ...]
"""The members and the exclusivity of each arena, in order."""

Shares = tuple[tuple[Seat, float], ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """ties: for each seat, every other it meets and the places (arena numbers) where.

    inside, across: for each arena, how much each member's action weighs in the cooperation inside
    blocs and between seats that no bloc unites; each sums to 1 over all arenas, or is empty.
    """

    ties: tuple[tuple[Seat, tuple[tuple[Seat, tuple[int, ...]], ...]], ...]
    inside: tuple[Shares, ...]
    across: tuple[Shares, ...]


@lru_cache(maxsize=256)
def meetings(shape: Shape) -> Meetings:
    """Compute the meetings of all seats.

    >>> a, b, c = Seat("A"), Seat("B"), Seat("C")
    >>> met = meetings((((a, b), 0.1), ((a, b, c), 0.0)))
    >>> met.ties[0]
    ('A', (('B', (0, 1)), ('C', (1,))))
    >>> met.across
    ((), (('A', 0.25), ('B', 0.25), ('C', 0.5)))
    """
    blocs = [frozenset(members) for members, exclusive in shape if exclusive > 0]
    return Meetings(
        ties=_ties(shape),
        inside=_shares(shape, lambda place, i, j: shape[place][1] > 0),
        across=_shares(shape, lambda place, i, j: not any({i, j} <= bloc for bloc in blocs)),
    )


def _ties(shape: Shape) -> tuple[tuple[Seat, tuple[tuple[Seat, tuple[int, ...]], ...]], ...]:
    places: dict[Seat, dict[Seat, list[int]]] = {}
    for place, (members, _) in enumerate(shape):
        for seat in members:
            row = places.setdefault(seat, {})
            for other in members:
                if other != seat:
                    row.setdefault(other, []).append(place)
    return tuple(
        (seat, tuple((other, tuple(where)) for other, where in row.items()))
        for seat, row in places.items()
    )


def _shares(shape: Shape, counts: Callable[[int, Seat, Seat], bool]) -> tuple[Shares, ...]:
    """Divide one among the members of the pairs that count, by the number of pairs."""
    times = [
        Counter(seat for pair in combinations(members, 2) if counts(place, *pair) for seat in pair)
        for place, (members, _) in enumerate(shape)
    ]
    whole = sum(counted.total() for counted in times)
    return tuple(
        tuple((seat, counted[seat] / whole) for seat in members if counted[seat])
        for counted, (members, _) in zip(times, shape, strict=True)
    )
