"""Seating: seats that are taken, shared and left, and the pen of a delegation.

Several people may share a seat. All of them see its view and may talk. The holder of the pen
orders, answers and says ready.
"""

from typing import Annotated

from game_rules.errors import NoPen, NoSuchPerson, NotNow, NotYours, SeatUnavailable
from game_rules.limits import Limit, PersonCode, SeatCode, StrategyName, Typed
from game_rules.log import events as e
from game_rules.log.events import EventTuple, Phase
from game_rules.log.position import Holder, Position
from game_rules.match.command import CLOCK, FACILITATOR, PLAYER, Command, command
from game_rules.match.conditions import (
    delegate_words,
    own_seat,
    pen_words,
    person_words,
    require_not_over,
    require_seat,
)
from game_rules.roles import Actor, PersonId, Role, Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.strategies import strategy

LONGEST_NAME = 40
MOST_REMOVED = 1000
"""People of a match, so that a match takes no longer than in proportion to its log."""

_UNTIL_PLAY = (Phase.LOBBY, Phase.BRIEFING)


@command("take_seat", by=PLAYER, while_paused=PLAYER)
class TakeSeat(Command):
    """A person takes a seat that is free, has a bot, or has room for another delegate."""

    seat: SeatCode
    name: Annotated[str, Limit(least=1, most=LONGEST_NAME, typed=Typed.NAME)]

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        name = _name(position, self.name)
        if actor.person is None:
            raise NotYours("only a person who has joined can take a seat; join with the code first")
        if actor.person in position.removed:
            raise NotYours("the facilitator has removed you from this match; ask them")
        old = position.seat_of(actor.person)
        _require_room(position, self.seat, old)
        if old is not None and position.phase not in _UNTIL_PLAY:
            told = f"you hold {old}; after the briefing only the facilitator reseats"
            raise SeatUnavailable(told)
        return _sit(position, actor.person, name, self.seat, now_ms)


@command("leave_seat", by=PLAYER, while_paused=PLAYER)
class LeaveSeat(Command):
    """A person leaves; the pen passes to the next delegate, and the last one frees the seat."""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        seat = own_seat(position, actor)
        person = actor.person or position.holders[seat].person
        if person is None:
            return (e.SeatVacated(seat, now_ms),)
        return _rise(position, person, now_ms)


@command("seat_bot", by=FACILITATOR, while_paused=FACILITATOR)
class SeatBot(Command):
    """The facilitator gives a seat to a bot, whoever holds it."""

    seat: SeatCode
    strategy: StrategyName

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        return (e.BotSeated(self.seat, strategy(self.strategy).name, now_ms),)


@command("clear_seat", by=FACILITATOR, while_paused=FACILITATOR)
class ClearSeat(Command):
    """The facilitator frees a seat, whoever holds it."""

    seat: SeatCode

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        if self.seat not in position.holders:
            raise SeatUnavailable(f"{self.seat} is free already; nothing to clear")
        return (e.SeatVacated(self.seat, now_ms),)


@command("pass_pen", by=PLAYER + FACILITATOR + CLOCK, while_paused=PLAYER + FACILITATOR + CLOCK)
class PassPen(Command):
    """The holder of a seat's pen, or the facilitator, hands it to another delegate."""

    person: PersonCode

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        if actor.role is Role.PLAYER:
            _require_pen(position, actor)
        seat = position.seat_of(self.person)
        if seat is None or (actor.role is Role.PLAYER and seat != actor.seat):
            told = person_words(position, self.person)
            raise NoSuchPerson(f"{told} is no delegate here; choose one of the seat's own")
        if position.holders[seat].person == self.person:
            raise NoPen(f"{pen_words(position, seat)} already")
        return (e.PenPassed(seat, self.person, now_ms),)


