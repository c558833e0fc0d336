"""The one way in: a command against a position gives events, or a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from game_rules import RULES_VERSION
from game_rules.errors import (
    MatchPaused,
    NotNow,
    NotYours,
    Superseded,
    TalkNotAllowed,
)
from game_rules.log import commands as c
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import control, flow, seating
from game_rules.match.conditions import (
    in_seat_order,
    own_seat,
    penned_seat,
    require_not_over,
    require_ordering,
    require_phase,
    require_running,
    require_seat,
)
from game_rules.match.control import saved
from game_rules.match.decide_moves import make_move, save_forecast, take_back_move
from game_rules.match.decide_pacts import answer_proposal, counter_proposal, propose
from game_rules.match.seating import name_of
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario.scenario import Press, Scenario
from game_rules.standing.standing import first_standing

Events = tuple[e.Event, ...]

LONGEST_NAME = seating.LONGEST_NAME
LONGEST_MESSAGE = 1000
LONGEST_EXTENSION_MS = 60 * 60 * 1000

_WHILE_PAUSED = (
    c.ResumeMatch,
    c.EndMatch,
    c.SeatBot,
    c.ClearSeat,
    c.TakeSeat,
    c.LeaveSeat,
    c.PassPen,
    c.Reseat,
    c.RemovePerson,
    c.EngageAutopilot,
    c.ReleaseAutopilot,
    c.OpenInject,
    c.CloseInject,
    c.BranchMatch,
    c.SupersedeMatch,
)


def create_match(scenario: Scenario, seed: str, pace: float | None, now_ms: int) -> Events:
    """Begin a log. pace multiplies every phase's time; None runs no clock."""
    standing = first_standing(scenario)
    return (e.MatchCreated(RULES_VERSION, scenario, seed, pace, now_ms, standing),)


def decide(position: Position, command: c.Command, actor: Actor, now_ms: int) -> Events:
    """Turn a command into events: its own, and what follows at once from them.

    actor: who asks, as the server knows it. now_ms: the server's clock.
    Raises RuleViolation if the command is not allowed here; then nothing has happened.
    """
    return step(position, command, actor, now_ms)[0]


def step(
    position: Position, command: c.Command, actor: Actor, now_ms: int
) -> tuple[Events, Position]:
    """Decide, and give the position after the events too. Raises as `decide` does."""
    _require_role(command, actor)
    if position.superseded_by is not None:
        raise Superseded("the match goes on in a branch of it; connect again")
    _require_not_paused(position, command, actor)
    asked = _signed(
        command, actor, now_ms, _ANSWERS[type(command)](position, command, actor, now_ms)
    )
    followed, position = flow.settle(fold(asked, position), now_ms)
    return asked + followed, position


def _signed(command: c.Command, actor: Actor, now_ms: int, events: Events) -> Events:
    """Put before a co-facilitator's events who it was."""
    if actor.role is not Role.FACILITATOR or actor.person is None:
        return events
    return (e.FacilitatorActed(actor.person, actor.name, command.type, now_ms), *events)


def _require_role(command: c.Command, actor: Actor) -> None:
    allowed = ROLES[type(command)]
    if actor.role not in allowed:
        names = " or ".join(role.value for role in allowed)
        raise NotYours(f"{command.type} is for the {names}; you are {actor.role.value}")


def _require_not_paused(position: Position, command: c.Command, actor: Actor) -> None:
    if position.paused_at_ms is None or isinstance(command, _WHILE_PAUSED):
        return
    if isinstance(command, c.Say) and actor.role is Role.FACILITATOR:
        return
    raise MatchPaused("the match is paused; wait until the facilitator resumes it")


def _start_match(position: Position, command: c.StartMatch, actor: Actor, now_ms: int) -> Events:
    if position.phase is not Phase.LOBBY:
        raise NotNow(f"the match has started; it is in {position.phase.value}")
    return (flow.open_phase(position, 0, Phase.BRIEFING, now_ms),)


