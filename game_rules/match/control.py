"""The facilitator's hand in a match: news with effects, a program for the absent, a way back."""

from game_rules.errors import (
    ArenaNotYours,
    InjectNotAllowed,
    NotNow,
    NotYours,
    OnAutopilot,
    SeatUnavailable,
)
from game_rules.log import commands as c
from game_rules.log import events as e
from game_rules.log.events import AutopilotReason, OrderSource, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.conditions import (
    own_seat,
    require_not_over,
    require_ordering,
    require_running,
    require_seat,
)
from game_rules.match.flow import phase_deadline_ms
from game_rules.roles import Actor, Role, Seat
from game_rules.rounds.arenas_in_force import arena_changes
from game_rules.rounds.inject_effects import check_inject, inject_opened

Events = tuple[e.Event, ...]


def open_inject(position: Position, command: c.OpenInject, actor: Actor, now_ms: int) -> Events:
    """Tell all, and change payoffs: at once while orders are open, else from the next round on."""
    require_running(position)
    check_inject(command.inject, position)
    is_open = position.phase in (Phase.NEGOTIATION, Phase.DECISION)
    first_round = position.round if is_open else position.round + 1
    news = inject_opened(command.inject, position.round, first_round, now_ms)
    return (news, *_changes_after(news, position, now_ms))


def close_inject(position: Position, command: c.CloseInject, actor: Actor, now_ms: int) -> Events:
    """Undo an inject before its time."""
    require_running(position)
    if command.name not in (x.inject.name for x in position.injects if not x.is_closed):
        raise InjectNotAllowed(f"no inject {command.name[:40]!r} is open; nothing to close")
    closed = e.InjectClosed(position.round, command.name, now_ms)
    return (closed, *_changes_after(closed, position, now_ms))


def engage_autopilot(
    position: Position, command: c.EngageAutopilot, actor: Actor, now_ms: int
) -> Events:
    """Let the scenario's strategy play for people, who keep their seat."""
    require_not_over(position)
    require_seat(position, command.seat)
    holder = position.holders.get(command.seat)
    if holder is None or holder.is_bot:
        raise SeatUnavailable(f"nobody holds {command.seat}; seat a bot there")
    if holder.autopilot is not None:
        raise OnAutopilot(f"{command.seat} is on autopilot already; nothing to do")
    is_word = actor.role is Role.FACILITATOR
    reason = AutopilotReason.FACILITATOR if is_word else AutopilotReason.ABSENT
    name = position.scenario.autopilot
    return (e.AutopilotEngaged(command.seat, name, reason, now_ms),)


def release_autopilot(
    position: Position, command: c.ReleaseAutopilot, actor: Actor, now_ms: int
) -> Events:
    """Give a seat back to its people: any delegate may take it, the clock and the facilitator."""
    require_not_over(position)
    require_seat(position, command.seat)
    if actor.role is Role.PLAYER and own_seat(position, actor) != command.seat:
        raise NotYours(f"{command.seat} is not your seat; take back your own")
    holder = position.holders.get(command.seat)
    if holder is None or holder.autopilot is None:
        raise OnAutopilot(f"{command.seat} is not on autopilot; nothing to take back")
    is_word = actor.role is Role.FACILITATOR
    reason = AutopilotReason.FACILITATOR if is_word else AutopilotReason.RETURNED
    return (e.AutopilotReleased(command.seat, reason, now_ms),)


def order_for(position: Position, command: c.OrderFor, actor: Actor, now_ms: int) -> Events:
    """Choose for a seat; its people are told, and may choose again."""
    require_seat(position, command.seat)
    require_ordering(position, command.round, now_ms)
    if not command.actions:
        raise ArenaNotYours("the order names no arena; name one")
    return (saved(position, command.seat, command.actions, OrderSource.FACILITATOR, now_ms),)


def saved(
    position: Position,
    seat: Seat,
    chosen: c.Actions,
    source: OrderSource,
    now_ms: int,
) -> e.OrderSaved:
    """Put new choices to those a seat has made, and note whose they are.

    Raises ArenaNotYours for an arena that the seat is no member of.
    """
    own = [arena.name for arena in position.arenas_of(seat)]
    for name in chosen:
        if name not in own:
            raise ArenaNotYours(f"{name} is no arena of {seat}; choose among {', '.join(own)}")
    merged = {**position.orders.get(seat, {}), **chosen}
    whose = position.order_sources.get(seat, {})
    if whose or source is not OrderSource.ORDERED:
        whose = {**whose, **dict.fromkeys(chosen, source)}
    return e.OrderSaved(
        round=position.round,
        seat=seat,
        actions={name: merged[name] for name in own if name in merged},
        at_ms=now_ms,
        sources={
            name: whose[name]
            for name in own
            if whose.get(name, OrderSource.ORDERED) is not OrderSource.ORDERED
        },
    )


def branch_match(position: Position, command: c.BranchMatch, actor: Actor, now_ms: int) -> Events:
    """Stand paused where a trunk's first events lead, with the open phase's whole time to come."""
    require_running(position)
    deadline_ms = phase_deadline_ms(position, position.phase, now_ms)
    return (e.Branched(command.trunk, command.seq, deadline_ms, now_ms, command.seed),)


def supersede_match(
    position: Position, command: c.SupersedeMatch, actor: Actor, now_ms: int
) -> Events:
    """Give a match up for a branch of it, also one that has ended."""
    if position.phase is Phase.LOBBY:
        raise NotNow("nothing was played yet that could go on in a branch; start the match")
    return (e.MatchSuperseded(command.branch, now_ms),)


def _changes_after(event: e.Event, position: Position, now_ms: int) -> Events:
    """What an inject changes at once in the arenas; between rounds, nothing."""
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        return ()
    return arena_changes(fold((event,), position), position.round, now_ms)
