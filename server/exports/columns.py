"""What the tables of an export are: one declaration a column, from which all else is made.

Header, order, types of Parquet, guards for spreadsheets and the codebook derive from it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.exports.story import Story

Row = dict[str, Any]
"""The cells of a row by column; what is not there is empty."""


@dataclass(frozen=True, slots=True)
class MatchRows:
    """Rows of one match. keys: the cells that all of them have."""

    keys: Row
    rows: Sequence[Row]


def whole_rows(every: Iterable[MatchRows]) -> Iterator[Row]:
    """Yield the rows of some matches, each with its keys."""
    for match in every:
        for row in match.rows:
            yield {**match.keys, **row}


class CellKind(StrEnum):
    """The type of a column. flag: 0 or 1. list: words separated by spaces."""

    TEXT = "text"
    LIST = "list"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type and meaning. unit: of a number; ms are milliseconds since 1970."""

    name: str
    kind: CellKind
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table: what a row is, its own columns, and the rows of a match."""

    name: str
    row: str
    own: tuple[Column, ...]
    rows: Callable[["Story"], Iterable[Row]]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All its columns, with those that every table has around its own."""
        return (*KEYS, *self.own, *LINEAGE)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def text(name: str, meaning: str) -> Column:
    """Declare a column of text."""
    return Column(name, CellKind.TEXT, meaning)


def words(name: str, meaning: str) -> Column:
    """Declare a column of words with spaces between."""
    return Column(name, CellKind.LIST, meaning)


def whole(name: str, meaning: str, unit: str = "") -> Column:
    """Declare a column of whole numbers."""
    return Column(name, CellKind.WHOLE, meaning, unit)


def number(name: str, meaning: str, unit: str = "") -> Column:
    """Declare a column of numbers."""
    return Column(name, CellKind.NUMBER, meaning, unit)


def flag(name: str, meaning: str) -> Column:
    """Declare a column that is 1 if its meaning holds, and 0 if not."""
    return Column(name, CellKind.FLAG, meaning)


def moment(name: str, meaning: str) -> Column:
    """Declare a column of times on the server's clock, which are 0 in a match of bots alone."""
    return Column(name, CellKind.WHOLE, meaning, "ms")


KEYS = (
    text("match", "The id of the match; of a record file, its name without the ending"),
    text("seminar", "The id of the class that the match belongs to; empty outside a class"),
    text("treatment", "The condition of the match in its class; empty if it has none"),
    text("scenario", "The name of the scenario"),
    whole("rules_version", "The version of the rules that scored the match"),
    text("seed", "The random seed of the match"),
    whole("round", "The number of the round, from 1; 0 is before the first round"),
    text("arena", "The name of the arena"),
    text("seat", "The seat that the row is about"),
    text("person", "The pseudonym of the person who held the pen of the seat; empty for a bot"),
)
"""The columns with which every table begins, and by which tables are joined."""

LINEAGE = (
    text("trunk", "The match or record that this one branched from; empty if from none"),
    flag("is_shared", "1 if the row is from before the branch, so that the trunk has it too"),
    text("superseded_by", "The match that continues this one"),
    whole("model_from", "The round from which a model of what might have happened is played"),
)
"""The columns with which every table ends."""
