"""What a seat may do beside its order, what that costs and what it would change: before it does it.

Everything follows from what the seat itself is shown, so a person's screen and a bot can ask alike.
Source: rules section 5.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from game_rules.errors import MoveNotAllowed
from game_rules.games.changes import benefit_of_all, parameter_of, temptation
from game_rules.games.equilibria import equilibria, values
from game_rules.games.exact_programs import ZERO
from game_rules.games.stage_games import GameClass, StageGame
from game_rules.games.supergame import critical_discount, linked_discount
from game_rules.log.position import Position
from game_rules.moves.checks import founders_of, objection, outside_rivals
from game_rules.moves.effects import effect_of, is_same, lasts, strains
from game_rules.moves.founding import founded_name
from game_rules.moves.mediators import mediation_of
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_with
from game_rules.scenario.moves import Effect, Move, MoveKind, OpenedMove
from game_rules.scenario.scenario import CRISIS, Arena
from game_rules.standing.crises import crisis_arena


class Changed(StrEnum):
    """Which figure a move changes: a parameter of the arena's game, or one of the rules."""

    MONITORING = "q"
    TEMPTATION = "g"
    TEMPTATION_OF_TWO = "T"
    BENEFIT = "b"
    BENEFIT_OF_TWO = "R"
    TENSION = "tension"
    WEIGHT = "weight"
    DISCOUNT = "delta"
    INSTITUTION = "institution"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure without the move, and with it; None where there is none, or it is not known.

    seats: whose it is; of tension, the pair of rivals. value: what a round of the arena is worth
    where nobody talks and both mix their choices, and where both follow a mediator.
    """

    figure: Changed
    arena: str
    seats: tuple[Seat, ...]
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What an arena is for a member without the move, and with it; None: it is not in it."""

    arena: str
    seat: Seat
    before: GameClass | None
    after: GameClass


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move that a seat may make, its cost in points, and what it would change.

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
    """List the moves that a position allows a seat, with what each costs and changes.

    position: the whole one, or what the seat is shown of it. An arena can be founded with up to
    MOST_PARTNERS others; the list has those with one. Empty unless orders can be given.
    """
    return tuple(
        _offer(position, seat, move)
        for move in _moves(position, seat)
        if objection(position, seat, move) is None
    )


def offer_of(position: Position, seat: Seat, move: Move) -> MoveOffer:
    """Say what a move of a seat would cost and change.

    Raises MoveNotAllowed for a move that the position does not allow.
    """
    if problem := objection(position, seat, move):
        raise MoveNotAllowed(problem)
    return _offer(position, seat, move)


def _moves(position: Position, seat: Seat) -> Iterator[Move]:
    own = [arena.name for arena in position.arenas_of(seat)]
    for kind in position.scenario.moves.allowed:
        if kind is MoveKind.LINK:
            yield from (Move(kind, first, second) for first, second in combinations(own, 2))
        elif kind is MoveKind.DIVERSIFY:
            yield from (Move(kind, arena.name) for arena in position.arenas)
            others = [other for other in position.scenario.seats if other != seat]
            yield from (Move(kind, name, None, (other,)) for name in own for other in others)
        else:
            yield from (Move(kind, name) for name in own)
        if kind is MoveKind.EXERCISE:
            for arena in position.arenas_of(seat):
                if invited := outside_rivals(position, arena):
                    yield Move(kind, arena.name, None, invited)


def _offer(position: Position, seat: Seat, move: Move) -> MoveOffer:
    opened = OpenedMove(seat, move, position.scenario.moves.cost(move.kind), takes_effect=True)
    effect = effect_of(position, opened)
    case = _Case(position, opened, *_arenas(position, effect))
    return MoveOffer(
        move=move,
        cost=opened.cost,
        first_round=position.round if effect is None else effect.first_round,
        last_round=position.round if effect is None else effect.last_round,
        partners=move.seats if move.kind is MoveKind.DIVERSIFY else (),
        changes=tuple(_CHANGES[move.kind](case)),
        classes=() if effect is None else tuple(_classes(case, effect.arena)),
    )


Arenas = Mapping[str, Arena]


@dataclass(frozen=True, slots=True)
class _Case:
    """A move, and the arenas of the next round without it and with it."""

    position: Position
    opened: OpenedMove
    without: Arenas
    with_it: Arenas

    @property
    def arena(self) -> str:
        return self.opened.move.arena

    @property
    def seat(self) -> Seat:
        return self.opened.seat


