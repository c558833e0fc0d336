"""Gradual, retaliating and learning strategies, which adapt to past results."""

from itertools import count

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, unfold
from game_rules.strategies.kit.play import Conditions, Play, payoff
from game_rules.strategies.kit.sources import (
    AXELROD_1980B,
    BEAUFILS_1997,
    CRISTAL_2018,
    ECKHART_2016,
    IZQUIERDO_2008,
    LI_2011,
    library,
)

gradual_family = StrategyFamily("gradual")
retaliators = StrategyFamily("retaliator")
learners = StrategyFamily("learner")
back_stabbers = StrategyFamily("back stabber")


@gradual_family.routine("Gradual", CRISTAL_2018)
def gradual(conditions: Conditions) -> Play:
    """Answers with as many defections as the other has made, then cooperates twice."""
    defections = punishing = calming = 0
    other = C
    while True:
        if punishing:
            punishing, action = punishing - 1, D
        elif calming:
            calming, action = calming - 1, C
        elif other is D:
            punishing, calming, action = defections - 1, 2, D
        else:
            action = C
        _, other = yield action
        defections += other is D


@gradual_family.routine("Original Gradual", BEAUFILS_1997)
def original_gradual(conditions: Conditions) -> Play:
    """Answers its n-th provocation with n defections, then cooperates twice whatever comes."""
    provocations = 0
    while True:
        _, other = yield C
        while other is D:
            provocations += 1
            for _ in range(provocations):
                yield D
            yield C
            _, other = yield C


@retaliators.routine("Retaliate", library("Owen Campbell"))
def retaliate(conditions: Conditions) -> Play:
    """Defects while it was exploited more than a tenth as often as it exploited."""
    return _retaliate(0.1)


@retaliators.routine("Retaliate 2", library("Owen Campbell"))
def retaliate_2(conditions: Conditions) -> Play:
    """Defects while it was exploited more than 8% as often as it exploited."""
    return _retaliate(0.08)


@retaliators.routine("Retaliate 3", library("Owen Campbell"))
def retaliate_3(conditions: Conditions) -> Play:
    """Defects while it was exploited more than 5% as often as it exploited."""
    return _retaliate(0.05)


@retaliators.routine("Limited Retaliate", library("Owen Campbell"))
def limited_retaliate(conditions: Conditions) -> Play:
    """Plays retaliate, but offers peace after 20 defections running."""
    return _retaliate(0.1, limit=20)


@retaliators.routine("Limited Retaliate 2", library("Owen Campbell"))
def limited_retaliate_2(conditions: Conditions) -> Play:
    """Plays retaliate 2, but offers peace after 15 defections running."""
    return _retaliate(0.08, limit=15)


@retaliators.routine("Limited Retaliate 3", library("Owen Campbell"))
def limited_retaliate_3(conditions: Conditions) -> Play:
    """Plays retaliate 3, but offers peace after 20 defections running."""
    return _retaliate(0.05, limit=20)


@retaliators.table("Resurrection", ECKHART_2016, memory=5)
def resurrection() -> Machine:
    """Plays tit for tat, but once it defected five times running it always defects."""
    return unfold(
        (0, C),
        lambda memory: memory[0] < 5 and memory[1] is C,
        lambda memory, own, other: (min(memory[0] + 1, 5) if own is D else 0, other),
    )


@retaliators.table("Double Resurrection", ECKHART_2016, memory=5)
def double_resurrection() -> Machine:
    """Plays tit for tat, but changes its action after five alike."""

    def lean(memory: tuple[Action, int, Action]) -> bool:
        own, run, other = memory
        return own is D if run == 5 else other is C

    def step(memory: tuple[Action, int, Action], own: Action, other: Action) -> tuple:
        before, run, _ = memory
        return own, min(run + 1, 5) if own is before else 1, other

    return unfold((C, 0, C), lean, step)


@learners.routine("Adaptive", LI_2011)
def adaptive(conditions: Conditions) -> Play:
    """Plays C six times and D five times, then whichever has earned more in all."""
    earned = {C: 0.0, D: 0.0}
    for turn in count(1):
        prefers_c = turn <= 6 or (turn > 11 and earned[C] > earned[D])
        own, other = yield C if prefers_c else D
        earned[own] += payoff(conditions.corners, own, other)


@learners.routine("Revised Downing", AXELROD_1980B)
def revised_downing(conditions: Conditions) -> Play:
    """Estimates how the other answers C and D, starting from trust."""
    answered, played = {C: 0, D: 0}, {C: 0, D: 0}
    own, _ = yield C
    while True:
        good = answered[C] / played[C] if played[C] else 1.0
        bad = answered[D] / played[D] if played[D] else 0.0
        steady, alternating = 6.0 * good - 8.0 * bad - 2, 4.0 * good - 5.0 * bad - 1
        if steady >= 0 and steady >= alternating:
            action = C
        else:
            action = own.other if steady >= 0 or alternating >= 0 else D
        before = own
        own, other = yield action
        played[before] += 1
        answered[before] += other is C


@learners.routine("Bush Mosteller", IZQUIERDO_2008, is_stochastic=True)
def bush_mosteller(conditions: Conditions) -> Play:
    """Plays more of what has paid more than a third of its best payoff, less of what has not."""
    corners = conditions.corners
    best = max(corners.T, corners.R, corners.P, corners.S)
    aspiration = abs(best / 3)
    reach = abs(best - aspiration) or 1.0
    habit = {C: 0.5, D: 0.5}
    for turn in count(1):
        chance = habit[C] / (habit[C] + habit[D])
        own, other = yield C if conditions.draw(turn) < chance else D
        stimulus = max((payoff(corners, own, other) - aspiration) / reach, -1.0)
        room = 1 - habit[own] if stimulus >= 0 else habit[own]
        habit[own] += 0.5 * stimulus * room


@learners.routine("Momentum", library("Dong Won Moon"))
def momentum(conditions: Conditions) -> Play:
    """Cooperates while its running trust, fed by the other's actions, is above 0.97."""
    trust = 1.0
    while True:
        _, other = yield C if trust >= 0.9676595613724907 else D
        trust = 0.9914655399877477 * trust + (1 - 0.9914655399877477) * (other is C)


@back_stabbers.routine("Back Stabber", library("Thomas Campbell"))
def back_stabber(conditions: Conditions) -> Play:
    """Forgives three defections, and defects in the last two rounds if it knows which."""
    defections = 0
    for turn in count(1):
        _, other = yield D if defections > 3 or conditions.is_final(turn, 2) else C
        defections += other is D


@back_stabbers.routine("Double Crosser", library("Thomas Campbell"))
def double_crosser(conditions: Conditions) -> Play:
    """Plays back stabber, but from round 8 to 180 tit for two tats with those who began well."""
    defections, run, began_well = 0, 0, True
    for turn in count(1):
        is_patient = began_well and 7 < turn <= 180
        is_angry = run >= 2 if is_patient else defections > 3
        _, other = yield D if is_angry or conditions.is_final(turn, 2) else C
        defections += other is D
        run = run + 1 if other is D else 0
        began_well = began_well and (turn > 7 or other is C)


def _retaliate(threshold: float, limit: int | None = None) -> Play:
    exploited = exploiting = running = 0
    while True:
        is_wronged = exploited > exploiting * threshold
        is_tired = running == limit
        running = running + 1 if is_wronged and not is_tired else 0
        own, other = yield D if running else C
        exploited += own is C and other is D
        exploiting += own is D and other is C
