"""A bot's view of one arena: past actions and payoffs, weights, and random numbers.

A view is made from the position of the seat's holder, so a bot knows what a person in its seat
could know. It contains only values; no object of the engine can be reached from it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from game_rules.chance import chance
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import ArenaResult, RoundResolved
from game_rules.log.position import Position
from game_rules.memory import summed
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.strategies.kit.draws import draw, seat_key

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class MemberView:
    """Another member of an arena: its share of the power and its actions, oldest first."""

    seat: Seat
    weight: float
    actions: tuple[Action, ...]
    payoffs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ArenaView:
    """One member's view of an arena before a choice.

    round: the round to choose for, from 1. rounds: how many are played, None where chance may end
    the match. own, payoffs: this seat's past actions and points, oldest first. others: the past of
    all the others as if they were one. members: each of them. weight: this seat's share of the
    power. corners: its payoffs when the others move as one. draw: its own chance at a turn.
    continuation: how likely another round follows; 1 where all are played.
    """

    round: int
    rounds: int | None
    own: tuple[Action, ...]
    payoffs: tuple[float, ...]
    others: tuple[Action, ...]
    members: tuple[MemberView, ...]
    weight: float
    corners: Corners
    draw: Callable[..., float] = field(repr=False, compare=False)
    continuation: float = 1.0

    @property
    def turn(self) -> int:
        """The turn of this arena, from 1: the round, unless the arena opened later."""
        return len(self.own) + 1

    def chance(self, *labels: str | int) -> float:
        """Return a random number in [0, 1) for this turn; equal labels give equal numbers."""
        base = self.draw(self.turn)
        return chance(repr(base), *labels) if labels else base


def arena_view(position: Position, seat: Seat, arena: Arena, seed: str) -> ArenaView:
    """Build a seat's view of one of its arenas.

    position: the seat's own (redacted) one; only its scenario and history are read. seed: where the
    bot's chance comes from; it is not in the position, and does not get into the view.
    Raises ValueError if the seat is no member of the arena.
    """
    me = arena.member(seat)
    past = tuple(_past(position, arena))
    scenario = position.scenario
    return ArenaView(
        round=len(position.history) + 1,
        rounds=scenario.rounds if scenario.continuation == 1 else None,
        own=tuple(result.actions[seat] for result in past),
        payoffs=tuple(result.payoffs[seat] for result in past),
        others=tuple(_as_one(arena, seat, result) for result in past),
        members=tuple(_member(arena, other, past) for other in arena.members if other != seat),
        weight=arena.game.weight(me),
        corners=arena.game.corners(me),
        draw=_chance_of(seat_key(seed, seat, arena.name)),
        continuation=scenario.continuation,
    )


def coin(position: Position, seat: Seat, arena: Arena, seed: str) -> float:
    """Return the number that `ArenaView.chance()` gives a seat, without building the view."""
    turns = position.weighed.get(_TURNS)
    if turns is None:
        turns = position.weighed[_TURNS] = _turns(position)
    return draw(seat_key(seed, seat, arena.name), turns[arena.name])


_TURNS = "turns"


def _turns(position: Position) -> Mapping[str, int]:
    """Count the turns of all arenas in force, the open one included; see `_past`."""
    members = {arena.name: arena.members for arena in position.arenas}

    def counted(turns: Mapping[str, int], row: RoundResolved) -> Mapping[str, int]:
        more = dict(turns)
        for result in row.results:
            wanted, actions = members.get(result.arena), result.actions
            if wanted is not None and (tuple(actions) == wanted or actions.keys() >= {*wanted}):
                more[result.arena] += 1
        return more

    return summed(position.history, (_TURNS, *members.items()), dict.fromkeys(members, 1), counted)


def _past(position: Position, arena: Arena) -> Iterator[ArenaResult]:
    """Yield an arena's rounds since its latest member joined; before, it was another game."""
    name, members = arena.name, arena.members
    for row in position.history:
        for result in row.results:
            if result.arena == name and (
                tuple(result.actions) == members or result.actions.keys() >= {*members}
            ):
                yield result


def _member(arena: Arena, seat: Seat, past: tuple[ArenaResult, ...]) -> MemberView:
    return MemberView(
        seat=seat,
        weight=arena.game.weight(arena.member(seat)),
        actions=tuple(result.actions[seat] for result in past),
        payoffs=tuple(result.payoffs[seat] for result in past),
    )


def _as_one(arena: Arena, seat: Seat, result: ArenaResult) -> Action:
    """Return the others' joint action: C if at least half of their weight did (rules section 6)."""
    cooperating = total = 0.0
    for place, other in enumerate(arena.members):
        if other == seat:
            continue
        weight = arena.game.weight(place)
        total += weight
        if result.actions[other] is C:
            cooperating += weight
    return C if cooperating >= total / 2 - _ROUNDING else D


def _chance_of(key: int) -> Callable[..., float]:
    return lambda turn, nth=0: draw(key, turn, nth)
