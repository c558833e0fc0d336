"""The parts of a running server, created by `app` and passed to its routes and sockets."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from game_rules.scenario.scenario import Scenario
from server.access.addresses import neighbourhood
from server.access.limits import Hurry, Patience, TokenBucket, TokenBuckets
from server.access.origins import Origins
from server.access.tokens import Access
from server.branching.play_on import PlayOn
from server.clock import Clock
from server.guests.play import GuestPlay
from server.hosting.extracts import Extracts
from server.hosting.registry import Registry
from server.hosting.seat_views import SeatViews
from server.live.branches import Branches
from server.live.digests import Digests
from server.live.housekeeping import Housekeeping
from server.live.outbox import Outbox
from server.live.presence import Presences
from server.seminars.feed import Feed
from server.seminars.service import Seminars
from server.seminars.together import Together
from server.settings import Settings
from server.store.event_store import EventStore
from server.store.library import MatchLibrary
from server.store.queries import Queries
from server.tournaments.service import Tournaments

if TYPE_CHECKING:
    from server.analysis.service import Analyses


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from: an address, and what tells devices behind it apart."""

    address: str
    device: str

    @classmethod
    def of(cls, connection: HTTPConnection) -> "Caller":
        """Find it out. Devices go by the name and languages of their browser."""
        client, headers = connection.client, connection.headers
        address = neighbourhood(client.host) if client else "unknown"
        heads = (headers.get(name, "")[:200] for name in ("user-agent", "accept-language"))
        return cls(address, " ".join(heads))


@dataclass(slots=True)
class Services:
    """All parts of one server.

    store: the main database. logs: of all matches, with those of guests, which are beside it.
    """

    settings: Settings
    clock: Clock
    store: EventStore
    logs: EventStore
    queries: Queries
    access: Access
    registry: Registry
    presences: Presences
    origins: Origins
    origin_refusals: TokenBucket
    frames: TokenBuckets
    hurry: Hurry
    failed_tries: Patience
    failed_tries_of_all: Patience
    joins: Patience
    scenarios: Mapping[str, Scenario]
    tournaments: Tournaments
    seminars: Seminars
    together: Together
    feed: Feed
    branches: Branches
    library: MatchLibrary
    digests: Digests
    guests: GuestPlay
    models: PlayOn
    housekeeping: Housekeeping
    extracts: Extracts = field(default_factory=Extracts)
    seat_views: SeatViews = field(default_factory=SeatViews)
    host_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    outboxes: set[Outbox] = field(default_factory=set)
    is_draining: bool = False
    _analyses: "Analyses | None" = None

    @property
    def analyses(self) -> "Analyses":
        """What answers questions about matches that have ended; made for the first of them."""
        if self._analyses is None:
            from server.analysis.service import Analyses

            self._analyses = Analyses()
        return self._analyses

    @analyses.setter
    def analyses(self, analyses: "Analyses") -> None:
        self._analyses = analyses

    async def close(self) -> None:
        """End what works beside the matches."""
        await self.tournaments.close()
        if self._analyses is not None:
            await self._analyses.close()

    async def slow_down(self, caller: Caller) -> bool:
        """Count what was wrong or broke the protocol, and wait; False if too many wait already.

        The device that sent it waits long. Others at its address wait a second at most, because a
        class has one address. Who has the right one is not counted, and does not wait.
        """
        is_told = await self.failed_tries.wait(f"{caller.address} {caller.device}")
        return is_told and await self.failed_tries_of_all.wait(caller.address)

    def may_ask(self, what: str, asker: str) -> bool:
        """Count one question of a sender; False at the limit."""
        return self.frames.of(f"{what} {asker}").take()
