"""Seating people of a seminar in its matches: the server takes the seat in their name."""

import asyncio
from collections.abc import Sequence

import structlog

from game_rules.errors import RuleViolation
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Seat
from server.hosting.match_host import MatchHost, Sender
from server.seminars.balance import Delegation, Occupancy
from server.seminars.seminar import Member
from server.seminars.store import Roster

log = structlog.get_logger()

SERVER = Sender("facilitator", THE_FACILITATOR)
"""The hand that makes matches and seats bots, at the facilitator's word."""


async def seat_all(host: MatchHost, roster: Roster, delegations: Sequence[Delegation]) -> None:
    """Seat everyone of a match, and bots where nobody is; all in one append.

    host: as the registry has it now. One that was found before something else was waited for may
    have been let go meanwhile, and would not know what another one for the same match does.
    """
    order = seats_in_order(host.position)
    asked: list[asyncio.Future[int]] = []
    for seat, delegation in zip(order, delegations, strict=False):
        for person in delegation:
            member = roster.member(person)
            assert member is not None
            asked.append(sit(host, member, seat))
    bots = [seat for seat, people in zip(order, delegations, strict=False) if not people]
    asked += [host.ask(c.SeatBot(seat, roster.seminar.bot), SERVER) for seat in bots]
    for outcome in await asyncio.gather(*asked, return_exceptions=True):
        if isinstance(outcome, RuleViolation):
            log.info("not_seated", match=host.match_id, reason=str(outcome))
        elif isinstance(outcome, BaseException):
            raise outcome


def sit(host: MatchHost, member: Member, seat: Seat) -> asyncio.Future[int]:
    """Ask for a seat in somebody's name; raises RuleViolation where the rules refuse."""
    return host.ask(c.TakeSeat(seat, member.name), Sender.of(member.grant))


def reseat(host: MatchHost, member: Member, seat: Seat, by: Sender) -> asyncio.Future[int]:
    """Ask for a seat for somebody at a facilitator's word; raises RuleViolation likewise."""
    return host.ask(c.Reseat(member.person, seat, member.name), by)


def seats_in_order(position: Position) -> list[Seat]:
    """Give seats as they are to be filled: those that play in most arenas first."""
    scenario = position.scenario
    return sorted(scenario.seats, key=lambda seat: -len(scenario.arenas_of(seat)))


def occupancy(position: Position) -> Occupancy:
    """Say how full a match is; one that is over takes nobody."""
    people = {seat: _people_in(position, seat) for seat in seats_in_order(position)}
    return Occupancy(people, is_open=not position.is_over)


def _people_in(position: Position, seat: Seat) -> int:
    holder = position.holders.get(seat)
    return 0 if holder is None else len(holder.people)
