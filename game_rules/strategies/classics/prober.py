"""Probers and hunters: strategies that first test the other."""

from collections.abc import Callable
from itertools import count

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, unfold, unfold_coins
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import (
    LI_2009,
    LI_2011,
    NCASE_2017,
    PRISON_1998,
    ROBSON_1990,
    library,
)

probers = StrategyFamily("prober")
hunters = StrategyFamily("hunter")


@probers.table("Prober", LI_2011, memory=None)
def prober() -> Machine:
    """Plays D, C, C; exploits those who took it without a D in rounds 2 and 3, else tit for tat."""
    return _probe("DCC", lambda seen: D if seen[1:] == "CC" else None)


@probers.table("Prober 2", PRISON_1998, memory=None)
def prober_2() -> Machine:
    """Plays D, C, C; yields for ever to D, C in rounds 2 and 3, else tit for tat."""
    return _probe("DCC", lambda seen: C if seen[1:] == "DC" else None)


@probers.table("Prober 3", PRISON_1998, memory=None)
def prober_3() -> Machine:
    """Plays D, C; exploits anyone who cooperates in round 2, else tit for tat."""
    return _probe("DC", lambda seen: D if seen[1] == "C" else None)


@probers.table("Prober 4", PRISON_1998, memory=None)
def prober_4() -> Machine:
    """Plays a fixed test of 20 rounds; exploits anyone who defects with or without cause alike."""
    opening = "CCDCDDDCCDCDCCDCDDCD"

    def lean(memory: tuple[int, int, Action]) -> bool:
        turn, balance, other = memory
        if turn < 20:
            return opening[turn] == "C"
        return abs(balance) > 2 and (turn < 25 or other is C)

    def step(memory: tuple[int, int, Action], own: Action, other: Action) -> tuple:
        turn, balance, _ = memory
        if turn < 19 and other is D:
            balance += 1 if own is D else -1
        return min(turn + 1, 25), balance, other

    return unfold((0, 0, C), lean, step)


@probers.table("Hard Prober", PRISON_1998, memory=None)
def hard_prober() -> Machine:
    """Plays D, D, C, C; exploits anyone who cooperated in rounds 2 and 3, else tit for tat."""
    return _probe("DDCC", lambda seen: D if seen[1:3] == "CC" else None)


@probers.table("Detective", NCASE_2017, memory=None)
def detective() -> Machine:
    """Plays C, D, C, C; exploits anyone who never defected meanwhile, else tit for tat."""
    return _probe("CDCC", lambda seen: None if "D" in seen else D)


@probers.table("Naive Prober", LI_2011, memory=1, is_stochastic=True)
def naive_prober() -> Machine:
    """Plays tit for tat, but tries a defection one time in ten."""
    leaning = {"first": 1.0, C: 0.9, D: 0.0}
    return unfold("first", leaning.__getitem__, lambda memory, own, other: other)


@probers.table("Remorseful Prober", LI_2011, memory=2, is_stochastic=True)
def remorseful_prober() -> Machine:
    """Plays naive prober, but takes the answer to its own probe without striking back."""

    def heads(memory: tuple[str, bool]) -> float:
        last, is_probing = memory
        if last == "D":
            return float(is_probing)
        return 1.0 if last == "first" else 0.9

    def step(
        memory: tuple[str, bool], is_heads: bool, own: Action, other: Action
    ) -> tuple[str, bool]:
        return str(other), memory[0] == "C" and not is_heads

    return unfold_coins(
        ("first", False), heads, lambda memory, is_heads: C if is_heads else D, step
    )


@probers.table("Handshake", ROBSON_1990, memory=None)
def handshake() -> Machine:
    """Plays C, D; cooperates for ever with anyone who did the same, else defects."""
    return _probe("CD", lambda seen: C if seen == "CD" else D)


@probers.table("Collective Strategy", LI_2009, memory=None)
def collective_strategy() -> Machine:
    """Plays C, D; cooperates with anyone who did the same, until it defects again."""

    def step(seen: str, own: Action, other: Action) -> str:
        if seen in ("", "C"):
            return seen + other
        return "CD" if seen == "CD" and other is C else "refused"

    return unfold("", lambda seen: seen in ("", "CD"), step)


