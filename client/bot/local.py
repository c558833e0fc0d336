"""A whole match in this process, against built-in bots or the author's own.

The match follows the server's rules, without its clock; a bot's own limits of time hold. Every
event reaches a bot as text, as it would over the network.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from client.bot.bot import Bot
from client.bot.bot_seat import BotSeat
from client.bot.timed import BotLimits, TimedThinking
from game_rules.bots.negotiators import Negotiator, is_bargaining
from game_rules.bots.orders import order_of_bot
from game_rules.errors import InvalidInput, RuleViolation
from game_rules.log.events import Event, Phase, RoundResolved
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.clock import EndMatch
from game_rules.match.command import Command
from game_rules.match.control import StartMatch
from game_rules.match.decide import create_match, step
from game_rules.match.seating import LONGEST_NAME, SeatBot, TakeSeat, introduced
from game_rules.match.visibility import redact
from game_rules.nearest import nearest
from game_rules.records.codec import dumps, loads
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat, seated
from game_rules.scenario.pacts import Pact
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.strategies import strategy

USUAL_LIMITS = BotLimits()
Opponent = str | type[Bot]
"""The name of a built-in strategy, or a bot's class."""


@dataclass(frozen=True, slots=True)
class LocalMatch:
    """A finished local match. seat: the bot's. problems: errors, one line each.

    names: of the bots' classes, which sit as people, by their ids in the log.
    """

    log: tuple[Event, ...]
    position: Position
    seat: Seat
    problems: tuple[str, ...]
    names: Mapping[PersonId, str] = field(default_factory=dict)

    @property
    def scores(self) -> Mapping[Seat, float]:
        """Every seat's points."""
        return self.position.totals

    @property
    def history(self) -> tuple[RoundResolved, ...]:
        """Every round as it was revealed."""
        return self.position.history

    @property
    def actions(self) -> Mapping[str, Mapping[Seat, str]]:
        """The actions of every member of every arena, one letter per round, e.g. "CCD"."""
        rows: dict[str, dict[Seat, str]] = {}
        for result in (result for resolved in self.history for result in resolved.results):
            arena = rows.setdefault(result.arena, {})
            for seat, action in result.actions.items():
                arena[seat] = arena.get(seat, "") + action.value
        return rows

    def __str__(self) -> str:
        lines = [f"{self.position.scenario.title}, seed {self.position.seed}"]
        for arena, played in self.actions.items():
            lines += [f"  {arena}", *(f"    {seat:<8} {row}" for seat, row in played.items())]
        lines += [f"  {seat:<10} {points:g}" for seat, points in self.scores.items()]
        return "\n".join([*lines, *self.problems])


def run_locally(
    bot: type[Bot],
    opponent: Opponent | Mapping[str, Opponent] = "tit_for_tat",
    scenario: str | Scenario = "prisoners_dilemma",
    seed: str | int = "1",
    seat: str | None = None,
    limits: BotLimits = USUAL_LIMITS,
) -> LocalMatch:
    """Play a bot's class through a whole match in this process.

    opponent: one for all other seats, or one per seat. scenario: a name, a path, or a loaded
    scenario. seed: of the match and of the bot's random numbers. seat: the bot's; the first by
    default. limits: of time, for each bot's class. Raises InvalidInput or UnknownStrategy for an
    unknown name, and BadBot for a class that cannot be made.
    """
    played = load_scenario(scenario) if isinstance(scenario, str) else scenario
    own = _seat(played, played.seats[0] if seat is None else seat)
    others = opponent if isinstance(opponent, Mapping) else dict.fromkeys(played.seats, opponent)
    line_up = {_seat(played, name): other for name, other in others.items()} | {own: bot}
    if empty := [name for name in played.seats if name not in line_up]:
        raise InvalidInput(f"nobody plays {', '.join(empty)}; name an opponent for each seat")
    table = _LocalTable(played, str(seed), limits)
    for place, player in line_up.items():
        table.seat(place, player)
    return table.play(own)


class _Player(Protocol):
    """A player of one seat."""

    actor: Actor
    problems: list[str]

    def commands(self, position: Position, news: list[Event]) -> Iterable[Command]:
        """Take what the seat knows now, and return its commands."""
        ...


