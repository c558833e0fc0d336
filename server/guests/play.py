"""Play now: a person's own match against bots, without a facilitator, an account or a code.

Nobody else gets a seat: the match has no code that anybody is told, and no facilitator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game_rules.errors import InvalidInput
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import strategy
from server.access.limits import TokenBuckets
from server.access.tokens import Access
from server.clock import Clock
from server.guests.files import DROPPED, GuestFiles
from server.guests.tutorial import TUTOR, TUTORIAL
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.hosting.requests import Sender
from server.live.presence import Presences
from server.store.event_store import MatchId, is_of_guest
from server.store.queries import Queries
from server.wire.frames import CloseCode

ROUNDS = 5
"""A first match that is over while it is still fun."""
SCENARIO, SEAT = "south_china_sea", Seat("PHL")
"""What *Play now* opens: a small country with much to lose and much to negotiate."""
CAST = "realist", "liberal", "constructivist", "hedger", "diplomat"
"""The default rivals, in the order of the seats: all doctrines, so that no two play alike."""
MEGABYTE = 1_000_000

_SERVER = Sender("server", THE_FACILITATOR)


class TooManyGuests(Exception):
    """A limit of guests' matches is reached; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class RoomForGuests:
    """What guests may use. at_once: matches that are being played. megabytes: of a day's file."""

    at_once: int
    megabytes: int
    per_device: TokenBuckets
    per_address: TokenBuckets


@dataclass(frozen=True, slots=True)
class Begun:
    """A guest's match that has started, and the only token for it."""

    match: MatchId
    token: str
    person: str
    seat: Seat
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class GuestPlay:
    """Starts guests' matches, and drops them a day later."""

    files: GuestFiles
    queries: Queries
    access: Access
    registry: Registry
    presences: Presences
    limits: RoomForGuests
    clock: Clock

    async def require_room(self, address: str, device: str) -> None:
        """Count one more match of a device at an address. Raises TooManyGuests."""
        limits = self.limits
        playing = sum(map(_is_played, self.registry.hosts))
        if playing >= limits.at_once:
            told = f"{playing} guests play here now, which is the most; try again in a few minutes"
            raise TooManyGuests(told)
        if await self.files.size() >= limits.megabytes * MEGABYTE:
            told = f"guests' matches fill {limits.megabytes} MB today, which is the most"
            raise TooManyGuests(f"{told}; come back tomorrow, or join a class")
        buckets = limits.per_device.of(f"{address} {device}"), limits.per_address.of(address)
        servers = self.registry.rooms.servers
        if not all(bucket.has_token(servers) for bucket in buckets):
            told = "too many matches were begun from here within an hour"
            raise TooManyGuests(f"{told}; finish one, or try again in a few minutes")
        for bucket in buckets:
            bucket.take(servers)

    async def begin(
        self, scenario: Scenario, seat: Seat, rivals: Mapping[Seat, str], seed: str, name: str
    ) -> Begun:
        """Start a match of a person against bots. Raises InvalidInput, TryAgain or StoreError.

        rivals: strategies by seat; seats without one get one of the default cast.
        """
        played = shortened(scenario)
        bots = cast(played, seat, rivals)
        match_id = await self.files.new_id()
        await self.queries.create_match(
            match_id,
            played.name,
            played.title,
            played.rounds,
            self.clock.now_ms(),
            is_open_to_link=True,
        )
        host = await self.registry.create(match_id, played, seed, None)
        person = PersonId("p1")
        for other, bot in bots.items():
            await host.ask(c.SeatBot(other, bot), _SERVER)
        hand = Sender(f"person:{person}", Actor(Role.PLAYER, person=person))
        await host.ask(c.TakeSeat(seat, name), hand)
        await host.ask(c.StartMatch(), _SERVER)
        token = await self.access.issue(Role.PLAYER, match_id, person, name)
        return Begun(match_id, token, person, seat, played)

    async def clear(self) -> None:
        """Drop the matches of days past, and send away who has one of them open."""
        await self.files.follow_others()
        if not self.files.has_past:
            return
        past = self.files.past(host.match_id for host in self.registry.hosts)
        for match_id in past:
            self.presences.close(match_id, CloseCode.SIGN_IN, DROPPED)
        await self.registry.settle()
        self.registry.let_go(past)
        await self.files.drop()
        self.access.forget()


def _is_played(host: MatchHost) -> bool:
    """Tell whether a match is a guest's, and loaded because somebody plays it."""
    return is_of_guest(host.match_id) and not host.position.is_over


def shortened(scenario: Scenario) -> Scenario:
    """Return a scenario as guests play it: five rounds, and no phase of reading before them.

    The brief stands beside the first round instead.
    """
    seconds = replace(scenario.seconds, briefing=0)
    rounds = min(ROUNDS, scenario.rounds)
    return replace(scenario, rounds=rounds, continuation=1.0, least_rounds=0, seconds=seconds)


def cast(scenario: Scenario, seat: Seat, rivals: Mapping[Seat, str]) -> dict[Seat, str]:
    """Return who plays every other seat; in the tutorial always the tutor.

    Raises InvalidInput for a seat or a strategy unknown.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> cast(load_scenario("chicken"), Seat("ROW"), {})
    {'COLUMN': 'realist'}
    """
    others = [each for each in scenario.seats if each != seat]
    for other, name in rivals.items():
        if other not in others:
            raise InvalidInput(f"no rival sits at {other}; choose among {', '.join(others)}")
        strategy(name)
    if scenario.name == TUTORIAL:
        return dict.fromkeys(others, TUTOR)
    return {x: rivals.get(x, CAST[i % len(CAST)]) for i, x in enumerate(others)}
