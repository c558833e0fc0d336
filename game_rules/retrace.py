"""From a log back to the commands it came from: every event must be one the rules would write."""

from collections.abc import Sequence

from game_rules import commands as c
from game_rules import events as e
from game_rules.decide import step
from game_rules.errors import RuleViolation
from game_rules.position import Position
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, Role, Seat

Events = tuple[e.Event, ...]
Asked = tuple[c.Command, Actor]


class Mismatch(Exception):
    """The log and the rules part. ahead: how many events further on; problem: how, in words."""

    def __init__(self, ahead: int, problem: str, expected: e.Event | None = None) -> None:
        super().__init__(problem)
        self.ahead, self.problem, self.expected = ahead, problem, expected


def retrace(position: Position, log: Sequence[e.Event], place: int) -> tuple[int, Position]:
    """Decide again the command whose events begin at a place of a log.

    Returns how many events it made, and the position after them. Raises Mismatch where the rules
    would have written something else.
    """
    mismatches = []
    for command, actor in _asked(position, log, place):
        try:
            events, after = step(position, command, actor, log[place].at_ms)
            _compare(events, log, place)
        except RuleViolation as violation:
            mismatches.append(Mismatch(0, f"the rules refuse this: {violation}"))
        except Mismatch as mismatch:
            mismatches.append(mismatch)
        else:
            return len(events), after
    raise max(mismatches, key=lambda mismatch: mismatch.ahead)


def _compare(events: Events, log: Sequence[e.Event], place: int) -> None:
    for ahead, event in enumerate(events):
        if place + ahead >= len(log):
            raise Mismatch(ahead, "the log breaks off", event)
        if log[place + ahead] != event:
            raise Mismatch(ahead, "the log says otherwise", event)


def _asked(position: Position, log: Sequence[e.Event], place: int) -> tuple[Asked, ...]:
    """What may have been asked for here, most likely first."""
    event = log[place]
    match event:
        case e.SeatVacated(seat=seat):
            following = log[place + 1] if place + 1 < len(log) else None
            hop = (_took(position, following),) if isinstance(following, e.SeatTaken) else ()
            return ((c.ClearSeat(seat), THE_FACILITATOR), *hop)
        case e.OrderSaved(round=number, seat=seat, actions=actions):
            orders = (c.SaveOrder(number, actions, is_ready) for is_ready in (False, True))
            return tuple((order, _holder(seat)) for order in orders)
        case _:
            return (_asked_for(position, event),)


def _asked_for(position: Position, event: e.Event) -> Asked:
    match event:
        case e.SeatTaken():
            return _took(position, event)
        case e.BotSeated(seat=seat, strategy=strategy):
            return c.SeatBot(seat, strategy or ""), THE_FACILITATOR
        case e.MessageSaid(sender=sender, room=room, text=text, act=act):
            actor = THE_FACILITATOR if sender is None else _holder(sender)
            return c.Say(room, text, act), actor
        case e.ProposalMade(round=number, proposer=seat, terms=terms):
            return c.Propose(number, terms), _holder(seat)
        case e.ProposalAnswered(round=number, number=proposal, seat=seat, accepts=accepts):
            return c.AnswerProposal(number, proposal, accepts), _holder(seat)
        case e.ReadySet(round=number, phase=phase, seat=seat, is_ready=is_ready):
            return c.SetReady(number, phase, is_ready), _holder(seat)
        case e.MatchPaused():
            return c.PauseMatch(), THE_FACILITATOR
        case e.MatchResumed():
            return c.ResumeMatch(), THE_FACILITATOR
        case e.DeadlineMoved():
            return _moved(position, event)
        case e.MatchEnded(reason=e.EndReason.FACILITATOR):
            return c.EndMatch(), THE_FACILITATOR
        case e.MatchCreated():
            raise Mismatch(0, "a match is created once")
    if position.phase is e.Phase.LOBBY:
        return c.StartMatch(), THE_FACILITATOR
    return c.SkipPhase(position.round, position.phase), THE_FACILITATOR


def _took(position: Position, taken: e.SeatTaken) -> Asked:
    old = position.seat_of(taken.person)
    return c.TakeSeat(taken.seat, taken.name), Actor(Role.PLAYER, old, taken.person)


def _holder(seat: Seat) -> Actor:
    return Actor(Role.PLAYER, seat)


def _moved(position: Position, moved: e.DeadlineMoved) -> Asked:
    old_ms = position.deadline_ms or 0
    if moved.reason is e.DeadlineReason.OUTAGE:
        return c.MakeUpOutage(moved.deadline_ms - old_ms), THE_CLOCK
    return c.ExtendDeadline(moved.deadline_ms - max(old_ms, moved.at_ms)), THE_FACILITATOR
