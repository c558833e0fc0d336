"""Tit for tat and its relatives: strategies that answer the other's last actions in kind."""

from itertools import count

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, memory_one, unfold
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import (
    AXELROD_1980,
    AXELROD_1984,
    HILBE_2013,
    LESSWRONG_2011,
    MARINOFF_1992,
    NACHBAR_1992,
    PD_2017,
    PRISON_1998,
    SLANY_2007,
    STEWART_2012,
    TZAFESTAS_2000,
    WU_1995,
    library,
)

tit_for_tat_family = StrategyFamily("tit for tat")


@tit_for_tat_family.table("Tit For Tat", AXELROD_1980, memory=1)
def tit_for_tat() -> Machine:
    """Cooperates first, then does what the other did last."""
    return memory_one(1, 1, 0, 1, 0)


@tit_for_tat_family.table("Suspicious Tit For Tat", HILBE_2013, memory=1)
def suspicious_tit_for_tat() -> Machine:
    """Defects first, then does what the other did last."""
    return memory_one(0, 1, 0, 1, 0)


@tit_for_tat_family.table("Anti Tit For Tat", HILBE_2013, memory=1)
def anti_tit_for_tat() -> Machine:
    """Cooperates first, then does the opposite of what the other did last."""
    return memory_one(1, 0, 1, 0, 1)


@tit_for_tat_family.table("Bully", NACHBAR_1992, memory=1)
def bully() -> Machine:
    """Defects first, then does the opposite of what the other did last."""
    return memory_one(0, 0, 1, 0, 1)


@tit_for_tat_family.table("Negation", PD_2017, memory=1, is_stochastic=True)
def negation() -> Machine:
    """Starts with a coin toss, then does the opposite of what the other did last."""
    return memory_one(0.5, 0, 1, 0, 1)


@tit_for_tat_family.table("Tit For 2 Tats", AXELROD_1984, memory=2)
def tit_for_2_tats() -> Machine:
    """Defects only after the other defected twice running."""
    return unfold(0, lambda run: run < 2, lambda run, own, other: _longer(run, other, 2))


@tit_for_tat_family.table("Two Tits For Tat", AXELROD_1984, memory=2)
def two_tits_for_tat() -> Machine:
    """Answers each defection with two."""
    return unfold(0, lambda owed: owed == 0, lambda owed, own, other: _owed(owed, other, 2))


@tit_for_tat_family.table("Hard Tit For Tat", PD_2017, memory=3)
def hard_tit_for_tat() -> Machine:
    """Defects if the other defected in any of the last three rounds."""
    return unfold(0, lambda owed: owed == 0, lambda owed, own, other: _owed(owed, other, 3))


@tit_for_tat_family.table("Hard Tit For 2 Tats", STEWART_2012, memory=3)
def hard_tit_for_2_tats() -> Machine:
    """Defects if the other defected twice running within the last three rounds."""
    return unfold(
        (), lambda seen: "DD" not in "".join(seen), lambda seen, own, other: (*seen, other)[-3:]
    )


@tit_for_tat_family.table("N Tits For M Tats", library("Marc Harper"), memory=3)
def n_tits_for_m_tats() -> Machine:
    """Answers two defections running with three of its own."""

    def step(memory: tuple[int, int], own: Action, other: Action) -> tuple[int, int]:
        run, owed = memory
        run, owed = _longer(run, other, 2), max(owed - 1, 0)
        return run, 3 if run == 2 else owed

    return unfold((0, 0), lambda memory: memory[1] == 0, step)


@tit_for_tat_family.table("Slow Tit For Two Tats 2", PRISON_1998, memory=2)
def slow_tit_for_two_tats_2() -> Machine:
    """Cooperates twice; then follows two like actions of the other, else repeats its own."""

    def lean(past: tuple[Action, ...]) -> bool:
        if len(past) < 3:
            return True
        own, before, last = past
        return (last if before is last else own) is C

    def step(past: tuple[Action, ...], own: Action, other: Action) -> tuple[Action, ...]:
        return (own, past[-1], other) if past else (other,)

    return unfold((), lean, step)


@tit_for_tat_family.table("Sneaky Tit For Tat", library("Karol Langner"), memory=None)
def sneaky_tit_for_tat() -> Machine:
    """Tries defecting on one who never did, and repents if punished."""

    def lean(memory: tuple[int, bool, Action, Action, Action]) -> bool:
        turn, is_wronged, before, _, last = memory
        if turn < 2:
            return True
        return is_wronged and (last is C or before is D)

    def step(
        memory: tuple[int, bool, Action, Action, Action], own: Action, other: Action
    ) -> tuple[int, bool, Action, Action, Action]:
        turn, is_wronged, _, own_last, _ = memory
        return min(turn + 1, 2), is_wronged or other is D, own_last, own, other

    return unfold((0, False, C, C, C), lean, step)


