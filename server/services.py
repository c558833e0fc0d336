"""The parts of a running server, wired by `app` and handed to its edges."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from game_rules.scenario.scenario import Scenario
from server.access.limits import TokenBuckets
from server.access.origins import Origins
from server.access.tokens import Access
from server.clock import Clock
from server.hosting.registry import Registry
from server.hosting.seat_views import SeatViews
from server.live.branches import Branches
from server.live.housekeeping import Housekeeping
from server.live.outbox import Outbox
from server.live.presence import Presences
from server.seminars.feed import Feed
from server.seminars.service import Seminars
from server.settings import Settings
from server.store.event_store import EventStore
from server.store.queries import Queries
from server.tournaments.service import Tournaments


@dataclass(slots=True)
class Services:
    """One of each."""

    settings: Settings
    clock: Clock
    store: EventStore
    queries: Queries
    access: Access
    registry: Registry
    presences: Presences
    origins: Origins
    frames: TokenBuckets
    failed_tries: TokenBuckets
    joins: TokenBuckets
    scenarios: Mapping[str, Scenario]
    tournaments: Tournaments
    seminars: Seminars
    feed: Feed
    branches: Branches
    housekeeping: Housekeeping
    seat_views: SeatViews = field(default_factory=SeatViews)
    host_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    outboxes: set[Outbox] = field(default_factory=set)

    def may_try(self, address: str) -> bool:
        """Tell whether an address has failed tries left at guessing a code or a secret."""
        return self.failed_tries.of(address).has_token

    def may_come(self, code: str, address: str) -> bool:
        """Take one of the places that a right code opens from an address; False if none is left.

        A class comes from one address, and is let in at once; a program that comes for ever is not.
        """
        return self.joins.of(f"{code} {address}").take()

    def may_ask(self, what: str, asker: str) -> bool:
        """Take one of the questions of a kind that somebody may ask; False if none is left."""
        return self.frames.of(f"{what} {asker}").take()

    def note_failed_try(self, address: str) -> None:
        """Count a wrong code or secret."""
        self.failed_tries.of(address).take()
