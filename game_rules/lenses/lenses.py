"""Realism, liberalism, constructivism: one formula, three sets of weights (rules section 3).

    U_i = own·π_i + Σ_{j≠i} ω_ij·π_j + s_i(action)

A match stores material payoffs. A lens computes utilities from them, live or in replay, and never
changes them. Its input is a `LensContext`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C
from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.parameters import LensParameters as LensParameters
from game_rules.scenario.scenario import Arena
from game_rules.swift import swift

Toward = Mapping[Seat, Mapping[Seat, float]]
"""A figure of each seat about each other: toward[i][j]."""


class Lens(StrEnum):
    """A school of thought, as a way to score a round."""

    REALISM = "realism"
    LIBERALISM = "liberalism"
    CONSTRUCTIVISM = "constructivism"


@swift
@dataclass(frozen=True, slots=True)
class LensContext:
    """The data for the lenses, before or after a round.

    power: any measure, by seat. trust, affinity: τ_ij in [0, 1] and A_ij in [−1, 1].
    institutions, norms: I and N by arena, in [0, 1]. trade: share of j in i's trade, 0 where it
    is not given. proximity: 1 where it is not given. allies: whom a seat has an alliance with, and
    so does not hold for a threat.
    """

    power: Mapping[Seat, float]
    trust: Toward
    affinity: Toward
    institutions: Mapping[str, float]
    norms: Mapping[str, float]
    trade: Toward = field(default_factory=dict)
    proximity: Toward = field(default_factory=dict)
    parameters: LensParameters = field(default_factory=LensParameters)
    allies: Mapping[Seat, frozenset[Seat]] = field(default_factory=dict)


@swift
@dataclass(frozen=True, slots=True)
class Regard:
    """The weights of one member for an outcome of an arena.

    own: factor of its own payoff. toward: ω by member, in member order, 0 for itself.
    for_c, for_d: what the action itself adds.
    """

    own: float
    toward: tuple[float, ...]
    for_c: float = 0.0
    for_d: float = 0.0


def lens_named(name: str) -> Lens:
    """Find a lens by its name.

    Raises InvalidInput naming the nearest lenses if there is none.

    >>> lens_named("realism").value
    'realism'
    """
    try:
        return Lens(name)
    except ValueError as error:
        raise InvalidInput(f"{name[:40]!r} is no lens; {nearest(name, Lens)}") from error


def regard(lens: Lens, arena: Arena, seat: Seat, context: LensContext) -> Regard:
    """Return the weights of a lens for one member of an arena.

    Raises ValueError if the seat is no member.
    """
    arena.member(seat)
    return regard_among(lens, arena.name, arena.members, seat, context)


def regard_among(
    lens: Lens, arena: str, others: Sequence[Seat], seat: Seat, context: LensContext
) -> Regard:
    """Return the weights of a lens for one of some members, by the arena's name alone."""
    if lens is Lens.REALISM:
        return realist(_threats(context, seat, others), context.parameters.k)
    if lens is Lens.LIBERALISM:
        shares = _toward(context.trade, seat, others)
        strength = context.institutions.get(arena, 0.0)
        return liberal(shares, strength, context.parameters)
    affinities = _toward(context.affinity, seat, others)
    norm = context.norms.get(arena, 0.0)
    return constructivist(affinities, norm, others.index(seat), context.parameters)


def realist(threats: Sequence[float], k: float) -> Regard:
    """Weigh relative gains: own payoff × (1 + k), ω_ij = −k·t_ij.

    threats: power · proximity · (1 − trust) by member, 0 for oneself; scaled so that Σ t = 1. If
    nobody is a threat, nobody's gain is grudged; an ally's never is, for among allies gaps matter
    little. Source: Grieco 1988; Walt 1987.

    >>> realist((0, 3, 1), k=0.5)
    Regard(own=1.5, toward=(0.0, -0.375, -0.125), for_c=0.0, for_d=0.0)
    """
    whole = 0.0
    for threat in threats:
        whole += threat
    toward = tuple([-k * (threat / whole) if threat else 0.0 for threat in threats])
    return Regard(1.0 + k, toward)


def liberal(shares: Sequence[float], strength: float, parameters: LensParameters) -> Regard:
    """Weigh interdependence and institutions: ω_ij = λ·m_ij, +β·I for C.

    shares: of each member in one's trade, 0 for oneself. strength: I.
    Source: Keohane 1984; Oye 1985.
    """
    toward = tuple([parameters.lam * share for share in shares])
    return Regard(1.0, toward, for_c=parameters.beta * strength)


def constructivist(
    affinities: Sequence[float], norm: float, me: int, parameters: LensParameters
) -> Regard:
    """Weigh identity and norms: ω_ij = α·A_ij/(n − 1), +ν·N for C and −ν·N for D.

    affinities: A by member; the entry of `me` is not read. norm: N. Source: Wendt 1999.
    """
    each = parameters.alpha / (len(affinities) - 1)
    toward = tuple([0.0 if j == me else each * a for j, a in enumerate(affinities)])
    return Regard(1.0, toward, for_c=parameters.nu * norm, for_d=-parameters.nu * norm)


def utility(own: Regard, member: int, payoffs: Sequence[float], action: Action) -> float:
    """Compute the utility of an outcome for one member.

    payoffs: material, of every member in member order. action: the member's own.

    >>> utility(Regard(1.5, (0, -0.5)), 0, (4, 2), C)
    5.0
    """
    score = own.own * payoffs[member] + (own.for_c if action is C else own.for_d)
    for weight, payoff in zip(own.toward, payoffs, strict=True):
        if weight:
            score += weight * payoff
    return score


def _threats(context: LensContext, seat: Seat, others: Sequence[Seat]) -> list[float]:
    power, harmless = context.power, {seat, *context.allies.get(seat, ())}
    near, trust = context.proximity.get(seat, _NOBODY), context.trust.get(seat, _NOBODY)
    return [
        0.0 if j in harmless else power[j] * near.get(j, 1.0) * (1.0 - trust.get(j, 0.5))
        for j in others
    ]


def _toward(figures: Toward, seat: Seat, others: Sequence[Seat]) -> tuple[float, ...]:
    row = figures.get(seat, _NOBODY)
    return tuple([0.0 if j == seat else row.get(j, 0.0) for j in others])


_NOBODY: Mapping[Seat, float] = {}