@tit_for_tat_family.table("Contrite Tit For Tat", WU_1995, memory=3)
def contrite_tit_for_tat() -> Machine:
    """Plays tit for tat, but does not answer a defection that its own slip provoked."""

    def step(memory: tuple[bool, Action], own: Action, other: Action) -> tuple[bool, Action]:
        is_contrite, meant = memory
        if is_contrite and own is C:
            return False, C
        has_slipped = meant is C and own is D and other is C
        return is_contrite or has_slipped, other

    return unfold((False, C), lambda memory: memory[1] is C, step)


@tit_for_tat_family.table("Spiteful Tit For Tat", PRISON_1998, memory=None)
def spiteful_tit_for_tat() -> Machine:
    """Plays tit for tat until the other defects twice running, then always defects."""
    return unfold(
        0, lambda run: run == 0, lambda run, own, other: 2 if run == 2 else _longer(run, other, 2)
    )


@tit_for_tat_family.table(
    "Random Tit for Tat", library("Zachary M. Taylor"), memory=1, is_stochastic=True
)
def random_tit_for_tat() -> Machine:
    """Copies the other and tosses a coin by turns."""
    leaning = {"first": 1.0, "toss": 0.5, C: 1.0, D: 0.0}
    return unfold(
        "first",
        leaning.__getitem__,
        lambda memory, own, other: "toss" if memory in (C, D) else other,
    )


@tit_for_tat_family.table("Burn Both Ends", MARINOFF_1992, memory=1, is_stochastic=True)
def burn_both_ends() -> Machine:
    """Plays tit for tat, but answers cooperation in kind only nine times out of ten."""
    return memory_one(1, 0.9, 0, 0.9, 0)


@tit_for_tat_family.routine("Adaptive Tit For Tat", TZAFESTAS_2000)
def adaptive_tit_for_tat(conditions: Conditions) -> Play:
    """Keeps a running picture of the other, half old and half new, and acts on it."""
    _, other = yield C
    world = 0.5
    while True:
        world = world / 2 + (0.5 if other is C else 0.0)
        _, other = yield C if world >= 0.5 else D


@tit_for_tat_family.routine("Omega Tit For Tat", SLANY_2007)
def omega_tft(conditions: Conditions) -> Play:
    """Plays tit for tat, breaks deadlocks of alternating defection, and gives up on the erratic."""
    own, before = yield C
    own, last = yield before
    deadlock = randomness = 0
    while True:
        if deadlock >= 3:
            action = C
            deadlock = 4 if deadlock == 3 else 0
        else:
            randomness += (before is not last) + (own is not last) - (before is last is C)
            action = D if randomness >= 8 else last
            if randomness < 8:
                deadlock = deadlock + 1 if before is not last else 0
        before = last
        own, last = yield action


@tit_for_tat_family.routine(
    "Dynamic Two Tits For Tat", library("Grant Garrett-Grossman"), is_stochastic=True
)
def dynamic_two_tits_for_tat(conditions: Conditions) -> Play:
    """Answers each defection with two, forgiving as often as the other cooperates."""
    cooperations, owed = 0, 0
    action = C
    for turn in count(2):
        _, other = yield action
        cooperations += other is C
        owed = _owed(owed, other, 2)
        is_forgiven = owed == 0 or conditions.draw(turn) < cooperations / (turn - 1)
        action = C if is_forgiven else D


@tit_for_tat_family.routine("Alexei", LESSWRONG_2011)
def alexei(conditions: Conditions) -> Play:
    """Plays tit for tat, and defects in the last round if it knows which that is."""
    other = C
    for turn in count(1):
        _, other = yield D if conditions.is_final(turn) else other


@tit_for_tat_family.routine("Eugine Nier", LESSWRONG_2011)
def eugine_nier(conditions: Conditions) -> Play:
    """Plays tit for tat until five defections; defects from then on and in the last round."""
    other, defections = C, 0
    for turn in count(1):
        _, other = yield D if defections >= 5 or conditions.is_final(turn) else other
        defections += other is D


@tit_for_tat_family.routine("Michaelos", LESSWRONG_2011, is_stochastic=True)
def michaelos(conditions: Conditions) -> Play:
    """Plays tit for tat; after defecting on a cooperator it may, by a coin, defect for ever."""
    action, is_defector = C, False
    for turn in count(2):
        own, other = yield D if conditions.is_final(turn - 1) else action
        if not is_defector and own is D and other is C:
            is_defector = conditions.draw(turn) >= 0.5
        action = D if is_defector else other


def _longer(run: int, other: Action, most: int) -> int:
    """How many times running the other has defected, counted up to `most`."""
    return min(run + 1, most) if other is D else 0


def _owed(owed: int, other: Action, each: int) -> int:
    """How many defections are still owed when each of the other's is repaid by `each`."""
    return each if other is D else max(owed - 1, 0)
