"""Who is sent away goes at once: connections end as the word is shown, tokens follow."""

from collections.abc import Sequence

from game_rules.log.events import Event, PersonRemoved
from server.access.tokens import Access
from server.hosting.match_host import MatchHost
from server.live.presence import Presences
from server.store.event_store import MatchId

REASON = "the facilitator removed you from this match"


class Removals:
    """Follows logs, and withdraws tokens as soon as the database takes it.

    Until then the log itself keeps people out: a session asks the position at every hello.
    """

    def __init__(self, access: Access, presences: Presences) -> None:
        self._access, self._presences = access, presences
        self._waiting: list[tuple[MatchId, str]] = []

    def follow(self, host: MatchHost, events: Sequence[Event]) -> None:
        """End the connections of those who were removed just now."""
        for event in events:
            if isinstance(event, PersonRemoved):
                self._presences.send_away(host.match_id, event.person, REASON)
                self._waiting.append((host.match_id, event.person))

    async def withdraw(self) -> None:
        """Withdraw the tokens of those who were removed. Raises StoreError; then again later."""
        while self._waiting:
            await self._access.revoke_person(*self._waiting[0])
            self._waiting.pop(0)
