"""Side by side: a match and a model of it, from the round where they part, and what differs.

Differences are kinds with arguments, as `reasons` are; words are elsewhere. Counts are of whole
courses, so that they are those of every other page.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import log

from game_rules.games.stage_games import Action
from game_rules.log.events import RoundResolved
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.standing.integration import Integration

NOISE = 0.05
"""Differences of the index below it are none: it is written with one figure."""

PLACES = 1
"""Points are written with one figure; what is written alike does not differ."""

MOST = 0.5
"""The least share of a difference in points that an arena must bring to be named."""


class DifferenceKind(StrEnum):
    """What differs. alike: nothing. first: the first choice. length: how many rounds there were.

    index: at the end, with the part that moved it most. crisis: from the round on, a pair came into
    one in one course only. breaches: how many in all. pacts: how many at the end. points: of a
    seat, with the arena that brought most of the difference.
    """

    ALIKE = "alike"
    FIRST = "first"
    LENGTH = "length"
    INDEX = "index"
    CRISIS = "crisis"
    BREACHES = "breaches"
    PACTS = "pacts"
    POINTS = "points"


class IndexPart(StrEnum):
    """The parts of the index. Source: rules section 9."""

    COOPERATION = "cooperation"
    CROSS_BLOC = "cross_bloc"
    TRUST = "trust"
    AUTONOMY = "autonomy"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Parting:
    """A choice that differs: what the seat did in the match, and in the model."""

    round: int
    seat: Seat
    arena: str
    fell: Action
    other: Action


@dataclass(frozen=True, slots=True)
class LargestPart:
    """The arena that brought most of a difference in points.

    points: what it paid the seat in the model less what it paid in the match. seats: whose choices
    differ there.
    """

    arena: str
    points: float
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference. fell, other: the figure of the match, and of its model.

    parting: the choice that it is about. part: of the index. round, seats: of a crisis, or whose
    points. largest: what brought most of a difference in points; null where no arena did.
    """

    kind: DifferenceKind
    fell: float = 0.0
    other: float = 0.0
    round: int | None = None
    seats: tuple[Seat, ...] = ()
    parting: Parting | None = None
    part: IndexPart | None = None
    largest: LargestPart | None = None


def partings(fell: Position, other: Position, start: int) -> tuple[Parting, ...]:
    """List the choices that differ from a round on, in the arenas of both, in their order."""
    played = _choices(fell, start)
    return tuple(
        Parting(*where, played[where], action)
        for where, action in _choices(other, start).items()
        if where in played and played[where] is not action
    )


def differences(fell: Position, other: Position, start: int) -> tuple[Difference, ...]:
    """Say what differs between a match and its model, the first choice first."""
    parted = partings(fell, other, start)
    told = [
        *(Difference(DifferenceKind.FIRST, parting=first) for first in parted[:1]),
        *_of_length(fell, other),
        *_of_index(fell, other),
        *_of_crises(fell, other, start),
        *_of_counts(fell, other),
        *_of_points(fell, other, parted),
    ]
    return tuple(told) or (Difference(DifferenceKind.ALIKE),)


def _choices(position: Position, start: int) -> dict[tuple[int, Seat, str], Action]:
    return {
        (resolved.round, seat, result.arena): action
        for resolved in _from(position, start)
        for result in resolved.results
        for seat, action in result.actions.items()
    }


def _from(position: Position, start: int) -> tuple[RoundResolved, ...]:
    return tuple(x for x in position.history if x.round >= start)


def _of_length(fell: Position, other: Position) -> Iterator[Difference]:
    rounds = len(fell.history), len(other.history)
    if rounds[0] != rounds[1]:
        yield Difference(DifferenceKind.LENGTH, *rounds)


