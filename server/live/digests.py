"""Digests of matches that an older server stored: made while this one runs, a few at a time."""

from game_rules.errors import RulesError
from game_rules.records.digest import Digest
from server.logs import log
from server.store.event_store import MatchId, StoreDamaged
from server.store.library import MatchLibrary, Place

MOST_AT_ONCE = 20
"""Of an ordinary match 3 ms each, so that a class is not slowed down."""
TOLD_EVERY = 1_000


class Digests:
    """Goes through the stored matches once, from the newest on. A damaged one is left out."""

    def __init__(self, library: MatchLibrary) -> None:
        self._library = library
        self._behind: Place | None = None
        self._done = 0
        self.is_complete = False

    async def make_some(self) -> None:
        """Digest the next matches that have no digest of this version. Raises StoreError."""
        if not self.is_complete:
            found = await self._library.undigested(self._behind, MOST_AT_ONCE)
            made = {match: await self._digest(match) for _, match in found}
            await self._library.keep_digests({x: y for x, y in made.items() if y is not None})
            self._note(found)

    async def _digest(self, match: MatchId) -> Digest | None:
        try:
            return await self._library.digest(match)
        except (StoreDamaged, RulesError) as error:
            log.warning("match_not_digested", match=match, reason=str(error))
            return None

    def _note(self, found: list[Place]) -> None:
        """Remember how far it is, and say so now and then."""
        self.is_complete = len(found) < MOST_AT_ONCE
        before, self._done = self._done, self._done + len(found)
        if self._done and (self.is_complete or self._done // TOLD_EVERY > before // TOLD_EVERY):
            log.info("matches_digested", done=self._done, is_complete=self.is_complete)
        if found:
            self._behind = found[-1]
