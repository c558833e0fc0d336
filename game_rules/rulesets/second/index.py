"""The index of integration by efficiency, its floors, and the outlook at three thresholds.

Source: docs/theory.md; efficiency as the share of the joint gain, Ostrom, Gardner & Walker 1994.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from game_rules.games.stage_games import Action, C
from game_rules.roles import Seat
from game_rules.scenario.parameters import Consequences
from game_rules.standing.integration import Integration, Outlook, index_of
from game_rules.standing.meetings import Shape
from game_rules.standing.tallies import mean
from game_rules.swift import swift

BANDS = ((65.0, 31.0), (60.0, 35.0), (70.0, 25.0))
"""Where optimistic begins and pessimistic ends: the outlook's own, and two to compare it with."""

Scored = tuple[float | None, Mapping[Seat, Action]]
"""The efficiency of an arena as it was played, None where there is no joint gain; its actions."""


@swift
@dataclass(frozen=True, slots=True)
class Coordination:
    """Efficiency of open arenas, of pairs that no bloc unites, and of what blocs do inside."""

    open: float
    across: float
    inside: float | None


def coordination(shape: Shape, scored: Sequence[Scored]) -> Coordination:
    """Weigh the efficiency of open arenas by members, and by pairs that no bloc unites.

    All arenas count where every one is a bloc. Arenas without joint gain are left out; where none
    is left it is the plain mean of the shares that played C. shape: of the arenas in their order.
    Source: docs/theory.md.
    """
    counted, blocs = _counted(shape)
    inside = _by_members(blocs, scored) if blocs else None
    whole = members = crossed = pairs = 0.0
    for place, size, outside in counted:
        found = scored[place][0]
        if found is not None:
            whole += found * size
            members += size
            crossed += found * outside
            pairs += outside
    if not members:
        plain = mean([_share_of_c(actions) for _, actions in scored])
        return Coordination(plain, plain, inside)
    across = crossed / pairs if pairs else whole / members
    return Coordination(whole / members, across, inside)


def integration(
    coordinated: Coordination,
    trusts: Collection[float],
    autonomies: Collection[float],
    tensions: Collection[float],
    calm_rounds: int,
    needed_rounds: int,
    c: Consequences,
) -> Integration:
    """Return the index from its five parts, none below the floor, and the outlook.

    calm_rounds: without a crisis; needed_rounds: so many for an optimistic outlook.
    Source: docs/theory.md.
    """
    calm = 1.0 - mean(tensions) if tensions else 1.0
    least = c.least_part
    parts = (
        max(least, coordinated.open),
        max(least, coordinated.across),
        max(least, mean(trusts)),
        max(least, mean(autonomies)),
        max(least, calm),
    )
    index = index_of(parts)
    band = (c.optimistic_index, c.pessimistic_index)
    seen = outlook(index, calm_rounds, needed_rounds, band)
    return Integration(index, seen, *parts, coordinated.inside)


def outlook(
    index: float, calm_rounds: int, needed_rounds: int, band: tuple[float, float] = BANDS[0]
) -> Outlook:
    """Name the future that an index points to, by the thresholds of a band.

    >>> [outlook(66.0, 2, 2, band).value for band in BANDS]
    ['optimistic', 'optimistic', 'contested']
    """
    optimistic, pessimistic = band
    if calm_rounds == 0 or index <= pessimistic:
        return Outlook.PESSIMISTIC
    if index >= optimistic and calm_rounds >= needed_rounds:
        return Outlook.OPTIMISTIC
    return Outlook.CONTESTED


@lru_cache(maxsize=256)
def _counted(shape: Shape) -> tuple[tuple[tuple[int, int, int], ...], tuple[tuple[int, int], ...]]:
    """List the arenas that count: place, members, pairs that no bloc unites; and blocs: both."""
    blocs = [(place, members) for place, (members, exclusive) in enumerate(shape) if exclusive > 0]
    united = [{*members} for _, members in blocs]
    counted = [
        (place, members) for place, (members, exclusive) in enumerate(shape) if exclusive == 0
    ]
    return (
        tuple((place, len(x), _cross_pairs(x, united)) for place, x in counted or blocs),
        tuple((place, len(members)) for place, members in blocs),
    )


def _cross_pairs(members: Sequence[Seat], united: Sequence[Set[Seat]]) -> int:
    """Count the pairs of an arena that no bloc unites."""
    pairs = combinations(members, 2)
    return sum(not any({*pair} <= bloc for bloc in united) for pair in pairs)


def _by_members(blocs: Iterable[tuple[int, int]], scored: Sequence[Scored]) -> float | None:
    whole = members = 0.0
    for place, size in blocs:
        found = scored[place][0]
        if found is not None:
            whole += found * size
            members += size
    return whole / members if members else None


def _share_of_c(actions: Mapping[Seat, Action]) -> float:
    return sum(x is C for x in actions.values()) / len(actions)
