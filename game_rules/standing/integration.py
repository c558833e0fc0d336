"""The integration index: five parts, their geometric mean, and the paper's two futures."""

from dataclasses import dataclass, field
from enum import StrEnum

from game_rules.later import LATER
from game_rules.swift import swift

Parts = tuple[float, float, float, float, float]
"""Cooperation, cooperation across blocs, trust, autonomy and calm, each in [0, 1]."""


class Outlook(StrEnum):
    """The paper's scenario for the region that the index points to."""

    OPTIMISTIC = "optimistic"
    CONTESTED = "contested"
    PESSIMISTIC = "pessimistic"


@swift
@dataclass(frozen=True, slots=True)
class Integration:
    """The integration of a region after a round: the index, always with its parts.

    index: 0 to 100. The parts are shares in [0, 1]: cooperation by weight, cooperation between
    seats that no bloc unites, mean trust, mean autonomy, and calm (1 − mean tension). In rules 2
    cooperation is efficiency, and inside is that of blocs, beside the index; None without blocs.
    """

    index: float
    outlook: Outlook
    cooperation: float
    cross_bloc: float
    trust: float
    autonomy: float
    calm: float
    inside: float | None = field(default=None, metadata=LATER)


def fifth_root(x: float) -> float:
    """Compute the fifth root of a share with + − × ÷ only, the same on every machine.

    Source: Newton's iteration; from above it falls until rounding stops it. x in [0, 1].

    >>> fifth_root(0.5**5)
    0.5
    """
    if x <= 0.0:
        return 0.0
    root = 1.0
    while True:
        nearer = (4.0 * root + x / (root * root * root * root)) / 5.0
        if not nearer < root:  # nor for what is no number, from figures that no scenario has
            return root
        root = nearer


def index_of(parts: Parts) -> float:
    """Return 100 × the geometric mean of the five parts, each in [0, 1]. Source: rules section 4.

    >>> index_of((0.5, 0.5, 0.5, 0.5, 0.5))
    50.0
    """
    cooperation, cross_bloc, trust, autonomy, calm = parts
    return 100.0 * fifth_root(cooperation * cross_bloc * trust * autonomy * calm)
