"""Moves and forecasts: what a seat seals beside its order."""

from game_rules.errors import ArenaNotYours, MoveNotAllowed, NotNow
from game_rules.log import commands as c
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.match.conditions import penned_seat, require_in_time, require_round
from game_rules.moves.kind import CHOOSING
from game_rules.moves.kinds import objection
from game_rules.roles import Actor

Events = tuple[e.Event, ...]


def make_move(position: Position, command: c.MakeMove, actor: Actor, now_ms: int) -> Events:
    """Seal the one move of a seat's round; a later one replaces it."""
    seat = penned_seat(position, actor)
    _require_open(position, command.round, "moves", now_ms)
    if problem := objection(position, seat, command.move):
        raise MoveNotAllowed(problem)
    return (e.MoveMade(position.round, seat, command.move, now_ms),)


def take_back_move(
    position: Position, command: c.TakeBackMove, actor: Actor, now_ms: int
) -> Events:
    """Take a sealed move back, until the deadline."""
    seat = penned_seat(position, actor)
    _require_open(position, command.round, "moves", now_ms)
    if seat not in position.moves:
        raise NotNow(f"{seat} has made no move in round {position.round}; nothing to take back")
    return (e.MoveTakenBack(position.round, seat, now_ms),)


def save_forecast(position: Position, command: c.SaveForecast, actor: Actor, now_ms: int) -> Events:
    """Note what a seat expects of one of its arenas; nobody else is shown it until the end."""
    seat = penned_seat(position, actor)
    _require_open(position, command.round, "forecasts", now_ms)
    own = {arena.name: arena.members for arena in position.arenas_of(seat)}
    members = own.get(command.arena)
    if members is None:
        names = ", ".join(own)
        raise ArenaNotYours(f"{command.arena} is no arena of {seat}; choose among {names}")
    for other in command.actions:
        if other not in members:
            raise ArenaNotYours(
                f"{other} is not in {command.arena}; forecast {', '.join(members)} alone"
            )
    actions = {x: command.actions[x] for x in members if x in command.actions}
    return (e.ForecastSaved(position.round, seat, command.arena, actions, now_ms),)


def _require_open(position: Position, number: int, what: str, now_ms: int) -> None:
    require_round(position, number)
    if position.phase not in CHOOSING:
        raise NotNow(f"{what} are for negotiation and decision; it is {position.phase.value}")
    require_in_time(position, now_ms)