def _say(position: Position, command: c.Say, actor: Actor, now_ms: int) -> Events:
    text = command.text.strip()
    if not 1 <= len(text) <= LONGEST_MESSAGE:
        raise TalkNotAllowed(f"a message has 1 to {LONGEST_MESSAGE} letters, this one {len(text)}")
    for seat in command.room:
        require_seat(position, seat)
    if actor.role is Role.FACILITATOR:
        room = in_seat_order(position, command.room)
        return (e.MessageSaid(position.round, None, room, text, command.act, now_ms),)
    seat = own_seat(position, actor)
    room = in_seat_order(position, (seat, *command.room)) if command.room else ()
    if room != (seat,):  # the seat's line with the facilitator is always open
        _require_press(position, command)
    speaker = _speaker(position, seat, actor)
    return (e.MessageSaid(position.round, seat, room, text, command.act, now_ms, speaker),)


def _speaker(position: Position, seat: Seat, actor: Actor) -> str | None:
    """Who speaks, where several people may share a seat."""
    if position.scenario.delegates == 1:
        return None
    return name_of(position.holders[seat], actor.person) or None


def _save_order(position: Position, command: c.SaveOrder, actor: Actor, now_ms: int) -> Events:
    seat = penned_seat(position, actor)
    require_ordering(position, command.round, now_ms)
    is_automatic = position.holders[seat].autopilot is not None
    source = e.OrderSource.AUTOPILOT if is_automatic else e.OrderSource.ORDERED
    order = saved(position, seat, command.actions, source, now_ms)
    if not command.is_ready:
        return (order,)
    return (order, e.ReadySet(position.round, position.phase, seat, True, now_ms))


def _set_ready(position: Position, command: c.SetReady, actor: Actor, now_ms: int) -> Events:
    seat = penned_seat(position, actor)
    require_phase(position, command.round, command.phase)
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
        raise NotNow(f"nobody waits for ready in {position.phase.value}")
    return (e.ReadySet(command.round, command.phase, seat, command.is_ready, now_ms),)


def _pause_match(position: Position, command: c.PauseMatch, actor: Actor, now_ms: int) -> Events:
    require_running(position)
    return (e.MatchPaused(now_ms),)


def _resume_match(position: Position, command: c.ResumeMatch, actor: Actor, now_ms: int) -> Events:
    if position.paused_at_ms is None:
        raise NotNow("the match is not paused; nothing to resume")
    deadline_ms = position.deadline_ms
    if deadline_ms is not None:
        deadline_ms += now_ms - position.paused_at_ms
    return (e.MatchResumed(deadline_ms, now_ms),)


def _extend(position: Position, command: c.ExtendDeadline, actor: Actor, now_ms: int) -> Events:
    if not 0 < command.by_ms <= LONGEST_EXTENSION_MS:
        raise NotNow(f"{command.by_ms} ms; extend by 1 to {LONGEST_EXTENSION_MS} ms at a time")
    if position.deadline_ms is None:
        raise NotNow("no deadline is open; there is nothing to extend")
    deadline_ms = max(position.deadline_ms, now_ms) + command.by_ms
    return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.EXTENDED, now_ms),)


def _skip_phase(position: Position, command: c.SkipPhase, actor: Actor, now_ms: int) -> Events:
    require_running(position)
    require_phase(position, command.round, command.phase)
    return flow.end_phase(position, now_ms)[0]


def _end_match(position: Position, command: c.EndMatch, actor: Actor, now_ms: int) -> Events:
    require_not_over(position)
    return (flow.end(position, e.EndReason.FACILITATOR, now_ms),)


def _pass_deadline(
    position: Position, command: c.PassDeadline, actor: Actor, now_ms: int
) -> Events:
    require_phase(position, command.round, command.phase)
    if position.deadline_ms is None or now_ms < position.deadline_ms:
        raise NotNow(f"the deadline is {position.deadline_ms}, it is {now_ms}; wait for it")
    return flow.end_phase(position, now_ms)[0]


