"""What people did in laboratories, in a symmetric Prisoner's Dilemma that is played repeatedly.

Their first move follows how risky cooperation is: the basin of "always defect" (`supergame`), the
chance δ that another round follows, and the chance that an action is carried out as it was meant:

    share that cooperates at first = BASE + SLOPE · (1 − basin) · δ · (1 − noise)

It falls with the basin and with noise, rises with δ and stays between BASE and BASE + SLOPE. Only
+, − and × are used, so that a bot's choice is the same on every machine.

Status: BASE and SLOPE are a least-squares fit to 19 treatments of 6 studies; foretold from the
other 18, a treatment is missed by 7.2 points on average. Nine of ten such misses are within MARGIN.
Source: the data of Nay & Vorobeychik 2016, PLOS ONE 11(5) e0155656 (`data/laboratory.toml`); the
predictors are those of Dal Bó & Fréchette 2011, AER 101(1), and Fudenberg, Rand & Dreber 2012, AER
102(2). `python -m tests.tools.laboratory` fits them again.
"""

from itertools import pairwise
from typing import NamedTuple

from game_rules.games.corners import Corners
from game_rules.games.supergame import basin_of_defection

BASE = 0.151
SLOPE = 0.788
MARGIN = 0.205
"""Half the width of the interval that holds the figure of a new treatment with chance 0.9."""

MOST_NOISE = 0.5
"""Beyond it an action says the opposite of what was meant."""


class Replies(NamedTuple):
    """The chance to cooperate after each outcome of the last round, own action first."""

    after_cc: float
    after_cd: float
    after_dc: float
    after_dd: float


REPLIES = (
    (0.0, Replies(0.96, 0.40, 0.40, 0.07)),
    (0.0625, Replies(0.94, 0.68, 0.42, 0.19)),
    (0.125, Replies(0.92, 0.53, 0.28, 0.09)),
)
"""How people replied, by noise: halfway between two readings of the same data, in hundredths.

One is the mean of all treatments that chance ended, the other the one game in which Fudenberg, Rand
& Dreber 2012 varied noise alone. With noise 1/16 there is no other treatment.
"""


class Foretold(NamedTuple):
    """A share of people, and the interval that holds it with chance 0.9."""

    share: float
    low: float
    high: float


def first_cooperation(corners: Corners, continuation: float, noise: float = 0.0) -> Foretold:
    """Return how many people cooperate at first; see the module for formula and source.

    >>> dilemma = Corners(T=5, R=3, P=1, S=0)
    >>> [round(x, 2) for x in first_cooperation(dilemma, 0.75)]
    [0.62, 0.42, 0.83]
    """
    safe = 1 - basin_of_defection(corners, continuation)
    share = BASE + SLOPE * safe * continuation * (1 - min(noise, MOST_NOISE))
    return Foretold(share, max(share - MARGIN, 0.0), min(share + MARGIN, 1.0))


def replies(noise: float) -> Replies:
    """Return how people reply: on the line between the noises that were tried, flat beyond them.

    >>> replies(0.0).after_cd, round(replies(0.03125).after_cd, 3), replies(0.3).after_cd
    (0.4, 0.54, 0.53)
    """
    for (low, before), (high, after) in pairwise(REPLIES):
        if noise <= high:
            share = (noise - low) / (high - low)
            both = zip(before, after, strict=True)
            return Replies(*((1 - share) * x + share * y for x, y in both))
    return REPLIES[-1][1]
