"""Sealed choices of a seat in a round: its orders, its move, its forecasts."""

from collections.abc import Mapping
from typing import Annotated

from game_rules.errors import ArenaNotYours, MoveNotAllowed, NotNow
from game_rules.games.stage_games import Action
from game_rules.limits import ArenaName, Limit, RoundNumber, SeatCode
from game_rules.log import events as e
from game_rules.log.events import EventTuple, OrderSource
from game_rules.log.position import Position
from game_rules.match.command import PLAYER, Command, command
from game_rules.match.conditions import (
    penned_seat,
    require_in_time,
    require_ordering,
    require_round,
)
from game_rules.match.control import NamedActions, saved
from game_rules.moves.kind import CHOOSING
from game_rules.roles import Actor
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Move


@command("save_order", by=PLAYER)
class SaveOrder(Command):
    """A seat chooses in some or all of its arenas; later choices replace earlier ones."""

    round: RoundNumber
    actions: NamedActions
    is_ready: bool = False

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        require_ordering(position, self.round, now_ms)
        is_automatic = position.holders[seat].autopilot is not None
        source = OrderSource.AUTOPILOT if is_automatic else OrderSource.ORDERED
        order = saved(position, seat, self.actions, source, now_ms)
        if not self.is_ready:
            return (order,)
        return ruleset_of(position).locked_in(order, position.phase)


@command("make_move", by=PLAYER, makes=e.MoveMade)
class MakeMove(Command):
    """A seat makes its one move of the round; a later one replaces it until the deadline."""

    round: RoundNumber
    move: Move

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_open(position, self.round, "moves", now_ms)
        if problem := ruleset_of(position).kinds.objection(position, seat, self.move):
            raise MoveNotAllowed(problem)
        return (e.MoveMade(position.round, seat, self.move, now_ms),)


@command("take_back_move", by=PLAYER, makes=e.MoveTakenBack)
class TakeBackMove(Command):
    """A seat withdraws its move of this round."""

    round: RoundNumber

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_open(position, self.round, "moves", now_ms)
        if seat not in position.moves:
            raise NotNow(f"{seat} has made no move in round {position.round}; nothing to take back")
        return (e.MoveTakenBack(position.round, seat, now_ms),)


@command("save_forecast", by=PLAYER, makes=e.ForecastSaved)
class SaveForecast(Command):
    """A seat records privately what it expects of an arena this round."""

    round: RoundNumber
    arena: ArenaName
    actions: Annotated[Mapping[SeatCode, Action], Limit(most=64)]

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        seat = penned_seat(position, actor)
        _require_open(position, self.round, "forecasts", now_ms)
        own = {arena.name: arena.members for arena in position.arenas_of(seat)}
        members = own.get(self.arena)
        if members is None:
            names = ", ".join(own)
            raise ArenaNotYours(f"{self.arena} is no arena of {seat}; choose among {names}")
        for other in self.actions:
            if other not in members:
                raise ArenaNotYours(
                    f"{other} is not in {self.arena}; forecast {', '.join(members)} alone"
                )
        actions = {x: self.actions[x] for x in members if x in self.actions}
        return (e.ForecastSaved(position.round, seat, self.arena, actions, now_ms),)


def _require_open(position: Position, number: int, what: str, now_ms: int) -> None:
    require_round(position, number)
    if position.phase not in CHOOSING:
        raise NotNow(f"{what} are for negotiation and decision; it is {position.phase.value}")
    require_in_time(position, now_ms)
