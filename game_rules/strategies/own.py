"""Users' own bots: an object with `choose(view)`, guarded while it plays.

The same object plays a seat of a live match and a contest; in a contest its view is an arena of
two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game_rules.games.stage_games import Action
from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.pair_view import PairRecord
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.view import ArenaView


class Chooser(Protocol):
    """The interface of a user's bot: one method that returns an action for a view."""

    def choose(self, view: ArenaView) -> Action:
        """Choose for the round that the view shows."""
        ...


@dataclass(frozen=True, slots=True)
class OwnBot:
    """The routine of a user's bot: a new object for every match."""

    make: Callable[[], Chooser]

    def __call__(self, conditions: Conditions) -> Play:
        """Play one match."""
        return _play(self.make, conditions)


def own_strategy(name: str, make: Callable[[], Chooser], about: str = "") -> Strategy:
    """Build a strategy from a bot's class, or from any function that makes such an object.

    It counts as stochastic, for nobody knows what it does with its chance; and as foreign: if it
    raises, or gives no action, it defects for the rest of the match and a fault is noted.
    """
    return foreign_strategy(name, OwnBot(make), about)


def foreign_strategy(name: str, routine: Callable[[Conditions], Play], about: str = "") -> Strategy:
    """Build a strategy from a stranger's routine; see `own_strategy` for how it counts."""
    return Strategy(
        name=name,
        title=name,
        family="own",
        about=about,
        source="",
        memory=None,
        is_stochastic=True,
        routine=routine,
        is_foreign=True,
    )


def _play(make: Callable[[], Chooser], conditions: Conditions) -> Play:
    bot, record = make(), PairRecord(conditions)
    keep_own, keep_other = record.own.append, record.others.append
    while True:
        own, other = yield bot.choose(record.view())
        keep_own(own)
        keep_other(other)