def _arenas(position: Position, effect: Effect | None) -> tuple[Arenas, Arenas]:
    others = tuple(
        each
        for each in position.effects
        if lasts(each, position.round) and (effect is None or not is_same(each, effect))
    )
    more = others if effect is None else (*others, effect)
    crises, number = _crises(position), position.round + 1
    without, with_it = (arenas_with(position, crises, x, number) for x in (others, more))
    return {each.name: each for each in without}, {each.name: each for each in with_it}


def _crises(position: Position) -> tuple[Arena, ...]:
    """The crises as they stand: in fog a seat does not know the tensions that say so."""
    return tuple(
        crisis_arena((arena.members[0], arena.members[1]), position.scenario)
        for arena in position.arenas
        if arena.name.startswith(CRISIS)
    )


def _confidence(case: _Case) -> Iterator[Change]:
    scenario = case.position.scenario
    q, lifted = scenario.monitoring, scenario.moves.confidence_quality
    yield Change(Changed.MONITORING, case.arena, (), q, lifted)


def _restraint(case: _Case) -> Iterator[Change]:
    figure = Changed(temptation(case.with_it[case.arena].game))
    yield _parameter(case, figure, case.seat)


def _exercise(case: _Case) -> Iterator[Change]:
    arena = case.with_it[case.arena]
    figure = Changed(benefit_of_all(arena.game))
    yield from (_parameter(case, figure, member) for member in arena.members)
    tensions = {pair.seats: pair.tension for pair in case.position.standing.rivals}
    for pair, more in strains(case.position, (case.opened,)).items():
        before = tensions.get(pair)
        after = None if before is None else min(1.0, before + more)
        yield Change(Changed.TENSION, case.arena, pair, before, after)


def _parameter(case: _Case, figure: Changed, seat: Seat) -> Change:
    before, after = (
        parameter_of(arena.game, figure, arena.member(seat))
        for arena in (case.without[case.arena], case.with_it[case.arena])
    )
    return Change(figure, case.arena, (seat,), before, after)


def _diversify(case: _Case) -> Iterator[Change]:
    move = case.opened.move
    founders = founders_of(case.position, case.seat, move)
    arena = case.with_it[founded_name(founders) if move.seats else move.arena]
    weight = arena.game.weight(arena.member(case.seat))
    yield Change(Changed.WEIGHT, arena.name, (case.seat,), 0.0, weight)


def _link(case: _Case) -> Iterator[Change]:
    """δ* of the arena that needs more, alone and linked."""
    both = (case.arena, case.opened.move.other_arena)
    arenas = [case.without[name] for name in both if name is not None]
    corners = [arena.game.corners(arena.member(case.seat)) for arena in arenas]
    alone = [critical_discount(each) for each in corners]
    needed = [x for x in alone if x is not None]
    before = max(needed) if len(needed) == len(alone) else None
    yield Change(Changed.DISCOUNT, case.arena, (case.seat,), before, linked_discount(corners))


def _fund(case: _Case) -> Iterator[Change]:
    """The strength after this round, should nobody else fund it."""
    p, arena = case.position.scenario.standing, case.without[case.arena]
    old = case.position.standing.institutions.get(case.arena, p.institution_at_start)
    without = p.institution_memory * old
    more = (1.0 - p.institution_memory) / len(arena.members)
    yield Change(Changed.INSTITUTION, case.arena, (), without, without + more)


def _mediation(case: _Case) -> Iterator[Change]:
    arena = case.without[case.arena]
    member = arena.member(case.seat)
    mediated = float(mediation_of(arena.game).values[member])
    mixed = None if arena.game.size > 2 else _mixed_value(arena.game, member)
    yield Change(Changed.VALUE, case.arena, (case.seat,), mixed, mediated)


@lru_cache(maxsize=64)
def _mixed_value(game: StageGame, member: int) -> float | None:
    """What the equilibrium pays in which both sides mix; None where there is none."""
    for each in equilibria(game):
        if ZERO not in (*each.row, *each.column):
            return float(values(game, each)[member])
    return None


def _classes(case: _Case, name: str) -> Iterator[ClassChange]:
    arena, old = case.with_it[name], case.without.get(name)
    for member, seat in enumerate(arena.members):
        after = arena.game.corners(member).game_class
        before = None
        if old is not None and seat in old.members:
            before = old.game.corners(old.member(seat)).game_class
        if before is not after:
            yield ClassChange(name, seat, before, after)


_CHANGES: Mapping[MoveKind, Callable[[_Case], Iterator[Change]]] = {
    MoveKind.CONFIDENCE: _confidence,
    MoveKind.RESTRAINT: _restraint,
    MoveKind.EXERCISE: _exercise,
    MoveKind.DIVERSIFY: _diversify,
    MoveKind.LINK: _link,
    MoveKind.FUND: _fund,
    MoveKind.MEDIATION: _mediation,
}
