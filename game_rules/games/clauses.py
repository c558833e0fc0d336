"""Clauses: what is true of a member's four payoffs, read from their signs, ties included.

The sentence about a game is built from these, never from the name of its class.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from game_rules.games.corners import Corners


class Clause(StrEnum):
    """One true statement about a member's payoffs; T, R, P and S as in `Corners`."""

    DEFECTING_ALWAYS = "defecting_always"
    """T > R and P > S."""
    DEFECTING_ON_COOPERATORS = "defecting_on_cooperators"
    """T > R and P = S."""
    DEFECTING_ON_DEFECTORS = "defecting_on_defectors"
    """T = R and P > S."""
    COOPERATING_ALWAYS = "cooperating_always"
    """R > T and S > P."""
    COOPERATING_WITH_COOPERATORS = "cooperating_with_cooperators"
    """R > T and S = P."""
    COOPERATING_WITH_DEFECTORS = "cooperating_with_defectors"
    """R = T and S > P."""
    NO_DIFFERENCE = "no_difference"
    """T = R and P = S."""
    MATCHING = "matching"
    """R > T and P > S."""
    PRESSING = "pressing"
    """T is the best of the four and P the worst."""
    OPPOSING = "opposing"
    """T > R, S > P and S > R."""
    PEACE_PAYS = "peace_pays"
    """R > P, though D is never worse."""
    WAR_SUITS = "war_suits"
    """P > R, and D is never worse."""
    PEACE_ADDS_NOTHING = "peace_adds_nothing"
    """R = P, and D is never worse."""
    WAR_PAYS = "war_pays"
    """P > R, though C is never worse."""
    LEADING = "leading"
    """T > S, of those who do best by the opposite."""
    FOLLOWING = "following"
    """S > T, of those who do best by the opposite."""
    EITHER_ROLE = "either_role"
    """S = T, of those who do best by the opposite."""


def clauses(corners: Corners) -> tuple[Clause, ...]:
    """Return the true clauses about a member: what is best for it, then what all could do.

    >>> clauses(Corners(T=5, R=3, P=1, S=0))
    (<Clause.DEFECTING_ALWAYS: 'defecting_always'>, <Clause.PEACE_PAYS: 'peace_pays'>)
    >>> clauses(Corners(T=0, R=0, P=0, S=0))
    (<Clause.NO_DIFFERENCE: 'no_difference'>,)
    """
    signs = _sign(corners.greed), _sign(corners.fear)
    if signs == (1, -1):
        return _contest(corners)
    best = _BEST[signs]
    more = _together(_sign(corners.R - corners.P), *signs)
    return (best,) if more is None else (best, more)


def holds_for_all(clause: Clause, sides: Iterable[Corners]) -> bool:
    """Tell whether what a clause says of acting together is true of every member.

    False for a clause about one member's own best action.
    """
    return clause in _COMPARED and all(_COMPARED[clause](side) for side in sides)


_COMPARED: Mapping[Clause, Callable[[Corners], bool]] = {
    Clause.PEACE_PAYS: lambda x: x.R > x.P,
    Clause.WAR_SUITS: lambda x: x.R < x.P,
    Clause.PEACE_ADDS_NOTHING: lambda x: x.R == x.P,
    Clause.WAR_PAYS: lambda x: x.R < x.P,
    Clause.LEADING: lambda x: x.T > x.S,
    Clause.FOLLOWING: lambda x: x.T < x.S,
    Clause.EITHER_ROLE: lambda x: x.T == x.S,
}

_BEST = {
    (1, 1): Clause.DEFECTING_ALWAYS,
    (1, 0): Clause.DEFECTING_ON_COOPERATORS,
    (0, 1): Clause.DEFECTING_ON_DEFECTORS,
    (-1, -1): Clause.COOPERATING_ALWAYS,
    (-1, 0): Clause.COOPERATING_WITH_COOPERATORS,
    (0, -1): Clause.COOPERATING_WITH_DEFECTORS,
    (0, 0): Clause.NO_DIFFERENCE,
    (-1, 1): Clause.MATCHING,
}
"""By the signs of greed and fear."""

_TOGETHER = {1: Clause.PEACE_PAYS, 0: Clause.PEACE_ADDS_NOTHING, -1: Clause.WAR_SUITS}
_ROLES = {1: Clause.LEADING, 0: Clause.EITHER_ROLE, -1: Clause.FOLLOWING}


def _together(over_war: int, greed: int, fear: int) -> Clause | None:
    """Compare all cooperating with all defecting, where one action is never worse."""
    if min(greed, fear) >= 0 < max(greed, fear):
        return _TOGETHER[over_war]
    if max(greed, fear) <= 0 > min(greed, fear) and over_war < 0:
        return Clause.WAR_PAYS
    return None


def _contest(corners: Corners) -> tuple[Clause, ...]:
    if corners.R >= corners.S:
        return (Clause.PRESSING,)
    return Clause.OPPOSING, _ROLES[_sign(corners.T - corners.S)]


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)
