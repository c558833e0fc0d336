"""How the logs of unfinished matches end: what was stored since the last phase was opened."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from server.store.event_store import MatchId, StoreDamaged
from server.store.queries import AsyncTables
from server.store.tables import EventRow, MatchRow

OPENED = '{"type":"phase_opened",%'
"""How the text of an opening begins."""


class Endings:
    """Reads the ends of many logs at once."""

    def __init__(self, tables: AsyncTables) -> None:
        self._tables = tables

    async def read(self) -> dict[MatchId, list[str]]:
        """Return the last events of each match that is not over, from the opening of its phase on.

        Of a match in its lobby, the last event. None, if any of it lies in a damaged part: then
        each log has to be read by itself.
        """
        try:
            rows = await self._tables.view(_rows)
        except StoreDamaged:
            return {}
        found: dict[MatchId, list[str]] = {}
        for match, payload in rows:
            found.setdefault(MatchId(match), []).append(payload)
        return found


def _rows(session: Session) -> list[tuple[str, str]]:
    seq, match = col(EventRow.seq), col(EventRow.match_id)
    of_match = select(seq).where(match == MatchRow.id).order_by(seq.desc()).limit(1)
    last = of_match.scalar_subquery()
    opened = of_match.where(col(EventRow.payload).like(OPENED)).scalar_subquery()
    going_on = select(col(MatchRow.id), func.coalesce(opened, last).label("begin"))
    begun = going_on.where(col(MatchRow.is_over).is_(False)).subquery()
    query = (
        select(match, col(EventRow.payload))
        .join(begun, (match == begun.c.id) & (seq >= begun.c.begin))
        .order_by(match, seq)
    )
    return [(match, payload) for match, payload in session.connection().execute(query)]
