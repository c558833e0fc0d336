"""Going on: people and bots play a match to its end from a position of it.

A bot plays by its strategy, and sees what its seat sees. Everybody else does what was done in the
trunk in that round and phase, where it is still allowed. No clock runs: a phase ends when nobody
has anything more to do in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from game_rules.bots.bot_match import BotPlay
from game_rules.bots.negotiators import Negotiator
from game_rules.bots.speaker import Speaker
from game_rules.errors import RuleViolation
from game_rules.log.events import Event, OrderSaved, Phase, ProposalMade
from game_rules.log.position import Position
from game_rules.match.clock import (
    ExtendDeadline,
    GoOn,
    MakeUpOutage,
    PassDeadline,
    ResumeMatch,
    SkipPhase,
)
from game_rules.match.command import Command
from game_rules.match.control import OrderFor
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.seating import ClearSeat, SeatBot
from game_rules.records.retrace import Retraced
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat

AS_PLAYED = "as_played"
"""The policy of a seat that does what it did in the trunk."""

Policies = Mapping[Seat, str]
"""What a seat goes by: AS_PLAYED, or the name of a strategy. The others go by who holds them."""

_OF_THE_CLOCK = (SkipPhase, PassDeadline, GoOn, ExtendDeadline, MakeUpOutage)
_PHASES = tuple(Phase)


class Going(BotPlay):
    """A match that goes on.

    script: the acts of the trunk that may be done again, in their order. has_talk: whether bots
    propose and sign pacts; speak: whether they say what they do, too. spoken: a seat that is to
    propose nothing in the open round, nor those who come before it. seen: the position as every
    seat sees it.
    """

    def __init__(
        self,
        log: list[Event],
        position: Position,
        script: Iterable[Retraced],
        policies: Policies,
        *,
        has_talk: bool = True,
        speak: bool = False,
        spoken: Seat | None = None,
        seen: Mapping[Seat, Position],
    ) -> None:
        assert position.seed is not None
        super().__init__(
            log, position.but(pace=None, deadline_ms=None), {}, position.seed, seen=seen
        )
        self._speak = has_talk and speak
        self.now_ms = log[-1].at_ms if log else position.opened_at_ms
        self._policies, self._has_talk = policies, has_talk
        self._script = list(script)
        self._script.reverse()
        self._seat_bots()
        self._remember(spoken)
        for seat, name in policies.items():
            if name != AS_PLAYED and _strategy_in(position, seat) != name:
                self.tried(SeatBot(seat, name), THE_FACILITATOR)

    def play(self) -> tuple[Event, ...]:
        """Play to the end; return the log."""
        while True:
            self.bargain()
            act = self._next_act()
            if act is not None:
                self.tried(_fitted(act.command, act.actor, self.position), act.actor)
            elif self.position.is_over or self.position.phase is Phase.LOBBY:
                return tuple(self.log)
            else:
                self._end_phase()

    def bargain(self) -> None:
        if self._has_talk:
            super().bargain()

    @property
    def negotiators(self) -> Iterable[Negotiator]:
        return [bot for bot in self._negotiators if self.position.holders[bot.seat].is_bot]

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        is_bot = self.position.holders[negotiator.seat].is_bot
        return super().move(negotiator, seen) if is_bot else None

    def tried(self, command: Command, actor: Actor) -> None:
        """Do what the rules allow, and leave what they refuse; show the bots what happened."""
        shown, holders = len(self.log), self.position.holders
        try:
            self.do(command, actor)
        except RuleViolation:
            return
        self.show(shown)
        if self.position.holders is not holders:
            self._seat_bots()

    def _remember(self, spoken: Seat | None) -> None:
        """Remind bots of what they were asked in the open round: each once, in their order."""
        here = [x for x in self.log if getattr(x, "round", None) == self.position.round]
        proposers = [spoken, *(x.proposer for x in here if isinstance(x, ProposalMade))]
        seats = [bot.seat for bot in self._negotiators]
        if any(isinstance(x, OrderSaved) and x.seat in seats for x in here):
            last = len(seats)
        else:
            last = max((seats.index(x) + 1 for x in proposers if x in seats), default=0)
        for bot in self._negotiators[:last]:
            bot.pass_on(self.position.round)

    def _seat_bots(self) -> None:
        """Let bots play the seats that they hold now, or that an autopilot plays."""
        known = {bot.seat: bot for bot in self._negotiators}
        names = {x: _strategy_in(self.position, x) for x in self.position.holders}
        self._negotiators = [
            known[seat]
            if seat in known and known[seat].name == name
            else Negotiator(seat, name, self._seed)
            for seat, name in names.items()
            if name is not None and self._policies.get(seat) != AS_PLAYED
        ]
        if self._speak:
            self._speakers = [Speaker(x.seat, x.name, self._seed) for x in self.negotiators]
            self._tell(0)

    def _next_act(self) -> Retraced | None:
        """Take the next act of the trunk that is due in the open phase, if there is one."""
        here = self.position.round, _PHASES.index(self.position.phase)
        while self._script:
            act = self._script[-1]
            number = act.before.round
            if (number, _PHASES.index(act.before.phase)) > here:
                return None
            self._script.pop()
            if number == self.position.round and self._is_done_again(act):
                return act
        return None

    def _is_done_again(self, act: Retraced) -> bool:
        """Tell whether an act of the trunk is no part of what bots and the end of phases decide."""
        command, actor = act.command, act.actor
        if isinstance(command, _OF_THE_CLOCK):
            return False
        is_about_seat = isinstance(command, SeatBot | ClearSeat | OrderFor)
        seat = command.seat if is_about_seat else actor.seat
        if seat is not None and seat in self._policies:
            return self._policies[seat] == AS_PLAYED
        is_bots_own = actor.role is Role.PLAYER and actor.person is None
        return not is_bots_own or all(bot.seat != seat for bot in self._negotiators)

    def _end_phase(self) -> None:
        """Let bots decide, and end the phase if it is still open then."""
        if self.position.paused_at_ms is not None:
            self.do(ResumeMatch(), THE_FACILITATOR)
        where = self.position.round, self.position.phase
        if self.position.phase is Phase.DECISION:
            self.decide()
        if where == (self.position.round, self.position.phase):
            shown = len(self.log)
            self.do(SkipPhase(*where), THE_FACILITATOR)
            self.show(shown)


def _strategy_in(position: Position, seat: Seat) -> str | None:
    """Find the strategy that plays a seat: a bot's, or that of an autopilot."""
    holder = position.holders.get(seat)
    return None if holder is None else holder.strategy or holder.autopilot


def _fitted(command: Command, actor: Actor, position: Position) -> Command:
    """Leave out of an order the arenas that the seat is not in, in this continuation."""
    if not isinstance(command, SaveOrder | OrderFor):
        return command
    seat = actor.seat if isinstance(command, SaveOrder) else command.seat
    own = () if seat is None else [arena.name for arena in position.arenas_of(seat)]
    actions = {name: action for name, action in command.actions.items() if name in own}
    return replace(command, actions=actions)