class _LocalTable:
    """A match without a clock, and its players."""

    def __init__(self, scenario: Scenario, seed: str, limits: BotLimits) -> None:
        self._limits = limits
        self._log = list(create_match(scenario, seed, None, 0))
        self._position = fold(self._log)
        self._seed = seed
        self._players: dict[Seat, _Player] = {}
        self._shown: dict[Seat, tuple[int, Position | None]] = {}
        self._refusals: list[str] = []
        self._names: dict[PersonId, str] = {}

    def seat(self, seat: Seat, opponent: Opponent) -> None:
        """Give a seat to a built-in strategy or to a bot's class."""
        if isinstance(opponent, str):
            self._do(SeatBot(seat, opponent), THE_FACILITATOR)
            self._players[seat] = _BuiltInPlayer(seat, opponent, self._seed)
        else:
            player = self._players[seat] = _OwnPlayer(opponent, seat, self._seed, self._limits)
            name = opponent.__name__[:LONGEST_NAME]
            self._do(TakeSeat(seat, name), player.actor)

    def play(self, own: Seat) -> LocalMatch:
        """Let all players act until none has a command."""
        self._do(StartMatch(), THE_FACILITATOR)
        while any(self._let_move(seat) for seat in self._players):
            pass
        if not self._position.is_over:  # all players have left
            self._do(EndMatch(), THE_FACILITATOR)
        problems = (f"{s}: {line}" for s, p in self._players.items() for line in p.problems)
        told = (*problems, *self._refusals)
        return LocalMatch(tuple(self._log), self._position, own, told, self._names)

    def _let_move(self, seat: Seat) -> bool:
        start, sight = self._shown.get(seat, (0, None))
        seen = (redact(event, seated(seat), self._position.scenario) for event in self._log[start:])
        news = [loads(Event, dumps(event)) for event in seen if event is not None]
        sight = fold(news, sight)
        self._shown[seat] = len(self._log), sight
        player, has_moved = self._players[seat], False
        for command in player.commands(sight, news):
            has_moved = True
            try:
                self._do(command, player.actor)
            except RuleViolation as refusal:
                self._refusals.append(f"{seat}: {command.type} was refused: {refusal}")
        return has_moved

    def _do(self, command: Command, actor: Actor) -> None:
        events, self._position = step(self._position, command, actor, 0)
        self._log += events
        self._names |= introduced(command, actor)


class _OwnPlayer:
    """A bot of the author's."""

    def __init__(self, bot: type[Bot], seat: Seat, seed: str, limits: BotLimits) -> None:
        self.actor = Actor(Role.PLAYER, seat, PersonId(f"bot-{seat}"))
        self._seat, self._thinking = BotSeat(seat), TimedThinking(bot, seat, seed, limits)
        self.problems = self._seat.problems

    def commands(self, position: Position, news: list[Event]) -> Iterable[Command]:
        self._seat.follow(position, news)
        turn = self._seat.turn
        return () if turn is None else self._seat.settle(turn, self._thinking.think(turn))


class _BuiltInPlayer:
    """A built-in strategy: a classic one or a doctrine."""

    def __init__(self, seat: Seat, name: str, seed: str) -> None:
        self.actor = Actor(Role.PLAYER, seat)
        self.problems: list[str] = []
        self._seat, self._name, self._seed = seat, strategy(name).name, seed
        self._negotiator = Negotiator(seat, self._name, seed)
        self._pacts_at_order: tuple[Pact, ...] = ()

    def commands(self, position: Position, news: list[Event]) -> Iterable[Command]:
        for event in news:
            self._negotiator.hear(event)
        words = self._words(position)
        return words or self._orders(position)

    def _words(self, position: Position) -> tuple[Command, ...]:
        if not is_bargaining(position):
            return ()
        answers = self._negotiator.answers(position)
        return answers or self._negotiator.proposals(position)

    def _orders(self, position: Position) -> tuple[Command, ...]:
        """Return the order that is due, or a new one after a pact was concluded."""
        given = position.orders.get(self._seat)
        stands = given is not None and position.pacts is self._pacts_at_order
        if stands or position.phase is not Phase.DECISION or not position.arenas_of(self._seat):
            return ()
        self._pacts_at_order = position.pacts
        order = order_of_bot(position, self._seat, self._name, self._seed)
        if order.actions == given:
            return ()
        move = self._negotiator.move(position)
        return (order,) if move is None else (move, order)


def _seat(scenario: Scenario, name: str) -> Seat:
    seat = Seat(name)
    if seat not in scenario.seats:
        countries = {player.name: player.seat for player in scenario.players}
        hint = nearest(name, scenario.seats, countries)
        raise InvalidInput(f"{name!r} is no seat of {scenario.name}; {hint}")
    return seat
