"""Move offers: the moves that a seat may make, their costs and their effects.

Everything follows from the seat's own view, so people and bots get the same offers.
Source: rules section 5.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from game_rules.errors import MoveNotAllowed
from game_rules.games.corners import GameClass, game_class
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Collective, StageGame
from game_rules.log.position import Position
from game_rules.moves.preview import Attempt, Change, MovePreview
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_with
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Effect, Move
from game_rules.scenario.scenario import CRISIS, Arena


@dataclass(frozen=True, slots=True)
class ClassChange:
    """The name of an arena for a member without the move, and with it; None: not a member.

    As the advisor names it: in rules 2 an arena with terms goes by its whole reply pattern.
    """

    arena: str
    seat: Seat
    before: GameClass | ReplyClass | None
    after: GameClass | ReplyClass


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move that a seat may make, its cost in points, and its effects.

    first_round, last_round: in which rounds; last_round None: for good. partners: who has to
    make the same move, for it to count.
    """

    move: Move
    cost: float
    first_round: int
    last_round: int | None
    partners: tuple[Seat, ...]
    changes: tuple[Change, ...]
    classes: tuple[ClassChange, ...]


def moves_open_to(position: Position, seat: Seat) -> tuple[MoveOffer, ...]:
    """List the moves that a position allows a seat, with their costs and effects.

    position: the whole one, or what the seat is shown of it. Empty unless orders can be given.
    """
    kinds = ruleset_of(position).kinds
    return tuple(
        _offer(position, seat, move)
        for kind in position.scenario.moves.allowed
        for move in kinds[kind].options(position, seat)
        if kinds.objection(position, seat, move) is None
    )


def offer_of(position: Position, seat: Seat, move: Move) -> MoveOffer:
    """Return the cost and the effects of a seat's move.

    Raises MoveNotAllowed for a move that the position does not allow.
    """
    if problem := ruleset_of(position).kinds.objection(position, seat, move):
        raise MoveNotAllowed(problem)
    return _offer(position, seat, move)


def _offer(position: Position, seat: Seat, move: Move) -> MoveOffer:
    kind = ruleset_of(position).kinds[move.kind]
    effect = kind.effect(Attempt(position, seat, move))
    preview = MovePreview(position, seat, move, *_arenas(position, effect))
    return MoveOffer(
        move=move,
        cost=kind.price(position.scenario.moves, move),
        first_round=position.round if effect is None else effect.first_round,
        last_round=position.round if effect is None else effect.last_round,
        partners=kind.partners(move),
        changes=tuple(kind.changes(preview)),
        classes=() if effect is None else tuple(_classes(preview, effect.arena)),
    )


Arenas = Mapping[str, Arena]


def _arenas(position: Position, effect: Effect | None) -> tuple[Arenas, Arenas]:
    is_same = ruleset_of(position).kinds.is_same
    others = tuple(
        each
        for each in position.effects
        if each.outlasts(position.round) and (effect is None or not is_same(each, effect))
    )
    more = others if effect is None else (*others, effect)
    crises, number = _crises(position), position.round + 1
    without, with_it = (arenas_with(position, crises, x, number) for x in (others, more))
    return {each.name: each for each in without}, {each.name: each for each in with_it}


def _crises(position: Position) -> tuple[Arena, ...]:
    """Return the crisis arenas in force: in fog a seat does not know the tensions."""
    crisis_arena = ruleset_of(position).crisis_arena
    return tuple(
        crisis_arena(position.standing, position.scenario, (arena.members[0], arena.members[1]))
        for arena in position.arenas
        if arena.name.startswith(CRISIS)
    )


def _classes(preview: MovePreview, name: str) -> Iterator[ClassChange]:
    arena, old = preview.with_it[name], preview.without.get(name)
    is_whole = ruleset_of(preview.position).reads_all_profiles
    for member, seat in enumerate(arena.members):
        after = _named(arena.game, member, is_whole=is_whole)
        before = None
        if old is not None and seat in old.members:
            before = _named(old.game, old.member(seat), is_whole=is_whole)
        if before is not after:
            yield ClassChange(name, seat, before, after)


def _named(game: StageGame, member: int, *, is_whole: bool) -> GameClass | ReplyClass:
    has_pattern = is_whole and isinstance(game, Collective) and game.size <= MOST_MEMBERS
    return reply_class(game, member) if has_pattern else game_class(game, member)