def _make_up(position: Position, command: c.MakeUpOutage, actor: Actor, now_ms: int) -> Events:
    if position.deadline_ms is None or command.by_ms <= 0:
        raise NotNow("no time was lost on an open deadline; nothing to make up")
    deadline_ms = max(position.deadline_ms + command.by_ms, now_ms + command.least_ms)
    return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.OUTAGE, now_ms),)


def _require_press(position: Position, command: c.Say) -> None:
    press = position.scenario.press
    if position.is_over:
        return
    if press is Press.NONE:
        raise TalkNotAllowed("this scenario is played without talk")
    if press is Press.PUBLIC and command.room:
        raise TalkNotAllowed("this scenario has public talk only; address everyone")


_PLAYER, _HOST, _CLOCK = (Role.PLAYER,), (Role.FACILITATOR,), (Role.CLOCK,)

ROLES: Mapping[type, tuple[Role, ...]] = {
    c.TakeSeat: _PLAYER,
    c.LeaveSeat: _PLAYER,
    c.SeatBot: _HOST,
    c.ClearSeat: _HOST,
    c.PassPen: (Role.PLAYER, Role.FACILITATOR, Role.CLOCK),
    c.Reseat: _HOST,
    c.RemovePerson: _HOST,
    c.EngageAutopilot: (Role.FACILITATOR, Role.CLOCK),
    c.ReleaseAutopilot: (Role.PLAYER, Role.FACILITATOR, Role.CLOCK),
    c.OpenInject: _HOST,
    c.CloseInject: _HOST,
    c.OrderFor: _HOST,
    c.StartMatch: _HOST,
    c.Say: (Role.PLAYER, Role.FACILITATOR),
    c.Propose: _PLAYER,
    c.CounterProposal: _PLAYER,
    c.AnswerProposal: _PLAYER,
    c.SaveOrder: _PLAYER,
    c.MakeMove: _PLAYER,
    c.TakeBackMove: _PLAYER,
    c.SaveForecast: _PLAYER,
    c.SetReady: _PLAYER,
    c.PauseMatch: _HOST,
    c.ResumeMatch: _HOST,
    c.ExtendDeadline: _HOST,
    c.SkipPhase: _HOST,
    c.EndMatch: _HOST,
    c.PassDeadline: _CLOCK,
    c.MakeUpOutage: _CLOCK,
    c.BranchMatch: _CLOCK,
    c.SupersedeMatch: _HOST,
}
"""Which role may ask for what; whose seat is checked where it matters."""

_ANSWERS: Mapping[type, Callable[[Position, Any, Actor, int], Events]] = {
    c.TakeSeat: seating.take_seat,
    c.LeaveSeat: seating.leave_seat,
    c.SeatBot: seating.seat_bot,
    c.ClearSeat: seating.clear_seat,
    c.PassPen: seating.pass_pen,
    c.Reseat: seating.reseat,
    c.RemovePerson: seating.remove_person,
    c.EngageAutopilot: control.engage_autopilot,
    c.ReleaseAutopilot: control.release_autopilot,
    c.OpenInject: control.open_inject,
    c.CloseInject: control.close_inject,
    c.OrderFor: control.order_for,
    c.StartMatch: _start_match,
    c.Say: _say,
    c.Propose: propose,
    c.CounterProposal: counter_proposal,
    c.AnswerProposal: answer_proposal,
    c.SaveOrder: _save_order,
    c.MakeMove: make_move,
    c.TakeBackMove: take_back_move,
    c.SaveForecast: save_forecast,
    c.SetReady: _set_ready,
    c.PauseMatch: _pause_match,
    c.ResumeMatch: _resume_match,
    c.ExtendDeadline: _extend,
    c.SkipPhase: _skip_phase,
    c.EndMatch: _end_match,
    c.PassDeadline: _pass_deadline,
    c.MakeUpOutage: _make_up,
    c.BranchMatch: control.branch_match,
    c.SupersedeMatch: control.supersede_match,
}
