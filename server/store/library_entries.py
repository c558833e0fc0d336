"""A match as the library shows it: its row, its class and its tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from game_rules.log.events import Phase
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.store.event_store import MatchId
from server.store.tables import MatchRow, SeminarMatchRow, SeminarRow, TagRow
from server.wire.fields import Written


@dataclass(frozen=True, slots=True)
class ClassOfMatch:
    """The class of a match, and its number there. is_rehearsal: it was set up as a rehearsal."""

    seminar: str
    name: str
    number: int
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A match of the library. seats, ended_at_ms, incidents, breaches: null where not known yet.

    outlook: null also where no index is computed. problem: why a damaged match cannot be read.
    model_from: the round where a model of what might have happened begins.
    """

    match: MatchId
    code: str
    scenario: str
    title: str
    created_at_ms: int
    ended_at_ms: int | None
    rounds: int
    round: int
    phase: Annotated[str, Written(Phase)]
    is_over: bool
    seats: int | None
    seats_held: int
    outlook: Annotated[str | None, Written(Outlook | None)]
    incidents: Annotated[list[str] | None, Written(list[Concept] | None)]
    breaches: int | None
    of_class: ClassOfMatch | None
    tags: list[str]
    problem: str | None = None
    model_from: int | None = None


def entries_of(session: Session, matches: Sequence[str]) -> list[LibraryEntry]:
    """Read the matches of a page, in its order; a row whose log never began is left out."""
    rows = {row.id: row for row in session.exec(_rows(matches))}
    classes, tags = _classes(session, matches), _tags(session, matches)
    return [
        _entry(rows[match], classes.get(match), tags.get(match, []))
        for match in matches
        if _has_log(rows[match])
    ]


def _rows(matches: Sequence[str]) -> SelectOfScalar[MatchRow]:
    return select(MatchRow).where(col(MatchRow.id).in_(matches))


def _classes(session: Session, matches: Sequence[str]) -> dict[str, ClassOfMatch]:
    query = (
        select(SeminarMatchRow.match_id, SeminarMatchRow.number, SeminarRow)
        .join(SeminarRow, col(SeminarRow.id) == col(SeminarMatchRow.seminar_id))
        .where(
            col(SeminarMatchRow.match_id).in_(matches), col(SeminarMatchRow.is_dropped).is_(False)
        )
    )
    return {
        match: ClassOfMatch(of.id, of.name, number, of.is_rehearsal)
        for match, number, of in session.exec(query)
    }


def _tags(session: Session, matches: Sequence[str]) -> dict[str, list[str]]:
    query = select(TagRow.match_id, TagRow.tag).where(col(TagRow.match_id).in_(matches))
    found: dict[str, list[str]] = {}
    for match, tag in sorted(session.exec(query).all()):
        found.setdefault(match, []).append(tag)
    return found


def _has_log(row: MatchRow) -> bool:
    """Tell whether a match began: a crash before its log leaves a row, whose seats nobody knows."""
    return row.seats is not None or row.phase != Phase.LOBBY.value


def _entry(row: MatchRow, of_class: ClassOfMatch | None, tags: list[str]) -> LibraryEntry:
    return LibraryEntry(
        match=MatchId(row.id),
        code=row.code,
        scenario=row.scenario,
        title=row.title,
        created_at_ms=row.created_at_ms,
        ended_at_ms=row.ended_at_ms,
        rounds=row.rounds,
        round=row.round,
        phase=row.phase,
        is_over=row.is_over,
        seats=row.seats,
        seats_held=row.seats_held,
        outlook=row.outlook,
        incidents=None if row.incidents is None else row.incidents.split(),
        breaches=row.breaches,
        of_class=of_class,
        tags=tags,
        model_from=row.model_from,
    )
