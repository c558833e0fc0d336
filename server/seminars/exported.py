"""Which matches an export has, and what their logs do not say: class, condition, pseudonyms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from game_rules.log.events import Phase
from game_rules.roles import PersonId
from server.exports.story import About
from server.seminars.luck import people_key
from server.store.event_store import MatchId
from server.store.queries import AsyncTables
from server.store.tables import MatchRow, PersonRow, SeminarMatchRow, SeminarRow


@dataclass(frozen=True, slots=True)
class Exported:
    """The matches of an export, and how many others are left out because they are still played.

    rehearsals: how many that have ended are left out because they are of a rehearsal. name: of the
    class, if they are of one.
    """

    matches: tuple[About, ...]
    left_out: int
    rehearsals: int = 0
    name: str = ""


async def ended_matches(
    tables: AsyncTables, seminar: str | None = None, *, has_rehearsals: bool = True
) -> Exported | None:
    """List the matches of a seminar that have ended, oldest first; of all without one.

    seminar: its id, or its code as `normalise_code` writes it; None is returned for an unknown one.
    has_rehearsals: whether matches of rehearsals are listed too; else they are only counted.
    A trunk is open when the branch that it goes on in has ended.
    """

    def look(session: Session) -> Exported | None:
        seminars = {row.id: row for row in session.exec(select(SeminarRow))}
        named = [row.id for row in seminars.values() if seminar in (row.id, row.code)]
        if seminar is not None and not named:
            return None
        places = {row.match_id: row for row in session.exec(select(SeminarMatchRow))}
        every = {row.id: row for row in session.exec(_oldest_first())}
        wanted = [x for x in every.values() if not named or _is_at(places.get(x.id), named[0])]
        ended = [x.id for x in wanted if _has_ended(x, every)]
        abouts = [_about(MatchId(x), places.get(x), seminars) for x in ended]
        listed = tuple(x for x in abouts if has_rehearsals or not x.is_rehearsal)
        name = seminars[named[0]].name if named else ""
        return Exported(listed, len(wanted) - len(ended), len(abouts) - len(listed), name)

    return await tables.view(look)


async def names_of(
    tables: AsyncTables, matches: Sequence[MatchId]
) -> dict[MatchId, dict[PersonId, str | None]]:
    """Return what the people of some matches are called, beside their logs; None: forgotten."""
    query = select(PersonRow).where(col(PersonRow.match_id).in_(matches))

    def look(session: Session) -> dict[MatchId, dict[PersonId, str | None]]:
        found: dict[MatchId, dict[PersonId, str | None]] = {match: {} for match in matches}
        for row in session.exec(query):
            found[MatchId(row.match_id)][PersonId(row.person)] = row.name
        return found

    return await tables.view(look)


async def about_match(tables: AsyncTables, match: MatchId) -> About:
    """Tell of which seminar and condition a match is, for its tables."""

    def look(session: Session) -> About:
        place = session.get(SeminarMatchRow, match)
        row = None if place is None else session.get(SeminarRow, place.seminar_id)
        return _about(match, place, {} if row is None else {row.id: row})

    return await tables.view(look)


def _about(
    match: MatchId, place: SeminarMatchRow | None, seminars: Mapping[str, SeminarRow]
) -> About:
    if place is None:
        return About(match)
    seminar = seminars[place.seminar_id]
    return About(
        match=match,
        seminar=seminar.id,
        treatment=place.treatment,
        number=place.number,
        is_rehearsal=seminar.is_rehearsal,
        secret=people_key(seminar.id, seminar.seed),
    )


def _oldest_first() -> SelectOfScalar[MatchRow]:
    return select(MatchRow).order_by(col(MatchRow.created_at_ms), col(MatchRow.id))


def _is_at(place: SeminarMatchRow | None, seminar: str) -> bool:
    return place is not None and place.seminar_id == seminar and not place.is_dropped


def _has_ended(row: MatchRow, rows: Mapping[str, MatchRow]) -> bool:
    """Tell whether a match, or the last branch that it goes on in, has ended."""
    while row.replaced_by is not None:
        row = rows[row.replaced_by]
    return row.phase == Phase.DEBRIEF.value
