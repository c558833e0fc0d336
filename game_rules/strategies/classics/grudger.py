"""Grudgers: strategies that punish for a long time, or for ever."""

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, unfold, unfold_coins
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import (
    AXELROD_1980,
    ECKHART_2016,
    LI_2011,
    MATHIEU_2015,
    MURASE_2020,
    PRISON_1998,
    library,
)

grudgers = StrategyFamily("grudger")


@grudgers.table("Grudger", AXELROD_1980, memory=None)
def grudger() -> Machine:
    """Cooperates until the other defects, then always defects (Friedman; grim trigger)."""
    return unfold(True, bool, lambda trusts, own, other: trusts and other is C)


@grudgers.table("Opposite Grudger", library("Geraint Palmer"), memory=None)
def opposite_grudger() -> Machine:
    """Defects until the other cooperates, then always cooperates."""
    return unfold(False, bool, lambda is_won, own, other: is_won or other is C)


@grudgers.table("Easy Go", PRISON_1998, memory=None)
def easy_go() -> Machine:
    """Defects until the other defects, then always cooperates."""
    return unfold(False, bool, lambda is_tamed, own, other: is_tamed or other is D)


@grudgers.table("Aggravater", library("Thomas Campbell"), memory=None)
def aggravater() -> Machine:
    """Defects three times, then plays grudger."""
    return _grudge_after(3, D)


@grudgers.table("Spiteful CC", MATHIEU_2015, memory=None)
def spiteful_cc() -> Machine:
    """Cooperates twice, then plays grudger."""
    return _grudge_after(2, C)


@grudgers.table("Grudger Alternator", PRISON_1998, memory=None)
def grudger_alternator() -> Machine:
    """Cooperates until the other defects, then alternates D and C."""
    return unfold(
        (False, C),
        lambda memory: not (memory[0] and memory[1] is C),
        lambda memory, own, other: (memory[0] or other is D, own),
    )


@grudgers.table("Soft Grudger", LI_2011, memory=6)
def soft_grudger() -> Machine:
    """Answers a defection with D, D, D, D, C, C, then cooperates again."""
    return unfold(0, lambda at: at in (0, 5, 6), _soften)


@grudgers.table("Forgetful Grudger", library("Geraint Palmer"), memory=10)
def forgetful_grudger() -> Machine:
    """Bears a grudge for ten rounds after a defection."""

    def step(grudge: int, own: Action, other: Action) -> int:
        grudge = 0 if grudge == 10 else grudge
        return grudge + 1 if grudge or other is D else 0

    return unfold(0, lambda grudge: grudge == 0, step)


@grudgers.table("Fool Me Once", library("Marc Harper"), memory=None)
def fool_me_once() -> Machine:
    """Forgives one defection, then always defects."""
    return unfold(0, lambda count: count < 2, lambda count, own, other: _counted(count, other))


@grudgers.table("Forgetful Fool Me Once", library("Marc Harper"), memory=None, is_stochastic=True)
def forgetful_fool_me_once() -> Machine:
    """Forgives one defection, then always defects; forgets it all one round in twenty."""

    def step(count: int, forgets: bool, own: Action, other: Action) -> int:
        return _counted(0 if forgets else count, other)

    return unfold_coins(
        0,
        lambda count: 0.05,
        lambda count, forgets: D if count > 1 and not forgets else C,
        step,
    )


@grudgers.table("Once Bitten", library("Holly Marissa"), memory=12)
def once_bitten() -> Machine:
    """Forgives one defection; two running are answered with defection for eleven rounds."""

    def step(memory: tuple[int, int], own: Action, other: Action) -> tuple[int, int]:
        run, grudge = memory
        run = min(run + 1, 2) if other is D else 0
        grudge = 0 if grudge == 11 else grudge
        return run, grudge + 1 if grudge or run == 2 else 0

    return unfold((0, 0), lambda memory: memory[1] == 0, step)


@grudgers.table("CAPRI", MURASE_2020, memory=3)
def capri() -> Machine:
    """Plays the five rules of friendly rivalry on the last three rounds."""
    cooperates = {
        "CC CC CC", "CC CC DC", "CC DC CD", "DC CD CC", "CD CC CC", "CC CD DC", "CD DC CC",
        "DC CC CC", "DD DD DC", "DD DC CC", "DD DD CD", "DD CD CC", "DD DD CC", "DD CC CC",
    }  # fmt: skip
    return unfold(
        ("CC", "CC", "CC"),
        lambda past: " ".join(past) in cooperates,
        lambda past, own, other: (*past[1:], own + other),
    )


@grudgers.routine("Level Punisher", ECKHART_2016)
def level_punisher(conditions: Conditions) -> Play:
    """Cooperates for ten rounds, then defects while over a fifth of the other's actions were D."""
    rounds = defections = 0
    while True:
        _, other = yield D if rounds >= 10 and defections / rounds > 0.2 else C
        rounds, defections = rounds + 1, defections + (other is D)


@grudgers.routine("Tricky Level Punisher", ECKHART_2016)
def tricky_level_punisher(conditions: Conditions) -> Play:
    """Punishes over 20%, 10% or 5% defections, the limit falling until round 100."""
    rounds = defections = 0
    while True:
        share = defections / rounds if rounds else 0.0
        is_over = any(rounds < until and share > most for until, most in _TRICKY_LEVELS)
        _, other = yield D if is_over else C
        rounds, defections = rounds + 1, defections + (other is D)


@grudgers.routine("Punisher", library("Geraint Palmer"))
def punisher(conditions: Conditions) -> Play:
    """Answers a defection for the longer, the more the other has defected."""
    return _punish(lambda rounds, defections: defections * 20 // rounds)


@grudgers.routine("Inverse Punisher", library("Geraint Palmer"))
def inverse_punisher(conditions: Conditions) -> Play:
    """Answers a defection for the longer, the more the other has cooperated."""
    return _punish(lambda rounds, defections: max((rounds - defections) * 20 // rounds, 1))


@grudgers.routine("Grumpy", library("Jason Young"))
def grumpy(conditions: Conditions) -> Play:
    """Turns to defection when the other's defections lead by over ten, back when they trail so."""
    grumpiness, is_grumpy = 0, False
    while True:
        is_grumpy = grumpiness >= -10 if is_grumpy else grumpiness > 10
        _, other = yield D if is_grumpy else C
        grumpiness += 1 if other is D else -1


_TRICKY_LEVELS = ((10, 0.2), (50, 0.1), (100, 0.05))


def _grudge_after(turns: int, action: Action) -> Machine:
    return unfold(
        (0, False),
        lambda memory: action is C if memory[0] < turns else not memory[1],
        lambda memory, own, other: (min(memory[0] + 1, turns), memory[1] or other is D),
    )


def _soften(at: int, own: Action, other: Action) -> int:
    if at == 0:
        return 1 if other is D else 0
    if at < 6:
        return at + 1
    return 1 if other is D else 0


def _counted(count: int, other: Action) -> int:
    return min(count + (other is D), 2)


def _punish(length_of) -> Play:
    rounds = defections = left = 0
    last = C
    while True:
        if left:
            left, action = left - 1, D
        elif last is D:
            left, action = length_of(rounds, defections), D
        else:
            action = C
        _, last = yield action
        rounds, defections = rounds + 1, defections + (last is D)
