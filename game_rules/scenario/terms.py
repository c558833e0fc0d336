"""Changes of an arena's terms that are in force, each with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from game_rules.roles import Seat
from game_rules.swift import swift


class Cause(StrEnum):
    """Why the terms of an arena are other than the scenario's.

    institution: it is funded. confidence, restraint, exercise, second_source, link: moves in force.
    shadow: a bloc of rivals outside. wary: a strained rival in the same arena. ally_in_crisis,
    in_crisis: a crisis with somebody outside the alliance.
    """

    INSTITUTION = "institution"
    CONFIDENCE = "confidence"
    RESTRAINT = "restraint"
    EXERCISE = "exercise"
    SECOND_SOURCE = "second_source"
    LINK = "link"
    SHADOW = "shadow"
    WARY = "wary"
    ALLY_IN_CRISIS = "ally_in_crisis"
    IN_CRISIS = "in_crisis"


@swift
@dataclass(frozen=True, slots=True)
class TermChange:
    """One parameter, times a factor and plus a number, for some members (none named: for all).

    because: the arenas or the seats that it comes from.
    """

    parameter: str
    cause: Cause
    seats: tuple[Seat, ...] = ()
    factor: float = 1.0
    added: float = 0.0
    because: tuple[str, ...] = ()
