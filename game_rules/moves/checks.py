"""Which moves a position allows a seat, and in one line why not."""

from collections.abc import Callable, Mapping

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Collective
from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.moves.founding import MOST_PARTNERS, founded_arena, founded_name, joined_arena
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.scenario import CRISIS, Arena

CHOOSING = (Phase.NEGOTIATION, Phase.DECISION)
"""When a seat chooses what is sealed: its order, its move, its forecasts."""

MOST_INVITED = 12
MOST_MEDIATED = 3
"""Members of an arena for which a mediator works out its advice in a few hundredths of a second."""

Check = Callable[[Position, Seat, Move, Arena], str | None]


def objection(position: Position, seat: Seat, move: Move) -> str | None:
    """Say in one line why a seat may not make a move now; None if it may.

    The line names the value, what is allowed and the remedy.
    """
    if position.phase not in CHOOSING:
        return f"moves are for negotiation and decision; it is {position.phase.value}"
    allowed = position.scenario.moves.allowed
    if move.kind not in allowed:
        instead = f"choose among {', '.join(allowed)}" if allowed else "it has no moves"
        return f"{move.kind} is no move of this scenario; {instead}"
    arena = next((each for each in position.arenas if each.name == move.arena), None)
    if arena is None:
        names = ", ".join(each.name for each in position.arenas)
        return f"no arena {move.arena} is played now; choose among {names}"
    return _misfit(move) or _CHECKS[move.kind](position, seat, move, arena)


def _misfit(move: Move) -> str | None:
    """What a move carries that its kind has no use for."""
    if (move.other_arena is not None) != (move.kind is MoveKind.LINK):
        wanted = "give" if move.kind is MoveKind.LINK else "leave out"
        return f"{move.kind} with other_arena {move.other_arena}; {wanted} a second arena"
    if move.seats and move.kind not in (MoveKind.EXERCISE, MoveKind.DIVERSIFY):
        return f"{move.kind} names {', '.join(move.seats)}; leave seats out"
    if len(set(move.seats)) != len(move.seats):
        return f"seats {', '.join(move.seats)}; name each once"
    return None


def _not_in(seat: Seat, arena: Arena) -> str | None:
    if seat not in arena.members:
        return f"{seat} is not in {arena.name}; choose an arena of its own"
    return None


def _confidence(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    q, lifted = position.scenario.monitoring, position.scenario.moves.confidence_quality
    if q >= lifted:
        return f"monitoring is {q:g}, and confidence lifts it to {lifted:g}; make another move"
    return _not_in(seat, arena)


def _restraint(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    return _not_in(seat, arena)


def _exercise(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    if arena.exclusive == 0:
        return f"{arena.name} is open to all; an exercise is for an exclusive arena"
    outside = outside_rivals(position, arena)
    for other in move.seats:
        if other not in outside:
            names = f"invite {', '.join(outside)}" if outside else "there is none to invite"
            return f"{other} is no rival outside {arena.name}; {names}"
    return _not_in(seat, arena)


def outside_rivals(position: Position, arena: Arena) -> tuple[Seat, ...]:
    """Name the rivals of an arena's members that are not in it, in the scenario's order."""
    rivals = {
        other
        for pair in position.scenario.rivals
        for other, member in (pair, pair[::-1])
        if member in arena.members and other not in arena.members
    }
    return tuple(seat for seat in position.scenario.seats if seat in rivals)


def _diversify(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    return _found(position, seat, move, arena) if move.seats else _join(position, seat, arena)


def _join(position: Position, seat: Seat, arena: Arena) -> str | None:
    if seat in arena.members:
        return (
            f"{seat} is in {arena.name} already; join another arena, or name partners to found one"
        )
    if arena.exclusive > 0:
        return f"{arena.name} is exclusive; join an arena that is open to all"
    if not isinstance(arena.game, Collective):
        return f"{arena.name} is a game of two; join an arena with terms"
    try:
        joined_arena(position.scenario, arena, (seat,))
    except InvalidInput as problem:
        return str(problem)
    return None


def _found(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    partners = move.seats
    if len(partners) > MOST_PARTNERS:
        return f"{len(partners)} partners; found an arena with 1 to {MOST_PARTNERS}"
    for other in partners:
        if other == seat or other not in position.scenario.seats:
            return f"{other} is no other seat; found an arena with others of this match"
    if not isinstance(arena.game, Collective):
        return f"{arena.name} is a game of two; take over the terms of an arena that has some"
    founders = founders_of(position, seat, move)
    if founded_name(founders) in [each.name for each in position.arenas]:
        return f"{', '.join(founders)} have founded an arena already; choose other partners"
    try:
        founded_arena(position.scenario, arena, founders)
    except InvalidInput as problem:
        return str(problem)
    return _not_in(seat, arena)


def founders_of(position: Position, seat: Seat, move: Move) -> tuple[Seat, ...]:
    """Give a founder and its partners, in the scenario's order."""
    return tuple(x for x in position.scenario.seats if x == seat or x in move.seats)


def _link(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    own = [each.name for each in position.arenas_of(seat)]
    if move.other_arena == move.arena:
        return f"{move.arena} is linked to itself; name another arena"
    if move.other_arena not in own:
        return f"{move.other_arena} is no arena of {seat}; choose among {', '.join(own)}"
    return _not_in(seat, arena)


def _fund(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    if arena.name.startswith(CRISIS):
        return f"{arena.name} has no institution; fund another arena's"
    return _not_in(seat, arena)


def _mediation(position: Position, seat: Seat, move: Move, arena: Arena) -> str | None:
    if len(arena.members) > MOST_MEDIATED:
        return f"{arena.name} has {len(arena.members)} members; a mediator takes {MOST_MEDIATED}"
    return _not_in(seat, arena)


_CHECKS: Mapping[MoveKind, Check] = {
    MoveKind.CONFIDENCE: _confidence,
    MoveKind.RESTRAINT: _restraint,
    MoveKind.EXERCISE: _exercise,
    MoveKind.DIVERSIFY: _diversify,
    MoveKind.LINK: _link,
    MoveKind.FUND: _fund,
    MoveKind.MEDIATION: _mediation,
}
