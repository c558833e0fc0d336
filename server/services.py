"""The parts of a running server, wired by `app` and handed to its edges."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from game_rules.scenario import Scenario
from server.access import Access
from server.clock import Clock
from server.event_store import EventStore
from server.limits import TokenBucket
from server.origins import Origins
from server.outbox import Outbox
from server.presence import Presences
from server.queries import Queries
from server.registry import Registry
from server.settings import Settings


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
    scenarios: Mapping[str, Scenario]
    host_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    outboxes: set[Outbox] = field(default_factory=set)
    failed_tries: dict[str, TokenBucket] = field(default_factory=dict)

    def may_try(self, address: str) -> bool:
        """Tell whether an address has failed tries left at guessing a code or a secret."""
        bucket = self.failed_tries.get(address)
        return bucket is None or bucket.has_token

    def note_failed_try(self, address: str) -> None:
        """Count a wrong code or secret; buckets that are full again are forgotten."""
        if len(self.failed_tries) > 1000:
            kept = {a: b for a, b in self.failed_tries.items() if not b.is_full}
            self.failed_tries = kept
        settings = self.settings
        bucket = self.failed_tries.setdefault(
            address,
            TokenBucket(
                self.clock, settings.failed_tries_per_minute / 60, settings.failed_tries_burst
            ),
        )
        bucket.take()
