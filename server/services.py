"""The parts of a running server, created by `app` and passed to its routes and sockets."""

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
    """All parts of one server."""

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
        """Tell whether an address may try a code or a secret again."""
        return self.failed_tries.of(address).has_token

    def may_come(self, code: str, address: str) -> bool:
        """Count one join from an address; False at the limit.

        A class joins from one address within seconds; a program that never stops is refused.
        """
        return self.joins.of(f"{code} {address}").take()

    def may_ask(self, what: str, asker: str) -> bool:
        """Count one question of a sender; False at the limit."""
        return self.frames.of(f"{what} {asker}").take()

    def note_failed_try(self, address: str) -> None:
        """Count a wrong code or secret."""
        self.failed_tries.of(address).take()
