"""The definition of a strategy: its name, its source, and its way to choose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game_rules.doctrines.doctrine import Doctrine
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.strategies.kit.machine import Machine
from game_rules.strategies.kit.play import Conditions, Play, next_action


class Sees(Protocol):
    """The interface of a view that strategies need; `ArenaView` has it."""

    @property
    def corners(self) -> Corners: ...
    @property
    def rounds(self) -> int | None: ...
    @property
    def own(self) -> tuple[Action, ...]: ...
    @property
    def others(self) -> tuple[Action, ...]: ...
    @property
    def draw(self) -> Callable[..., float]: ...
    @property
    def continuation(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to play any arena, of two or more members.

    memory: how many past rounds it looks at, None for all. is_stochastic: whether it tosses coins
    of its own. table: its machine for a game, where it is one; routine: its play, where not.
    is_foreign: whether a stranger wrote it, so that it must be watched. doctrine: how it plays and
    bargains at a table, where it does more there than look at one arena's past.
    """

    name: str
    title: str
    family: str
    about: str
    source: str
    memory: int | None
    is_stochastic: bool
    table: Callable[[Corners], Machine] | None = None
    routine: Callable[[Conditions], Play] | None = None
    is_foreign: bool = False
    doctrine: Doctrine | None = None

    @property
    def lane(self) -> str:
        """The engine that contests use: "table", fast and exact, or "python"."""
        return "python" if self.table is None else "table"

    def play(self, conditions: Conditions) -> Play:
        """Start to play one side of a match."""
        if self.table is not None:
            return self.table(conditions.corners).play(conditions)
        assert self.routine is not None, "a strategy has a table or a routine"
        return self.routine(conditions)

    def choose(self, view: Sees) -> Action:
        """Choose for the next round from the past alone; no state is kept."""
        conditions = Conditions(
            view.corners, view.rounds, view.draw, continuation=view.continuation
        )
        return next_action(self.play(conditions), zip(view.own, view.others, strict=True))
