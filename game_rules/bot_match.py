"""Bots in seats, and a whole match of bots on a clock that starts at 0."""

from collections.abc import Mapping

from game_rules.commands import SaveOrder, SeatBot, StartMatch
from game_rules.decide import create_match, decide
from game_rules.events import Event, Phase
from game_rules.evolve import evolve, fold
from game_rules.position import Position
from game_rules.roles import THE_FACILITATOR, Actor, Role, Seat, seated
from game_rules.scenario import Scenario
from game_rules.strategies import arena_view, strategy
from game_rules.visibility import redact


def order_of_bot(position: Position, seat: Seat, name: str, seed: str) -> SaveOrder:
    """Ask a bot for its whole order of the open round.

    position: what the seat may know, no more. name: a built-in strategy. seed: the match's,
    from which the bot's own chance is drawn.
    """
    bot = strategy(name)
    actions = {
        arena.name: bot.choose(arena_view(position, seat, arena, seed))
        for arena in position.arenas_of(seat)
    }
    return SaveOrder(position.round, actions)


def play_bot_match(scenario: Scenario, bots: Mapping[Seat, str], seed: str) -> tuple[Event, ...]:
    """Play a scenario with a bot in every seat and return the log.

    bots: a strategy name for every seat. Every time in the log is 0: no clock runs.
    Raises RuleViolation for an unknown seat or strategy.
    """
    log = list(create_match(scenario, seed, None, 0))
    position = fold(log)
    commands = [SeatBot(seat, name) for seat, name in bots.items()]
    for command in (*commands, StartMatch()):
        position = _extend(log, decide(position, command, THE_FACILITATOR, 0), position)
    sights = {seat: fold(_seen(log, seat, scenario)) for seat in bots}
    while not position.is_over:
        shown = len(log)
        assert position.phase is Phase.DECISION
        for seat, name in bots.items():
            if not position.arenas_of(seat):
                continue
            order = order_of_bot(sights[seat], seat, name, seed)
            actor = Actor(Role.PLAYER, seat)
            position = _extend(log, decide(position, order, actor, 0), position)
        for seat in bots:
            sights[seat] = fold(_seen(log[shown:], seat, scenario), sights[seat])
    return tuple(log)


def _seen(log: list[Event], seat: Seat, scenario: Scenario) -> list[Event]:
    redacted = (redact(event, seated(seat), scenario) for event in log)
    return [event for event in redacted if event is not None]


def _extend(log: list[Event], events: tuple[Event, ...], position: Position) -> Position:
    log.extend(events)
    for event in events:
        position = evolve(position, event)
    return position
