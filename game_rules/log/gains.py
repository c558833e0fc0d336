"""The lines of a round's points: what a seat's gains are made of."""

from enum import StrEnum


class GainLine(StrEnum):
    """One line of the table of points, beside what arenas pay.

    incidents: what rules 1 takes for abandonment and entrapment. shadow: loss of who stands outside
    a rival's bloc. stretch: commitments beyond capacity. leverage: a main partner's defection.
    """

    ARENAS = "arenas"
    INCIDENTS = "incidents"
    SHADOW = "shadow"
    STRETCH = "stretch"
    LEVERAGE = "leverage"
    MOVES = "moves"
    PACTS = "pacts"
