"""A built-in bot: its name, where it comes from, and how it chooses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from game_rules.doctrines.doctrine import Doctrine
from game_rules.games.stage_games import Action, Corners
from game_rules.strategies.kit.machine import Machine
from game_rules.strategies.kit.play import Conditions, Play, next_action


class Sees(Protocol):
    """What a strategy needs of a view; `ArenaView` has it, and so may others."""

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


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to play any arena, dyad or larger.

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
        """Where contests play it: "table" at full speed and exactly, or "python"."""
        return "python" if self.table is None else "table"

    def play(self, conditions: Conditions) -> Play:
        """Begin to play one side of a match."""
        if self.table is not None:
            return self.table(conditions.corners).play(conditions)
        assert self.routine is not None, "a strategy has a table or a routine"
        return self.routine(conditions)

    def choose(self, view: Sees) -> Action:
        """Choose for the next round, by what is seen of the past; nothing else is remembered."""
        conditions = Conditions(view.corners, view.rounds, view.draw)
        return next_action(self.play(conditions), zip(view.own, view.others, strict=True))
