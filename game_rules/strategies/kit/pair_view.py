"""What a bot of somebody's own sees in a contest: an arena of two, worked out when it is asked for.

A contest asks by the million, and most bots look at little. So a view knows only where it stands
in what its side has seen, and makes the rest when it is wanted; it shows what the view of a live
match shows, field for field.
"""

from collections.abc import Callable
from dataclasses import fields

from game_rules.games.stage_games import Action, Corners
from game_rules.roles import Seat
from game_rules.strategies.kit.play import Conditions, payoff
from game_rules.strategies.kit.view import ArenaView, MemberView

_OTHER = Seat("other")
_HALF = 0.5


class PairRecord:
    """What one side has seen of a match: it grows, and bots get at it through views only."""

    __slots__ = ("conditions", "others", "own")

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.own: list[Action] = []
        self.others: list[Action] = []

    def view(self) -> "PairView":
        """Show the match as it stands now."""
        view = _new(PairView)
        _set_basis(view, (self, len(self.own)))
        return view


class PairView(ArenaView):
    """An arena of two as one side saw it after some turns; `PairRecord.view` makes it."""

    __slots__ = ("_basis",)
    _basis: tuple[PairRecord, int]

    @property
    def round(self) -> int:
        """The round to choose for, from 1."""
        return self._basis[1] + 1

    @property
    def turn(self) -> int:
        """Which turn of this arena it is: in a contest, the round."""
        return self._basis[1] + 1

    @property
    def rounds(self) -> int | None:
        """How many are played; None where chance may end the match."""
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
        """The other."""
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
        """This side's own chance at a turn."""
        return self._basis[0].conditions.draw

    def __reduce__(self) -> tuple:
        """Copy as the plain view that this one stands for."""
        return ArenaView, tuple(getattr(self, field.name) for field in fields(ArenaView))


_new = object.__new__
_set_basis = PairView._basis.__set__


def _first(past: list[Action], turns: int) -> tuple[Action, ...]:
    return tuple(past) if len(past) == turns else tuple(past[:turns])


def _gains(
    corners: Corners, mine: tuple[Action, ...], theirs: tuple[Action, ...]
) -> tuple[float, ...]:
    return tuple(payoff(corners, own, other) for own, other in zip(mine, theirs, strict=True))
