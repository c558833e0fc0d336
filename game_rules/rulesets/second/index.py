"""The index of integration by efficiency, its floors, and the outlook at three thresholds.

Source: docs/theory.md; efficiency as the share of the joint gain, Ostrom, Gardner & Walker 1994.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from game_rules.games.joint import efficiency
from game_rules.games.stage_games import Action, C
from game_rules.roles import Seat
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import Arena
from game_rules.standing.integration import Integration, Outlook, index_of
from game_rules.swift import swift

BANDS = ((65.0, 31.0), (60.0, 35.0), (70.0, 25.0))
"""Where optimistic begins and pessimistic ends: the outlook's own, and two to compare it with."""


@swift
@dataclass(frozen=True, slots=True)
class ScoredArena:
    """An arena as it was played, with what it paid: none of a round's other points are in it."""

    arena: Arena
    actions: Mapping[Seat, Action]
    payoffs: Mapping[Seat, float]

    @property
    def efficiency(self) -> float | None:
        """The share of the joint gain that was reached; None where there is none to reach."""
        paid = [self.payoffs[seat] for seat in self.arena.members]
        return efficiency(self.arena.game, paid)


@swift
@dataclass(frozen=True, slots=True)
class Coordination:
    """Efficiency of open arenas, of pairs that no bloc unites, and of what blocs do inside."""

    open: float
    across: float
    inside: float | None


def coordination(scored: Sequence[ScoredArena]) -> Coordination:
    """Weigh the efficiency of open arenas by members, and by pairs that no bloc unites.

    All arenas count where every one is a bloc. Arenas without joint gain are left out; where none
    is left it is the plain mean of the shares that played C. Source: docs/theory.md.
    """
    inside = [x for x in scored if x.arena.exclusive > 0]
    blocs = tuple([x.arena.members for x in inside])
    considered = [x for x in scored if x.arena.exclusive == 0] or inside
    reached = [(x, found) for x in considered if (found := x.efficiency) is not None]
    if not reached:
        plain = _mean([_share_of_c(x) for x in scored])
        return Coordination(plain, plain, _by_members(inside))
    whole = members = crossed = pairs = 0.0
    for x, found in reached:
        size, outside = len(x.arena.members), _cross_pairs(x.arena.members, blocs)
        whole += found * size
        members += size
        crossed += found * outside
        pairs += outside
    across = crossed / pairs if pairs else whole / members
    return Coordination(whole / members, across, _by_members(inside))


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
    calm = 1.0 - _mean(tensions) if tensions else 1.0
    least = c.least_part
    parts = (
        max(least, coordinated.open),
        max(least, coordinated.across),
        max(least, _mean(trusts)),
        max(least, _mean(autonomies)),
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
def _cross_pairs(members: tuple[Seat, ...], blocs: tuple[tuple[Seat, ...], ...]) -> int:
    """Count the pairs of an arena that no bloc unites."""
    pairs = combinations(members, 2)
    return sum(not any({*pair} <= {*bloc} for bloc in blocs) for pair in pairs)


def _by_members(scored: Sequence[ScoredArena]) -> float | None:
    if not scored:
        return None
    reached = [(x.efficiency, len(x.arena.members)) for x in scored]
    known = [(share, weight) for share, weight in reached if share is not None]
    return _weighed(known) if known else None


def _weighed(figures: Sequence[tuple[float, int]]) -> float:
    whole = weights = 0.0
    for figure, weight in figures:
        whole += figure * weight
        weights += weight
    return whole / weights


def _share_of_c(scored: ScoredArena) -> float:
    return sum(x is C for x in scored.actions.values()) / len(scored.arena.members)


def _mean(figures: Collection[float]) -> float:
    whole = 0.0
    for figure in figures:
        whole += figure
    return whole / len(figures) if figures else 0.0
