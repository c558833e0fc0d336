"""Stage games: one action per member gives one payoff per member; and their classes.

Source: rules of the paper's game-theory table; Jervis 1978 (the levers of the security dilemma);
Olson & Zeckhauser 1966 (collective goods in alliances). Points are the scenario's own unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import ClassVar

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.memory import Remembering


class Action(StrEnum):
    """C: honour, restrain, contribute; D: hedge, free-ride, press."""

    C = "C"
    D = "D"

    @property
    def other(self) -> "Action":
        """The action that is not this one."""
        return D if self is C else C


C, D = Action.C, Action.D
_HASH = "hash"

MOST_REMEMBERED = 6
"""Members of a game that remembers what it pays: of more there are too many profiles."""
Profile = Sequence[Action]


class ProfileShapeError(InvalidInput):
    """A profile whose length is not the number of members."""


@dataclass(frozen=True, slots=True)
class Bimatrix(Remembering):
    """A two-player game: the payoffs of each side at (own action, other's action).

    row, column: corners of the first and of the second member, each from its own side.
    """

    type: ClassVar[str] = "bimatrix"
    row: Corners
    column: Corners

    def __hash__(self) -> int:
        found = self.memory.get(_HASH)
        if found is None:
            found = self.memory[_HASH] = hash((self.row, self.column))
        return found

    @property
    def size(self) -> int:
        """Two members, always."""
        return 2

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return both members' payoffs for one round; see `payoffs`."""
        memory, key = self.memory, tuple(profile)
        paid = memory.get(key)
        if paid is None:
            paid = memory[key] = self._paid(key)
        return paid

    def _paid(self, profile: Profile) -> tuple[float, ...]:
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
class Collective(Remembering):
    """A game of n ≥ 2 members with weighted contributions and a threshold.

    weights: each member's share of the arena's power, summing to 1. theta: the weight that must
    cooperate before anything is produced, in [0, 1].
    Source: Olson & Zeckhauser 1966; Jervis 1978.
    """

    type: ClassVar[str] = "collective"
    weights: tuple[float, ...]
    terms: tuple[Terms, ...]
    theta: float

    def __hash__(self) -> int:
        found = self.memory.get(_HASH)
        if found is None:
            found = self.memory[_HASH] = hash((self.weights, self.terms, self.theta))
        return found

    @property
    def size(self) -> int:
        """The number of members."""
        return len(self.weights)

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return every member's payoff for one round; see `payoffs`."""
        if len(profile) > MOST_REMEMBERED:
            return self._paid(profile)
        memory, key = self.memory, tuple(profile)
        paid = memory.get(key)
        if paid is None:
            paid = memory[key] = self._paid(key)
        return paid

    def _paid(self, profile: Profile) -> tuple[float, ...]:
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
        found = self.memory.get(member)
        if found is None:
            found = self.memory[member] = self._corners(member)
        return found

    def _corners(self, member: int) -> Corners:
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


LARGEST_WEIGHT = 1e15
SMALLEST_SHARE = 1e-9
"""A lighter member would be lost in the rounding of shares."""


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
        raise InvalidInput(f"{len(each)} terms for {len(weights)} members; give one per member")
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


def _check_shape(size: int, profile: Profile) -> None:
    if len(profile) != size:
        raise ProfileShapeError(f"{len(profile)} actions for {size} members; give one per member")


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
    is_c = action is C
    faith = (contributed - weight if is_c else contributed) / (1.0 - weight)
    if faith < _ROUNDING:  # a share of the others' weight, clamped to [0, 1] against rounding
        faith = 0.0
    elif faith > 1.0 - _ROUNDING:
        faith = 1.0
    if is_c:
        return terms.b * produced - terms.c - terms.e * (1.0 - faith)
    return terms.sigma * terms.b * produced + terms.g * faith - terms.d * (1.0 - faith)