@command("reseat", by=FACILITATOR, while_paused=FACILITATOR)
class Reseat(Command):
    """The facilitator assigns a person to a seat, at any time.

    name: of a person who held no seat.
    """

    person: PersonCode
    seat: SeatCode
    name: Annotated[str, Limit(most=LONGEST_NAME, typed=Typed.NAME)] = ""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        if self.person in position.removed:
            told = person_words(position, self.person)
            raise NoSuchPerson(f"{told} was removed from this match; let them join again")
        old = position.seat_of(self.person)
        _require_room(position, self.seat, old)
        known = self.name if old is None else name_of(position.holders[old], self.person)
        name = _name(position, known)
        return _sit(position, self.person, name, self.seat, now_ms)


@command("remove_person", by=FACILITATOR, while_paused=FACILITATOR)
class RemovePerson(Command):
    """The facilitator removes a person permanently."""

    person: PersonCode

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        if self.person in position.removed:
            told = person_words(position, self.person)
            raise NoSuchPerson(f"{told} was removed already; nothing to do")
        if len(position.removed) >= MOST_REMOVED:
            told = f"{MOST_REMOVED} people were removed, which is the most"
            raise NotNow(f"{told}; end the match and create another one")
        is_seated = position.seat_of(self.person) is not None
        left = _rise(position, self.person, now_ms) if is_seated else ()
        return (*left, e.PersonRemoved(self.person, now_ms))


def introduced(command: Command, actor: Actor) -> dict[PersonId, str]:
    """Return the names that a command brings: of who sits down, and of a co-facilitator.

    Where events hold no names, whoever keeps the log keeps these beside it.
    """
    names: dict[PersonId, str] = {}
    if actor.role is Role.FACILITATOR and actor.person is not None:
        names[actor.person] = actor.name
    if isinstance(command, TakeSeat) and actor.person is not None:
        names[actor.person] = command.name
    if isinstance(command, Reseat):
        names[command.person] = command.name
    return {person: name for person, name in names.items() if name}


def name_of(holder: Holder, person: PersonId | None) -> str:
    """Return the name of a person who shares a seat; empty for anyone else."""
    return next((x.name for x in holder.people if x.person == person), "")


def _name(position: Position, given: str) -> str:
    """Return the name that goes into events: none, if the rules keep names beside the log."""
    if not ruleset_of(position).names_people:
        return ""
    name = " ".join(given.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise SeatUnavailable(f"a name has 1 to {LONGEST_NAME} letters, this one {len(name)}")
    return name


def _require_room(position: Position, seat: Seat, old: Seat | None) -> None:
    """Raise SeatUnavailable if a seat is full, or the person has it already."""
    holder = position.holders.get(seat)
    if holder is None or holder.is_bot:
        return
    if old == seat or len(holder.people) >= position.scenario.delegates:
        names = " and ".join(map(delegate_words, holder.people))
        raise SeatUnavailable(f"{seat} is held by {names}; choose another seat")


def _require_pen(position: Position, actor: Actor) -> None:
    seat = own_seat(position, actor)
    holder = position.holders[seat]
    if actor.person is not None and holder.person != actor.person:
        raise NoPen(f"{pen_words(position, seat)}; ask for it")


def _sit(position: Position, person: PersonId, name: str, seat: Seat, now_ms: int) -> EventTuple:
    """Leave the old seat, if any, and take or share the new one."""
    risen = () if position.seat_of(person) is None else _rise(position, person, now_ms)
    holder = position.holders.get(seat)
    if holder is None or holder.is_bot:
        return (*risen, e.SeatTaken(seat, person, name, now_ms))
    return (*risen, e.DelegateJoined(seat, person, name, now_ms))


def _rise(position: Position, person: PersonId, now_ms: int) -> EventTuple:
    """Remove a person from a seat; the pen passes on first."""
    seat = position.seat_of(person)
    assert seat is not None
    holder = position.holders[seat]
    if not holder.delegates:
        return (e.SeatVacated(seat, now_ms),)
    left = e.DelegateLeft(seat, person, now_ms)
    if holder.person != person:
        return (left,)
    return (e.PenPassed(seat, holder.delegates[0].person, now_ms), left)
