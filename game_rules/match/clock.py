"""The course of a match: start, pause, hurry and end, by the facilitator or by the clock."""

from typing import Annotated

from game_rules.errors import NotNow
from game_rules.limits import Limit, RoundNumber
from game_rules.log import events as e
from game_rules.log.events import EventTuple, Phase
from game_rules.log.position import Position
from game_rules.match import flow
from game_rules.match.command import CLOCK, FACILITATOR, PLAYER, Command, command
from game_rules.match.conditions import (
    penned_seat,
    require_not_over,
    require_phase,
    require_running,
)
from game_rules.roles import Actor

LONGEST_EXTENSION_MS = 60 * 60 * 1000


@command("set_ready", by=PLAYER, makes=e.ReadySet)
class SetReady(Command):
    """A seat says it is done with this phase, or takes that back."""

    round: RoundNumber
    phase: Phase
    is_ready: bool

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        require_phase(position, self.round, self.phase)
        if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
            raise NotNow(f"nobody waits for ready in {position.phase.value}")
        return (e.ReadySet(self.round, self.phase, seat, self.is_ready, now_ms),)


@command("pause_match", by=FACILITATOR, makes=e.MatchPaused)
class PauseMatch(Command):
    """The facilitator stops the clock."""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_running(position)
        return (e.MatchPaused(now_ms),)


@command("resume_match", by=FACILITATOR, while_paused=FACILITATOR, makes=e.MatchResumed)
class ResumeMatch(Command):
    """The facilitator restarts the clock."""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        if position.paused_at_ms is None:
            raise NotNow("the match is not paused; nothing to resume")
        deadline_ms = position.deadline_ms
        if deadline_ms is not None:
            deadline_ms += now_ms - position.paused_at_ms
        return (e.MatchResumed(deadline_ms, now_ms),)


@command("extend_deadline", by=FACILITATOR)
class ExtendDeadline(Command):
    """The facilitator gives the open phase more time."""

    by_ms: Annotated[int, Limit(above=0, most=LONGEST_EXTENSION_MS)]

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        if not 0 < self.by_ms <= LONGEST_EXTENSION_MS:
            raise NotNow(f"{self.by_ms} ms; extend by 1 to {LONGEST_EXTENSION_MS} ms at a time")
        if position.deadline_ms is None:
            raise NotNow("no deadline is open; there is nothing to extend")
        deadline_ms = max(position.deadline_ms, now_ms) + self.by_ms
        return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.EXTENDED, now_ms),)


@command("skip_phase", by=FACILITATOR)
class SkipPhase(Command):
    """The facilitator ends the phase now. It names the phase, so that two clicks skip one."""

    round: RoundNumber
    phase: Phase

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_running(position)
        require_phase(position, self.round, self.phase)
        return flow.end_phase(position, now_ms)[0]


@command("end_match", by=FACILITATOR, while_paused=FACILITATOR)
class EndMatch(Command):
    """The facilitator ends the match; an open round is not scored."""

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_not_over(position)
        return (flow.end(position, e.EndReason.FACILITATOR, now_ms),)


@command("pass_deadline", by=CLOCK, on_wire=False)
class PassDeadline(Command):
    """The clock has reached the deadline of a phase."""

    round: int
    phase: Phase

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_phase(position, self.round, self.phase)
        if position.deadline_ms is None or now_ms < position.deadline_ms:
            raise NotNow(f"the deadline is {position.deadline_ms}, it is {now_ms}; wait for it")
        return flow.end_phase(position, now_ms)[0]


@command("go_on", by=CLOCK, on_wire=False)
class GoOn(Command):
    """The other tables have caught up: the phase ends that waited for nobody else."""

    round: int
    phase: Phase

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        require_phase(position, self.round, self.phase)
        if not flow.may_end(position, now_ms):
            raise NotNow("people are not ready and time is left; wait for them")
        return flow.end_phase(position, now_ms)[0]


@command("make_up_outage", by=CLOCK, on_wire=False)
class MakeUpOutage(Command):
    """The server was down; the open phase is extended by that time, and at least by `least_ms`."""

    by_ms: int
    least_ms: int = 0

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        if position.deadline_ms is None or self.by_ms <= 0:
            raise NotNow("no time was lost on an open deadline; nothing to make up")
        deadline_ms = max(position.deadline_ms + self.by_ms, now_ms + self.least_ms)
        return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.OUTAGE, now_ms),)
