"""The frames of a seminar's socket after its welcome, written by `game_rules.records.codec`."""

from dataclasses import dataclass
from typing import ClassVar

from server.seminars.overview import MatchCard, PersonCard, SeminarCard
from server.seminars.wall import TableCard, WallCard


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """You wait, with this many people in total."""

    type: ClassVar[str] = "waiting"
    people: int


@dataclass(frozen=True, slots=True)
class PlacedShown:
    """You have a match: ask for it over HTTP."""

    type: ClassVar[str] = "placed"
    match: str


@dataclass(frozen=True, slots=True)
class SeminarShown:
    """The seminar itself."""

    type: ClassVar[str] = "seminar"
    card: SeminarCard


@dataclass(frozen=True, slots=True)
class MatchShown:
    """A new or changed match."""

    type: ClassVar[str] = "match"
    card: MatchCard


@dataclass(frozen=True, slots=True)
class MatchDamagedShown:
    """A match that cannot be read, or cannot go on; the others can. problem: for people."""

    type: ClassVar[str] = "match_damaged"
    match: str
    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class MatchGone:
    """A match that no longer belongs to the seminar."""

    type: ClassVar[str] = "match_gone"
    match: str


@dataclass(frozen=True, slots=True)
class PeopleShown:
    """Everyone in the class."""

    type: ClassVar[str] = "people"
    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class WallShown:
    """The class, for the wall."""

    type: ClassVar[str] = "wall"
    card: WallCard


@dataclass(frozen=True, slots=True)
class TableShown:
    """A new or changed table, for the wall."""

    type: ClassVar[str] = "table"
    card: TableCard


Shown = (
    WaitingShown
    | PlacedShown
    | SeminarShown
    | MatchShown
    | MatchDamagedShown
    | MatchGone
    | PeopleShown
    | WallShown
    | TableShown
)
