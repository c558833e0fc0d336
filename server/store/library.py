"""The library: stored matches by what is known of them, a page at a time; and their tags.

A page begins behind the last match of the one before (a keyset), so that a late page costs no more
than the first. The condition is tested on one index, `matches_newest`, which holds all that is
filtered by, from the newest match on; then the rows of the page alone are read. Matches of guests
are in other databases, and a match that was undone is found by its branch.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, delete, or_, text, tuple_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from game_rules.log.events import Event
from game_rules.records.codec import loads
from game_rules.records.digest import DIGEST_VERSION, DIGESTED, Digest, digest_of
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.store.digests import digest_columns
from server.store.event_store import MatchId
from server.store.library_entries import LibraryEntry, entries_of
from server.store.queries import NEWEST_FIRST, AsyncTables
from server.store.tables import EventRow, MatchRow, SeminarMatchRow, SeminarRow, TagRow

MOST_TAGS = 20
"""Of one match."""
MOST_FETCHED = 500
"""Matches of a tag or a class that are fetched by their ids."""
MOST_OFFERED = 200
"""Tags and scenarios that a filter is offered."""

Standing = Literal["ended", "in_progress"]
Rehearsals = Literal["without", "with", "only"]
Place = tuple[int, MatchId]
"""Where a page ends: when its last match began, and the id of that match."""


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """What matches of the library must be; None: anything.

    since_ms, until_ms: when the match was set up; the second is excluded. seminar: an id.
    class_name: a part of the name of its class. outlook, incident, has_breach: only matches that
    have ended have them; of others they are a secret, and not even stored. rehearsals: whether
    matches of classes that are rehearsals are among them.
    """

    scenario: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    seats: int | None = None
    standing: Standing | None = None
    outlook: Outlook | None = None
    incident: Concept | None = None
    has_breach: bool | None = None
    seminar: str | None = None
    class_name: str | None = None
    tag: str | None = None
    rehearsals: Rehearsals = "with"


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Some matches, newest first. after: where the next page begins; None on the last."""

    matches: Sequence[LibraryEntry]
    after: Place | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to filter by: scenarios by name, tags, numbers of seats."""

    scenarios: list[str]
    tags: list[str]
    seats: list[int]


class TooManyTags(Exception):
    """A match would have more than `MOST_TAGS`."""


class MatchLibrary:
    """Queries about stored matches, each one transaction."""

    def __init__(self, tables: AsyncTables) -> None:
        self._tables = tables

    async def page(self, wanted: LibraryFilter, after: Place | None, most: int) -> LibraryPage:
        """Find the matches that follow a place, newest first."""

        def look(session: Session) -> LibraryPage:
            found = places_of(session, wanted, after).limit(most + 1)
            places = [(at_ms, match) for at_ms, match in session.connection().execute(found)]
            shown = [match for _, match in places[:most]]
            rest = places[most - 1] if len(places) > most else None
            return LibraryPage(entries_of(session, shown), rest)

        return await self._tables.view(look)

    async def outlook_of(self, match: MatchId) -> str | None:
        """Find the outlook at the end of a match; None where none is stored."""
        found = select(MatchRow.outlook).where(col(MatchRow.id) == match)
        return await self._tables.view(lambda session: session.exec(found).first())

    async def offered(self, seminar: str | None) -> Offered:
        """Find what matches can be filtered by: all, or those of a class."""
        within = _of_class(seminar)
        kinds = select(MatchRow.scenario, MatchRow.seats).where(*within).distinct()
        tags = select(TagRow.tag).distinct().order_by(col(TagRow.tag)).limit(MOST_OFFERED)
        if seminar is not None:
            tags = tags.where(col(TagRow.match_id).in_(_matches_of(seminar)))

        def look(session: Session) -> Offered:
            played = session.exec(kinds).all()
            scenarios = sorted({scenario for scenario, _ in played})
            seats = sorted({seats for _, seats in played if seats is not None})
            return Offered(scenarios[:MOST_OFFERED], list(session.exec(tags)), seats)

        return await self._tables.view(look)

    async def undigested(self, after: Place | None, most: int) -> list[Place]:
        """Find ended matches without a digest of this version, newest first, behind a place."""
        old = col(MatchRow.is_over).is_(True), col(MatchRow.digest_version) != DIGEST_VERSION
        found = _places(LibraryFilter(), after).where(*old).limit(most)
        return await self._tables.view(
            lambda session: [(at_ms, match) for at_ms, match in session.connection().execute(found)]
        )

    async def digest(self, match: MatchId) -> Digest | None:
        """Digest a stored match; None where there is nothing. Raises StoreError or CodecError."""
        of_use = (
            col(EventRow.payload).startswith(f'{{"type":"{x}"', autoescape=True) for x in DIGESTED
        )
        query = select(EventRow.payload).where(col(EventRow.match_id) == match, or_(*of_use))
        query = query.order_by(col(EventRow.seq))

        def look(session: Session) -> Digest | None:
            log = [loads(Event, text) for text in session.exec(query)]
            return digest_of(log) if log else None

        return await self._tables.view(look)

    async def keep_digests(self, digests: Mapping[MatchId, Digest]) -> None:
        """Store digests of matches; one that was undone meanwhile keeps none."""
        columns = [digest_columns(digest) | {"match": x} for x, digest in digests.items()]
        await self._tables.change(
            lambda session: session.connection().execute(_KEEP, columns) if columns else None
        )

    async def change_tags(
        self, match: MatchId, add: Collection[str], remove: Collection[str]
    ) -> list[str]:
        """Add and remove tags of a match; return those that it has then. Raises TooManyTags."""

        def change(session: Session) -> list[str]:
            kept = set(session.exec(_tags_of(match)))
            new = (kept | set(add)) - set(remove)
            if len(new) > max(MOST_TAGS, len(kept)):
                raise TooManyTags
            gone = delete(TagRow).where(
                col(TagRow.match_id) == match, col(TagRow.tag).in_(kept - new)
            )
            session.connection().execute(gone)
            session.add_all(TagRow(match_id=match, tag=tag) for tag in sorted(new - kept))
            return sorted(new)

        return await self._tables.change(change)


_ROOM_FOR_IDS = text("SET LOCAL work_mem = '64MB'")
"""For a table of all ids in PostgreSQL; with less room it reads the list for each match."""
_NO_SORT = text("SET LOCAL enable_sort = off")
"""For PostgreSQL, until the transaction ends: nothing that follows in it is sorted there."""

_KEEP = update(MatchRow).where(
    col(MatchRow.id) == bindparam("match"),
    col(MatchRow.is_over).is_(True),
    col(MatchRow.replaced_by).is_(None),
)


def places_of(session: Session, wanted: LibraryFilter, after: Place | None) -> Any:
    """Select when the matches of a filter began and their ids, newest first.

    Unless a few matches are known by their ids, they are looked at from the newest on: PostgreSQL
    would read and sort all of them, where it guesses that few fit.
    """
    words = list(_of_words(session, wanted))
    if wanted.seminar is None and all(word.is_common for word in words) and not _is_file(session):
        session.connection().execute(_NO_SORT)
    return _places(wanted, after).where(*(word.condition for word in words))


def _places(wanted: LibraryFilter, after: Place | None) -> Any:
    """Select when matches began and their ids, newest first, from the index alone."""
    key = tuple_(col(MatchRow.created_at_ms), col(MatchRow.id))
    behind = () if after is None else (key < after,)
    query = select(MatchRow.created_at_ms, MatchRow.id).where(*_conditions(wanted), *behind)
    return query.order_by(*NEWEST_FIRST)


def _conditions(wanted: LibraryFilter) -> Iterable[ColumnElement[bool]]:
    yield col(MatchRow.replaced_by).is_(None)
    if wanted.scenario is not None:
        yield col(MatchRow.scenario) == wanted.scenario
    if wanted.since_ms is not None:
        yield col(MatchRow.created_at_ms) >= wanted.since_ms
    if wanted.until_ms is not None:
        yield col(MatchRow.created_at_ms) < wanted.until_ms
    if wanted.seats is not None:
        yield col(MatchRow.seats) == wanted.seats
    if wanted.standing is not None:
        yield col(MatchRow.is_over).is_(wanted.standing == "ended")
    if wanted.rehearsals != "with":
        yield _is_of_rehearsal(is_wanted=wanted.rehearsals == "only")
    yield from _of_course(wanted)
    yield from _of_class(wanted.seminar)


def _is_of_rehearsal(*, is_wanted: bool) -> ColumnElement[bool]:
    """Whether a match counts in a rehearsal, from the index alone; most count in none."""
    rehearsals = select(SeminarRow.id).where(col(SeminarRow.is_rehearsal).is_(True))
    is_one = col(MatchRow.seminar_id).in_(rehearsals)
    return is_one.is_(True) if is_wanted else is_one.is_not(True)


def _of_course(wanted: LibraryFilter) -> Iterable[ColumnElement[bool]]:
    """How a match went. The columns of one in progress are null, and no condition holds."""
    if wanted.outlook is not None:
        yield col(MatchRow.outlook) == wanted.outlook
    if wanted.incident is not None:
        yield col(MatchRow.incidents).contains(f" {wanted.incident} ", autoescape=True)
    if wanted.has_breach is not None:
        yield col(MatchRow.breaches) > 0 if wanted.has_breach else col(MatchRow.breaches) == 0


def _of_class(seminar: str | None) -> Iterable[ColumnElement[bool]]:
    return () if seminar is None else (col(MatchRow.id).in_(_matches_of(seminar)),)


@dataclass(frozen=True, slots=True)
class _Word:
    """A condition of matches. is_common: more fulfil it than are fetched by their ids."""

    condition: ColumnElement[bool]
    is_common: bool


def _of_words(session: Session, wanted: LibraryFilter) -> Iterable[_Word]:
    """A part of a class's name, or a tag."""
    is_one_of_few = wanted.seminar is not None
    if wanted.class_name is not None:
        named = col(SeminarRow.name).icontains(wanted.class_name, autoescape=True)
        classes = select(SeminarRow.id).where(named)
        query = select(SeminarMatchRow.match_id).where(
            col(SeminarMatchRow.seminar_id).in_(classes),
            col(SeminarMatchRow.is_dropped).is_(False),
        )
        few = _few(session, query)
        # Of many matches the index holds the class, and there are fewer classes than matches.
        yield few or _Word(col(MatchRow.seminar_id).in_(classes).is_(True), is_common=True)
        is_one_of_few = is_one_of_few or few is not None
    if wanted.tag is not None:
        query = select(TagRow.match_id).where(col(TagRow.tag) == wanted.tag)
        few = _few(session, query)
        yield few or _many(session, query, is_one_of_few=is_one_of_few)