def _of_index(fell: Position, other: Position) -> Iterator[Difference]:
    """Compare the index at the end; name the part whose change moved it most. Source: section 9.

    The index is a geometric mean, so a part counts by the logarithm of its change.
    """
    was, turned = fell.standing.integration, other.standing.integration
    if was is None or turned is None or abs(was.index - turned.index) < NOISE:
        return
    moved = {part: _share(turned, part) - _share(was, part) for part in IndexPart}
    is_higher = turned.index > was.index
    part = max(moved, key=lambda each: moved[each] if is_higher else -moved[each])
    yield Difference(DifferenceKind.INDEX, was.index, turned.index, part=part)


_LEAST = 1e-6


def _share(integration: Integration, part: IndexPart) -> float:
    """Return the logarithm of a part. Source: rules section 9; the least share is an assumption."""
    return log(max(getattr(integration, part.value), _LEAST))


def _of_crises(fell: Position, other: Position, start: int) -> Iterator[Difference]:
    """Name the first crisis that only one of the two courses had."""
    both = _crises(fell, start), _crises(other, start)
    for place, (here, there) in enumerate((both, both[::-1])):
        alone = [pair for pair in here if pair not in there]
        for pair in alone[:1]:
            counts = (0.0, 1.0) if place else (1.0, 0.0)
            yield Difference(DifferenceKind.CRISIS, *counts, round=here[pair], seats=pair)


def _crises(position: Position, start: int) -> dict[tuple[Seat, Seat], int]:
    """Return when each pair first came into a crisis from a round on."""
    found: dict[tuple[Seat, Seat], int] = {}
    known: set[tuple[Seat, Seat]] = set()
    for resolved in position.history:
        pairs = {pair.seats for pair in resolved.standing.rivals if pair.is_in_crisis}
        if resolved.round >= start:
            found |= {pair: resolved.round for pair in pairs - known if pair not in found}
        known = pairs
    return found


def _of_counts(fell: Position, other: Position) -> Iterator[Difference]:
    """Compare how many pledges were broken, and how many pacts were in force at the end."""
    broken = _breaches(fell), _breaches(other)
    if broken[0] != broken[1]:
        yield Difference(DifferenceKind.BREACHES, *broken)
    pacts = len(fell.pacts), len(other.pacts)
    if pacts[0] != pacts[1]:
        yield Difference(DifferenceKind.PACTS, *pacts)


def _breaches(position: Position) -> int:
    return sum(len(each.breaches) for each in position.history)


def _of_points(
    fell: Position, other: Position, parted: tuple[Parting, ...]
) -> Iterator[Difference]:
    """Compare every seat's points, the largest difference first, and say where it comes from."""
    by_seat = {seat: other.totals[seat] - fell.totals[seat] for seat in fell.totals}
    for seat in sorted(by_seat, key=lambda seat: -abs(by_seat[seat])):
        was, turned = fell.totals[seat], other.totals[seat]
        if round(was, PLACES) != round(turned, PLACES):
            largest = _largest(fell, other, seat, parted)
            yield Difference(DifferenceKind.POINTS, was, turned, seats=(seat,), largest=largest)


def _largest(
    fell: Position, other: Position, seat: Seat, parted: tuple[Parting, ...]
) -> LargestPart | None:
    """Find the arena that brought most of what a seat got more or less; None where none did.

    An arena where nobody chose otherwise is no reason. Source: this program's.
    """
    whole = other.totals[seat] - fell.totals[seat]
    before, after = _paid(fell, seat), _paid(other, seat)
    parts = {arena: after[arena] - before[arena] for arena in {**before, **after}}
    parts[""] = whole - sum(parts.values())  # costs of moves, pacts, crises
    arena = max(parts, key=lambda each: parts[each] / whole)
    seats = tuple(dict.fromkeys(x.seat for x in parted if x.arena == arena))
    if not seats or parts[arena] / whole < MOST:
        return None
    return LargestPart(arena, parts[arena], seats)


def _paid(position: Position, seat: Seat) -> dict[str, float]:
    """Return what each arena paid a seat over the whole match."""
    paid: defaultdict[str, float] = defaultdict(float)
    for resolved in position.history:
        for result in resolved.results:
            paid[result.arena] += result.payoffs.get(seat, 0.0)
    return paid
