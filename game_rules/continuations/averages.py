"""Averages: what the other action would have brought under other luck, over many continuations.

Each run plays the choice and its alternative with one and the same luck, so that what differs is
the choice alone. Source: common random numbers, Glasserman & Yao 1992.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from game_rules.continuations.changes import OrderChange
from game_rules.continuations.choices import Brought, ChosenOrder, brought, turned
from game_rules.continuations.continuation import changed
from game_rules.continuations.forecast import OF_95_PERCENT
from game_rules.continuations.trunk import Trunk
from game_rules.errors import InvalidInput

USUAL_RUNS = 50


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, and its 95 percent interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Averaged:
    """What the other action would have brought on average, as in `JudgedChoice`.

    points: at once and later together.
    """

    runs: int
    points: Estimate
    index: Estimate
    trust: Estimate


def averaged(trunk: Trunk, choice: ChosenOrder, runs: int = USUAL_RUNS) -> Averaged:
    """Weigh a choice under so many lucks. Raises InvalidInput for fewer than two."""
    return average_of(brought_in(trunk, choice, 1, runs))


def brought_in(trunk: Trunk, choice: ChosenOrder, first: int, last: int) -> tuple[Brought, ...]:
    """Weigh a choice under the lucks from number first to number last, both included.

    The luck is other from the resolution of the round on: what was seen, when the match ends, and
    what bots toss. The figures are the same in whatever pieces they are computed.
    """
    silent = trunk.silent()
    same = OrderChange(choice.round, choice.seat, choice.arena, choice.action)
    found = []
    for number in range(first, last + 1):
        luck = f"{trunk.first.seed}/mean/{number}"
        base, other = changed(silent, same, luck=luck), turned(silent, choice, luck)
        found.append(brought(choice, base.position, other.position))
    return tuple(found)


def average_of(every: Sequence[Brought]) -> Averaged:
    """Put runs together. Raises InvalidInput for fewer than two, which have no interval."""
    if len(every) < 2:
        raise InvalidInput(f"{len(every)} runs have no interval; make two or more")
    return Averaged(
        runs=len(every),
        points=estimate([each.at_once + each.later for each in every]),
        index=estimate([each.index for each in every]),
        trust=estimate([each.trust for each in every]),
    )


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of two or more values, and mean ± 1.96·s/√n. Source: Gosset 1908, the limit.

    >>> estimate([1.0, 1.0])
    Estimate(mean=1.0, low=1.0, high=1.0)
    """
    mean = fsum(values) / len(values)
    spread = sqrt(fsum((x - mean) * (x - mean) for x in values) / (len(values) - 1))
    half = OF_95_PERCENT * spread / sqrt(len(values))
    return Estimate(mean, mean - half, mean + half)
