"""Seminars in the database. Each query is a transaction, as in `queries`."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Update, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from game_rules.roles import PersonId
from game_rules.scenario.pairings import Pairing
from game_rules.texts import same_name
from server.access.grants import SeminarId
from server.access.names import next_person, require_free
from server.codes import new_code
from server.seminars.seminar import (
    Member,
    Seminar,
    SeminarMatch,
    Treatment,
    key_hash,
)
from server.store.event_store import MatchId
from server.store.queries import AsyncTables, free_code
from server.store.tables import MatchRow, SeminarMatchRow, SeminarPersonRow, SeminarRow

MOST_LISTED = 200


class SeminarFull(Exception):
    """The seminar has as many people as it takes."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A seminar with its matches and people, at one moment."""

    seminar: Seminar
    matches: tuple[SeminarMatch, ...]
    people: tuple[Member, ...]

    def member(self, person: PersonId) -> Member | None:
        """Find a person of the class."""
        return next((x for x in self.people if x.person == person), None)

    @property
    def match_ids(self) -> tuple[MatchId, ...]:
        """The ids of the matches, in order."""
        return tuple(known.match for known in self.matches)

    def in_match(self, match: MatchId) -> tuple[Member, ...]:
        """Return the people of a match."""
        return tuple(member for member in self.people if member.match == match)


class SeminarStore:
    """Database queries about seminars."""

    def __init__(self, tables: AsyncTables, draw: Callable[[], str] = new_code) -> None:
        self._tables, self._draw = tables, draw

    @property
    def tables(self) -> AsyncTables:
        """The database that seminars are in."""
        return self._tables

    async def create(self, seminar: Seminar) -> str:
        """Insert a seminar, whatever its code says; return the code that it got."""

        def enter(session: Session) -> str:
            code = free_code(session, self._draw)
            fields = asdict(seminar) | {"treatments": _written(seminar.treatments), "code": code}
            session.add(SeminarRow(**fields))
            return code

        return await self._tables.change(enter)

    async def by_code(self, code: str) -> Seminar | None:
        """Find a seminar by its code, as `normalise_code` writes it, unless it is archived."""
        query = select(SeminarRow).where(
            col(SeminarRow.code) == code, col(SeminarRow.is_archived).is_(False)
        )
        return await self._tables.view(
            lambda session: _seminar(row) if (row := session.exec(query).first()) else None
        )

    async def newest_first(self, most: int = MOST_LISTED) -> list[Seminar]:
        """List seminars, newest first, archived ones too."""
        query = (
            select(SeminarRow)
            .order_by(col(SeminarRow.created_at_ms).desc(), col(SeminarRow.id).desc())
            .limit(most)
        )
        return await self._tables.view(
            lambda session: [_seminar(row) for row in session.exec(query)]
        )

    async def roster(self, seminar: SeminarId) -> Roster | None:
        """Return a seminar with its matches, in order, and its people, in order of arrival."""

        def look(session: Session) -> Roster | None:
            row = session.get(SeminarRow, seminar)
            if row is None:
                return None
            return Roster(_seminar(row), _matches(session, seminar), _people(session, seminar))

        return await self._tables.view(look)

    async def together(self) -> list[SeminarId]:
        """List the seminars that stay together and have a match that is not over."""
        query = (
            select(SeminarRow.id)
            .join(SeminarMatchRow, col(SeminarMatchRow.seminar_id) == col(SeminarRow.id))
            .join(MatchRow, col(MatchRow.id) == col(SeminarMatchRow.match_id))
            .where(
                col(SeminarRow.is_together),
                col(SeminarMatchRow.is_dropped).is_(False),
                col(MatchRow.is_over).is_(False),
            )
            .distinct()
        )
        return await self._tables.view(
            lambda session: [SeminarId(known) for known in session.exec(query)]
        )

    async def amend(self, seminar: SeminarId, **changes: str | bool) -> None:
        """Change a seminar's name, whether it is archived, or who may read its ended matches.

        The last holds for the matches that it has as well as for those to come.
        """
        change = update(SeminarRow).where(col(SeminarRow.id) == seminar).values(**changes)

        def amend(session: Session) -> None:
            session.connection().execute(change)
            if "is_open_to_link" in changes:
                session.connection().execute(_settle(seminar))

        await self._tables.change(amend)

    async def add_person(
        self,
        seminar: SeminarId,
        person: PersonId | None,
        name: str,
        key: str,
        now_ms: int,
        most: int,
    ) -> PersonId:
        """Insert a person who joined, and return the id. Raises NameTaken or SeminarFull.

        person None: people go by their number in the class: c1, c2, and so on.
        """
        ids = select(SeminarPersonRow.person).where(col(SeminarPersonRow.seminar_id) == seminar)

        def enter(session: Session) -> PersonId:
            people = _people(session, seminar)
            require_free(name, (other.name for other in people))
            if len(people) >= most:
                raise SeminarFull
            known = person or PersonId(next_person("c", session.exec(ids)))
            row = SeminarPersonRow(
                seminar_id=seminar,
                person=known,
                name=name,
                key_hash=key_hash(seminar, known, key),
                joined_at_ms=now_ms,
            )
            session.add(row)
            return known

        return await self._tables.change(enter)

    async def find_person(self, seminar: SeminarId, name: str, key: str) -> Member | None:
        """Find the person of a name, if the key is right."""

        def look(session: Session) -> Member | None:
            for row in session.exec(_present(seminar)):
                hashed = key_hash(seminar, PersonId(row.person), key)
                if same_name(row.name, name) and row.key_hash == hashed:
                    return _member(row)
            return None

        return await self._tables.view(look)

    async def change_key(self, seminar: SeminarId, person: PersonId, key: str) -> None:
        """Replace a person's key; the old one is no longer valid."""
        await self._change_person(seminar, person, key_hash=key_hash(seminar, person, key))

    async def remove_person(self, seminar: SeminarId, person: PersonId) -> None:
        """Mark a person as removed; the name is free again."""
        await self._change_person(seminar, person, is_removed=True, match_id=None)

    async def assign(self, seminar: SeminarId, places: Mapping[PersonId, MatchId | None]) -> None:
        """Set which person plays in which match."""

        def note(session: Session) -> None:
            for person, match in places.items():
                row = session.get(SeminarPersonRow, (seminar, person))
                assert row is not None, f"{person} is on no roll"
                row.match_id = match
                session.add(row)

        await self._tables.change(note)

    async def add_matches(self, seminar: SeminarId, matches: Iterable[SeminarMatch]) -> None:
        """Insert matches, which must be in the lists already; its setting holds for them."""
        rows = [
            SeminarMatchRow(
                match_id=x.match, seminar_id=seminar, number=x.number, treatment=x.treatment
            )
            for x in matches
        ]

        def enter(session: Session) -> None:
            session.add_all(rows)
            session.flush()  # the update below looks for them
            session.connection().execute(_settle(seminar))
            _count_in(session, [row.match_id for row in rows], seminar)

        await self._tables.change(enter)

    async def drop_matches(self, matches: Iterable[MatchId]) -> None:
        """Remove matches from their seminar, and their people from them."""
        ids = list(matches)
        matches_go = (
            update(SeminarMatchRow)
            .where(col(SeminarMatchRow.match_id).in_(ids))
            .values(is_dropped=True)
        )
        people_go = (
            update(SeminarPersonRow)
            .where(col(SeminarPersonRow.match_id).in_(ids))
            .values(match_id=None)
        )

        def drop(session: Session) -> None:
            session.connection().execute(matches_go)
            session.connection().execute(people_go)
            _count_in(session, ids, None)

        await self._tables.change(drop)

    async def replace_match(self, old: MatchId, new: MatchId) -> None:
        """Replace a match by its branch, which gets its number, treatment and people."""

        def swap(session: Session) -> None:
            row = session.get(SeminarMatchRow, old)
            assert row is not None, f"{old} is of no seminar"
            row.is_dropped = True
            follower = SeminarMatchRow(
                match_id=new,
                seminar_id=row.seminar_id,
                number=row.number,
                treatment=row.treatment,
            )
            session.add_all((row, follower))
            move = update(SeminarPersonRow).where(col(SeminarPersonRow.match_id) == old)
            session.connection().execute(move.values(match_id=new))
            _count_in(session, [old], None)
            _count_in(session, [new], row.seminar_id)

        await self._tables.change(swap)

    async def _change_person(
        self, seminar: SeminarId, person: PersonId, **changes: str | bool | None
    ) -> None:
        change = (
            update(SeminarPersonRow)
            .where(
                col(SeminarPersonRow.seminar_id) == seminar, col(SeminarPersonRow.person) == person
            )
            .values(**changes)
        )
        await self._tables.change(lambda session: session.connection().execute(change))


