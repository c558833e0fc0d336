"""The debrief of a class, from the logs of its tables: a table at a time, then the page of all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game_rules.continuations.trunk import trunk_of
from game_rules.debrief.class_accounts import SeatAt, TableAccount, account_of
from game_rules.debrief.classes import class_debrief
from game_rules.debrief.course import Course
from game_rules.debrief.debrief import SeatBeside
from game_rules.errors import InvalidInput
from game_rules.log.events import Event, EventTuple
from game_rules.log.evolve import fold
from game_rules.log.people import Names, with_names
from game_rules.records.codec import dumps, loads
from server.debrief.class_page import SeatedAt, write_class_page
from server.exports.reading import Stored
from server.seminars.duplicate import DuplicateScore, Result, duplicate_scores, results_of
from server.seminars.seminar import SeminarMatch
from server.store.event_store import MatchId
from server.version import SOFTWARE_VERSION

_UNREADABLE = (InvalidInput, TypeError, AssertionError)
"""Whatever a table of older rules, or a damaged one, may raise."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table of a class: its account, what people made of its seats, and who they were."""

    account: TableAccount
    results: tuple[Result, ...]
    seated: SeatedAt


@dataclass(frozen=True, slots=True)
class ClassDebriefFound:
    """The debrief of a class as one HTML file. left_out: tables that it says nothing of."""

    page: str
    left_out: int


def class_page_of(
    stored: Iterable[Stored], language: str, *, has_names: bool, name: str = ""
) -> tuple[str, int]:
    """Write the page of a class; return it with how many tables it leaves out.

    Left out are tables of older rules, and damaged ones. Raises InvalidInput where none is left.
    """
    every = list(stored)
    tables = {x.account.number: x for each in every for x in _read(each)}
    left_out = len({each.about.number for each in every} - set(tables))
    return _page(tables.values(), left_out, language, has_names, name), left_out


def read_table(known: SeminarMatch, log: EventTuple, names: Names) -> TableRead | None:
    """Read a table; None where it has no debrief. names: of its people, by their ids."""
    try:
        return _table(known, log, names)
    except _UNREADABLE:
        return None


def found_class_page(
    tables: Iterable[TableRead | None], others: int, language: str, has_names: bool, name: str
) -> str:
    """Write a `ClassDebriefFound`. others: tables that nobody has read. name: of the class.

    Raises InvalidInput where no table has a debrief.
    """
    every = list(tables)
    told = [each for each in every if each is not None]
    left_out = others + len(every) - len(told)
    return dumps(ClassDebriefFound(_page(told, left_out, language, has_names, name), left_out))


def _page(
    tables: Iterable[TableRead], left_out: int, language: str, has_names: bool, name: str
) -> str:
    every = list(tables)
    debrief = class_debrief([x.account for x in every], _beside(every))
    seated = [x.seated for x in every] if has_names else ()
    return write_class_page(debrief, language, SOFTWARE_VERSION, seated, left_out, name)


def _beside(tables: Iterable[TableRead]) -> Iterator[SeatAt]:
    """Compare seats as the scores of a class do."""
    for result, score in duplicate_scores(x for each in tables for x in each.results):
        yield SeatAt(result.table, _as_beside(score))


def _as_beside(x: DuplicateScore) -> SeatBeside:
    return SeatBeside(x.seat, x.rounds, x.points, x.others, x.difference, x.rank, x.of)


def _read(stored: Stored) -> Iterator[TableRead]:
    """Read a table as it is stored; yield nothing of one that has no debrief."""
    about = stored.about
    known = SeminarMatch(MatchId(about.match), "", about.number or 0, about.treatment)
    try:
        yield _table(known, tuple(loads(Event, text) for text in stored.texts), stored.names)
    except _UNREADABLE:
        return


def _table(known: SeminarMatch, log: EventTuple, names: Names) -> TableRead:
    course = Course(trunk_of(log, "a debrief"))
    holders = fold(with_names(log, names)).holders
    account = account_of(course, known.number, known.treatment)
    return TableRead(account, results_of(known, course.last), SeatedAt(known.number, holders))
