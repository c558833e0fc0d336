"""Retracing: the commands behind a log, to check that the rules produce every event."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from game_rules.errors import RuleViolation
from game_rules.log import events as e
from game_rules.log.events import EventTuple
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import step
from game_rules.match.flow import next_round
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, Role, Seat

Asked = tuple[c.Command, Actor]


class Mismatch(Exception):
    """A log that the rules would not write. ahead: events further on; problem: in words."""

    def __init__(self, ahead: int, problem: str, expected: e.Event | None = None) -> None:
        super().__init__(problem)
        self.ahead, self.problem, self.expected = ahead, problem, expected


@dataclass(frozen=True, slots=True)
class Retraced:
    """A command behind a log, decided again. place: of its first event.

    last_round: the last round that could open with it, as in `step`. before, after: the positions.
    """

    command: c.Command
    actor: Actor
    at_ms: int
    last_round: int | None
    place: int
    events: EventTuple
    before: Position
    after: Position


def retrace(
    position: Position, log: Sequence[e.Event], place: int, *, may_wait: bool = False
) -> Retraced:
    """Decide again the command whose events begin at an index of a log.

    may_wait: whether the table may have waited for others of its class before a round opened. Its
    log does not say so; the round's opening then counts as a command of its own.

    Raises Mismatch where the rules would have written something else.
    """
    mismatches = []
    for command, actor in _asked(position, log, place):
        last_round = _last_round(position, command) if may_wait else None
        at_ms = log[place].at_ms
        try:
            events, after = step(position, command, actor, at_ms, last_round)
            _compare(events, log, place)
        except RuleViolation as violation:
            mismatches.append(Mismatch(0, f"the rules refuse this: {violation}"))
        except Mismatch as mismatch:
            mismatches.append(mismatch)
        else:
            return Retraced(command, actor, at_ms, last_round, place, events, position, after)
    raise max(mismatches, key=lambda mismatch: mismatch.ahead)


def _last_round(position: Position, command: c.Command) -> int:
    """Return the last round that may open with a command: the next one, if it is its opening."""
    opened = next_round(position) if isinstance(command, c.SkipPhase) else None
    return opened or position.round


def _compare(events: EventTuple, log: Sequence[e.Event], place: int) -> None:
    for ahead, event in enumerate(events):
        if place + ahead >= len(log):
            raise Mismatch(ahead, "the log breaks off", event)
        if log[place + ahead] != event:
            raise Mismatch(ahead, "the log says otherwise", event)


def _asked(position: Position, log: Sequence[e.Event], place: int) -> tuple[Asked, ...]:
    """Return the commands that may have caused an event, most likely first."""
    event = log[place]
    match event:
        case e.FacilitatorActed(person=person, name=name) if place + 1 < len(log):
            signed = Actor(Role.FACILITATOR, None, person, name)
            asked = _asked(position, log, place + 1)
            return tuple((command, signed) for command, _ in asked)
        case e.OrderSaved():
            return _ordered(position, event)
        case e.ProposalCountered():
            return _countered(event, log, place)
        case e.InjectOpened(inject=inject):
            return (c.OpenInject(inject), THE_FACILITATOR), _skipped(position)
        case e.InjectClosed(inject=name):
            return (c.CloseInject(name), THE_FACILITATOR), _skipped(position)
    if isinstance(event, _OF_SEATS):
        following = log[place : place + LONGEST_MOVE]
        return tuple(asked for each in following for asked in _sat(position, each))
    return (_asked_for(position, event),)


_OF_SEATS = (
    e.SeatTaken,
    e.SeatVacated,
    e.DelegateJoined,
    e.DelegateLeft,
    e.PenPassed,
    e.PersonRemoved,
)
LONGEST_MOVE = 3
"""Events of a move: the pen passes, a delegate leaves, and sits down elsewhere or is gone."""


def _sat(position: Position, event: e.Event) -> tuple[Asked, ...]:
    """Return the commands that may have moved a person here."""
    match event:
        case e.SeatVacated(seat=seat):
            return ((c.ClearSeat(seat), THE_FACILITATOR),)
        case e.DelegateLeft(seat=seat, person=person):
            return ((c.LeaveSeat(), Actor(Role.PLAYER, seat, person)),)
        case e.PenPassed(person=person):
            return ((c.PassPen(person), THE_FACILITATOR),)
        case e.SeatTaken() | e.DelegateJoined():
            moved = c.Reseat(event.person, event.seat, event.name)
            return _took(position, event), (moved, THE_FACILITATOR)
        case e.PersonRemoved(person=person):
            return ((c.RemovePerson(person), THE_FACILITATOR),)
    return ()


def _ordered(position: Position, event: e.OrderSaved) -> tuple[Asked, ...]:
    """Return the choices of the seat itself, its autopilot or the facilitator."""
    number, seat = event.round, event.seat

    def of(source: e.OrderSource) -> c.Actions:
        whose = event.sources.get
        return {x: y for x, y in event.actions.items() if whose(x, e.OrderSource.ORDERED) is source}

    holder = position.holders.get(seat)
    own = e.OrderSource.AUTOPILOT if holder and holder.autopilot else e.OrderSource.ORDERED
    orders = (c.SaveOrder(number, of(own), is_ready) for is_ready in (False, True))
    chosen = c.OrderFor(seat, number, of(e.OrderSource.FACILITATOR))
    return (*((order, _holder(seat)) for order in orders), (chosen, THE_FACILITATOR))


def _countered(
    countered: e.ProposalCountered, log: Sequence[e.Event], place: int
) -> tuple[Asked, ...]:
    """Return a counterproposal; its terms are in the next event."""
    made = log[place + 1] if place + 1 < len(log) else None
    if not isinstance(made, e.ProposalMade):
        raise Mismatch(1, "a counter-proposal lacks its terms")
    command = c.CounterProposal(countered.round, countered.number, made.terms)
    return ((command, _holder(countered.seat)),)


_MADE_BY = {kind.makes: kind for kind in c.COMMANDS if kind.makes}


def _repeated(kind: Any, event: Any) -> Asked:
    """Return the command whose fields the event repeats, and its sender."""
    command = kind(**{field.name: getattr(event, field.name) for field in fields(kind)})
    return command, _holder(event.seat) if kind.by == c.PLAYER else Actor(kind.by[0])


def _asked_for(position: Position, event: e.Event) -> Asked:
    if made_by := _MADE_BY.get(type(event)):
        return _repeated(made_by, event)
    match event:
        case e.BotSeated(seat=seat, strategy=strategy):
            return c.SeatBot(seat, strategy or ""), THE_FACILITATOR
        case e.MessageSaid():
            return _words(event), _speaker(position, event)
        case e.AutopilotEngaged(seat=seat, reason=reason):
            return c.EngageAutopilot(seat), _on_the_word_of(reason)
        case e.AutopilotReleased(seat=seat, reason=reason):
            return c.ReleaseAutopilot(seat), _on_the_word_of(reason)
        case e.ProposalMade(round=number, proposer=seat, terms=terms):
            return c.Propose(number, terms), _holder(seat)
        case e.DeadlineMoved():
            return _moved(position, event)
        case e.MatchEnded(reason=e.EndReason.FACILITATOR):
            return c.EndMatch(), THE_FACILITATOR
        case e.MatchCreated():
            raise Mismatch(0, "a match is created once")
    if position.phase is e.Phase.LOBBY:
        return c.StartMatch(), THE_FACILITATOR
    return _skipped(position)


def _skipped(position: Position) -> Asked:
    return c.SkipPhase(position.round, position.phase), THE_FACILITATOR


def _on_the_word_of(reason: e.AutopilotReason) -> Actor:
    return THE_FACILITATOR if reason is e.AutopilotReason.FACILITATOR else THE_CLOCK


def _words(said: e.MessageSaid) -> c.Command:
    if said.sentence is None:
        return c.Say(said.room, said.text, said.act)
    return c.SaySentence(said.room, said.sentence, said.arguments)


def _speaker(position: Position, said: e.MessageSaid) -> Actor:
    """Return the facilitator, or the delegate of the seat that the message names."""
    if said.sender is None:
        return THE_FACILITATOR
    holder = position.holders.get(said.sender)
    people = holder.people if holder else ()
    person = next((x.person for x in people if said.speaker in (x.name, x.person)), None)
    return Actor(Role.PLAYER, said.sender, person)


def _took(position: Position, taken: e.SeatTaken | e.DelegateJoined) -> Asked:
    old = position.seat_of(taken.person)
    return c.TakeSeat(taken.seat, taken.name), Actor(Role.PLAYER, old, taken.person)


def _holder(seat: Seat) -> Actor:
    return Actor(Role.PLAYER, seat)


def _moved(position: Position, moved: e.DeadlineMoved) -> Asked:
    old_ms = position.deadline_ms or 0
    if moved.reason is e.DeadlineReason.OUTAGE:
        return c.MakeUpOutage(moved.deadline_ms - old_ms), THE_CLOCK
    return c.ExtendDeadline(moved.deadline_ms - max(old_ms, moved.at_ms)), THE_FACILITATOR
