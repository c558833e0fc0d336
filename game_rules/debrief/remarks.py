"""Remarks and exhibits: sentences as a kind with arguments, and the tables that prove them.

Words are elsewhere, one set per language. Every number of a remark stands in a row that it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a value is, which decides how it is written.

    share: in [0, 1]; index: 0 to 100; points: of the match; word: a name that has words of its own;
    table: of a class, by its number; name: what somebody has typed, the same in every language.
    """

    SEAT = "seat"
    SEATS = "seats"
    ARENA = "arena"
    STRATEGY = "strategy"
    TABLE = "table"
    NAME = "name"
    WORD = "word"
    COUNT = "count"
    POINTS = "points"
    INDEX = "index"
    SHARE = "share"
    NOTHING = "nothing"


NUMBERS = (Unit.COUNT, Unit.POINTS, Unit.INDEX, Unit.SHARE)
"""The units of what a reader can check in the evidence."""


PLACES = 1
"""Figures after the point with which points are written."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its unit: a name, names, or a number."""

    unit: Unit
    value: str | float | tuple[str, ...] | None

    @property
    def is_number(self) -> bool:
        """Whether it is a figure that the evidence has to hold."""
        return self.unit in NUMBERS

    @property
    def amount(self) -> float:
        """Its number; 0 of what is none."""
        return self.value if isinstance(self.value, float | int) else 0.0


def seat(name: str) -> Value:
    """Name a seat."""
    return Value(Unit.SEAT, name)


def seats(names: tuple[str, ...]) -> Value:
    """Name several seats."""
    return Value(Unit.SEATS, names)


def arena(name: str) -> Value:
    """Name an arena."""
    return Value(Unit.ARENA, name)


def table(number: int) -> Value:
    """Name a table of a class."""
    return Value(Unit.TABLE, number)


def name(text: str) -> Value:
    """Name what somebody called so, e.g. a condition of a class."""
    return Value(Unit.NAME, text)


def word(group: str, name: str) -> Value:
    """Name one of a closed list, e.g. an outlook. group: the list."""
    return Value(Unit.WORD, f"{group}.{name}")


def count(number: int) -> Value:
    """Give a whole number."""
    return Value(Unit.COUNT, number)


def points(number: float) -> Value:
    """Give points."""
    return Value(Unit.POINTS, number)


def difference(a: float, b: float) -> Value:
    """Give the difference of two points as they are written, so that a reader can check it.

    Source: this program's.

    >>> difference(70.94, 18.66).value
    52.2
    """
    return points(rounded(rounded(a) - rounded(b)))


def rounded(number: float) -> float:
    """Round points to the figures with which they are written."""
    return round(number, PLACES)


def index(number: float) -> Value:
    """Give an integration index, or a difference of two."""
    return Value(Unit.INDEX, number)


def share(number: float) -> Value:
    """Give a share of a whole."""
    return Value(Unit.SHARE, number)


NOTHING = Value(Unit.NOTHING, None)
"""An empty cell."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence: its kind, its arguments by name, and the rows that hold its numbers."""

    kind: str
    evidence: tuple[str, ...]
    arguments: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an exhibit. id: its address on the page."""

    id: str
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table. columns: the names of its columns, which have words of their own."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the debrief: a heading and its remarks."""

    name: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan for a class. section: of the page, which it uses."""

    minutes: int
    kind: str
    section: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with a class in so many minutes."""

    minutes: int
    steps: tuple[Step, ...]
