"""The connections to each match at this moment; not part of any log."""

from typing import Protocol

from server.live.outbox import Outbox
from server.store.event_store import MatchId
from server.wire.frames import CloseCode, Presence


class Present(Protocol):
    """A connection that has said hello."""

    outbox: Outbox
    match_id: MatchId | None

    @property
    def seat(self) -> str | None: ...

    @property
    def person(self) -> str | None: ...


class Presences:
    """The open connections of every match."""

    def __init__(self, most_per_person: int) -> None:
        self._most_per_person = most_per_person
        self._present: dict[MatchId, dict[Present, None]] = {}
        self._stale: set[MatchId] = set()
        self._notices: dict[MatchId, str] = {}

    def join(self, session: Present) -> None:
        """Add a connection, or update its seat; above the limit per person, close the oldest."""
        assert session.match_id is not None
        present = self._present.setdefault(session.match_id, {})
        present[session] = None
        self._stale.add(session.match_id)
        if (notice := self._notices.get(session.match_id)) is not None:
            session.outbox.put(notice)
        own = [other for other in present if session.person and other.person == session.person]
        for oldest in own[: -self._most_per_person]:
            oldest.outbox.close(CloseCode.REPLACED, "opened in a newer window; go on there")

    def leave(self, session: Present) -> None:
        """Remove a connection."""
        assert session.match_id is not None
        present = self._present.get(session.match_id, {})
        present.pop(session, None)
        self._stale.add(session.match_id)
        if not present:
            self._present.pop(session.match_id, None)

    def has(self, match_id: MatchId) -> bool:
        """Tell whether anybody is connected to a match."""
        return match_id in self._present

    def people(self, match_id: MatchId) -> frozenset[str]:
        """Return the people who are connected to a match."""
        present = self._present.get(match_id, {})
        return frozenset(session.person for session in present if session.person)

    def tell(self, match_id: MatchId, frame: str, *, is_kept: bool) -> None:
        """Send a notice to every connection of a match. is_kept: whoever joins later gets it too.

        It replaces the last one that was kept.
        """
        self._notices.pop(match_id, None)
        if is_kept:
            self._notices[match_id] = frame
        for session in self._present.get(match_id, {}):
            session.outbox.put(frame)

    def send_away(self, match_id: MatchId, person: str, reason: str) -> None:
        """Close a person's connections to a match; permanent if the token is revoked too."""
        for session in tuple(self._present.get(match_id, {})):
            if session.person == person:
                session.outbox.close(CloseCode.SIGN_IN, reason)

    def close(self, match_id: MatchId, code: CloseCode, reason: str) -> None:
        """End every connection to a match."""
        for session in tuple(self._present.get(match_id, {})):
            session.outbox.close(code, reason)

    def announce(self) -> None:
        """Publish the presence of changed matches; called regularly, not per change."""
        for match_id in self._stale:
            present = self._present.get(match_id, {})
            seats = sorted({session.seat for session in present if session.seat})
            watching = sum(1 for session in present if not session.seat)
            frame = Presence(seats=seats, observers=watching).model_dump_json()
            for session in present:
                session.outbox.put(frame)
        self._stale.clear()
