"""The situation in one arena: four utilities, a belief about the others, and the stakes.

Every function is a formula of the rules, so the choices of a doctrine can be computed by hand.
"""

from dataclasses import dataclass

from game_rules.games.stage_games import Corners
from game_rules.games.supergame import threat

FIXED_LENGTH_SHADOW = 2.0 / 3.0
"""δ where the number of rounds is fixed: two more rounds count as much as this one, and the last
round is not the end of the states. Assumption."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What one member weighs. corners: utilities. belief: f, the others' weight that cooperates.

    stake: points that D would forfeit, less those that C would. autonomy: 1 − H of the member.
    is_released: whether a pact has let go of it because another broke it.
    """

    corners: Corners
    belief: float
    stake: float = 0.0
    autonomy: float = 1.0
    is_released: bool = False

    @property
    def gain(self) -> float:
        """Return what C is expected to gain over D: −F + f·(F − G) + z.

        Source: Jervis 1978; rules section 2, fact 2 (exact at theta 0, else the straight line
        between the corners), and section 5 for z.

        >>> Situation(Corners(T=3, R=4, P=2, S=0), belief=0.5).gain
        -0.5
        """
        fear, greed = self.corners.fear, self.corners.greed
        return self.belief * (fear - greed) - fear + self.stake


def patient(corners: Corners, discount: float, patience: float = 1.0) -> Corners:
    """Take from T what a defection costs later: greed becomes G − μ·(R − V)·δ/(1 − δ).

    V is the worst equilibrium, as in δ*, and R − V counts where it is above 0; at patience μ = 1
    greed ends at or below 0 exactly where δ ≥ δ*.
    Source: Oye 1985 (shadow of the future); Bernheim & Whinston 1990; docs/theory.md.

    >>> patient(Corners(T=5, R=3, P=1, S=0), 0.5).greed
    0.0
    """
    lost = max(0.0, corners.R - threat(corners))
    loss = patience * lost * (discount / (1.0 - discount))
    return Corners(T=corners.T - loss, R=corners.R, P=corners.P, S=corners.S)


def firmness(situation: Situation) -> float:
    """Return the chance of C: one half at the tipping point, sure where the motive is strongest.

    1/2 + gain / (2·max(|G|, |F|)), within [0, 1]. Source: a quantal response, as McKelvey &
    Palfrey 1995 and Signorino 1999 have it; that it is a straight line is an assumption.

    >>> firmness(Situation(Corners(T=3, R=4, P=2, S=0), belief=0.5))
    0.375
    """
    corners, gain = situation.corners, situation.gain
    width = 2.0 * max(abs(corners.greed), abs(corners.fear))
    if width == 0.0:
        return 0.5 if gain == 0.0 else float(gain > 0.0)
    return min(1.0, max(0.0, 0.5 + gain / width))
