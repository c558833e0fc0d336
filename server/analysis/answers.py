"""What an analysis tells, in the form in which it goes to the browser.

Points are those of the match. The path of a match is what it was after each of its rounds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game_rules.continuations.beside import Difference, Parting, differences, partings
from game_rules.continuations.breaches import BreachEffect, JudgedBreach
from game_rules.continuations.choices import BothWays, JudgedChoice
from game_rules.continuations.forecast import Fan, Likelihood
from game_rules.continuations.reasons import Reason
from game_rules.continuations.trunk import Trunk
from game_rules.games.stage_games import Action
from game_rules.log.position import Position
from game_rules.roles import Seat


@dataclass(frozen=True, slots=True)
class WeighedChoice:
    """A choice beside its alternative. at_once, later: what the other action would have brought.

    Both in points to the seat. regret: their sum as a share of what the seat could gain or lose; 0
    if the other action would have brought nothing. index, trust: what it would have changed at the
    end, of the integration index and of the others' mean trust in the seat. reason: why it would
    have brought more; null where it would not. likewise: of a moment, the other seats whose choice
    in the same arena and round is regretted too.
    """

    round: int
    seat: Seat
    arena: str
    action: Action
    at_once: float
    later: float
    regret: float
    index: float
    trust: float
    reason: Reason | None
    likewise: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class NamedBreach:
    """A broken pledge by its effect. own, others: points that it brought the breaker and others."""

    round: int
    seat: Seat
    arena: str
    pact: int
    effect: BreachEffect
    own: float
    others: float
    is_planned: bool


@dataclass(frozen=True, slots=True)
class MomentsFound:
    """The moments of a match, the most regretted first, and its breaches. weighed: choices."""

    weighed: int
    moments: tuple[WeighedChoice, ...]
    breaches: tuple[NamedBreach, ...]


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A match after a round. cooperation: a share, as in the index."""

    round: int
    index: float
    cooperation: float
    totals: Mapping[Seat, float]


@dataclass(frozen=True, slots=True)
class TurnedChoice:
    """What a seat does in a continuation, and did not do in the trunk."""

    round: int
    seat: Seat
    arena: str
    action: Action


@dataclass(frozen=True, slots=True)
class WhatIfFound:
    """A match as it fell and with one choice changed.

    turned: which later choices differ then; the first ones, `turns` in all.
    """

    choice: WeighedChoice
    fell: tuple[PathPoint, ...]
    other: tuple[PathPoint, ...]
    turned: tuple[TurnedChoice, ...]
    turns: int


@dataclass(frozen=True, slots=True)
class ForecastFound:
    """How a match may go on from a round. shares: of the quantiles in each fan.

    chances: of each outlook, and of a crisis where none is open when the forecast starts.
    """

    start: int
    runs: int
    shares: tuple[float, ...]
    fans: tuple[Fan, ...]
    chances: Mapping[str, Likelihood]
    is_crisis_open: bool


@dataclass(frozen=True, slots=True)
class PointsBeside:
    """The points of a seat at the end of a match and of its model."""

    seat: Seat
    fell: float
    other: float


@dataclass(frozen=True, slots=True)
class BesideFound:
    """A match beside a model of it, which begins with a round.

    turned: which choices differ from then on; the first ones, `turns` in all. told: what differs.
    """

    start: int
    fell: tuple[PathPoint, ...]
    other: tuple[PathPoint, ...]
    turned: tuple[Parting, ...]
    turns: int
    points: tuple[PointsBeside, ...]
    told: tuple[Difference, ...]


MOST_TURNS = 24
"""Choices that are listed one by one; a reader follows no more."""


def choice_told(judged: JudgedChoice) -> WeighedChoice:
    """Tell a choice as it was judged."""
    choice = judged.choice
    return WeighedChoice(
        choice.round,
        choice.seat,
        choice.arena,
        choice.action,
        judged.at_once,
        judged.later,
        judged.regret,
        judged.index,
        judged.trust,
        judged.reason,
        judged.likewise,
    )


def breach_told(judged: JudgedBreach) -> NamedBreach:
    """Tell a breach as it was judged."""
    breach = judged.breach
    return NamedBreach(
        judged.round,
        breach.seat,
        breach.arena,
        breach.pact,
        judged.effect,
        judged.own,
        judged.others,
        judged.is_planned,
    )


def what_if_told(weighed: BothWays) -> WhatIfFound:
    """Tell both ways of a choice."""
    turned = tuple(_turned(weighed))
    return WhatIfFound(
        choice_told(weighed.judged),
        tuple(path_of(weighed.fell)),
        tuple(path_of(weighed.other)),
        turned[:MOST_TURNS],
        len(turned),
    )


def beside_told(trunk: Trunk, other: Position, start: int) -> BesideFound:
    """Tell a match and its model."""
    fell, turned = trunk.last, partings(trunk.last, other, start)
    return BesideFound(
        start,
        tuple(path_of(fell)),
        tuple(path_of(other)),
        turned[:MOST_TURNS],
        len(turned),
        tuple(PointsBeside(seat, fell.totals[seat], other.totals[seat]) for seat in fell.totals),
        differences(fell, other, start),
    )


def path_of(position: Position) -> Iterator[PathPoint]:
    """Give a match after each of its rounds."""
    totals = dict.fromkeys(position.totals, 0.0)
    for resolved in position.history:
        integration = resolved.standing.integration
        assert integration is not None, "a round was played"
        totals = {seat: whole + resolved.gains.get(seat, 0.0) for seat, whole in totals.items()}
        yield PathPoint(resolved.round, integration.index, integration.cooperation, totals)


def _turned(weighed: BothWays) -> Iterator[TurnedChoice]:
    """Find what differs after the round of the choice."""
    number = weighed.judged.choice.round
    fell, other = _played(weighed.fell, number), _played(weighed.other, number)
    for (at, seat, arena), action in other.items():
        if fell.get((at, seat, arena), action) is not action:
            yield TurnedChoice(at, seat, arena, action)


def _played(position: Position, after: int) -> dict[tuple[int, Seat, str], Action]:
    later: Sequence = [x for x in position.history if x.round > after]
    return {
        (resolved.round, seat, result.arena): action
        for resolved in later
        for result in resolved.results
        for seat, action in result.actions.items()
    }
