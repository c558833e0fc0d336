"""Forecasts: the same match going on many times, each with other luck.

A run draws all of its chance from the seed of the forecast and its own number, so the same runs
have the same figures wherever and in whatever order they are computed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum, sqrt

from game_rules.bots.casts import DOCTRINES
from game_rules.chance import chance
from game_rules.continuations.going_on import AS_PLAYED, Going, Policies
from game_rules.continuations.trunk import Trunk
from game_rules.errors import InvalidInput
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, step
from game_rules.match.visibility import shown
from game_rules.records.retrace import Retraced
from game_rules.roles import THE_FACILITATOR, Seat
from game_rules.scenario.scenario import Scenario
from game_rules.standing.integration import Outlook
from game_rules.strategies import strategy

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The lines of a fan."""

CRISIS = "crisis"
"""That a crisis between rivals opens, beside the outlooks at the end."""

OF_95_PERCENT = 1.959963984540054
"""Of a normal law, what 95 percent lie within. Source: Wilson 1927 takes it."""

CHANCES = (*(outlook.value for outlook in Outlook), CRISIS)


@dataclass(frozen=True, slots=True)
class Outset:
    """What every run starts from: the open round, as all and as each seat sees it.

    policies: of the seats; one that has none plays by a doctrine that each run draws. script: what
    seats did that go on as they played. has_talk: whether bots propose and sign pacts.
    """

    position: Position
    seen: Mapping[Seat, Position]
    policies: Policies
    script: tuple[Retraced, ...]
    has_talk: bool


@dataclass(frozen=True, slots=True)
class Rollout:
    """One run. indices: the integration index after each round from the open one on."""

    indices: tuple[float, ...]
    outlook: Outlook
    has_crisis: bool


@dataclass(frozen=True, slots=True)
class Fan:
    """The index after a round, over the runs that get so far. quantiles: by `QUANTILES`."""

    round: int
    runs: int
    mean: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A share of all runs, and its 95 percent interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What many runs come to. chances: by `CHANCES`; of a crisis only where none is open already.

    is_crisis_open: whether the match is in one where the forecast starts.
    """

    runs: int
    fans: tuple[Fan, ...]
    chances: Mapping[str, Likelihood]
    is_crisis_open: bool


def outset_of(trunk: Trunk, number: int, policies: Policies, *, has_talk: bool = True) -> Outset:
    """Start a forecast from a round of a match. Bots keep their strategies if nothing is said.

    Raises InvalidInput for a round that was not played.
    """
    place = trunk.start_of(number)
    position, log = trunk.before(place), trunk.events_before(place)
    own = {x: held.strategy for x, held in position.holders.items() if held.strategy is not None}
    acts = trunk.acts[place:]
    script = tuple(x for x in acts if policies.get(x.actor.seat or Seat("")) == AS_PLAYED)
    return _outset(position, log, {**own, **policies}, script, has_talk=has_talk)


def outset_in(scenario: Scenario, policies: Policies, *, has_talk: bool = True) -> Outset:
    """Start a forecast before the first round of a scenario, in which nobody has played yet."""
    if AS_PLAYED in policies.values():
        raise InvalidInput(f"nobody has played yet; give a strategy in place of {AS_PLAYED}")
    log = create_match(scenario, "", None, 0)
    events, position = step(fold(log), StartMatch(), THE_FACILITATOR, 0)
    return _outset(position, (*log, *events), policies, (), has_talk=has_talk)


def _outset(
    position: Position,
    log: Sequence[Event],
    policies: Policies,
    script: tuple[Retraced, ...],
    *,
    has_talk: bool,
) -> Outset:
    scenario = position.scenario
    for seat, name in policies.items():
        if seat not in scenario.seats:
            raise InvalidInput(f"{seat} is no seat here; choose among {', '.join(scenario.seats)}")
        if name != AS_PLAYED:
            strategy(name)  # or it is refused here, and not in the middle of the runs
    seen = {seat: fold(shown(log, seat, scenario)) for seat in scenario.seats}
    return Outset(position, seen, policies, script, has_talk)


def runs_of(outset: Outset, seed: str, first: int, last: int) -> tuple[Rollout, ...]:
    """Play the runs from number first to number last, both included."""
    return tuple(_run(outset, f"{seed}/{number}") for number in range(first, last + 1))


def _run(outset: Outset, luck: str) -> Rollout:
    """Play one run. luck: its seed."""
    start = outset.position
    going = Going(
        [],
        start.but(seed=luck),
        outset.script,
        {seat: outset.policies.get(seat) or _drawn(luck, seat) for seat in start.totals},
        has_talk=outset.has_talk,
        seen=outset.seen,
    )
    going.play()
    rounds = going.position.history[len(start.history) :]
    indices = []
    for resolved in rounds:
        assert resolved.standing.integration is not None, "a round was played"
        indices.append(resolved.standing.integration.index)
    end = going.position.standing.integration
    assert end is not None
    crises = (pair.is_in_crisis for x in rounds for pair in x.standing.rivals)
    return Rollout(tuple(indices), end.outlook, any(crises))


def _drawn(luck: str, seat: Seat) -> str:
    """Draw a doctrine for a seat. Source: as the mixed column of the scenario table."""
    return DOCTRINES[int(chance(luck, "cast", seat) * len(DOCTRINES))]


def outcomes_of(outset: Outset, runs: Sequence[Rollout]) -> Outcomes:
    """Put runs together. Raises InvalidInput for none at all."""
    if not runs:
        raise InvalidInput("no run to put together; make one or more")
    played = len(outset.position.history)
    longest = max(len(run.indices) for run in runs)
    fans = []
    for place in range(longest):
        here = sorted(run.indices[place] for run in runs if len(run.indices) > place)
        lines = tuple(quantile(here, share) for share in QUANTILES)
        fans.append(Fan(played + place + 1, len(here), fsum(here) / len(here), lines))
    counts = {x.value: sum(run.outlook is x for run in runs) for x in Outlook}
    counts[CRISIS] = sum(run.has_crisis for run in runs)
    is_open = any(pair.is_in_crisis for pair in outset.position.standing.rivals)
    named = [name for name in CHANCES if not (is_open and name == CRISIS)]
    chances = {name: likelihood(counts[name], len(runs)) for name in named}
    return Outcomes(len(runs), tuple(fans), chances, is_open)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of values in ascending order, between two of them on a straight line.

    Source: Hyndman & Fan 1996, type 7.

    >>> quantile([1.0, 2.0, 4.0], 0.75)
    3.0
    """
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def likelihood(count: int, runs: int) -> Likelihood:
    """Return a share with its 95 percent interval. Source: Wilson 1927.

    >>> both = likelihood(50, 100)
    >>> both.share, round(both.low, 3), round(both.high, 3)
    (0.5, 0.404, 0.596)
    """
    share, z2 = count / runs, OF_95_PERCENT * OF_95_PERCENT
    middle = (share + z2 / (2 * runs)) / (1 + z2 / runs)
    spread = sqrt(share * (1 - share) / runs + z2 / (4 * runs * runs))
    half = OF_95_PERCENT * spread / (1 + z2 / runs)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Likelihood(share, 0.0 if count == 0 else low, 1.0 if count == runs else high)
