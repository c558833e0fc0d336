"""Repeated games: the critical discount factor δ*, linked arenas, the deposit z*.

Derivations are in docs/theory.md. δ is the probability of another round.
"""

from collections.abc import Sequence

from game_rules.games.corners import Corners


def critical_discount(corners: Corners) -> float | None:
    """Return δ*, from which grim trigger sustains a member's C.

    The threat is the member's worst equilibrium: all defect (P) where there is fear, it alone
    yields (S) where only greed tempts. R/(1 − δ) ≥ T + δ·threat/(1 − δ) gives
    (T − R)/(T − threat). 0 where there is no greed; None where the threat is no worse than R, so
    that no δ is enough.
    Source: rules section 1 (supergame) and 5 (advisor); Oye 1985 on the shadow of the future.

    >>> critical_discount(Corners(T=5, R=3, P=1, S=0))
    0.5
    """
    return linked_discount((corners,))


def linked_discount(arenas: Sequence[Corners]) -> float | None:
    """Return δ* if a breach in one arena ends cooperation in all of them.

    A breaker takes what it can, the greed of every arena where there is any, and loses
    R − threat in each from then on: Σ greed⁺ / (Σ greed⁺ + Σ (R − threat)).
    Source: Bernheim & Whinston 1990 (pooled constraints); Oye 1985 (linkage).

    The library's Prisoner's Dilemma linked to three of its Stag Hunts:

    >>> dilemma, hunt = Corners(T=5, R=3, P=1, S=0), Corners(T=3, R=4, P=2, S=0)
    >>> linked_discount((dilemma,)), linked_discount((dilemma, hunt, hunt, hunt))
    (0.5, 0.2)
    """
    gain = loss = 0
    for corners in arenas:
        gain += max(corners.greed, 0)
        loss += corners.R - threat(corners)
    if gain == 0:
        return 0
    return gain / (gain + loss) if loss > 0 else None


def critical_escrow(corners: Corners) -> float:
    """Return z*: with more than this in escrow, C is dominant.

    z* = max(greed, fear), and 0 where neither tempts.
    Source: rules section 5 (binding ladder).

    >>> critical_escrow(Corners(T=5, R=3, P=1, S=0))
    2
    """
    return max(corners.greed, corners.fear, 0)


def basin_of_defection(corners: Corners, continuation: float) -> float:
    """Return the share of beliefs at which "always defect" pays more than grim trigger.

    A belief is how likely the other is to play grim trigger; otherwise it always defects. All
    beliefs count the same. In a Prisoner's Dilemma, with g = (T − R)/(R − P) and
    l = (P − S)/(R − P), this is (1 − δ)·l / (1 − (1 − δ)·(1 + g − l)), and 1 where δ < δ*.
    Source: Dal Bó & Fréchette 2011, AER 101(1), 411-429: the size of the basin of attraction.

    >>> basin_of_defection(Corners(T=5, R=3, P=1, S=0), 0.75)
    0.2
    """
    ends = 1 - continuation
    against_grim = continuation * (corners.R - corners.P) - ends * corners.greed
    against_defection = -ends * corners.fear
    if against_grim >= 0 and against_defection >= 0:
        return 0.0
    if against_grim <= 0 and against_defection <= 0:
        return 1.0
    losing = -min(against_grim, against_defection)
    return losing / (losing + max(against_grim, against_defection))


def risk_dominant_discount(corners: Corners) -> float:
    """Return δ^RD of a Prisoner's Dilemma, from which grim trigger is risk-dominant.

    At it half of all beliefs speak for either: (g + l)/(1 + g + l), which is
    (T − R + P − S)/(T − S).
    Source: Blonski & Spagnolo 2015, IJGT 44(1), 61-81; Dal Bó & Fréchette 2011, AER 101(1).

    >>> risk_dominant_discount(Corners(T=5, R=3, P=1, S=0))
    0.6
    """
    return (corners.greed + corners.fear) / (corners.T - corners.S)


def threat(corners: Corners) -> float:
    """Return V, the worst equilibrium of a member whose opponents have the same corners.

    P where there is fear, S where only greed tempts, R where all-C is an equilibrium.
    Source: rules section 1; docs/theory.md.

    >>> threat(Corners(T=5, R=3, P=-3, S=1))
    1
    """
    equilibria = []
    if corners.greed <= 0:
        equilibria.append(corners.R)
    if corners.fear >= 0:
        equilibria.append(corners.P)
    if corners.fear <= 0 <= corners.greed:
        equilibria.append(corners.S)
    return min(equilibria)
