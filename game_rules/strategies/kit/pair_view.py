"""The view of a user's bot in a contest: an arena of two, computed lazily.

A contest needs millions of views, and most bots read few fields. A view therefore stores only its
position in the record of its side, and computes each field on demand. Its fields equal those of a
live match's view.
"""

from collections.abc import Callable
from dataclasses import fields

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.strategies.kit.play import Conditions, payoff
from game_rules.strategies.kit.view import ArenaView, MemberView

_OTHER = Seat("other")
_HALF = 0.5


class PairRecord:
    """The record of one side of a match; it grows, and bots read it through views only."""

    __slots__ = ("conditions", "others", "own")

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.own: list[Action] = []
        self.others: list[Action] = []

    def view(self) -> "PairView":
        """Return the view of the match now."""
        view = _new(PairView)
        _set_basis(view, (self, len(self.own)))
        return view


class PairView(ArenaView):
    """A view of an arena of two after some turns, for one side; see `PairRecord.view`."""

    __slots__ = ("_basis",)
    _basis: tuple[PairRecord, int]

    @property
    def round(self) -> int:
        """The round to choose for, from 1."""
        return self._basis[1] + 1

    @property
    def turn(self) -> int:
        """The turn of this arena: in a contest, the round."""
        return self._basis[1] + 1

    @property
    def rounds(self) -> int | None:
        """The number of rounds; None if it is random."""
        return self._basis[0].conditions.rounds

    @property
    def own(self) -> tuple[Action, ...]:
        """This side's past actions."""
        record, turns = self._basis
        return _first(record.own, turns)

    @property
    def others(self) -> tuple[Action, ...]:
        """The other's past actions."""
        record, turns = self._basis
        return _first(record.others, turns)

    @property
    def payoffs(self) -> tuple[float, ...]:
        """This side's past points."""
        return _gains(self.corners, self.own, self.others)

    @property
    def members(self) -> tuple[MemberView, ...]:
        """The other member."""
        conditions, others = self._basis[0].conditions, self.others
        gains = _gains(conditions.theirs or conditions.corners, others, self.own)
        return (MemberView(_OTHER, _HALF, others, gains),)

    @property
    def weight(self) -> float:
        """This side's share of the power."""
        return _HALF

    @property
    def corners(self) -> Corners:
        """This side's payoffs."""
        return self._basis[0].conditions.corners

    @property
    def draw(self) -> Callable[..., float]:
        """Return this side's random number at a turn."""
        return self._basis[0].conditions.draw

    @property
    def continuation(self) -> float:
        """The chance that another turn follows."""
        return self._basis[0].conditions.continuation

    def __reduce__(self) -> tuple:
        """Pickle as an equal plain view."""
        return ArenaView, tuple(getattr(self, field.name) for field in fields(ArenaView))


_new = object.__new__
_set_basis = PairView._basis.__set__


def _first(past: list[Action], turns: int) -> tuple[Action, ...]:
    return tuple(past) if len(past) == turns else tuple(past[:turns])


def _gains(
    corners: Corners, mine: tuple[Action, ...], theirs: tuple[Action, ...]
) -> tuple[float, ...]:
    return tuple(payoff(corners, own, other) for own, other in zip(mine, theirs, strict=True))
