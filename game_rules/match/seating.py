"""Who sits where: seats taken, shared and left, and the pen that goes round in a delegation.

Several people may share a seat. All see what it sees and may talk; who holds the pen orders,
answers and says ready.
"""

from game_rules.errors import NoPen, NoSuchPerson, NotYours, SeatUnavailable
from game_rules.log import commands as c
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.position import Holder, Position
from game_rules.match.conditions import own_seat, require_not_over, require_seat
from game_rules.roles import Actor, PersonId, Role, Seat
from game_rules.strategies import strategy

Events = tuple[e.Event, ...]

LONGEST_NAME = 40

_UNTIL_PLAY = (Phase.LOBBY, Phase.BRIEFING)


def take_seat(position: Position, command: c.TakeSeat, actor: Actor, now_ms: int) -> Events:
    """Sit down on a seat that is free, a bot's, or has room for another delegate."""
    require_not_over(position)
    require_seat(position, command.seat)
    name = _name(command.name)
    if actor.person is None:
        raise NotYours("only a person who has joined can take a seat; join with the code first")
    if actor.person in position.removed:
        raise NotYours("the facilitator has removed you from this match; ask them")
    old = position.seat_of(actor.person)
    _require_room(position, command.seat, old)
    if old is not None and position.phase not in _UNTIL_PLAY:
        raise SeatUnavailable(f"you hold {old}; after the briefing only the facilitator reseats")
    return _sit(position, actor.person, name, command.seat, now_ms)


def leave_seat(position: Position, command: c.LeaveSeat, actor: Actor, now_ms: int) -> Events:
    """Get up; the pen goes to the delegate who came next, and the last one frees the seat."""
    require_not_over(position)
    seat = own_seat(position, actor)
    person = actor.person or position.holders[seat].person
    return (e.SeatVacated(seat, now_ms),) if person is None else _rise(position, person, now_ms)


def reseat(position: Position, command: c.Reseat, actor: Actor, now_ms: int) -> Events:
    """Sit a person down, at any time, wherever the person sat before."""
    require_not_over(position)
    require_seat(position, command.seat)
    if command.person in position.removed:
        raise NoSuchPerson(f"{command.person} was removed from this match; let them join anew")
    old = position.seat_of(command.person)
    _require_room(position, command.seat, old)
    name = _name(command.name if old is None else name_of(position.holders[old], command.person))
    return _sit(position, command.person, name, command.seat, now_ms)


def remove_person(position: Position, command: c.RemovePerson, actor: Actor, now_ms: int) -> Events:
    """Send a person away for good."""
    require_not_over(position)
    if command.person in position.removed:
        raise NoSuchPerson(f"{command.person} was removed already; nothing to do")
    left = (
        () if position.seat_of(command.person) is None else _rise(position, command.person, now_ms)
    )
    return (*left, e.PersonRemoved(command.person, now_ms))


def pass_pen(position: Position, command: c.PassPen, actor: Actor, now_ms: int) -> Events:
    """Hand the pen of a seat to another of its delegates."""
    require_not_over(position)
    if actor.role is Role.PLAYER:
        _require_pen(position, actor)
    seat = position.seat_of(command.person)
    if seat is None or (actor.role is Role.PLAYER and seat != actor.seat):
        raise NoSuchPerson(f"{command.person} is no delegate here; choose one of the seat's own")
    if position.holders[seat].person == command.person:
        raise NoPen(f"{position.holders[seat].name} holds the pen of {seat} already")
    return (e.PenPassed(seat, command.person, now_ms),)


def seat_bot(position: Position, command: c.SeatBot, actor: Actor, now_ms: int) -> Events:
    """Give a seat to a bot, whoever holds it."""
    require_not_over(position)
    require_seat(position, command.seat)
    return (e.BotSeated(command.seat, strategy(command.strategy).name, now_ms),)


def clear_seat(position: Position, command: c.ClearSeat, actor: Actor, now_ms: int) -> Events:
    """Free a seat, whoever holds it."""
    require_not_over(position)
    require_seat(position, command.seat)
    if command.seat not in position.holders:
        raise SeatUnavailable(f"{command.seat} is free already; nothing to clear")
    return (e.SeatVacated(command.seat, now_ms),)


def name_of(holder: Holder, person: PersonId | None) -> str:
    """Give the name of one of those who share a seat; empty for anybody else."""
    return next((x.name for x in holder.people if x.person == person), "")


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise SeatUnavailable(f"a name has 1 to {LONGEST_NAME} letters, this one {len(name)}")
    return name


def _require_room(position: Position, seat: Seat, old: Seat | None) -> None:
    """Raise SeatUnavailable where a seat is full, or the person sits on it already."""
    holder = position.holders.get(seat)
    if holder is None or holder.is_bot:
        return
    if old == seat or len(holder.people) >= position.scenario.delegates:
        names = " and ".join(x.name for x in holder.people)
        raise SeatUnavailable(f"{seat} is held by {names}; choose another seat")


def _require_pen(position: Position, actor: Actor) -> None:
    seat = own_seat(position, actor)
    holder = position.holders[seat]
    if actor.person is not None and holder.person != actor.person:
        raise NoPen(f"{holder.name} holds the pen of {seat}; ask for it")


def _sit(position: Position, person: PersonId, name: str, seat: Seat, now_ms: int) -> Events:
    """Leave the old seat, if any, and take the new one, or a place beside those who hold it."""
    risen = () if position.seat_of(person) is None else _rise(position, person, now_ms)
    holder = position.holders.get(seat)
    if holder is None or holder.is_bot:
        return (*risen, e.SeatTaken(seat, person, name, now_ms))
    return (*risen, e.DelegateJoined(seat, person, name, now_ms))


def _rise(position: Position, person: PersonId, now_ms: int) -> Events:
    """Take a person off a seat; the pen passes on before its holder goes."""
    seat = position.seat_of(person)
    assert seat is not None
    holder = position.holders[seat]
    if not holder.delegates:
        return (e.SeatVacated(seat, now_ms),)
    left = e.DelegateLeft(seat, person, now_ms)
    if holder.person != person:
        return (left,)
    return (e.PenPassed(seat, holder.delegates[0].person, now_ms), left)
