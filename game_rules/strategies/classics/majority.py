"""Counting strategies: the majority family, and others that use the other's whole record."""

from collections import deque
from itertools import count

from game_rules.games.stage_games import C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, unfold
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import (
    ANDRE_2013,
    AXELROD_1984,
    MITTAL_2009,
    PRISON_1998,
    library,
)

majority = StrategyFamily("majority")
record_keepers = StrategyFamily("record keeper")


@majority.routine("Go By Majority", AXELROD_1984)
def go_by_majority(conditions: Conditions) -> Play:
    """Cooperates while the other has cooperated at least as often as it defected."""
    return _by_majority(0)


@majority.routine("Hard Go By Majority", MITTAL_2009)
def hard_go_by_majority(conditions: Conditions) -> Play:
    """Cooperates only while the other has cooperated more often than it defected."""
    return _by_majority(1)


@majority.table("Go By Majority 5", library("Karol Langner"), memory=5)
def go_by_majority_5() -> Machine:
    """Goes by the majority of the other's last 5 actions; a draw counts as C."""
    return _by_recent_majority(5, 0)


@majority.table("Hard Go By Majority 5", library("Karol Langner"), memory=5)
def hard_go_by_majority_5() -> Machine:
    """Goes by the majority of the other's last 5 actions; a draw counts as D."""
    return _by_recent_majority(5, 1)


@majority.table("Go By Majority 10", library("Karol Langner"), memory=10)
def go_by_majority_10() -> Machine:
    """Goes by the majority of the other's last 10 actions; a draw counts as C."""
    return _by_recent_majority(10, 0)


@majority.table("Hard Go By Majority 10", library("Karol Langner"), memory=10)
def hard_go_by_majority_10() -> Machine:
    """Goes by the majority of the other's last 10 actions; a draw counts as D."""
    return _by_recent_majority(10, 1)


@majority.routine("Go By Majority 20", library("Karol Langner"), memory=20)
def go_by_majority_20(conditions: Conditions) -> Play:
    """Goes by the majority of the other's last 20 actions; a draw counts as C."""
    return _by_majority(0, 20)


@majority.routine("Go By Majority 40", library("Karol Langner"), memory=40)
def go_by_majority_40(conditions: Conditions) -> Play:
    """Goes by the majority of the other's last 40 actions; a draw counts as C."""
    return _by_majority(0, 40)


@record_keepers.routine("Average Copier", library("Geraint Palmer"), is_stochastic=True)
def average_copier(conditions: Conditions) -> Play:
    """Cooperates as often as the other has; starts with a coin toss."""
    return _copy_average(conditions, 0.5)


@record_keepers.routine("Nice Average Copier", library("Owen Campbell"), is_stochastic=True)
def nice_average_copier(conditions: Conditions) -> Play:
    """Cooperates first, then as often as the other has."""
    return _copy_average(conditions, 1.0)


@record_keepers.routine("Forgiver", library("Thomas Campbell"))
def forgiver(conditions: Conditions) -> Play:
    """Defects while the other has defected in more than a tenth of the rounds."""
    defections = 0
    for rounds in count():
        _, other = yield D if defections > rounds / 10 else C
        defections += other is D


@record_keepers.routine("Forgiving Tit For Tat", library("Thomas Campbell"))
def forgiving_tit_for_tat(conditions: Conditions) -> Play:
    """Plays tit for tat while the other has defected in more than a tenth of the rounds."""
    defections, other = 0, C
    for rounds in count():
        _, other = yield other if defections > rounds / 10 else C
        defections += other is D


@record_keepers.routine("Doubler", PRISON_1998)
def doubler(conditions: Conditions) -> Play:
    """Answers a defection unless the other has cooperated more than twice as often as defected."""
    defections, other = 0, C
    for rounds in count():
        is_angry = other is D and rounds - defections <= 2 * defections
        _, other = yield D if is_angry else C
        defections += other is D


@record_keepers.table("Short Memory", ANDRE_2013, memory=None)
def short_mem() -> Machine:
    """Cooperates ten times, then follows a clear majority of the other's last ten, or its last."""

    def lean(memory: tuple[int, str]) -> bool:
        rounds, seen = memory
        lead = seen.count("C") - seen.count("D")
        return rounds <= 10 or lead >= 3 or (lead > -3 and seen[-1] == "C")

    return unfold(
        (0, ""),
        lean,
        lambda memory, own, other: (min(memory[0] + 1, 11), (memory[1] + other)[-10:]),
    )


@record_keepers.routine("Very Bad", ANDRE_2013)
def very_bad(conditions: Conditions) -> Play:
    """Cooperates three times, then follows the majority of the other's record, or its last."""
    lead, other = 0, C
    for rounds in count():
        cooperates = rounds < 3 or lead > 0 or (lead == 0 and other is C)
        _, other = yield C if cooperates else D
        lead += 1 if other is C else -1


@record_keepers.routine("Worse and Worse 2", PRISON_1998, is_stochastic=True)
def worse_and_worse_2(conditions: Conditions) -> Play:
    """Plays tit for tat for twenty rounds, then cooperates less and less."""
    other = C
    for turn in count(1):
        action = C if conditions.draw(turn) < 20 / turn else D
        _, other = yield other if turn <= 20 else action


@record_keepers.routine("Worse and Worse 3", PRISON_1998, is_stochastic=True)
def worse_and_worse_3(conditions: Conditions) -> Play:
    """Cooperates first, then as often as the other has (as it counts its defections)."""
    defections = 0
    _, other = yield C
    for turn in count(2):
        defections += other is D
        _, other = yield C if conditions.draw(turn) < 1 - defections / (turn - 1) else D


@record_keepers.routine("Inverse", library("Karol Langner"), is_stochastic=True)
def inverse(conditions: Conditions) -> Play:
    """Defects the more surely, the more recently the other did."""
    since = None
    for turn in count(1):
        is_calm = since is None or conditions.draw(turn) < 1 - 1 / since
        _, other = yield C if is_calm else D
        if other is D:
            since = 1
        elif since is not None:
            since += 1


def _by_majority(lead_needed: int, window: int = 0) -> Play:
    """Cooperate while the other's C lead its D by so many, overall or within a window."""
    recent: deque[int] = deque(maxlen=window)
    lead = 0
    while True:
        _, other = yield C if lead >= lead_needed else D
        step = 1 if other is C else -1
        lead += step
        if window:
            lead -= recent[0] if len(recent) == window else 0
            recent.append(step)


def _by_recent_majority(window: int, lead_needed: int) -> Machine:
    return unfold(
        "",
        lambda seen: seen.count("C") - seen.count("D") >= lead_needed,
        lambda seen, own, other: (seen + other)[-window:],
    )


def _copy_average(conditions: Conditions, first: float) -> Play:
    cooperations = 0
    for turn in count(1):
        share = cooperations / (turn - 1) if turn > 1 else first
        _, other = yield C if conditions.draw(turn) < share else D
        cooperations += other is C
