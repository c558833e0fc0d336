"""Play on: a model of what might have happened from a round of a match that has ended.

It is a match of its own, with the luck of its trunk and without a clock. Nothing is written to the
trunk. A guest has one seat, and bots have the others; what a facilitator leads has a code, and
people take the seats that are left to them.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game_rules.errors import InvalidInput
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.strategies import strategy
from server.access.names import PEOPLE_OF_MODEL, next_person
from server.access.tokens import Access
from server.branching.trunks import Beginning
from server.clock import Clock
from server.guests.files import GuestFiles
from server.guests.play import CAST, Begun
from server.hosting.match_host import MatchHost
from server.hosting.registry import Registry
from server.hosting.requests import Sender
from server.live.session import MOST_EVENTS_OF_GUEST
from server.store.event_store import MatchId
from server.store.queries import Queries

_SERVER = Sender("server", THE_FACILITATOR)

Bots = Mapping[Seat, str]
"""Strategies by seat."""


@dataclass(frozen=True, slots=True)
class LedByCode:
    """A model that a facilitator leads: its code and the facilitator's token."""

    match: MatchId
    code: str
    token: str


@dataclass(frozen=True, slots=True)
class PlayOn:
    """Begins models."""

    files: GuestFiles
    queries: Queries
    access: Access
    registry: Registry
    clock: Clock

    async def as_guest(
        self, begun: Beginning, seat: Seat, bots: Bots, name: str, *, is_open_to_link: bool
    ) -> Begun:
        """Begin a guest's model: one person against bots. It is running when this returns.

        Raises InvalidInput, TryAgain or StoreError.
        """
        _require_seats(begun.position, {seat}, bots)
        _require_short(begun)
        match_id = await self.files.new_id()
        host, _ = await self._begin(match_id, begun, {seat}, bots, is_open_to_link=is_open_to_link)
        person = PersonId(next_person(PEOPLE_OF_MODEL, begun.people))
        hand = Sender(f"person:{person}", Actor(Role.PLAYER, person=person))
        await host.ask(c.TakeSeat(seat, name), hand)
        await host.ask(c.ResumeMatch(), _SERVER)
        token = await self.access.issue(Role.PLAYER, match_id, person, name)
        return Begun(match_id, token, person, seat, begun.position.scenario)

    async def as_facilitator(
        self, begun: Beginning, people: Sequence[Seat], bots: Bots
    ) -> LedByCode:
        """Begin a model with a code; it waits, paused, for its people.

        people: the seats that they may take. Raises as `as_guest`.
        """
        _require_seats(begun.position, set(people), bots)
        match_id = MatchId(secrets.token_urlsafe(12))
        _, code = await self._begin(match_id, begun, set(people), bots, is_open_to_link=False)
        return LedByCode(match_id, code, await self.access.issue(Role.FACILITATOR, match_id))

    async def _begin(
        self,
        match_id: MatchId,
        begun: Beginning,
        people: set[Seat],
        bots: Bots,
        *,
        is_open_to_link: bool,
    ) -> tuple[MatchHost, str]:
        """List and store a model, and seat its bots."""
        scenario = begun.position.scenario
        code = await self.queries.create_match(
            match_id,
            scenario.name,
            scenario.title,
            scenario.rounds,
            self.clock.now_ms(),
            is_open_to_link=is_open_to_link,
            model=begun.model,
        )
        host = await self.registry.begin(match_id, begun.stored())
        for command in seated_anew(begun.position, people, bots):
            await host.ask(command, _SERVER)
        return host, code


def seated_anew(position: Position, people: set[Seat], bots: Bots) -> Iterator[c.Command]:
    """Yield the commands that free the seats of people, and give all others to bots.

    A bot of the trunk stays where no other is asked for; a person's seat gets one of the cast.
    """
    for place, seat in enumerate(position.scenario.seats):
        holder = position.holders.get(seat)
        if seat in people:
            if holder is not None:
                yield c.ClearSeat(seat)
            continue
        own = None if holder is None or not holder.is_bot else holder.strategy
        wanted = bots.get(seat) or own or CAST[place % len(CAST)]
        if wanted != own:
            yield c.SeatBot(seat, wanted)


def _require_seats(position: Position, people: set[Seat], bots: Bots) -> None:
    """Require seats and strategies that there are. Raises InvalidInput."""
    seats = position.scenario.seats
    for seat in (*people, *bots):
        if seat not in seats:
            raise InvalidInput(f"no seat {seat[:12]}; choose among {', '.join(seats)}")
    for seat, name in bots.items():
        if seat in people:
            raise InvalidInput(f"{seat} is for a person; give a bot to another seat")
        strategy(name)


def _require_short(begun: Beginning) -> None:
    """Require that a guest's match has room for more events. Raises InvalidInput."""
    shared, most = len(begun.trunk), MOST_EVENTS_OF_GUEST // 2
    if shared > most:
        told = f"{shared} events come before round {begun.model.round}, and a guest's model"
        raise InvalidInput(f"{told} may have {most}; play on from an earlier round")
