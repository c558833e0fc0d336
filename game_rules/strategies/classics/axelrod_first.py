"""The entries of Axelrod's first tournament that are known by their authors' names.

With tit_for_tat (1st), grudger (Friedman, 7th) and random (15th) they make the fifteen. Where the
paper is silent they follow Axelrod-Python 4.14, whose docstrings say what was assumed.
Source: Axelrod 1980, Effective Choice in the Prisoner's Dilemma, JCR 24(1).
"""

from itertools import count

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, memory_one, unfold
from game_rules.strategies.kit.play import Conditions, Play, payoff
from game_rules.strategies.kit.sources import AXELROD_1980

axelrod_first = StrategyFamily("first tournament")

_CHI_SQUARED_95 = 3.841458820694124
"""The 95% point of chi squared with one degree of freedom."""
_NYDEGGER_DEFECTS = frozenset(
    (1, 6, 7, 17, 22, 23, 26, 29, 30, 31, 33, 38, 39, 45, 49, 54, 55, 58, 61)
)


@axelrod_first.routine("First by Tideman and Chieruzzi", AXELROD_1980)
def first_by_tideman_and_chieruzzi(conditions: Conditions) -> Play:
    """Lengthens its punishment with each run of defections, but grants fresh starts (2nd)."""
    defections = punishment = left = started_at = 0
    has_started_anew, lead = False, 0.0
    own, other = yield D if conditions.is_final(1, 2) else C
    for turn in count(2):
        defections += other is D
        lead += payoff(conditions.corners, own, other) - payoff(conditions.corners, other, own)
        action = C
        if has_started_anew:
            has_started_anew = False
        elif (
            other is C
            and lead >= 10
            and (started_at == 0 or turn - started_at >= 20)
            and (conditions.rounds is None or conditions.rounds - turn >= 10)
            and _is_unlike_coin(defections, turn - 1)
        ):
            started_at, has_started_anew = turn, True
            defections = punishment = left = 0
        elif left:
            left, action = left - 1, D
        elif other is D:
            punishment += 1
            left, action = punishment - 1, D
        own, other = yield D if conditions.is_final(turn, 2) else action


@axelrod_first.table("First by Nydegger", AXELROD_1980, memory=3)
def first_by_nydegger() -> Machine:
    """Plays tit for tat thrice, then scores the last three rounds against a list (3rd)."""

    def lean(past: tuple[tuple[Action, Action], ...]) -> bool:
        if not past:
            return True
        if len(past) == 3:
            points = sum(w * _points(*outcome) for w, outcome in zip((1, 4, 16), past, strict=True))
            return points not in _NYDEGGER_DEFECTS
        return past[-1][1] is C and [other for _, other in past] != [D, C]

    return unfold((), lean, lambda past, own, other: (*past, (own, other))[-3:])


@axelrod_first.table("First by Grofman", AXELROD_1980, memory=1, is_stochastic=True)
def first_by_grofman() -> Machine:
    """Cooperates if both did the same last, else with a chance of 2 in 7 (4th)."""
    return memory_one(1, 1, 2 / 7, 2 / 7, 1)


@axelrod_first.routine("First by Shubik", AXELROD_1980)
def first_by_shubik(conditions: Conditions) -> Play:
    """Answers each departure from cooperation with one defection more than the last (5th)."""
    punishment = left = 0
    own, other = yield C
    while True:
        if left:
            left, action = left - 1, D
        elif other is D and own is C:
            punishment += 1
            left, action = punishment - 1, D
        else:
            action = C
        own, other = yield action


@axelrod_first.routine("First by Stein and Rapoport", AXELROD_1980)
def first_by_stein_and_rapoport(conditions: Conditions) -> Play:
    """Plays tit for tat after four C; every 15 rounds gives up on the random (6th)."""
    cooperations, is_random, other = 0, False, C
    for turn in count(1):
        if turn % 15 == 0:
            is_random = _looks_random(cooperations, turn - 1)
        action = C if turn < 5 else D if is_random else other
        _, other = yield D if conditions.is_final(turn, 2) else action
        cooperations += other is C