def _present(seminar: SeminarId) -> SelectOfScalar[SeminarPersonRow]:
    return (
        select(SeminarPersonRow)
        .where(
            col(SeminarPersonRow.seminar_id) == seminar,
            col(SeminarPersonRow.is_removed).is_(False),
        )
        .order_by(col(SeminarPersonRow.joined_at_ms), col(SeminarPersonRow.person))
    )


def _count_in(session: Session, matches: Sequence[str], seminar: str | None) -> None:
    """Set the class that matches count in, which the library filters by."""
    change = update(MatchRow).where(col(MatchRow.id).in_(matches))
    session.connection().execute(change.values(seminar_id=seminar))


def _settle(seminar: SeminarId) -> Update:
    """Give the seminar's setting of who may read an ended match to all its matches."""
    of_it = select(SeminarMatchRow.match_id).where(col(SeminarMatchRow.seminar_id) == seminar)
    setting = select(SeminarRow.is_open_to_link).where(col(SeminarRow.id) == seminar)
    change = update(MatchRow).where(col(MatchRow.id).in_(of_it))
    return change.values(is_open_to_link=setting.scalar_subquery())


def _people(session: Session, seminar: SeminarId) -> tuple[Member, ...]:
    return tuple(_member(row) for row in session.exec(_present(seminar)))


def _matches(session: Session, seminar: SeminarId) -> tuple[SeminarMatch, ...]:
    query = (
        select(SeminarMatchRow, MatchRow.code)
        .where(
            col(SeminarMatchRow.seminar_id) == seminar,
            col(SeminarMatchRow.is_dropped).is_(False),
            col(MatchRow.id) == col(SeminarMatchRow.match_id),
        )
        .order_by(col(SeminarMatchRow.number))
    )
    return tuple(
        SeminarMatch(MatchId(row.match_id), code, row.number, row.treatment)
        for row, code in session.exec(query)
    )


def _member(row: SeminarPersonRow) -> Member:
    match = None if row.match_id is None else MatchId(row.match_id)
    return Member(PersonId(row.person), row.name, match, row.joined_at_ms)


def _seminar(row: SeminarRow) -> Seminar:
    fields = row.model_dump(exclude={"id", "treatments", "pairing"})
    return Seminar(
        id=SeminarId(row.id),
        pairing=None if row.pairing is None else Pairing(row.pairing),
        treatments=tuple(Treatment(**entry) for entry in json.loads(row.treatments)),
        **fields,
    )


def _written(treatments: Iterable[Treatment]) -> str:
    return json.dumps([{"name": x.name, "changes": dict(x.changes)} for x in treatments])
