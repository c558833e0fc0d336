"""Choices: what each decision was worth beside its alternative, as it fell.

A decision is a seat's order in one arena of one round. Its alternative is the other action there,
with the same luck and everybody else's policies: one continuation. Both go on by policies after the
round. Source: Savage 1951 for regret; that it is measured in points of the match is an assumption.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import fsum

from game_rules.continuations.changes import OrderChange
from game_rules.continuations.continuation import Continued, changed, resumed
from game_rules.continuations.reasons import Reason, reason_for
from game_rules.continuations.trunk import Trunk
from game_rules.games.stage_games import Action
from game_rules.log.events import OrderSource
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.standing.standing import trusts

MOST_OF_A_SEAT, MOST_OF_A_MATCH = 3, 6

NOISE = 1e-9
"""A regret this small is none: points are sums of floats."""


@dataclass(frozen=True, slots=True)
class ChosenOrder:
    """What a seat chose in an arena of a round."""

    round: int
    seat: Seat
    arena: str
    action: Action


@dataclass(frozen=True, slots=True)
class Brought:
    """What the other action would have brought more (or less); see `JudgedChoice`."""

    at_once: float
    later: float
    index: float
    trust: float


@dataclass(frozen=True, slots=True)
class JudgedChoice:
    """A choice beside its alternative. at_once, later: what the other action would have brought.

    Both in points more (or less) to the seat: in this round, and in all after it. reach: what the
    seat could gain or lose in the match. index, trust: what the other action would have changed at
    the end, of the integration index and of the others' mean trust in the seat. reason: why it
    would have brought more; None where it would not. likewise: of a moment, the other seats whose
    choice in the same arena and round is regretted too, the most regretted first.
    """

    choice: ChosenOrder
    at_once: float
    later: float
    reach: float
    index: float
    trust: float
    reason: Reason | None = None
    likewise: tuple[Seat, ...] = ()

    @property
    def regret(self) -> float:
        """What the other action would have brought, as a share of the reach; 0 if nothing.

        Source: Savage 1951; the share is an assumption.
        """
        gain = self.at_once + self.later
        return gain / self.reach if gain > NOISE and self.reach > 0 else 0.0


@dataclass(frozen=True, slots=True)
class BothWays:
    """A choice as judged, and the ends of both matches: as it fell, and with the other action."""

    judged: JudgedChoice
    fell: Position
    other: Position


def choices_of(trunk: Trunk) -> Iterator[ChosenOrder]:
    """List the choices of a match: orders of people and bots, not what filled a missing one."""
    for resolved in trunk.last.history:
        for result in resolved.results:
            for seat, source in result.sources.items():
                if source is OrderSource.ORDERED:
                    yield ChosenOrder(resolved.round, seat, result.arena, result.actions[seat])


def judged(trunk: Trunk) -> tuple[JudgedChoice, ...]:
    """Weigh every choice of a match, in their order."""
    numbers = range(1, trunk.rounds + 1)
    return tuple(each for number in numbers for each in judged_in(trunk, number))


def judged_in(trunk: Trunk, number: int) -> tuple[JudgedChoice, ...]:
    """Weigh every choice of one round: a piece of `judged`. Raises InvalidInput, as `resumed`."""
    silent = trunk.silent()
    fell, reach = resumed(silent, number).position, reaches(trunk)
    return tuple(
        _beside(silent, choice, fell, reach[choice.seat]).judged
        for choice in choices_of(trunk)
        if choice.round == number
    )


def judged_choice(trunk: Trunk, choice: ChosenOrder) -> JudgedChoice:
    """Weigh one choice."""
    return weighed(trunk, choice).judged


def weighed(trunk: Trunk, choice: ChosenOrder) -> BothWays:
    """Weigh one choice, and keep how both went on: the answer to *what if*."""
    silent = trunk.silent()
    fell = resumed(silent, choice.round).position
    return _beside(silent, choice, fell, reaches(trunk)[choice.seat])


def reaches(trunk: Trunk) -> dict[Seat, float]:
    """Return what each seat could gain or lose: best less worst of its corners, over all rounds.

    Source: rules section 2 for the corners; in a game of two they are all its outcomes.
    """
    whole = dict.fromkeys(trunk.last.totals, 0.0)
    for resolved in trunk.last.history:
        for arena in trunk.before(trunk.resolution_of(resolved.round)).arenas:
            for member, seat in enumerate(arena.members):
                x = arena.game.corners(member)
                whole[seat] += max(x.T, x.R, x.P, x.S) - min(x.T, x.R, x.P, x.S)
    return whole


def moments(every: tuple[JudgedChoice, ...]) -> tuple[JudgedChoice, ...]:
    """Choose the moments of a match: the most regretted, at most three a seat and six in all.

    An arena in a round is one moment, of the seat that regrets most there; it names the others.
    """
    there: dict[tuple[int, str], list[JudgedChoice]] = defaultdict(list)
    for each in sorted(every, key=lambda each: -each.regret):
        if each.regret > 0:
            there[each.choice.round, each.choice.arena].append(each)
    of_seat: Counter[Seat] = Counter()
    found: list[JudgedChoice] = []
    for most, *others in there.values():
        seat = most.choice.seat
        if of_seat[seat] < MOST_OF_A_SEAT and len(found) < MOST_OF_A_MATCH:
            of_seat[seat] += 1
            found.append(replace(most, likewise=tuple(x.choice.seat for x in others)))
    return tuple(found)


def _beside(trunk: Trunk, choice: ChosenOrder, fell: Position, reach: float) -> BothWays:
    """Compare with the alternative. Source: Savage 1951."""
    other = turned(trunk, choice).position
    found = brought(choice, fell, other)
    before = trunk.before(trunk.resolution_of(choice.round))
    arena = next(each for each in before.arenas if each.name == choice.arena)
    reason = reason_for(arena, choice.seat, choice.round, fell, other)
    worth = (found.at_once, found.later, reach, found.index, found.trust)
    return BothWays(JudgedChoice(choice, *worth, reason), fell, other)


def turned(trunk: Trunk, choice: ChosenOrder, luck: str | None = None) -> Continued:
    """Go on from a round in which the choice was the other one. luck: as in `changed`."""
    other = choice.action.other
    return changed(trunk, OrderChange(choice.round, choice.seat, choice.arena, other), luck=luck)


def brought(choice: ChosenOrder, base: Position, other: Position) -> Brought:
    """Compare the ends of two continuations that differ by a choice. Source: Savage 1951."""
    seat, place = choice.seat, choice.round - 1
    at_once = other.history[place].gains[seat] - base.history[place].gains[seat]
    whole = other.totals[seat] - base.totals[seat]
    trust = _trust_in(other, seat) - _trust_in(base, seat)
    return Brought(at_once, whole - at_once, _index(other) - _index(base), trust)


def _index(position: Position) -> float:
    integration = position.standing.integration
    assert integration is not None, "a round was played"
    return integration.index


def _trust_in(position: Position, seat: Seat) -> float:
    """Return the mean trust of the others in a seat. Source: rules section 4."""
    held = [row[seat] for row in trusts(position.standing).values() if seat in row]
    return fsum(held) / len(held) if held else 0.0
