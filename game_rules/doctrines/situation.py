"""The situation in one arena: four utilities, a belief about the others, and the stakes.

Every function is a formula of the rules, so the choices of a doctrine can be computed by hand.
`Situation` reads the straight line between the corners, as rules 1 and contests do;
`weighing.Weighed` every profile of an arena.
"""

from dataclasses import dataclass
from typing import Protocol

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C
from game_rules.games.supergame import threat

FIXED_LENGTH_SHADOW = 2.0 / 3.0
"""δ where the number of rounds is fixed: two more rounds count as much as this one, and the last
round is not the end of the states. Assumption."""


class Prospect(Protocol):
    """What a doctrine chooses by in one arena, however that was weighed."""

    @property
    def autonomy(self) -> float:
        """The member's autonomy, in [0, 1]."""
        ...

    @property
    def is_released(self) -> bool:
        """Whether a pact has let go of the member because another broke it."""
        ...

    @property
    def gain(self) -> float:
        """What C is expected to gain over D, the stake of a pledge included."""
        ...

    @property
    def width(self) -> float:
        """The strongest motive of this round, in points."""
        ...

    @property
    def regrets(self) -> tuple[float, float]:
        """What C is expected to be regretted by, and what D is."""
        ...

    def value(self, action: Action | None) -> float:
        """Return the expected utility of an action, or of the better one, without stakes."""
        ...


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

        Source: rules section 2, fact 2 (exact at theta 0, else the straight line
        between the corners), and section 5 for z.

        >>> Situation(Corners(T=3, R=4, P=2, S=0), belief=0.5).gain
        -0.5
        """
        fear, greed = self.corners.fear, self.corners.greed
        return self.belief * (fear - greed) - fear + self.stake

    @property
    def width(self) -> float:
        """Return max(|G|, |F|). Source: rules section 2."""
        return max(abs(self.corners.greed), abs(self.corners.fear))

    @property
    def regrets(self) -> tuple[float, float]:
        """Return f·G⁺ + (1 − f)·F⁺ and f·(−G)⁺ + (1 − f)·(−F)⁺. Source: Savage 1951."""
        f, greed, fear = (
            self.belief,
            self.corners.greed - self.stake,
            self.corners.fear - self.stake,
        )
        of_c = f * max(0.0, greed) + (1.0 - f) * max(0.0, fear)
        of_d = f * max(0.0, -greed) + (1.0 - f) * max(0.0, -fear)
        return of_c, of_d

    def value(self, action: Action | None) -> float:
        """Return an action's utility at the belief, or the better one's, on the straight line.

        Source: rules section 2, fact 2.
        """
        corners, f = self.corners, self.belief
        with_c = corners.S + f * (corners.R - corners.S)
        with_d = corners.P + f * (corners.T - corners.P)
        if action is None:
            return max(with_c, with_d)
        return with_c if action is C else with_d


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


def firmness(situation: Prospect) -> float:
    """Return the chance of C: one half at the tipping point, sure where the motive is strongest.

    1/2 + gain / (2·width), within [0, 1]. Source: a quantal response, as McKelvey &
    Palfrey 1995 and Signorino 1999 have it; that it is a straight line is an assumption.

    >>> firmness(Situation(Corners(T=3, R=4, P=2, S=0), belief=0.5))
    0.375
    """
    gain, width = situation.gain, 2.0 * situation.width
    if width == 0.0:
        return 0.5 if gain == 0.0 else float(gain > 0.0)
    return min(1.0, max(0.0, 0.5 + gain / width))
