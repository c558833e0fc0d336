"""Control by the facilitator: injects, autopilot, orders for a seat, branches."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from game_rules.errors import (
    ArenaNotYours,
    InjectNotAllowed,
    NotNow,
    NotYours,
    OnAutopilot,
    SeatUnavailable,
)
from game_rules.games.stage_games import Action
from game_rules.later import LATER
from game_rules.limits import ArenaName, Limit, RoundNumber, SeatCode
from game_rules.log import events as e
from game_rules.log.events import AutopilotReason, EventTuple, OrderSource, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.command import CLOCK, FACILITATOR, PLAYER, Command, command
from game_rules.match.conditions import (
    own_seat,
    require_not_over,
    require_ordering,
    require_running,
    require_seat,
)
from game_rules.match.flow import open_phase, phase_deadline_ms
from game_rules.roles import Actor, Role, Seat
from game_rules.rounds.arenas_in_force import arena_changes
from game_rules.rounds.inject_effects import check_inject, inject_opened
from game_rules.scenario.injects import Inject, InjectName

Actions = Mapping[str, Action]
"""An action for each arena named."""

NamedActions = Annotated[Mapping[ArenaName, Action], Limit(most=64)]


@command("engage_autopilot", by=FACILITATOR + CLOCK, while_paused=FACILITATOR + CLOCK)
class EngageAutopilot(Command):
    """The scenario's strategy starts to play for the people of a seat."""

    seat: SeatCode

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        holder = position.holders.get(self.seat)
        if holder is None or holder.is_bot:
            raise SeatUnavailable(f"nobody holds {self.seat}; seat a bot there")
        if holder.autopilot is not None:
            raise OnAutopilot(f"{self.seat} is on autopilot already; nothing to do")
        is_word = actor.role is Role.FACILITATOR
        reason = AutopilotReason.FACILITATOR if is_word else AutopilotReason.ABSENT
        name = position.scenario.autopilot
        return (e.AutopilotEngaged(self.seat, name, reason, now_ms),)


@command(
    "release_autopilot",
    by=PLAYER + FACILITATOR + CLOCK,
    while_paused=PLAYER + FACILITATOR + CLOCK,
)
class ReleaseAutopilot(Command):
    """The people of a seat play themselves again; any delegate may ask for it."""

    seat: SeatCode

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        require_seat(position, self.seat)
        if actor.role is Role.PLAYER and own_seat(position, actor) != self.seat:
            raise NotYours(f"{self.seat} is not your seat; take back your own")
        holder = position.holders.get(self.seat)
        if holder is None or holder.autopilot is None:
            raise OnAutopilot(f"{self.seat} is not on autopilot; nothing to take back")
        is_word = actor.role is Role.FACILITATOR
        reason = AutopilotReason.FACILITATOR if is_word else AutopilotReason.RETURNED
        return (e.AutopilotReleased(self.seat, reason, now_ms),)


@command("open_inject", by=FACILITATOR, while_paused=FACILITATOR)
class OpenInject(Command):
    """The facilitator opens an inject, from the deck or a new one.

    It changes payoffs at once while orders are open, else from the next round on.
    """

    inject: Inject

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_running(position)
        check_inject(self.inject, position)
        is_open = position.phase in (Phase.NEGOTIATION, Phase.DECISION)
        first_round = position.round if is_open else position.round + 1
        news = inject_opened(self.inject, position.round, first_round, now_ms)
        return (news, *_changes_after(news, position, now_ms))


@command("close_inject", by=FACILITATOR, while_paused=FACILITATOR)
class CloseInject(Command):
    """The facilitator ends an inject early."""

    name: InjectName

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_running(position)
        if self.name not in (x.inject.name for x in position.injects if not x.is_closed):
            raise InjectNotAllowed(f"no inject {self.name[:40]!r} is open; nothing to close")
        closed = e.InjectClosed(position.round, self.name, now_ms)
        return (closed, *_changes_after(closed, position, now_ms))


@command("order_for", by=FACILITATOR)
class OrderFor(Command):
    """The facilitator orders for a seat, which sees it; other arenas keep their actions."""

    seat: SeatCode
    round: RoundNumber
    actions: NamedActions

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_seat(position, self.seat)
        require_ordering(position, self.round, now_ms)
        if not self.actions:
            raise ArenaNotYours("the order names no arena; name one")
        return (saved(position, self.seat, self.actions, OrderSource.FACILITATOR, now_ms),)


@command("start_match", by=FACILITATOR)
class StartMatch(Command):
    """The facilitator opens the first phase."""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        if position.phase is not Phase.LOBBY:
            raise NotNow(f"the match has started; it is in {position.phase.value}")
        return (open_phase(position, 0, Phase.BRIEFING, now_ms),)


@command("branch_match", by=CLOCK, while_paused=CLOCK, on_wire=False, makes=e.Branched)
class BranchMatch(Command):
    """The server continues a match from the first seq events of its trunk.

    It starts paused, with the open phase's full length. seed: a new one, if the trunk had ended
    and its seed was public. model_from: the round from which a model of what might have happened
    is played, which runs no clock; None if the branch takes its trunk's place.
    """

    trunk: str
    seq: int
    seed: str | None = None
    model_from: int | None = field(default=None, metadata=LATER)

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_running(position)
        is_timed = self.model_from is None
        deadline_ms = phase_deadline_ms(position, position.phase, now_ms) if is_timed else None
        told = (self.trunk, self.seq, deadline_ms, now_ms, self.seed, self.model_from)
        return (e.Branched(*told),)


@command(
    "supersede_match",
    by=FACILITATOR,
    while_paused=FACILITATOR,
    on_wire=False,
    makes=e.MatchSuperseded,
)
class SupersedeMatch(Command):
    """The facilitator replaces a match, also an ended one, by a branch; sent over HTTP."""

    branch: str

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        if position.phase is Phase.LOBBY:
            raise NotNow("nothing was played yet that could continue in a branch; start the match")
        return (e.MatchSuperseded(self.branch, now_ms),)


def saved(
    position: Position,
    seat: Seat,
    chosen: Actions,
    source: OrderSource,
    now_ms: int,
) -> e.OrderSaved:
    """Merge new choices into a seat's order, and note their source.

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


def _changes_after(event: e.Event, position: Position, now_ms: int) -> EventTuple:
    """Return the immediate changes of an inject in the arenas; none between rounds."""
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        return ()
    return arena_changes(fold((event,), position), position.round, now_ms)
