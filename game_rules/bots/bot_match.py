"""Matches played by bots alone, on a clock that stays at 0."""

from collections.abc import Mapping

from game_rules import RULES_VERSION
from game_rules.bots.negotiators import Negotiator, is_bargaining, next_commands
from game_rules.doctrines.seat_view import SeatView
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, step
from game_rules.match.orders import MakeMove, SaveOrder
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
    view = SeatView(position, seat)
    actions = bot.doctrine.order(view, lambda arena: coin(position, seat, arena, seed))
    return SaveOrder(position.round, actions)


def play_bot_match(
    scenario: Scenario, bots: Mapping[Seat, str], seed: str, version: int = RULES_VERSION
) -> tuple[Event, ...]:
    """Play a scenario with a bot in every seat and return the log.

    bots: a strategy name for every seat. version: of the rules. Every time in the log is 0: no
    clock runs. Raises RuleViolation for an unknown seat or strategy.
    """
    return BotTable(scenario, bots, seed, version).play()


class BotTable:
    """A match in progress with a bot in every seat, and the position that each seat sees.

    An experiment overrides what a seat orders or moves, or has more happen in a round.
    """

    def __init__(
        self,
        scenario: Scenario,
        bots: Mapping[Seat, str],
        seed: str,
        version: int = RULES_VERSION,
    ) -> None:
        self.log: list[Event] = list(create_match(scenario, seed, None, 0, version))
        self.position, self._seed = fold(self.log), seed
        for command in (*(SeatBot(seat, name) for seat, name in bots.items()), StartMatch()):
            self.do(command, THE_FACILITATOR)
        self._negotiators = [Negotiator(seat, name, seed) for seat, name in bots.items()]
        self._positions = {seat: fold(self._seen(0, seat)) for seat in bots}

    def play(self) -> tuple[Event, ...]:
        """Play to the end; return the log."""
        while not self.position.is_over:
            self.bargain()
            self.decide()
        return tuple(self.log)

    def order(self, negotiator: Negotiator, seen: Position) -> SaveOrder:
        """Choose a seat's order. seen: the position as the seat sees it."""
        return order_of_bot(seen, negotiator.seat, negotiator.name, self._seed)

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        """Choose a seat's move, if it makes one. seen: the position as the seat sees it."""
        return negotiator.move(seen)

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
                    self.do(command, Actor(Role.PLAYER, seat))
            self.show(shown)

    def decide(self) -> None:
        """Let every bot make its move and order; the last order resolves the round."""
        shown = len(self.log)
        for negotiator in self._negotiators:
            player = Actor(Role.PLAYER, negotiator.seat)
            if self.position.arenas_of(negotiator.seat):
                seen = self._positions[negotiator.seat]
                move = self.move(negotiator, seen)
                if move is not None:
                    self.do(move, player)
                self.do(self.order(negotiator, seen), player)
        self.show(shown)

    def do(self, command: Command, actor: Actor) -> None:
        """Add a command's events to the log; the bots see them when they are shown."""
        events, self.position = step(self.position, command, actor, 0)
        self.log += events

    def show(self, start: int) -> None:
        """Show every bot what it may see of the log from an event on."""
        for seat in self._positions:
            self._positions[seat] = fold(self._seen(start, seat), self._positions[seat])

    def _seen(self, start: int, seat: Seat) -> list[Event]:
        scenario = self.position.scenario
        redacted = (redact(event, seated(seat), scenario) for event in self.log[start:])
        return [event for event in redacted if event is not None]


def _is_open(position: Position, number: int) -> bool:
    """Tell whether a proposal is still open; another answer may have ended it."""
    return any(proposal.number == number for proposal in position.proposals)