@axelrod_first.table("First by Davis", AXELROD_1980, memory=None)
def first_by_davis() -> Machine:
    """Cooperates for ten rounds, then defects for ever if the other ever did (8th)."""
    return unfold(
        (0, False),
        lambda memory: memory[0] < 10 or not memory[1],
        lambda memory, own, other: (min(memory[0] + 1, 10), memory[1] or other is D),
    )


@axelrod_first.routine("First by Graaskamp", AXELROD_1980, is_stochastic=True)
def first_by_graaskamp(conditions: Conditions) -> Play:
    """Tests with one D at round 51, then answers the random, its like and all others (9th)."""
    cooperations, is_random, is_copier, is_twin = 0, False, True, True
    next_probe = None
    last_own, other = None, C
    for turn in count(1):
        rounds, action = turn - 1, other
        if rounds == 50:
            action = D
        elif rounds >= 56:
            is_random = is_random or _looks_random(cooperations, rounds)
            if is_random:
                action = D
            elif not (is_copier or is_twin):
                if next_probe is None or rounds == next_probe:
                    action = C if next_probe is None else D
                    next_probe = rounds + 5 + int(10 * conditions.draw(turn))
                else:
                    action = C
        before = last_own
        last_own, other = yield action
        is_copier = is_copier and (before is None or other is before)
        is_twin = is_twin and other is last_own
        cooperations += other is C


@axelrod_first.routine("First by Downing", AXELROD_1980)
def first_by_downing(conditions: Conditions) -> Play:
    """Estimates how the other answers C and D, and plays the better reply (10th)."""
    corners = conditions.corners
    played, answered = {C: 0, D: 0}, {C: 0, D: 0}
    before, last, action = C, D, D
    for turn in count(1):
        if turn > 2:
            answer_c = answered[C] / (played[C] + 1)
            answer_d = answered[D] / max(played[D], 2)
            value_c = answer_c * corners.R + (1 - answer_c) * corners.S
            value_d = answer_d * corners.T + (1 - answer_d) * corners.P
            action = last.other if value_c == value_d else C if value_c > value_d else D
        last, other = yield action
        answered[before] += other is C
        played[last] += 1
        before = last


@axelrod_first.table("First by Feld", AXELROD_1980, memory=200, is_stochastic=True)
def first_by_feld() -> Machine:
    """Plays tit for tat; its answer in kind to C falls to one half by round 200 (11th)."""
    return unfold(
        (0, C),
        lambda memory: max(1.0 - 0.5 / 200 * memory[0], 0.5) if memory[1] is C else 0.0,
        lambda memory, own, other: (min(memory[0] + 1, 200), other),
    )


@axelrod_first.table("First by Joss", AXELROD_1980, memory=1, is_stochastic=True)
def first_by_joss() -> Machine:
    """Plays tit for tat, but sneaks in a defection one time in ten (12th)."""
    return memory_one(1, 0.9, 0, 0.9, 0)


@axelrod_first.table("First by Tullock", AXELROD_1980, memory=None, is_stochastic=True)
def first_by_tullock() -> Machine:
    """Cooperates 11 times, then 10% less than the other did in the last ten rounds (13th)."""
    return unfold(
        (0, ""),
        lambda memory: 1.0 if memory[0] < 11 else max(0.0, memory[1].count("C") / 10 - 0.10),
        lambda memory, own, other: (min(memory[0] + 1, 11), (memory[1] + other)[-10:]),
    )


@axelrod_first.table("First by Anonymous", AXELROD_1980, memory=0, is_stochastic=True)
def first_by_anonymous() -> Machine:
    """Cooperates with a random chance between 30% and 70%, new each round (14th)."""
    # A chance that is uniform from 0.3 to 0.7 and never shown is a fair coin.
    return unfold((), lambda memory: 0.5, lambda memory, own, other: ())


def _points(own: Action, other: Action) -> int:
    return 2 * (other is D) + (own is D)


def _looks_random(cooperations: int, rounds: int) -> bool:
    """Whether a chi-squared test at 5% lets a record pass for a fair coin's."""
    return (2 * cooperations - rounds) ** 2 / rounds <= _CHI_SQUARED_95


def _is_unlike_coin(defections: int, rounds: int) -> bool:
    """Whether a count is three standard deviations or more away from a fair coin's."""
    return abs(defections - rounds / 2) >= 3 * rounds**0.5 / 2
