"""Stage games: one action per member gives one payoff per member; and their classes.

Source: rules of the paper's game-theory table; Jervis 1978 (the levers of the security dilemma);
Olson & Zeckhauser 1966 (collective goods in alliances). Points are the scenario's own unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import ClassVar, Protocol

from game_rules.errors import InvalidInput


class Action(StrEnum):
    """C: honour, restrain, contribute; D: hedge, free-ride, press."""

    C = "C"
    D = "D"

    @property
    def other(self) -> "Action":
        """The action that is not this one."""
        return D if self is C else C


C, D = Action.C, Action.D
Profile = Sequence[Action]


class ProfileShapeError(InvalidInput):
    """A profile whose length is not the number of members."""


class GameClass(StrEnum):
    """The game classes by greed and fear; the last four are those of ties."""

    PRISONERS_DILEMMA = "prisoners_dilemma"
    DEADLOCK = "deadlock"
    CONSTANT_SUM = "constant_sum"
    STAG_HUNT = "stag_hunt"
    CHICKEN = "chicken"
    BATTLE_OF_THE_SEXES = "battle_of_the_sexes"
    HARMONY = "harmony"
    WEAK_DILEMMA = "weak_dilemma"
    WEAK_DEADLOCK = "weak_deadlock"
    WEAK_HARMONY = "weak_harmony"
    INDIFFERENCE = "indifference"


@dataclass(frozen=True, slots=True)
class Corners:
    """A member's four payoffs if all others play the same action.

    T: I defect, they cooperate. R: all cooperate. P: all defect. S: I cooperate, they defect.
    """

    T: float
    R: float
    P: float
    S: float

    @property
    def greed(self) -> float:
        """The gain from defecting on cooperators: T − R. Source: rules section 2."""
        return self.T - self.R

    @property
    def fear(self) -> float:
        """The loss from cooperating with defectors: P − S. Source: rules section 2."""
        return self.P - self.S

    @property
    def game_class(self) -> GameClass:
        """The class by the signs of greed, fear and R − P, ties included.

        A class without "weak" needs strict signs. Constant-sum is what these four payoffs allow;
        `game_class` of a whole game asks the other side too. Source: rules section 2.

        >>> Corners(T=5, R=3, P=1, S=0).game_class.value
        'prisoners_dilemma'
        >>> Corners(T=5, R=3, P=0, S=0).game_class.value
        'weak_dilemma'
        """
        greed, fear = self.greed, self.fear
        if greed == fear == 0:
            return GameClass.INDIFFERENCE
        if greed >= 0 and fear >= 0:
            return self._defectors_class
        if greed <= 0 and fear <= 0:
            is_strict = greed != 0 and fear != 0
            return GameClass.HARMONY if is_strict else GameClass.WEAK_HARMONY
        if greed < 0:
            return GameClass.STAG_HUNT
        return GameClass.CHICKEN if self.R >= self.S else GameClass.BATTLE_OF_THE_SEXES

    @property
    def _defectors_class(self) -> GameClass:
        """The class where defecting is never worse."""
        is_strict = self.greed > 0 and self.fear > 0
        if self.R > self.P:
            return GameClass.PRISONERS_DILEMMA if is_strict else GameClass.WEAK_DILEMMA
        if is_strict and self.R < self.P:
            return GameClass.DEADLOCK
        if is_strict and abs(self.greed - self.fear) <= _NEAR * self.greed:
            return GameClass.CONSTANT_SUM
        return GameClass.WEAK_DEADLOCK

    @property
    def is_contested(self) -> bool:
        """Whether somebody has to give way, as doctrines of rules version 1 understand it.

        Chicken and Battle of the Sexes, and of the ties those in which fear is none or C is safe.
        """
        return self.greed > 0 >= self.fear or self.greed == 0 > self.fear

    @property
    def tipping_point(self) -> float | None:
        """The belief f* from which a Stag-Hunt member cooperates: F / (F − G).

        None where belief does not decide. Source: Harsanyi & Selten 1988 (risk dominance);
        Kydd 2005 (the trust that cooperation needs).

        >>> Corners(T=3, R=4, P=2, S=0).tipping_point
        0.6666666666666666
        """
        if not self.greed <= 0 <= self.fear or self.fear == self.greed:
            return None
        return self.fear / (self.fear - self.greed)


@dataclass(frozen=True, slots=True)
class Bimatrix:
    """A two-player game: the payoffs of each side at (own action, other's action).

    row, column: corners of the first and of the second member, each from its own side.
    """

    type: ClassVar[str] = "bimatrix"
    row: Corners
    column: Corners

    @property
    def size(self) -> int:
        """Two members, always."""
        return 2

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return both members' payoffs for one round; see `payoffs`."""
        _check_shape(self.size, profile)
        first, second = profile
        return _corner(self.row, first, second), _corner(self.column, second, first)

    def corners(self, member: int) -> Corners:
        """Return the four payoffs of a member, 0 or 1."""
        return (self.row, self.column)[member]

    def weight(self, member: int) -> float:
        """Return one half: both members have the same weight."""
        return 0.5


@dataclass(frozen=True, slots=True)
class Terms:
    """The payoff parameters of one member of a collective arena, in points.

    b benefit, c cost, e exposure when others defect, g temptation, d cost of hostility,
    sigma spillover to free riders (a share of b).
    """

    b: float
    c: float
    e: float
    g: float
    d: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Collective:
    """A game of n ≥ 2 members with weighted contributions and a threshold.

    weights: each member's share of the arena's power, summing to 1. theta: the weight that must
    cooperate before anything is produced, in [0, 1].
    Source: Olson & Zeckhauser 1966; Jervis 1978.
    """

    type: ClassVar[str] = "collective"
    weights: tuple[float, ...]
    terms: tuple[Terms, ...]
    theta: float

    @property
    def size(self) -> int:
        """The number of members."""
        return len(self.weights)

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return every member's payoff for one round; see `payoffs`."""
        _check_shape(self.size, profile)
        contributed = 0.0
        for weight, action in zip(self.weights, profile, strict=True):
            if action is C:
                contributed += weight
        produced = self.produced(contributed)
        members = zip(self.terms, self.weights, profile, strict=True)
        return tuple([paid_to(*member, contributed, produced) for member in members])

    def corners(self, member: int) -> Corners:
        """Return a member's payoffs if the others all cooperate or all defect."""
        everybody = others = 0.0
        for place, weight in enumerate(self.weights):
            everybody += weight
            if place != member:
                others += weight
        return Corners(
            T=self.payoff(member, D, others),
            R=self.payoff(member, C, everybody),
            P=self.payoff(member, D, 0.0),
            S=self.payoff(member, C, self.weights[member]),
        )

    def weight(self, member: int) -> float:
        """Return a member's share of the arena's power."""
        return self.weights[member]

    @property
    def least_weight(self) -> float:
        """The contributed weight from which something is produced: theta, but for rounding."""
        return self.theta - _ROUNDING

    def produced(self, contributed: float) -> float:
        """Return Q(X), the output of a contributed weight; 0 below theta."""
        return contributed if contributed >= self.least_weight else 0.0

    def payoff(self, member: int, action: Action, contributed: float) -> float:
        """Return one member's payoff. contributed: the weight that cooperates, its own included."""
        terms, weight = self.terms[member], self.weights[member]
        return paid_to(terms, weight, action, contributed, self.produced(contributed))


StageGame = Bimatrix | Collective


class HasCorners(Protocol):
    """A game whose members' corners are known: a stage game, or one seen through a lens."""

    @property
    def size(self) -> int:
        """The number of members."""
        ...

    def corners(self, member: int) -> Corners:
        """Return a member's payoffs if all others play the same action."""
        ...


LARGEST_WEIGHT = 1e15
SMALLEST_SHARE = 1e-9
"""A lighter member would be lost in the rounding of shares."""

_NEAR = 1e-9
"""Sums of payoffs that differ by less, beside the payoffs, are the same."""

_ROUNDING = 1e-12
"""Shares are sums of floats: a sum this near the threshold, or to all of it, has reached it."""


def payoffs(game: StageGame, profile: Profile) -> tuple[float, ...]:
    """Pay every member of an arena for one round.

    profile: one action a member, in member order; length game.size.
    Returns material payoffs in the scenario's points, same order, before any lens.
    Raises ProfileShapeError if the lengths differ.
    Source: Olson & Zeckhauser 1966 for collective arenas.

    >>> payoffs(LIBRARY["prisoners_dilemma"], (D, C))
    (5.0, 0.0)
    """
    return game.payoffs(profile)


def game_class(game: HasCorners, member: int) -> GameClass:
    """Name a member's class in a whole game: constant-sum only if the sums of both sides are.

    >>> game_class(LIBRARY["zero_sum"], 0).value
    'constant_sum'
    >>> game_class(Bimatrix(LIBRARY["zero_sum"].row, LIBRARY["harmony"].column), 0).value
    'weak_deadlock'
    """
    return class_among(tuple(game.corners(each) for each in range(game.size)), member)


def class_among(sides: Sequence[Corners], member: int) -> GameClass:
    """Name a member's class from the corners of all members; see `game_class`.

    >>> class_among((LIBRARY["zero_sum"].corners(0),) * 3, 0).value
    'weak_deadlock'
    """
    own = sides[member].game_class
    if own is not GameClass.CONSTANT_SUM or _have_constant_sum(sides):
        return own
    return GameClass.WEAK_DEADLOCK


def symmetric(t: float, r: float, p: float, s: float) -> Bimatrix:
    """Build the symmetric game with payoffs (T, R, P, S).

    >>> symmetric(5, 3, 1, 0).corners(0).greed
    2.0
    """
    corners = Corners(T=float(t), R=float(r), P=float(p), S=float(s))
    return Bimatrix(corners, corners)


def collective(
    weights: Sequence[float], terms: Sequence[Terms] | Terms, theta: float = 0.0
) -> Collective:
    """Build a collective game from raw weights, which are scaled to sum to 1.

    terms: one for all, or one a member. theta in [0, 1].
    Raises InvalidInput for fewer than two members, a weight out of range or too small beside the
    others, or a theta outside its range.
    """
    if len(weights) < 2:
        raise InvalidInput(f"{len(weights)} members; an arena needs at least 2")
    if bad := [weight for weight in weights if not 0 < weight <= LARGEST_WEIGHT]:
        raise InvalidInput(f"weight {bad[0]}; give one above 0, at most {LARGEST_WEIGHT:g}")
    if not 0 <= theta <= 1:
        raise InvalidInput(f"theta {theta}; it is a share of the weight, from 0 to 1")
    each = (terms,) * len(weights) if isinstance(terms, Terms) else tuple(terms)
    if len(each) != len(weights):
        raise InvalidInput(f"{len(each)} terms for {len(weights)} members; give one a member")
    total = fsum(weights)  # `sum` rounds in another way from Python 3.12 on
    if min(weights) < SMALLEST_SHARE * total:
        raise InvalidInput(
            f"weight {min(weights)} beside a total of {total}; give each at least a billionth"
        )
    return Collective(tuple(weight / total for weight in weights), each, theta)


LIBRARY: Mapping[str, Bimatrix] = {
    "zero_sum": symmetric(2, 0, 0, -2),
    "harmony": symmetric(3, 4, 1, 2),
    "prisoners_dilemma": symmetric(5, 3, 1, 0),
    "stag_hunt": symmetric(3, 4, 2, 0),
    "chicken": symmetric(5, 3, -3, 1),
    "battle_of_the_sexes": symmetric(3, 0, 0, 2),
    "deadlock": symmetric(4, 2, 3, 1),
}
"""The paper's table as (T, R, P, S); the points are the project's own choice (an assumption)."""


def _have_constant_sum(sides: Sequence[Corners]) -> bool:
    """Tell whether two members share the same sum in every outcome; more are never counted."""
    if len(sides) != 2:
        return False
    one, other = sides
    sums = (one.R + other.R, one.T + other.S, one.S + other.T, one.P + other.P)
    size = max(abs(x) for side in sides for x in (side.T, side.R, side.P, side.S))
    return max(sums) - min(sums) <= _NEAR * size


def _check_shape(size: int, profile: Profile) -> None:
    if len(profile) != size:
        raise ProfileShapeError(f"{len(profile)} actions for {size} members; give one a member")


def _corner(corners: Corners, own: Action, other: Action) -> float:
    if own is C:
        return corners.R if other is C else corners.S
    return corners.T if other is C else corners.P


def paid_to(
    terms: Terms, weight: float, action: Action, contributed: float, produced: float
) -> float:
    """Return what a member of these terms and this weight is paid in a collective arena.

    contributed: the weight that cooperates, its own included; produced: its output.
    Source: rules section 2.
    """
    if action is C:
        faith = _share(contributed - weight, 1.0 - weight)
        return terms.b * produced - terms.c - terms.e * (1.0 - faith)
    faith = _share(contributed, 1.0 - weight)
    return terms.sigma * terms.b * produced + terms.g * faith - terms.d * (1.0 - faith)


def _share(part: float, whole: float) -> float:
    """Clamp a share of the others' weight to [0, 1] against rounding."""
    share = part / whole
    if share < _ROUNDING:
        return 0.0
    return 1.0 if share > 1.0 - _ROUNDING else share
