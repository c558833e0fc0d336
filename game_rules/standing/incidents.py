"""Incidents: events of a round that the literature has a name for, with an explanation.

Each detector uses the standing before the round and the actions in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from game_rules.games.stage_games import C, D
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.standing.round_effects import PlayedArenas
from game_rules.standing.standing import Standing, StandingParameters, main_supplier
from game_rules.swift import swift


class Concept(StrEnum):
    """The concept that an incident is an instance of; brink and leverage are of rules 2."""

    ABANDONMENT = "abandonment"
    ENTRAPMENT = "entrapment"
    CRISIS = "crisis"
    SPIRAL = "spiral"
    FRAGMENTATION = "fragmentation"
    BRINK = "brink"
    LEVERAGE = "leverage"


@swift
@dataclass(frozen=True, slots=True)
class Incident:
    """One incident of a round.

    seats: whom it concerns, the one it befell first. arena: where, None if in no single one.
    figures: the numbers that made it one. explanation: the key of its sentence in a catalogue.
    cost: points that it takes from the first seat, 0 for most.
    """

    concept: Concept
    round: int
    seats: tuple[Seat, ...]
    arena: str | None
    figures: Mapping[str, float]
    explanation: str
    cost: float = 0.0


def costs(incidents: Sequence[Incident]) -> Mapping[Seat, float]:
    """Sum the costs of incidents by seat, in points; seats without costs are left out.

    Source: rules section 4.
    """
    paid: dict[Seat, float] = {}
    for incident in incidents:
        if incident.cost:
            seat = incident.seats[0]
            paid[seat] = paid.get(seat, 0.0) + incident.cost
    return paid


def letdowns(before: Standing, played: PlayedArenas, p: StandingParameters) -> Iterator[Incident]:
    """Find abandonment and entrapment by a main supplier (s_ij ≥ 0.35), one of each per seat.

    Abandonment: i played C where j played D. Entrapment: i played C in an arena with j while j
    was in crisis with an outsider. Each costs i 2·s_ij. Source: Snyder 1984; rules section 4.
    """
    for seat in before.dependency:
        supplier = main_supplier(before, seat)
        if supplier is None or supplier[1] < p.supplier_share:
            continue
        other, share = supplier
        shared = [x for x in played if other in x[1] and x[1].get(seat) is C]
        deserted = next((arena for arena, actions in shared if actions[other] is D), None)
        if deserted is not None:
            seats = (seat, other)
            yield _letdown(Concept.ABANDONMENT, before, seats, deserted, share, p)
        for arena, _ in shared:
            outsider = _opponent_outside(before, other, arena)
            if outsider is not None:
                seats = (seat, other, outsider)
                yield _letdown(Concept.ENTRAPMENT, before, seats, arena, share, p)
                break


def found(
    concept: Concept,
    round_number: int,
    seats: tuple[Seat, ...],
    figures: Mapping[str, float],
) -> Incident:
    """Build an incident without costs and without an arena."""
    return Incident(concept, round_number, seats, None, figures, f"incident.{concept}")


def _letdown(
    concept: Concept,
    before: Standing,
    seats: tuple[Seat, ...],
    arena: Arena,
    share: float,
    p: StandingParameters,
) -> Incident:
    cost = p.letdown_cost * share
    figures = {"dependency": share, "cost": cost}
    key = f"incident.{concept}"
    return Incident(concept, before.rounds + 1, seats, arena.name, figures, key, cost)


def _opponent_outside(before: Standing, seat: Seat, arena: Arena) -> Seat | None:
    for pair in before.rivals:
        if pair.is_in_crisis and seat in pair.seats:
            opponent = pair.seats[1] if pair.seats[0] == seat else pair.seats[0]
            if opponent not in arena.members:
                return opponent
    return None
