"""Matches played by bots alone, on a clock that stays at 0."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from game_rules import RULES_VERSION
from game_rules.bots.negotiators import Negotiator, is_bargaining, next_commands
from game_rules.bots.orders import order_of_bot
from game_rules.bots.speaker import Speaker, next_lines, next_openings
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, step, step_together
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.pacts import AnswerProposal
from game_rules.match.seating import SeatBot
from game_rules.match.visibility import shown, shown_to_each
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat
from game_rules.scenario.scenario import Scenario


def play_bot_match(
    scenario: Scenario,
    bots: Mapping[Seat, str],
    seed: str,
    version: int = RULES_VERSION,
    *,
    speak: bool = False,
) -> tuple[Event, ...]:
    """Play a scenario with a bot in every seat and return the log.

    bots: a strategy name for every seat. version: of the rules. speak: whether they say what they
    do; what they do is the same. Every time in the log is 0: no clock runs. Raises RuleViolation
    for an unknown seat or strategy.
    """
    return BotTable(scenario, bots, seed, version, speak=speak).play()


class BotPlay:
    """Bots that play on from a position, each by what its seat sees.

    log: what has happened so far, to which it adds. bots: the strategy of each seat that they play,
    in the order in which they act. seed: what their chance is drawn from. speak: whether they say
    what they do. seen: the position as each of the seats sees it; None finds it by the log. now_ms:
    the time of all that they do.
    """

    now_ms = 0

    def __init__(
        self,
        log: list[Event],
        position: Position,
        bots: Mapping[Seat, str],
        seed: str,
        *,
        speak: bool = False,
        seen: Mapping[Seat, Position] | None = None,
    ) -> None:
        self.log, self.position, self._seed = log, position, seed
        self._negotiators = [Negotiator(seat, name, seed) for seat, name in bots.items()]
        self._speakers = [Speaker(seat, name, seed) for seat, name in bots.items() if speak]
        self._positions = dict(seen) if seen else {x: fold(self._seen(0, x)) for x in bots}
        self._tell(0)

    def order(self, negotiator: Negotiator, seen: Position) -> SaveOrder:
        """Choose a seat's order. seen: the position as the seat sees it."""
        return order_of_bot(seen, negotiator.seat, negotiator.name, self._seed)

    def move(self, negotiator: Negotiator, seen: Position) -> MakeMove | None:
        """Choose a seat's move, if it makes one. seen: the position as the seat sees it."""
        return negotiator.move(seen)

    def bargain(self) -> None:
        """Let bots propose, answer and speak until none of them acts."""
        while is_bargaining(self.position):
            lines = tuple(next_lines(self._speakers, self._positions))
            said = (*lines, *next_commands(self.negotiators, self._positions))
            said = said or tuple(next_openings(self._speakers, self._positions))
            if not said:
                return
            start = len(self.log)
            for seat, command in said:
                number = command.number if isinstance(command, AnswerProposal) else None
                if number is None or _is_open(self.position, number):
                    self.do(command, Actor(Role.PLAYER, seat))
            self.show(start)

    @property
    def negotiators(self) -> Iterable[Negotiator]:
        """The bots that bargain."""
        return self._negotiators

    def decide(self) -> None:
        """Let every bot make its move and order; the last order may resolve the round."""
        start, resolved = len(self.log), len(self.position.history)
        seated = [x for x in self._negotiators if self.position.arenas_of(x.seat)]
        if self._are_waited_for(seated):
            asked = [each for bot in seated for each in self._choices(bot)]
            events, self.position = step_together(self.position, asked, self.now_ms)
            self.log += events
        else:
            for bot in seated:
                if len(self.position.history) == resolved:
                    for command, player in self._choices(bot):
                        self.do(command, player)
        self.show(start)

    def _are_waited_for(self, bots: Sequence[Negotiator]) -> bool:
        """Tell whether a running decision phase waits for the order of each of some bots."""
        position = self.position
        is_open = position.phase is Phase.DECISION and position.paused_at_ms is None
        return is_open and all(
            position.holders[bot.seat].is_automatic and bot.seat not in position.orders
            for bot in bots
        )

    def _choices(self, bot: Negotiator) -> Iterator[tuple[Command, Actor]]:
        """Yield a bot's move, if it makes one, and its order."""
        player, seen = Actor(Role.PLAYER, bot.seat), self._positions[bot.seat]
        move = self.move(bot, seen)
        if move is not None:
            yield move, player
        yield self.order(bot, seen), player

    def do(self, command: Command, actor: Actor) -> None:
        """Add a command's events to the log; the bots see them when they are shown."""
        events, self.position = step(self.position, command, actor, self.now_ms)
        self.log += events

    def show(self, start: int) -> None:
        """Show every bot what it may see of the log from an event on; nobody acts after the end."""
        if self.position.is_over:
            return
        events, scenario = self.log[start:], self.position.scenario
        for seat, seen in shown_to_each(events, self._positions, scenario).items():
            self._positions[seat] = fold(seen, self._positions[seat])
        self._tell(start)

    def _tell(self, start: int) -> None:
        for speaker in self._speakers:
            for event in self._seen(start, speaker.seat):
                speaker.hear(event)

    def _seen(self, start: int, seat: Seat) -> list[Event]:
        return shown(self.log[start:], seat, self.position.scenario)


class BotTable(BotPlay):
    """A match in progress with a bot in every seat.

    An experiment overrides what a seat orders or moves, or has more happen in a round.
    """

    def __init__(
        self,
        scenario: Scenario,
        bots: Mapping[Seat, str],
        seed: str,
        version: int = RULES_VERSION,
        *,
        speak: bool = False,
    ) -> None:
        log = list(create_match(scenario, seed, None, 0, version))
        position = fold(log)
        for command in (*(SeatBot(seat, name) for seat, name in bots.items()), StartMatch()):
            events, position = step(position, command, THE_FACILITATOR, 0)
            log += events
        super().__init__(log, position, bots, seed, speak=speak)

    def play(self) -> tuple[Event, ...]:
        """Play to the end; return the log."""
        while not self.position.is_over:
            self.bargain()
            self.decide()
        return tuple(self.log)


def _is_open(position: Position, number: int) -> bool:
    """Tell whether a proposal is still open; another answer may have ended it."""
    return any(proposal.number == number for proposal in position.proposals)
