"""Standing: the results of all rounds so far, and its initial values.

Every default is a scenario's parameter; where the rules give no number it is marked as an
assumption made for play. `aftermath` computes the standing after a round.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from game_rules.later import LATER
from game_rules.roles import Seat
from game_rules.scenario.parameters import StandingParameters as StandingParameters
from game_rules.scenario.scenario import Scenario
from game_rules.standing.integration import Integration
from game_rules.standing.meetings import Meetings, meetings
from game_rules.swift import swift

F = TypeVar("F")

TrustCounts = tuple[float, float]
Pair = tuple[Seat, Seat]


@swift
@dataclass(frozen=True, slots=True)
class RivalPair:
    """Two declared rivals. tension in [0, 1]; is_in_crisis: their Chicken arena is open.

    arming_rounds: how many rounds running both defected while their tension rose. rung: in rules
    2, from calm (0) over strained (1) and crisis (2) to the brink (3).
    """

    seats: Pair
    tension: float
    is_in_crisis: bool = False
    arming_rounds: int = 0
    rung: int = field(default=0, metadata=LATER)


@swift
@dataclass(frozen=True, slots=True)
class Standing:
    """The result of all rounds so far. Inner mappings are i's figures about each j.

    faith: discounted counts (α, β) of C and D that i saw of j, for all who have met. affinity:
    A_ij in [−1, 1]. dependency: s_ij, the shares of i's benefits that j made. institutions,
    norms: I and N by arena. calm_rounds: rounds since a crisis. fragmented_rounds: rounds
    running with cooperation across blocs under half of that inside. integration: None before
    the first round. produced: in rules 2, what each arena produced in the last round, Q(X).
    """

    rounds: int
    faith: Mapping[Seat, Mapping[Seat, TrustCounts]]
    affinity: Mapping[Seat, Mapping[Seat, float]]
    dependency: Mapping[Seat, Mapping[Seat, float]]
    rivals: tuple[RivalPair, ...]
    institutions: Mapping[str, float]
    norms: Mapping[str, float]
    calm_rounds: int = 0
    fragmented_rounds: int = 0
    integration: Integration | None = None
    produced: Mapping[str, float] = field(default_factory=dict, metadata=LATER)


BLANK = Standing(0, {}, {}, {}, (), {}, {})
"""The standing of a match in which nobody has met anybody."""


def first_standing(
    scenario: Scenario,
    parameters: StandingParameters | None = None,
    tensions: Mapping[Pair, float] | None = None,
) -> Standing:
    """Return the standing before the first round.

    parameters: None takes the scenario's. tensions: where rivals start, for those that do not
    start at the parameters' default.
    """
    p, given = parameters or scenario.standing, tensions or {}
    met = meetings(tuple((arena.members, arena.exclusive) for arena in scenario.arenas))
    start = (p.count_at_start, p.count_at_start)
    tension = p.tension_at_start
    pairs = tuple(RivalPair(pair, given.get(pair, tension)) for pair in scenario.rivals)
    return Standing(
        rounds=0,
        faith={i: {j: start for j, _ in others} for i, others in met.ties},
        affinity=_affinities(scenario, met, p),
        dependency={seat: {} for seat in scenario.seats},
        rivals=tuple(replace(x, is_in_crisis=x.tension >= p.crisis_tension) for x in pairs),
        institutions={arena.name: p.institution_at_start for arena in scenario.arenas},
        norms={arena.name: p.norm_at_start for arena in scenario.arenas},
    )


def trust(standing: Standing, seat: Seat, other: Seat) -> float:
    """Return τ_ij = α/(α + β), the trust of a seat in another; one half if they never met.

    Source: rules section 4.
    """
    counts = standing.faith.get(seat, {}).get(other)
    return 0.5 if counts is None else counts[0] / (counts[0] + counts[1])


def trusts(standing: Standing) -> Mapping[Seat, Mapping[Seat, float]]:
    """Return τ_ij of all seats that have met, for lenses and advisor.

    Source: rules section 4.
    """
    return {
        i: {j: alpha / (alpha + beta) for j, (alpha, beta) in row.items()}
        for i, row in standing.faith.items()
    }


def concentration(standing: Standing, seat: Seat) -> float:
    """Return H_i = Σ_j s_ij², from even to one partner. Source: rules section 4; Hirschman 1945."""
    return concentration_of(standing.dependency.get(seat, {}))


def concentration_of(shares: Mapping[Seat, float]) -> float:
    """Return Σ s², the concentration of some shares. Source: Hirschman 1945.

    >>> concentration_of({Seat("A"): 0.5, Seat("B"): 0.25})
    0.3125
    """
    whole = 0.0
    for share in shares.values():
        whole += share * share
    return whole


def autonomy(standing: Standing, seat: Seat) -> float:
    """Return 1 − H_i. Source: Hirschman 1945 for H; to call the rest autonomy is an assumption."""
    return 1.0 - concentration(standing, seat)


def main_supplier(standing: Standing, seat: Seat) -> tuple[Seat, float] | None:
    """Find the seat that a seat depends on most, and the share; None without dependency."""
    row = standing.dependency.get(seat, {})
    if not row:
        return None
    other = max(row, key=lambda j: row[j])
    return other, row[other]


def pairs_in_crisis(standing: Standing) -> tuple[Pair, ...]:
    """Return the rivals whose tension opens a Chicken arena in the next round."""
    return tuple(pair.seats for pair in standing.rivals if pair.is_in_crisis)


def of_those_who_met(standing: Standing, arenas: Iterable[tuple[str, Sequence[Seat]]]) -> Standing:
    """Keep only a round's arenas and the pairs that met there. arenas: names and members."""
    names, met = set(), set()
    for name, members in arenas:
        names.add(name)
        met |= {(i, j) for i in members for j in members}

    def kept(rows: Mapping[Seat, Mapping[Seat, F]]) -> dict[Seat, dict[Seat, F]]:
        return {i: {j: x for j, x in row.items() if (i, j) in met} for i, row in rows.items()}

    return replace(
        standing,
        faith=kept(standing.faith),
        affinity=kept(standing.affinity),
        dependency=kept(standing.dependency),
        institutions={name: x for name, x in standing.institutions.items() if name in names},
        norms={name: x for name, x in standing.norms.items() if name in names},
    )


def as_seen_by(standing: Standing, seat: Seat | None) -> Standing:
    """Remove the private rows (trust and affinity) of all other seats.

    seat None: the public, which sees none of them.
    """
    return replace(
        standing,
        faith={i: row for i, row in standing.faith.items() if i == seat},
        affinity={i: row for i, row in standing.affinity.items() if i == seat},
    )


def _affinities(
    scenario: Scenario, met: Meetings, p: StandingParameters
) -> Mapping[Seat, Mapping[Seat, float]]:
    rivals = {frozenset(pair) for pair in scenario.rivals}

    def start(i: Seat, j: Seat, places: tuple[int, ...]) -> float:
        if frozenset((i, j)) in rivals:
            return p.affinity_of_rivals
        is_partner = any(scenario.arenas[place].exclusive > 0 for place in places)
        if is_partner:
            return p.affinity_of_partners
        return scenario.affinity.values.get(i, {}).get(j, 0.0)

    return {i: {j: start(i, j, places) for j, places in others} for i, others in met.ties}
