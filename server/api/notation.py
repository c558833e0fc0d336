"""A text in notation, played: what the page *Replay a record* opens beside records.

Who opens a record needs no place on this server, because the browser reads it alone. Only the
rules can play a notation, so it is sent here; nothing of it is kept, and its size has a limit.
"""

from hashlib import sha256

from fastapi import Request

from server.analysis.questions import Source
from server.api.analysis import FromOne, at_once
from server.api.bodies import JsonRoute, JsonRouter
from server.api.ended import RecordFile
from server.api.errors import Refusal

LARGEST_NOTATION = 64 * 1024
"""In bytes: twice the longest text of a match that people played."""


class NotationRoute(JsonRoute):
    """A route that takes a text as long as a match, from strangers too."""

    def _largest(self) -> int:
        return LARGEST_NOTATION

    def _largest_of_stranger(self) -> int:
        return LARGEST_NOTATION


router = JsonRouter("/api", "analysis", NotationRoute)


@router.post("/notations/record", response_class=RecordFile)
async def read_notation_played(request: Request, asking: FromOne) -> RecordFile:
    """Play a text in notation, and return its match as a record. Raises Refusal."""
    raw = await request.body()
    source = Source(f"notation {sha256(raw).hexdigest()}", raw)
    try:
        record = await at_once(asking.services.analyses.record_of(source, asking.name))
    except Refusal as refused:
        if refused.code != "invalid_input":
            raise
        # A slip in a text of one's own is no wrong guess: it is not counted as one.
        raise Refusal(400, "notation_unreadable", refused.message) from refused
    return RecordFile(record)
