"""A member's payoffs if the others all do the same, and the class of game that these make."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from game_rules.swift import swift

_NEAR = 1e-9
"""Sums of payoffs that differ by less, beside the payoffs, are the same."""


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


@swift
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


class HasCorners(Protocol):
    """A game whose members' corners are known: a stage game, or one seen through a lens."""

    @property
    def size(self) -> int:
        """The number of members."""
        ...

    def corners(self, member: int) -> Corners:
        """Return a member's payoffs if all others play the same action."""
        ...


def game_class(game: HasCorners, member: int) -> GameClass:
    """Name a member's class in a whole game: constant-sum only if the sums of both sides are.

    >>> from game_rules.games.stage_games import LIBRARY, Bimatrix
    >>> game_class(LIBRARY["zero_sum"], 0).value
    'constant_sum'
    >>> game_class(Bimatrix(LIBRARY["zero_sum"].row, LIBRARY["harmony"].column), 0).value
    'weak_deadlock'
    """
    return class_among(tuple(game.corners(each) for each in range(game.size)), member)


def class_among(sides: Sequence[Corners], member: int) -> GameClass:
    """Name a member's class from the corners of all members; see `game_class`.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> class_among((LIBRARY["zero_sum"].corners(0),) * 3, 0).value
    'weak_deadlock'
    """
    own = sides[member].game_class
    if own is not GameClass.CONSTANT_SUM or _have_constant_sum(sides):
        return own
    return GameClass.WEAK_DEADLOCK


def _have_constant_sum(sides: Sequence[Corners]) -> bool:
    """Tell whether two members share the same sum in every outcome; more are never counted."""
    if len(sides) != 2:
        return False
    one, other = sides
    sums = (one.R + other.R, one.T + other.S, one.S + other.T, one.P + other.P)
    size = max(abs(x) for side in sides for x in (side.T, side.R, side.P, side.S))
    return max(sums) - min(sums) <= _NEAR * size