@probers.table("Gradual Killer", PRISON_1998, memory=None)
def gradual_killer() -> Machine:
    """Plays D five times and C twice; defects for ever on anyone who answered those two with D."""
    return _probe("DDDDDCC", lambda seen: D if seen[5:] == "DD" else C, ignored=5)


@hunters.table("Defector Hunter", library("Karol Langner"), memory=None)
def defector_hunter() -> Machine:
    """Defects from round 5 while the other has never cooperated."""
    return _hunt(D)


@hunters.table("Cooperator Hunter", library("Karol Langner"), memory=None)
def cooperator_hunter() -> Machine:
    """Defects from round 5 while the other has never defected."""
    return _hunt(C)


@hunters.table("Alternator Hunter", library("Karol Langner"), memory=None)
def alternator_hunter() -> Machine:
    """Cooperates for six rounds; defects for ever on one who alternated all that time."""

    alternations = {"CDCDCD"[:turn] for turn in range(7)} | {"DCDCDC"[:turn] for turn in range(7)}

    def step(memory: tuple[int, str], own: Action, other: Action) -> tuple[int, str]:
        turn, seen = memory
        if turn == 6:
            return memory
        return turn + 1, seen + other if seen + other in alternations else "X"

    return unfold((0, ""), lambda memory: memory[0] < 6 or memory[1] == "X", step)


@hunters.routine("Cycle Hunter", library("Marc Harper"))
def cycle_hunter(conditions: Conditions) -> Play:
    """Cooperates until the other is seen to repeat a cycle of 3 to 12 actions, then defects."""
    past = ""
    while True:
        _, other = yield C
        past += other
        if _repeats(past):
            while True:
                yield D


@hunters.routine("Random Hunter", library("Karol Langner"))
def random_hunter(conditions: Conditions) -> Play:
    """Defects on those whose answers to C and to D look like coin tosses."""
    played = {C: 0, D: 0}
    matched = {C: 0, D: 0}
    before = None
    for turn in count():
        shares = [matched[a] / played[a] for a in (C, D) if played[a] > 5]
        is_random = bool(shares) and all(abs(share - 0.5) < 0.25 for share in shares)
        own, other = yield D if turn > 10 and is_random else C
        if before is other:
            matched[other] += 1
        played[own] += 1
        before = own


def _probe(opening: str, verdict: Callable[[str], Action | None], ignored: int = 0) -> Machine:
    """Play an opening, then one action for ever, or tit for tat where the verdict is None.

    verdict: judges the other's actions during the opening; the first `ignored` ones read "?".
    """

    def lean(memory: tuple[str, str]) -> bool:
        stage, letters = memory
        return (opening[len(letters)] if stage == "test" else letters) == "C"

    def step(memory: tuple[str, str], own: Action, other: Action) -> tuple[str, str]:
        stage, seen = memory
        if stage == "always":
            return memory
        if stage == "copy":
            return "copy", other
        seen += "?" if len(seen) < ignored else other
        if len(seen) < len(opening):
            return "test", seen
        action = verdict(seen)
        return ("copy", other) if action is None else ("always", action)

    return unfold(("test", ""), lean, step)


def _hunt(prey: Action) -> Machine:
    """Defect from round 5 on one who has done nothing but `prey`."""

    def step(memory: tuple[int, bool], own: Action, other: Action) -> tuple[int, bool]:
        rounds, is_prey = memory
        return min(rounds + 1, 4), is_prey and other is prey

    return unfold((0, True), lambda memory: not (memory[0] == 4 and memory[1]), step)


def _repeats(past: str) -> bool:
    """Tell whether a record is a whole cycle of 3 to 12 unlike actions, at least twice over."""
    if "C" not in past or "D" not in past:
        return False
    lengths = range(3, min(len(past) // 2, 12) + 1)
    return any(past[length:] == past[:-length] for length in lengths)
