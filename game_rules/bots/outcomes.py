"""Outcomes of a scenario: the same match under many seeds, for different seatings of bots.

One column of docs/scenario-table.md: the integration of a region at the end of a match, and the
paper's future that it belongs to, if all cooperate, answer in kind, follow one doctrine, follow
several, toss coins, or defect. Source: rules section 4 (index, outlook).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.casts import DOCTRINES
from game_rules.chance import chance
from game_rules.errors import InvalidInput
from game_rules.log.events import PactConcluded
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.scenario.scenario import Scenario
from game_rules.standing.integration import Integration, Outlook
from game_rules.strategies import strategy


@dataclass(frozen=True, slots=True)
class Seating:
    """The bots of a match: one on every seat, or several assigned by the seed."""

    name: str
    bots: tuple[str, ...]

    def cast(self, scenario: Scenario, seed: str) -> dict[Seat, str]:
        """Assign a bot to every seat.

        >>> from game_rules.scenario_files.scenarios import load_scenario
        >>> SEATINGS[0].cast(load_scenario("chicken"), "1")
        {'ROW': 'cooperator', 'COLUMN': 'cooperator'}
        """
        size = len(self.bots)
        return {seat: self.bots[int(chance(seed, "cast", seat) * size)] for seat in scenario.seats}


SEATINGS = (
    Seating("all_c", ("cooperator",)),
    Seating("reciprocity", ("tit_for_tat",)),
    *(Seating(name, (name,)) for name in DOCTRINES),
    Seating("mixed", DOCTRINES),
    Seating("random", ("random",)),
    Seating("all_d", ("defector",)),
)
"""The seatings that are compared, from all C to all D; mixed has a doctrine a seat by the seed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one match, and counts of its events."""

    integration: Integration
    pacts: int
    breaches: int
    incidents: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over matches. parts: the index's five, in its order. shares: of each outlook.

    pacts, breaches, incidents: how many a match.
    """

    runs: int
    index: float
    parts: tuple[float, ...]
    shares: tuple[float, ...]
    pacts: float
    breaches: float
    incidents: float


def has_chance(scenario: Scenario, seating: Seating) -> bool:
    """Tell whether the seed can make a difference; else one match is enough."""
    is_drawn = len(seating.bots) > 1 or any(strategy(bot).is_stochastic for bot in seating.bots)
    return is_drawn or scenario.monitoring < 1 or scenario.continuation < 1


def outcome(scenario: Scenario, seating: Seating, seed: str) -> Outcome:
    """Play one match and return its outcome."""
    log = play_bot_match(scenario, seating.cast(scenario, seed), seed)
    rounds = fold(log).history
    integration = rounds[-1].standing.integration
    assert integration is not None, "a round was played"
    return Outcome(
        integration=integration,
        pacts=sum(isinstance(event, PactConcluded) for event in log),
        breaches=sum(len(resolved.breaches) for resolved in rounds),
        incidents=sum(len(resolved.incidents) for resolved in rounds),
    )


def outcomes(scenario: Scenario, seating: Seating, first: int, last: int) -> tuple[Outcome, ...]:
    """Play the matches whose seeds are the numbers from first to last, both included."""
    return tuple(outcome(scenario, seating, str(seed)) for seed in range(first, last + 1))


def summarise(played: Sequence[Outcome]) -> Summary:
    """Compute the means of matches, in their order, so they are the same everywhere.

    Raises InvalidInput for no match at all.
    """
    if not played:
        raise InvalidInput("no match to summarise; play one or more")
    ends = [each.integration for each in played]
    rows = [(x.cooperation, x.cross_bloc, x.trust, x.autonomy, x.calm) for x in ends]
    return Summary(
        runs=len(played),
        index=_mean(x.index for x in ends),
        parts=tuple(_mean(column) for column in zip(*rows, strict=True)),
        shares=tuple(_mean(float(x.outlook is outlook) for x in ends) for outlook in Outlook),
        pacts=_mean(float(each.pacts) for each in played),
        breaches=_mean(float(each.breaches) for each in played),
        incidents=_mean(float(each.incidents) for each in played),
    )


def _mean(figures: Iterable[float]) -> float:
    whole, size = 0.0, 0
    for figure in figures:
        whole, size = whole + figure, size + 1
    return whole / size
