"""What facilitators note beside a match for its replay: notes and chapters, in an order.

They are stored as one list, beside the log and never in it: a note is no event, so it can be
changed, ordered and taken back. Each list has a version, so that two facilitators who write at the
same time do not lose each other's notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlmodel import Session

from server.store.event_store import MatchId
from server.store.queries import AsyncTables
from server.store.tables import NotesRow


@dataclass(frozen=True, slots=True)
class Note:
    """A note at a place of the replay, as links name it. A chapter begins there."""

    at: str
    title: str
    text: str
    is_chapter: bool


@dataclass(frozen=True, slots=True)
class KeptNotes:
    """The notes of a match, in their order. version: how often they were changed."""

    version: int
    notes: tuple[Note, ...]


class NotesChanged(Exception):
    """Somebody else has changed the notes meanwhile."""


_NONE = KeptNotes(0, ())
_LIST = TypeAdapter(tuple[Note, ...])


class NoteStore:
    """The notes of all matches of a database."""

    def __init__(self, tables: AsyncTables) -> None:
        self._tables = tables

    async def read(self, match: MatchId) -> KeptNotes:
        """Return the notes of a match; none where nobody wrote any."""
        return await self._tables.view(lambda session: _read(session, match))

    async def keep(self, match: MatchId, version: int, notes: Sequence[Note]) -> KeptNotes:
        """Store a list in place of that of a version. Raises NotesChanged."""
        text = _LIST.dump_json(tuple(notes)).decode()

        def change(session: Session) -> KeptNotes:
            if _read(session, match).version != version:
                raise NotesChanged
            session.merge(NotesRow(match_id=match, version=version + 1, notes=text))
            return KeptNotes(version + 1, tuple(notes))

        return await self._tables.change(change)


def _read(session: Session, match: MatchId) -> KeptNotes:
    row = session.get(NotesRow, match)
    return _NONE if row is None else KeptNotes(row.version, _LIST.validate_json(row.notes))
