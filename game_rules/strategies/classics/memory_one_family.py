"""Win-stay lose-shift, generous and other strategies with a memory of one or two rounds."""

from collections.abc import Callable
from itertools import product

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, memory_one, unfold
from game_rules.strategies.kit.sources import (
    ADAMI_2013,
    BERG_2015,
    FREAN_1994,
    HILBE_2017,
    LI_2007,
    LI_2011,
    NOWAK_1993,
    PRISON_1998,
    library,
)

win_stay = StrategyFamily("win stay")
generous = StrategyFamily("generous")
mutual = StrategyFamily("mutual")

_TwoPasts = tuple[tuple[Action, ...], tuple[Action, ...]]
_PAIRS = tuple(product((C, D), repeat=2))


@win_stay.table("Win-Stay Lose-Shift", NOWAK_1993, memory=1)
def win_stay_lose_shift() -> Machine:
    """Repeats what paid and changes what did not: cooperates after CC and DD (Pavlov)."""
    return memory_one(1, 1, 0, 0, 1)


@win_stay.table("Win-Shift Lose-Stay", LI_2011, memory=1)
def win_shift_lose_stay() -> Machine:
    """Changes what paid and repeats what did not; defects first."""
    return memory_one(0, 0, 1, 1, 0)


@win_stay.table("Stochastic WSLS", library("Marc Harper"), memory=1, is_stochastic=True)
def stochastic_wsls() -> Machine:
    """Plays win-stay lose-shift and errs once in twenty rounds."""
    return memory_one(1, 0.95, 0.05, 0.05, 0.95)


@win_stay.table("All-or-None 2", HILBE_2017, memory=2)
def aon_2() -> Machine:
    """Cooperates only if both did the same in each of the last two rounds."""
    return _memory_two((1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1))


@win_stay.table("Delayed All-or-None 1", HILBE_2017, memory=2)
def delayed_aon_1() -> Machine:
    """A slower win-stay lose-shift that looks two rounds back."""
    return _memory_two((1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1))


@win_stay.table("Adaptive Pavlov 2006", LI_2007, memory=None)
def a_pavlov_2006() -> Machine:
    """Plays tit for tat for six rounds, sorts the other into one of five kinds, and answers it."""
    kinds = {
        "CCCCCC": "cooperative",
        "DDDDDD": "defector",
        "DCDCDC": "suspicious",
        "DDCDDC": "pavlov",
    }
    return _sorting(lambda six, before: kinds.get(six, before or "random"), _answer_2006)


@win_stay.table("Adaptive Pavlov 2011", LI_2011, memory=None)
def a_pavlov_2011() -> Machine:
    """Plays tit for tat for six rounds, sorts the other into one of four kinds, and answers it."""
    return _sorting(_kind_2011, _answer_2011)


@generous.table_by_game("Generous Tit For Tat", NOWAK_1993, memory=1, is_stochastic=True)
def gtft(corners: Corners) -> Machine:
    """Plays tit for tat, but forgives a defection as often as the payoffs can bear."""
    mercy = _generosity(corners)
    return memory_one(1, 1, mercy, 1, mercy)


@generous.table("Firm But Fair", FREAN_1994, memory=1, is_stochastic=True)
def firm_but_fair() -> Machine:
    """Cooperates except after being exploited; after DD with a chance of two thirds."""
    return memory_one(1, 1, 0, 1, 2 / 3)


@generous.table("Stochastic Cooperator", ADAMI_2013, memory=1, is_stochastic=True)
def stochastic_cooperator() -> Machine:
    """Cooperates with four chances that evolved in a simulation."""
    return memory_one(1, 0.935, 0.229, 0.266, 0.42)


@generous.table("Soft Joss", PRISON_1998, memory=1, is_stochastic=True)
def soft_joss() -> Machine:
    """Plays tit for tat, but forgives one defection in ten."""
    return memory_one(1, 1, 1 - 0.9, 1, 1 - 0.9)


@mutual.table("Desperate", BERG_2015, memory=1, is_stochastic=True)
def desperate() -> Machine:
    """Cooperates only after both defected; starts with a coin toss."""
    return memory_one(0.5, 0, 0, 0, 1)


@mutual.table("Hopeless", BERG_2015, memory=1, is_stochastic=True)
def hopeless() -> Machine:
    """Defects only after both cooperated; starts with a coin toss."""
    return memory_one(0.5, 0, 1, 1, 1)


@mutual.table("Willing", BERG_2015, memory=1, is_stochastic=True)
def willing() -> Machine:
    """Defects only after both defected; starts with a coin toss."""
    return memory_one(0.5, 1, 1, 1, 0)


@mutual.table("Appeaser", library("Jochen Müller"), memory=None)
def appeaser() -> Machine:
    """Repeats its action, and changes it whenever the other defects."""
    return memory_one(1, 1, 0, 0, 1)


def _generosity(corners: Corners) -> float:
    """The most forgiveness that still deters: min(1 − (T−R)/(R−S), (R−P)/(T−P)), in [0, 1].

    Where a payoff difference that divides is not positive, nothing need be forgiven: 0.
    """
    t, r, p, s = corners.T, corners.R, corners.P, corners.S
    if r <= s or t <= p:
        return 0.0
    return min(max(min(1 - (t - r) / (r - s), (r - p) / (t - p)), 0.0), 1.0)


def _memory_two(vector: tuple[int, ...]) -> Machine:
    """A machine from sixteen answers to (own two actions, other's two), oldest first.

    It opens with C, C. Source for the order: Hilbe et al. 2017, as in Axelrod-Python.
    """
    answers = dict(zip(product(_PAIRS, _PAIRS), vector, strict=True))

    def lean(past: _TwoPasts) -> float:
        return 1.0 if len(past[0]) < 2 else answers[past]

    def step(past: _TwoPasts, own: Action, other: Action) -> _TwoPasts:
        return (*past[0], own)[-2:], (*past[1], other)[-2:]

    return unfold(((), ()), lean, step)


def _sorting(sort: Callable[[str, str], str], answer: Callable[[str, int, str], str]) -> Machine:
    """Sort the other by its last six actions every six rounds, and answer by kind, round and past.

    sort: the kind for six actions and the kind before. answer: what is played to a kind ("" before
    the first six) in a round of the six with the other's last actions.
    """

    def step(memory: tuple[str, int, str], own: Action, other: Action) -> tuple[str, int, str]:
        kind, at, seen = memory
        seen = (seen + other)[-6:]
        return (kind, at + 1, seen) if at < 5 else (sort(seen, kind), 0, seen)

    return unfold(("", 0, "C"), lambda memory: answer(*memory) == "C", step)


def _answer_2006(kind: str, at: int, seen: str) -> str:
    if kind in ("random", "defector"):
        return "D"
    if kind == "suspicious" and at in (0, 1):
        return "C"
    if kind == "pavlov":
        return "D" if at == 0 else "C"
    return seen[-1]


def _kind_2011(six: str, before: str) -> str:
    kinds = {0: "cooperative", 3: "suspicious", 4: "defector", 5: "defector", 6: "defector"}
    return kinds.get(six.count("D"), before or "random")


def _answer_2011(kind: str, at: int, seen: str) -> str:
    if kind in ("random", "defector"):
        return "D"
    if kind == "suspicious":
        return "D" if seen.endswith("DD") else "C"
    return seen[-1]
