"""Strategies that ignore the other, or nearly so."""

from itertools import chain, count

from game_rules.games.stage_games import Action
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, cycle, memory_one, unfold
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import (
    AKIN_2015,
    AXELROD_1980,
    AXELROD_1984,
    MITTAL_2009,
    PRISON_1998,
    library,
)

simple = StrategyFamily("simple")
cycler = StrategyFamily("cycler")


@simple.table("Cooperator", AXELROD_1984, memory=0)
def cooperator() -> Machine:
    """Always cooperates."""
    return cycle("C")


@simple.table("Defector", AXELROD_1984, memory=0)
def defector() -> Machine:
    """Always defects."""
    return cycle("D")


@simple.table("Random", AXELROD_1980, memory=0, is_stochastic=True)
def random() -> Machine:
    """Tosses a fair coin every round."""
    return unfold((), lambda memory: 0.5, lambda memory, own, other: ())


@simple.table("All C or All D", AKIN_2015, memory=1, is_stochastic=True)
def all_c_or_all_d() -> Machine:
    """Cooperates at first with a chance of 60%, then repeats what it did last."""
    return memory_one(0.6, 1, 1, 0, 0)


@simple.table("Better and Better", PRISON_1998, memory=None, is_stochastic=True)
def better_and_better() -> Machine:
    """Cooperates with a chance of one in a thousand for each round played."""
    return unfold(1, lambda turn: turn / 1000, _next_turn)


@simple.table("Worse and Worse", PRISON_1998, memory=None, is_stochastic=True)
def worse_and_worse() -> Machine:
    """Defects with a chance of one in a thousand for each round played."""
    return unfold(1, lambda turn: 1 - turn / 1000, _next_turn)


@cycler.table("Alternator", AXELROD_1984, memory=1)
def alternator() -> Machine:
    """Cooperates and defects by turns."""
    return memory_one(1, 0, 0, 1, 1)


@cycler.table("Cycler DC", library("Marc Harper"), memory=1)
def cycler_dc() -> Machine:
    """Repeats D, C."""
    return cycle("DC")


@cycler.table("Cycler CCD", MITTAL_2009, memory=2)
def cycler_ccd() -> Machine:
    """Repeats C, C, D."""
    return cycle("CCD")


@cycler.table("Cycler DDC", MITTAL_2009, memory=2)
def cycler_ddc() -> Machine:
    """Repeats D, D, C."""
    return cycle("DDC")


@cycler.table("Cycler CCCD", library("Marc Harper"), memory=3)
def cycler_cccd() -> Machine:
    """Repeats C, C, C, D."""
    return cycle("CCCD")


@cycler.table("Cycler CCCCCD", library("Marc Harper"), memory=5)
def cycler_cccccd() -> Machine:
    """Repeats C five times, then D."""
    return cycle("CCCCCD")


@cycler.table("Cycler CCCDCD", library("Marc Harper"), memory=5)
def cycler_cccdcd() -> Machine:
    """Repeats C, C, C, D, C, D."""
    return cycle("CCCDCD")


@cycler.routine("Anti Cycler", library("Marc Harper"))
def anti_cycler(conditions: Conditions) -> Play:
    """Plays a sequence without a cycle: CDD, CD, CCD, CCCD and so on."""
    longer_and_longer = chain.from_iterable("C" * length + "D" for length in count(1))
    for letter in chain("CDD", longer_and_longer):
        yield Action(letter)


def _next_turn(turn: int, own: Action, other: Action) -> int:
    return min(turn + 1, 1000)
