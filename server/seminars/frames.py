"""What a seminar's socket sends after its welcome; `game_rules.records.codec` writes it."""

from dataclasses import dataclass
from typing import ClassVar

from server.seminars.overview import MatchCard, PersonCard, SeminarCard


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """You wait, with so many people in all."""

    type: ClassVar[str] = "waiting"
    people: int


@dataclass(frozen=True, slots=True)
class PlacedShown:
    """You have a place at a match: ask where over HTTP."""

    type: ClassVar[str] = "placed"
    match: str


@dataclass(frozen=True, slots=True)
class SeminarShown:
    """The seminar itself."""

    type: ClassVar[str] = "seminar"
    card: SeminarCard


@dataclass(frozen=True, slots=True)
class MatchShown:
    """A match that is new, or changed."""

    type: ClassVar[str] = "match"
    card: MatchCard


@dataclass(frozen=True, slots=True)
class MatchGone:
    """A match that is not the seminar's any more."""

    type: ClassVar[str] = "match_gone"
    match: str


@dataclass(frozen=True, slots=True)
class PeopleShown:
    """Everybody of the class."""

    type: ClassVar[str] = "people"
    people: tuple[PersonCard, ...]


Shown = WaitingShown | PlacedShown | SeminarShown | MatchShown | MatchGone | PeopleShown
