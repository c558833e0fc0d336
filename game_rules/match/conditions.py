"""Conditions of commands; each refusal is one line that names the remedy."""

from game_rules.errors import (
    NoPen,
    NotNow,
    NotYours,
    OnAutopilot,
    SeatUnavailable,
    TooLate,
    WrongRound,
)
from game_rules.log.events import Phase
from game_rules.log.people import called
from game_rules.log.position import Delegate, Position
from game_rules.roles import Actor, PersonId, Seat
from game_rules.rulesets.chosen import ruleset_of


def own_seat(position: Position, actor: Actor) -> Seat:
    """Return the seat that an actor holds or shares; raises NotYours."""
    if actor.seat is None or actor.seat not in position.holders:
        raise NotYours("you hold no seat; take one first")
    return actor.seat


def penned_seat(position: Position, actor: Actor) -> Seat:
    """Return the seat that an actor may act for, as holder of its pen or as its program.

    Raises NotYours, NoPen or OnAutopilot.
    """
    seat = own_seat(position, actor)
    holder = position.holders[seat]
    if actor.person is None:
        return seat
    if holder.person != actor.person:
        raise NoPen(f"{pen_words(position, seat)}; ask for it")
    if holder.autopilot is not None:
        raise OnAutopilot(f"{seat} is on autopilot; take it back first")
    return seat


def pen_words(position: Position, seat: Seat) -> str:
    """Say who holds the pen of a seat."""
    who = next(map(delegate_words, position.holders[seat].people), "a program")
    return f"{who} holds the pen of {seat}"


def delegate_words(delegate: Delegate) -> str:
    """Name a person in a seat; by number, where the position holds no names (`people.named`)."""
    return delegate.name or called(delegate.person, {})


def person_words(position: Position, person: PersonId) -> str:
    """Name a person who need hold no seat; rules 1 says the id, and its records hold that."""
    if ruleset_of(position).names_people:
        return person
    people = (x for holder in position.holders.values() for x in holder.people)
    return next((delegate_words(x) for x in people if x.person == person), "that person")


def require_seat(position: Position, seat: Seat) -> None:
    """Raise SeatUnavailable for a seat that is not in the scenario."""
    if seat not in position.totals:
        raise SeatUnavailable(f"{seat} is no seat here; choose among {', '.join(position.totals)}")


def require_round(position: Position, number: int) -> None:
    """Raise WrongRound for any round but the open one."""
    if number != position.round:
        raise WrongRound(f"round {number} is not open; it is round {position.round}")


def require_phase(position: Position, number: int, phase: Phase) -> None:
    """Raise WrongRound or NotNow for any phase but the open one."""
    require_round(position, number)
    if phase is not position.phase:
        raise NotNow(f"{phase.value} is not open; it is {position.phase.value}")


def require_ordering(position: Position, number: int, now_ms: int) -> None:
    """Raise WrongRound, NotNow or TooLate unless the round takes orders now."""
    require_round(position, number)
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        raise NotNow(f"orders are for negotiation and decision; it is {position.phase.value}")
    require_in_time(position, now_ms)


def require_in_time(position: Position, now_ms: int) -> None:
    """Raise TooLate from a decision's deadline on; a draft before the decision is never late.

    now_ms: the server's clock.
    """
    deadline_ms = position.deadline_ms
    if position.phase is Phase.DECISION and deadline_ms is not None and now_ms >= deadline_ms:
        late_ms = now_ms - deadline_ms
        raise TooLate(f"{late_ms} ms after the deadline; what was saved before it counts")


def require_running(position: Position) -> None:
    """Raise NotNow in the lobby and in the debrief."""
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
        raise NotNow(f"no round is being played in {position.phase.value}")


def require_not_over(position: Position) -> None:
    """Raise NotNow when the match has ended."""
    if position.is_over:
        raise NotNow("the match is over; its record is open for replay")


def in_seat_order(position: Position, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Return seats without duplicates, in the scenario's order."""
    return tuple(seat for seat in position.totals if seat in seats)
