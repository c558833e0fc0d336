"""Bots of somebody's own: an object with `choose(view)`, watched while it plays.

The same object plays a seat of a live match and a contest: in a contest its view is that of an
arena of two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game_rules.games import Action
from game_rules.roles import Seat
from game_rules.strategies.definition import Strategy
from game_rules.strategies.play import Conditions, Play, payoff
from game_rules.strategies.view import ArenaView, MemberView

_OTHER = Seat("other")


class Chooser(Protocol):
    """What a bot must have: one method that looks at a view and gives an action."""

    def choose(self, view: ArenaView) -> Action:
        """Choose for the round that the view shows."""
        ...


@dataclass(frozen=True, slots=True)
class OwnBot:
    """The routine of a bot of somebody's own: a new object for every match."""

    make: Callable[[], Chooser]

    def __call__(self, conditions: Conditions) -> Play:
        """Play one match."""
        return _play(self.make, conditions)


def own_strategy(name: str, make: Callable[[], Chooser], about: str = "") -> Strategy:
    """Make a strategy of a bot's class (or of any function that makes such an object).

    It counts as stochastic, for nobody knows what it does with its chance; and as foreign: if it
    raises, or gives no action, it defects for the rest of the match and a fault is noted.
    """
    return Strategy(
        name=name,
        title=name,
        family="own",
        about=about,
        source="",
        memory=None,
        is_stochastic=True,
        routine=OwnBot(make),
        is_foreign=True,
    )


def _play(make: Callable[[], Chooser], conditions: Conditions) -> Play:
    bot = make()
    past: tuple[tuple[Action, Action], ...] = ()
    while True:
        outcome = yield bot.choose(_view(conditions, past))
        past = (*past, outcome)


def _view(conditions: Conditions, past: tuple[tuple[Action, Action], ...]) -> ArenaView:
    """An arena of two as one side sees it."""
    own, others = tuple(mine for mine, _ in past), tuple(other for _, other in past)
    theirs = conditions.theirs or conditions.corners
    gains = tuple(payoff(theirs, other, mine) for mine, other in past)
    return ArenaView(
        round=len(past) + 1,
        rounds=conditions.rounds,
        own=own,
        payoffs=tuple(payoff(conditions.corners, mine, other) for mine, other in past),
        others=others,
        members=(MemberView(_OTHER, 0.5, others, gains),),
        weight=0.5,
        corners=conditions.corners,
        draw=conditions.draw,
    )
