"""Matches played by bots alone, on a clock that stays at 0."""

from collections.abc import Mapping

from game_rules import RULES_VERSION
from game_rules.bots.negotiators import Negotiator, is_bargaining, next_commands
from game_rules.doctrines.seat_view import SeatView
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import evolve, fold
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, decide, step
from game_rules.match.orders import SaveOrder
from game_rules.match.pacts import Propose
from game_rules.match.seating import SeatBot
from game_rules.match.visibility import redact
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat, seated
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import arena_view, coin, strategy


def order_of_bot(position: Position, seat: Seat, name: str, seed: str) -> SaveOrder:
    """Return a bot's order for all its arenas in the open round.

    position: what the seat may know, no more. name: a built-in strategy. seed: the match's,
    from which the bot's own chance is drawn.
    """
    bot, arenas = strategy(name), position.arenas_of(seat)
    if bot.doctrine is None:
        views = {arena.name: arena_view(position, seat, arena, seed) for arena in arenas}
        return SaveOrder(position.round, {arena: bot.choose(view) for arena, view in views.items()})
    view, doctrine = SeatView(position, seat), bot.doctrine
    actions = {
        arena.name: doctrine.choose(view, arena, coin(position, seat, arena, seed))
        for arena in arenas
    }
    return SaveOrder(position.round, actions)


def play_bot_match(
    scenario: Scenario, bots: Mapping[Seat, str], seed: str, version: int = RULES_VERSION
) -> tuple[Event, ...]:
    """Play a scenario with a bot in every seat and return the log.

    bots: a strategy name for every seat. version: of the rules. Every time in the log is 0: no
    clock runs. Raises RuleViolation for an unknown seat or strategy.
    """
    log = list(create_match(scenario, seed, None, 0, version))
    position = fold(log)
    commands = [SeatBot(seat, name) for seat, name in bots.items()]
    for command in (*commands, StartMatch()):
        position = _extend(log, decide(position, command, THE_FACILITATOR, 0), position)
    table = _Table(log, position, bots, seed)
    while not table.position.is_over:
        table.bargain()
        table.decide()
    return tuple(log)


class _Table:
    """A match in progress, and the position that each seat sees."""

    def __init__(
        self, log: list[Event], position: Position, bots: Mapping[Seat, str], seed: str
    ) -> None:
        self.log, self.position, self._bots, self._seed = log, position, bots, seed
        self._negotiators = [Negotiator(seat, name, seed) for seat, name in bots.items()]
        self._positions = {seat: fold(self._seen(0, seat)) for seat in bots}

    def bargain(self) -> None:
        """Let bots propose and answer until none of them acts."""
        assert self.position.phase is Phase.DECISION
        while is_bargaining(self.position):
            said = tuple(next_commands(self._negotiators, self._positions))
            if not said:
                return
            shown = len(self.log)
            for seat, command in said:
                if isinstance(command, Propose) or _is_open(self.position, command.number):
                    self._do(command, seat)
            self._show(shown)

    def decide(self) -> None:
        """Let every bot make its move and order; the last order resolves the round."""
        shown = len(self.log)
        for negotiator in self._negotiators:
            seat, name = negotiator.seat, negotiator.name
            if self.position.arenas_of(seat):
                move = negotiator.move(self._positions[seat])
                if move is not None:
                    self._do(move, seat)
                self._do(order_of_bot(self._positions[seat], seat, name, self._seed), seat)
        self._show(shown)

    def _do(self, command: Command, seat: Seat) -> None:
        events, self.position = step(self.position, command, Actor(Role.PLAYER, seat), 0)
        self.log += events

    def _show(self, start: int) -> None:
        for seat in self._bots:
            self._positions[seat] = fold(self._seen(start, seat), self._positions[seat])

    def _seen(self, start: int, seat: Seat) -> list[Event]:
        scenario = self.position.scenario
        redacted = (redact(event, seated(seat), scenario) for event in self.log[start:])
        return [event for event in redacted if event is not None]


def _is_open(position: Position, number: int) -> bool:
    """Tell whether a proposal is still open; another answer may have ended it."""
    return any(proposal.number == number for proposal in position.proposals)


def _extend(log: list[Event], events: tuple[Event, ...], position: Position) -> Position:
    log.extend(events)
    for event in events:
        position = evolve(position, event)
    return position
