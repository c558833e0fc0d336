"""Notes and chapters of a match that has ended: facilitators write, and readers of it read."""

from typing import Annotated, Self

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from game_rules.limits import Typed
from server.access.grants import Grant
from server.api.bodies import JsonRouter
from server.api.control import AsLeader
from server.api.dependencies import AsAnyone, WithServices
from server.api.ended import EndedMatch, is_leader
from server.api.errors import Refusal
from server.services import Services
from server.store.event_store import MatchId
from server.store.notes import KeptNotes, Note, NotesChanged, NoteStore
from server.wire.fields import Body, Frame, cleaned

router = JsonRouter("/api", "notes")

MOST_NOTES, LONGEST_TITLE, LONGEST_TEXT = 100, 80, 1_000
Title = Annotated[str, Field(max_length=LONGEST_TITLE), BeforeValidator(cleaned(Typed.NAME))]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(cleaned(Typed.MESSAGE))]


class NewNote(Frame):
    """A note at a place of the replay: `r3` is where round 3 is open, `r3.2` two events into it."""

    at: Annotated[str, Field(pattern=r"^r[0-9]{1,4}(?:\.[0-9]{1,5})?$")]
    title: Title
    text: Text
    is_chapter: bool

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.title if self.is_chapter else self.title or self.text):
            raise ValueError("a chapter needs a title, and a note a title or a text")
        return self


class NewNotes(Body):
    """All notes of a match in their order. version: of the list that they replace."""

    largest = 512 * 1024
    version: Annotated[int, Field(ge=0)]
    notes: Annotated[list[NewNote], Field(max_length=MOST_NOTES)]


class NotesAnswer(BaseModel):
    """The notes of a match in their order, and whether who asks may change them."""

    version: int
    notes: list[Note]
    may_write: bool


def note_store(services: WithServices) -> NoteStore:
    """Give the notes; those of a guest's match are none, because nobody leads it."""
    return NoteStore(services.seminars.store.tables)


WithNotes = Annotated[NoteStore, Depends(note_store)]


@router.get("/matches/{match}/notes")
async def read_notes(
    host: EndedMatch, store: WithNotes, services: WithServices, grant: AsAnyone
) -> NotesAnswer:
    """Read the notes of a finished match, in their order."""
    may_write = await _may_write(services, grant, host.match_id)
    return _answer(await store.read(host.match_id), may_write)


@router.put("/matches/{match}/notes")
async def keep_notes(
    host: EndedMatch, body: NewNotes, store: WithNotes, leader: AsLeader
) -> NotesAnswer:
    """Store the notes of a finished match in place of those of a version. Raises Refusal."""
    notes = [Note(each.at, each.title, each.text, each.is_chapter) for each in body.notes]
    try:
        return _answer(await store.keep(host.match_id, body.version, notes), may_write=True)
    except NotesChanged as error:
        message = "somebody else changed the notes meanwhile; read them again, then write"
        raise Refusal(409, "notes_changed", message) from error


async def _may_write(services: Services, grant: Grant | None, match: MatchId) -> bool:
    return grant is not None and await is_leader(services, grant, match)


def _answer(kept: KeptNotes, may_write: bool) -> NotesAnswer:
    return NotesAnswer(version=kept.version, notes=list(kept.notes), may_write=may_write)
