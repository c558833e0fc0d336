"""What people call the things of the rules."""

from collections.abc import Mapping

from game_rules.events import EndReason, OrderSource
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

SOURCES: Mapping[OrderSource, str] = {
    OrderSource.ORDERED: "ordered",
    OrderSource.REPEATED: "no order: the last action again",
    OrderSource.DEFAULTED: "no order: D",
}
