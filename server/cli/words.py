"""What people call the things of the rules."""

from collections.abc import Mapping

from game_rules.events import EndReason
from game_rules.games import GameClass

CLASS_NAMES: Mapping[GameClass, str] = {
    GameClass.PRISONERS_DILEMMA: "Prisoner's Dilemma",
    GameClass.DEADLOCK: "Deadlock",
    GameClass.CONSTANT_SUM: "Constant-sum",
    GameClass.STAG_HUNT: "Stag Hunt",
    GameClass.CHICKEN: "Chicken",
    GameClass.BATTLE_OF_THE_SEXES: "Battle of the Sexes",
    GameClass.HARMONY: "Harmony",
}

ENDINGS: Mapping[EndReason, str] = {
    EndReason.ROUNDS_PLAYED: "all rounds were played",
    EndReason.CHANCE: "chance ended it",
    EndReason.FACILITATOR: "the facilitator ended it",
}


def count(number: int, noun: str) -> str:
    """Write how many there are of something.

    >>> count(1, "seat"), count(2, "seat")
    ('1 seat', '2 seats')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
