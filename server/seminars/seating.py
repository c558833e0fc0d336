"""Seats the people of a seminar in its matches, with commands in their name."""

import asyncio
from collections.abc import Sequence

from game_rules.bots.casts import cast_on
from game_rules.errors import RuleViolation
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Seat
from server.hosting.match_host import MatchHost, Sender
from server.logs import log
from server.seminars.balance import Delegation, Occupancy
from server.seminars.seminar import Member
from server.seminars.store import Roster

SERVER = Sender("facilitator", THE_FACILITATOR)
"""The server as a facilitator, which creates matches and seats bots."""


async def seat_all(host: MatchHost, roster: Roster, delegations: Sequence[Delegation]) -> None:
    """Seat all people of a match, and bots in empty seats, in one append.

    host: as the registry returns it now. A host that was found before another await may have been
    released meanwhile, and would miss what a second host of the match stores.
    """
    order = seats_in_order(host.position)
    asked: list[asyncio.Future[int]] = []
    for seat, delegation in zip(order, delegations, strict=False):
        for person in delegation:
            member = roster.member(person)
            assert member is not None
            asked.append(sit(host, member, seat))
    bots = [seat for seat, people in zip(order, delegations, strict=False) if not people]
    asked += [host.ask(bot_on(host, roster.seminar.bot, seat), SERVER) for seat in bots]
    for outcome in await asyncio.gather(*asked, return_exceptions=True):
        if isinstance(outcome, RuleViolation):
            log.info("not_seated", match=host.match_id, reason=str(outcome))
        elif isinstance(outcome, BaseException):
            raise outcome


async def start(host: MatchHost, bot: str, by: Sender, command_id: str) -> None:
    """Start a match, in one append with a bot in each empty seat.

    by: the facilitator who asks. Raises RuleViolation or TryAgain.
    """
    position = host.position
    empty = [seat for seat in position.scenario.seats if seat not in position.holders]
    is_waiting = position.phase is Phase.LOBBY
    asked = [host.ask(bot_on(host, bot, seat), SERVER) for seat in empty if is_waiting]
    await asyncio.gather(*asked, host.ask(c.StartMatch(), by, command_id))


def sit(host: MatchHost, member: Member, seat: Seat) -> asyncio.Future[int]:
    """Ask for a seat in a person's name; raises RuleViolation if the rules refuse."""
    return host.ask(c.TakeSeat(seat, member.name), Sender.of(member.grant))


def reseat(host: MatchHost, member: Member, seat: Seat, by: Sender) -> asyncio.Future[int]:
    """Ask for a seat for a person as the facilitator; raises RuleViolation likewise."""
    return host.ask(c.Reseat(member.person, seat, member.name), by)


def seats_in_order(position: Position) -> list[Seat]:
    """Return seats in the order to fill them: those in the most arenas first."""
    scenario = position.scenario
    return sorted(scenario.seats, key=lambda seat: -len(scenario.arenas_of(seat)))


def occupancy(position: Position) -> Occupancy:
    """Return how full a match is; an ended match is closed."""
    people = {seat: _people_in(position, seat) for seat in seats_in_order(position)}
    return Occupancy(people, is_open=not position.is_over)


def _people_in(position: Position, seat: Seat) -> int:
    holder = position.holders.get(seat)
    return 0 if holder is None else len(holder.people)


def bot_on(host: MatchHost, bot: str, seat: Seat) -> c.SeatBot:
    """Give the command that puts a seminar's bot on a seat; a mix has another one on each."""
    return c.SeatBot(seat, cast_on(bot, host.position.scenario, seat))
