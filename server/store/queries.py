"""Database queries about matches, apart from their logs, and the heartbeat.

Each query is a transaction. Queries that write run on the store's writer thread, one at a time;
queries that read run beside it. They return values, never rows.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from typing import Annotated, Any, Protocol, TypeVar

from sqlalchemy import bindparam, exists, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from game_rules.log.events import Phase
from game_rules.log.people import called
from game_rules.log.position import Model
from game_rules.records.digest import Digest
from game_rules.roles import PersonId
from server.codes import new_code
from server.store.digests import NO_DIGEST, digest_columns
from server.store.event_store import MatchId, StoreDamaged
from server.store.tables import (
    EventRow,
    HeartbeatRow,
    MatchRow,
    PersonRow,
    SeminarMatchRow,
    SeminarPersonRow,
    SeminarRow,
    TagRow,
    TokenRow,
)
from server.wire.fields import Written

T = TypeVar("T")

MOST_LISTED = 200
MOST_DRAWS = 8
NEWEST_FIRST = col(MatchRow.created_at_ms).desc(), col(MatchRow.id).desc()
OLDEST_FIRST = col(MatchRow.created_at_ms), col(MatchRow.id)
"""As the index that begins with both is read."""


class AsyncTables(Protocol):
    """Transactions over all tables, awaited; what a store offers apart from its logs."""

    async def change(self, make: Callable[[Session], T]) -> T:
        """Run a function that writes, then commit; nothing changes if it raises."""
        ...

    async def view(self, look: Callable[[Session], T]) -> T:
        """Run a function that only reads, on one snapshot."""
        ...


class Beside(Protocol):
    """Databases beside the main one, each with the tables of its own matches."""

    def of(self, match: MatchId | None) -> AsyncTables | None:
        """Return the database of a match; None for one of the main database."""
        ...

    def each(self) -> Iterable[AsyncTables]:
        """Return all of them."""
        ...


class NothingBeside:
    """The main database alone."""

    def of(self, match: MatchId | None) -> AsyncTables | None:
        """Return None: every match is in the main database."""
        return None

    def each(self) -> Iterable[AsyncTables]:
        """Return none."""
        return ()


@dataclass(frozen=True, slots=True)
class MatchSummary:
    """A match as lists show it. code is None for viewers who may not invite others.

    is_open_to_link: whether whoever has the link may read the match once it has ended.
    replaced_by: the branch that took its place after an undo; told to who may lead it.
    problem: why a damaged match cannot be read or cannot go on, as far as is known. model_of,
    model_from: the trunk of a model of what might have happened, and the round where it begins.
    """

    match: MatchId
    code: str | None
    scenario: str
    title: str
    created_at_ms: int
    rounds: int
    round: int
    phase: Annotated[str, Written(Phase)]
    seats_held: int
    is_over: bool
    is_open_to_link: bool
    replaced_by: MatchId | None = None
    problem: str | None = None
    model_of: str | None = None
    model_from: int | None = None

    def without_code(self) -> "MatchSummary":
        """Return the summary without the join code, and without the way to a branch."""
        return replace(self, code=None, replaced_by=None)


@dataclass(frozen=True, slots=True)
class MatchProgress:
    """The progress of a match: the part of its summary that changes.

    digest: of a match that has ended and may be read; None clears what is stored of it.
    """

    match: MatchId
    phase: str
    round: int
    seats_held: int
    is_over: bool
    seats: int | None = None
    digest: Digest | None = None


class Queries:
    """Queries about matches and about the server itself."""

    def __init__(
        self,
        tables: AsyncTables,
        draw: Callable[[], str] = new_code,
        beside: Beside = NothingBeside(),  # noqa: B008  it holds nothing
    ) -> None:
        self._tables, self._draw, self._beside = tables, draw, beside

    async def create_match(
        self,
        match: MatchId,
        scenario: str,
        title: str,
        rounds: int,
        now_ms: int,
        *,
        is_open_to_link: bool = False,
        room: str | None = None,
        model: Model | None = None,
    ) -> str:
        """Insert a match into the lists, before its log starts; return its join code.

        room: the class with which one server plays it; None: it is played by itself. model: what it
        is a model of.
        """

        def enter(session: Session) -> str:
            code = free_code(session, self._draw)
            row = MatchRow(
                id=match,
                code=code,
                scenario=scenario,
                title=title,
                created_at_ms=now_ms,
                rounds=rounds,
                phase=Phase.LOBBY.value,
                is_open_to_link=is_open_to_link,
                room=room,
                model_of=None if model is None else model.trunk,
                model_from=None if model is None else model.round,
            )
            session.add(row)
            return code

        return await self._of(match).change(enter)

    async def match_by_id(self, match: MatchId) -> MatchSummary | None:
        """Find a match."""
        return await self._of(match).view(lambda session: _summary(session.get(MatchRow, match)))

    async def match_by_code(self, code: str) -> MatchSummary | None:
        """Find a match by its join code, as `normalise_code` writes it."""
        query = select(MatchRow).where(col(MatchRow.code) == code)
        return await self._tables.view(lambda session: _summary(session.exec(query).first()))

    async def list_matches(self, most: int = MOST_LISTED) -> list[MatchSummary]:
        """List the matches that have started, newest first."""
        found = await self._started(select(MatchRow).order_by(*NEWEST_FIRST), most)
        if found is None:
            found = (await self._one_by_one(lambda row: True))[::-1][:most]
        return found

    async def live_match_ids(self, rooms: Collection[str] | None = None) -> list[MatchId]:
        """List the matches that have started and are not over, oldest first.

        rooms: those of which; None: all.
        """
        query = select(MatchRow).where(col(MatchRow.is_over).is_(False)).order_by(*OLDEST_FIRST)
        if rooms is not None:
            query = query.where(func.coalesce(MatchRow.room, MatchRow.id).in_(rooms))
        found = await self._started(query)
        if found is None:
            found = await self._one_by_one(
                lambda row: not row.is_over and (rooms is None or (row.room or row.id) in rooms)
            )
        return [each.match for each in found]

    def _of(self, match: MatchId) -> AsyncTables:
        """Return the database that a match is in."""
        return self._beside.of(match) or self._tables

    async def _started(
        self, query: SelectOfScalar[MatchRow], most: int | None = None
    ) -> list[MatchSummary] | None:
        """Return those that have a log; None if the logs or an index lie in a damaged part."""
        whole = query.where(_HAS_LOG).limit(most)
        try:
            return await self._tables.view(lambda x: list(map(_summary_of, x.exec(whole))))
        except StoreDamaged:
            return None

    async def _one_by_one(self, is_wanted: Callable[[MatchRow], bool]) -> list[MatchSummary]:
        """Return the matches that have a log, or had one that is damaged now, oldest first.

        Reads the table without its indexes, and looks for each log by itself.
        """
        rows = await self._tables.view(
            lambda session: [
                (row.created_at_ms, row.id, _summary_of(row))
                for row in filter(is_wanted, session.exec(select(MatchRow)))
            ]
        )
        rows.sort(key=lambda each: each[:2])
        return [each for _, match, each in rows if await self._may_have_log(MatchId(match))]

    async def _may_have_log(self, match: MatchId) -> bool:
        query = select(EventRow.seq).where(col(EventRow.match_id) == match).limit(1)
        try:
            found = await self._tables.view(lambda session: session.exec(query).first())
        except StoreDamaged:
            return True
        return found is not None

    async def update_summaries(self, progress: Iterable[MatchProgress]) -> None:
        """Update the progress of matches, with one sync a database; unknown matches are ignored."""
        rows: dict[AsyncTables, list[dict[str, Any]]] = {}
        for standing in progress:
            rows.setdefault(self._of(standing.match), []).append(_written(standing))
        for tables, changed in rows.items():
            await tables.change(partial(_move_on, changed))

    async def set_open_to_link(self, matches: Iterable[MatchId], *, is_open: bool) -> None:
        """Set whether whoever has the link may read matches once they have ended."""
        change = update(MatchRow).where(col(MatchRow.id).in_(tuple(matches)))
        change = change.values(is_open_to_link=is_open)
        await self._tables.change(lambda session: session.connection().execute(change))

    async def take_over(self, trunk: MatchId, branch: MatchId) -> str | None:
        """Move a trunk's code, tokens and tags to its branch, and list it; may be repeated.

        Returns the trunk's seminar, if the trunk still belongs to one.
        """

        def move(session: Session) -> str | None:
            old = session.get(MatchRow, trunk)
            assert old is not None, f"{trunk} is in no list"
            if session.get(MatchRow, branch) is None:
                code, old.code = old.code, free_code(session, self._draw)
                old.replaced_by = branch
                session.add(old)
                session.flush()  # a code belongs to one match at a time
                taken_over: dict[str, Any] = {"id": branch, "code": code, "replaced_by": None}
                taken_over["room"] = old.room or trunk
                session.add(MatchRow(**old.model_dump() | taken_over | NO_DIGEST))
                session.flush()  # tokens and tags refer to a match that exists
            for table in TokenRow, TagRow:
                moved = update(table).where(col(table.match_id) == trunk)
                session.connection().execute(moved.values(match_id=branch))
            return session.exec(_seminar_of(trunk)).first()

        return await self._tables.change(move)

    async def forget_person(self, matches: Iterable[MatchId], person: PersonId) -> bool:
        """Take a person's name away from matches that belong together; False if nobody is known.

        The person's other matches of the same seminar forget it too. The logs hold ids alone and
        stay as they are.
        """

        def forget(session: Session) -> bool:
            own = set(matches)
            run = session.connection()
            if run.dialect.name == "sqlite":
                run.exec_driver_sql("PRAGMA secure_delete = ON")  # no name stays in a freed page
            seminars = set(session.exec(_seminars_of(own, person)))
            classmates = set(session.exec(_matches_of(seminars)))
            people = update(PersonRow).where(
                col(PersonRow.match_id).in_(own | classmates), col(PersonRow.person) == person
            )
            tokens = update(TokenRow).where(
                col(TokenRow.match_id).in_(own | classmates)
                | col(TokenRow.seminar_id).in_(seminars),
                col(TokenRow.person) == person,
            )
            members = update(SeminarPersonRow).where(
                col(SeminarPersonRow.seminar_id).in_(seminars),
                col(SeminarPersonRow.person) == person,
            )
            changes = (
                people.values(name=None),
                tokens.values(name=None),
                members.values(name=called(person, {})),
            )
            is_known = sum(run.execute(change).rowcount for change in changes) > 0
            for match in own if is_known else ():
                session.merge(PersonRow(match_id=match, person=person, name=None))
            return is_known

        return await self._tables.change(forget)

    async def seminar_of(self, match: MatchId) -> str | None:
        """Return the seminar of a match, if any."""
        return await self._tables.view(lambda session: session.exec(_seminar_of(match)).first())

    async def read_heartbeat(self) -> int | None:
        """Return the time of the last heartbeat, in ms; None if there was none."""
        query = select(HeartbeatRow.at_ms)
        return await self._tables.view(lambda session: session.exec(query).first())

    async def write_heartbeat(self, now_ms: int) -> None:
        """Store the time of a heartbeat."""
        await self._tables.change(lambda session: session.merge(HeartbeatRow(at_ms=now_ms)))

    async def check(self) -> None:
        """Check that the database answers. Raises StoreUnavailable."""
        await self.read_heartbeat()


def _seminars_of(matches: Iterable[MatchId], person: PersonId) -> SelectOfScalar[str]:
    """Select the seminars of matches of which a person is a member."""
    return select(SeminarMatchRow.seminar_id).where(
        col(SeminarMatchRow.match_id).in_(matches),
        col(SeminarMatchRow.seminar_id) == SeminarPersonRow.seminar_id,
        col(SeminarPersonRow.person) == person,
    )


def _matches_of(seminars: Iterable[str]) -> SelectOfScalar[str]:
    return select(SeminarMatchRow.match_id).where(col(SeminarMatchRow.seminar_id).in_(seminars))


def _seminar_of(match: MatchId) -> SelectOfScalar[str]:
    return select(SeminarMatchRow.seminar_id).where(
        col(SeminarMatchRow.match_id) == match, col(SeminarMatchRow.is_dropped).is_(False)
    )


def free_code(session: Session, draw: Callable[[], str] = new_code) -> str:
    """Draw a code that no match or seminar has, in the transaction that stores it."""
    for code in (draw() for _ in range(MOST_DRAWS)):
        of_matches = select(MatchRow.id).where(col(MatchRow.code) == code)
        of_seminars = select(SeminarRow.id).where(col(SeminarRow.code) == code)
        if session.exec(of_matches).first() is None and session.exec(of_seminars).first() is None:
            return code
    raise RuntimeError(f"{MOST_DRAWS} codes in a row were taken; codes are drawn badly")


# A crash after inserting a match and before starting its log leaves a row without a match. One
# that has left its lobby had a log, even if a damaged index does not find its first event.
_HAS_LOG = or_(
    col(MatchRow.phase) != Phase.LOBBY.value,
    exists().where(col(EventRow.match_id) == col(MatchRow.id), col(EventRow.seq) == 1),
)

_MOVE_ON = update(MatchRow).where(col(MatchRow.id) == bindparam("match"))


def _written(standing: MatchProgress) -> dict[str, Any]:
    columns = asdict(replace(standing, digest=None))
    del columns["digest"]
    digest = standing.digest
    return columns | (NO_DIGEST if digest is None else digest_columns(digest))


def _move_on(rows: list[dict[str, Any]], session: Session) -> None:
    session.connection().execute(_MOVE_ON, rows)


_SHOWN = {field.name for field in fields(MatchSummary)} - {"match", "replaced_by", "problem"}


def _summary(row: MatchRow | None) -> MatchSummary | None:
    return None if row is None else _summary_of(row)


def _summary_of(row: MatchRow) -> MatchSummary:
    branch = None if row.replaced_by is None else MatchId(row.replaced_by)
    known = row.model_dump(include=_SHOWN)
    return MatchSummary(match=MatchId(row.id), replaced_by=branch, **known)
