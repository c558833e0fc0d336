"""Declaration of strategies: one function each, whose docstring is the description."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from types import FunctionType

from game_rules.games.corners import Corners
from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.machine import Machine
from game_rules.strategies.kit.play import Conditions, Play


@dataclass(frozen=True, slots=True)
class SameInEveryGame:
    """The table of a machine that does not depend on payoffs; comparable and picklable."""

    build: Callable[[], Machine]

    def __call__(self, corners: Corners) -> Machine:
        """Return the machine."""
        return self.build()


class StrategyFamily:
    """Strategies of one kind, in the order of their declaration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._strategies: list[Strategy] = []

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies declared so far."""
        return tuple(self._strategies)

    def table(
        self, title: str, source: str, *, memory: int | None, is_stochastic: bool = False
    ) -> Callable[[Callable[[], Machine]], Callable[[], Machine]]:
        """Declare a machine that is the same in every game; it is built on first use."""

        def declare(build: Callable[[], Machine]) -> Callable[[], Machine]:
            built = cache(build)
            self._add(build, title, source, memory, is_stochastic, table=SameInEveryGame(built))
            return built

        return declare

    def table_by_game(
        self, title: str, source: str, *, memory: int | None, is_stochastic: bool = False
    ) -> Callable[[Callable[[Corners], Machine]], Callable[[Corners], Machine]]:
        """Declare a machine that depends on the payoffs."""

        def declare(build: Callable[[Corners], Machine]) -> Callable[[Corners], Machine]:
            built = cache(build)
            self._add(build, title, source, memory, is_stochastic, table=built)
            return built

        return declare

    def routine(
        self, title: str, source: str, *, memory: int | None = None, is_stochastic: bool = False
    ) -> Callable[[Callable[[Conditions], Play]], Callable[[Conditions], Play]]:
        """Declare a strategy that is not a machine: a generator that gets the outcomes."""

        def declare(routine: Callable[[Conditions], Play]) -> Callable[[Conditions], Play]:
            self._add(routine, title, source, memory, is_stochastic, routine=routine)
            return routine

        return declare

    def _add(
        self,
        declared: Callable,
        title: str,
        source: str,
        memory: int | None,
        is_stochastic: bool,
        table: Callable[[Corners], Machine] | None = None,
        routine: Callable[[Conditions], Play] | None = None,
    ) -> None:
        assert isinstance(declared, FunctionType), "a strategy is declared as a function"
        about = " ".join(cleandoc(declared.__doc__ or "").split("\n\n")[0].split())
        assert about, f"{declared.__name__} needs a sentence that says what it does"
        self._strategies.append(
            Strategy(
                name=declared.__name__,
                title=title,
                family=self.name,
                about=about,
                source=source,
                memory=memory,
                is_stochastic=is_stochastic,
                table=table,
                routine=routine,
            )
        )
