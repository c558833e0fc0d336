"""Limits of values from outside, declared with their fields.

A field declares its limit as `Annotated[str, Limit(most=40)]`; `server.wire.commands` derives the
validation of frames from it. Inside, types are trusted.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated

from game_rules.roles import PersonId, Seat


class Typed(Enum):
    """What people type, and how it is cleaned before its length counts; see `texts`."""

    NAME = auto()
    MESSAGE = auto()


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of a number, or of the length of a text or collection; a pattern of a text.

    typed: what a text is, if people type it.
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    pattern: str | None = None
    typed: Typed | None = None


SEAT = Limit(pattern=r"^[A-Z][A-Z0-9]{1,11}$")
ID = Limit(least=1, most=64, pattern=r"^[A-Za-z0-9_-]+$")

SeatCode = Annotated[Seat, SEAT]
PersonCode = Annotated[PersonId, ID]
ArenaName = Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
StrategyName = Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
RoundNumber = Annotated[int, Limit(least=0, most=10_000)]