def _few(session: Session, query: SelectOfScalar[str]) -> _Word | None:
    """Ask for the matches of a query by their ids, if they are few."""
    few = session.exec(query.limit(MOST_FETCHED + 1)).all()
    is_few = len(few) <= MOST_FETCHED
    return _Word(col(MatchRow.id).in_(few), is_common=False) if is_few else None


def _many(session: Session, query: SelectOfScalar[str], *, is_one_of_few: bool) -> _Word:
    """Ask for the matches of a query that are many, the newest first.

    SQLite looks each match up from the newest on. PostgreSQL finds all ids once, and looks
    matches up among them, unless a match must be one of a few: a condition inside another is no
    join, whose order it would choose by a guess. It took 9 s for a class whose name many had.
    """
    if _is_file(session) or is_one_of_few:
        known = query.where(query.selected_columns[0] == col(MatchRow.id)).exists()
        return _Word(known.is_(True), is_common=True)
    session.connection().execute(_ROOM_FOR_IDS)
    return _Word(col(MatchRow.id).in_(query).is_(True), is_common=True)


def _is_file(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _matches_of(seminar: str) -> SelectOfScalar[str]:
    return select(SeminarMatchRow.match_id).where(
        col(SeminarMatchRow.seminar_id) == seminar, col(SeminarMatchRow.is_dropped).is_(False)
    )


def _tags_of(match: MatchId) -> SelectOfScalar[str]:
    return select(TagRow.tag).where(col(TagRow.match_id) == match)
