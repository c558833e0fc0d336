"""Removes a person: closes the connections at once, then revokes the tokens."""

from collections.abc import Sequence

from game_rules.log.events import Event, PersonRemoved
from server.access.tokens import Access
from server.hosting.match_host import MatchHost
from server.live.presence import Presences
from server.store.event_store import MatchId

REASON = "the facilitator removed you from this match"


class Removals:
    """Follows logs, and revokes the tokens of removed people as soon as the database allows.

    Until then the log itself refuses them: a session checks the position at every hello.
    """

    def __init__(self, access: Access, presences: Presences) -> None:
        self._access, self._presences = access, presences
        self._waiting: list[tuple[MatchId, str]] = []

    def follow(self, host: MatchHost, events: Sequence[Event]) -> None:
        """Close the connections of people who were just removed."""
        for event in events:
            if isinstance(event, PersonRemoved):
                self._presences.send_away(host.match_id, event.person, REASON)
                self._waiting.append((host.match_id, event.person))

    async def withdraw(self) -> None:
        """Revoke the tokens of removed people. Raises StoreError; then it is tried again later."""
        while self._waiting:
            await self._access.revoke_person(*self._waiting[0])
            self._waiting.pop(0)
