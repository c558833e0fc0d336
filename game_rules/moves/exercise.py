"""Joint exercises: an exclusive arena pays more, and tension with rivals outside it rises.

Source: rules section 5.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from game_rules.games.changes import benefit_of_all, with_change
from game_rules.log.position import Position
from game_rules.moves.kind import Kind
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, Move, MoveKind, MoveRules
from game_rules.scenario.scenario import Arena
from game_rules.standing.standing import Pair


class Exercise(Kind):
    """seats: rivals outside the arena who are invited."""

    name = MoveKind.EXERCISE
    names_seats = True

    def cost(self, rules: MoveRules) -> float:
        return rules.exercise_cost

    def rounds(self, rules: MoveRules) -> int:
        return rules.exercise_rounds

    def check(self, attempt: Attempt) -> str | None:
        arena = attempt.arena
        if arena.exclusive == 0:
            return f"{arena.name} is open to all; an exercise is for an exclusive arena"
        outside = _outside_rivals(attempt.position, arena)
        for other in attempt.move.seats:
            if other not in outside:
                names = f"invite {', '.join(outside)}" if outside else "there is none to invite"
                return f"{other} is no rival outside {arena.name}; {names}"
        return super().check(attempt)

    def options(self, position: Position, seat: Seat) -> Iterator[Move]:
        """List every own arena with nobody invited, then with every rival outside."""
        yield from super().options(position, seat)
        for arena in position.arenas_of(seat):
            if invited := _outside_rivals(position, arena):
                yield Move(self.name, arena.name, None, invited)

    def in_force(self, rules: MoveRules, arena: Arena, effect: Effect) -> Arena:
        game = arena.game
        return replace(arena, game=with_change(game, benefit_of_all(game), rules.exercise_benefit))

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        arena = preview.with_it[preview.move.arena]
        figure = benefit_of_all(arena.game)
        yield from (preview.parameter(figure, member) for member in arena.members)
        tensions = {pair.seats: pair.tension for pair in preview.position.standing.rivals}
        for pair, more in strains(preview.position, (preview.move,)).items():
            before = tensions.get(pair)
            after = None if before is None else min(1.0, before + more)
            yield Change(Changed.TENSION, arena.name, pair, before, after)


def strains(position: Position, moves: Sequence[Move]) -> Mapping[Pair, float]:
    """Return the tension that joint exercises add to rivals with one side in the arena.

    Once an arena and round; a rival whom anybody invited to it is not worried.
    """
    added: dict[Pair, float] = {}
    invited: dict[str, set[Seat]] = {}
    for move in moves:
        if move.kind is MoveKind.EXERCISE:
            invited.setdefault(move.arena, set()).update(move.seats)
    for name, guests in invited.items():
        members = next(arena.members for arena in position.arenas if arena.name == name)
        for pair in position.scenario.rivals:
            outside = [seat for seat in pair if seat not in members]
            if len(outside) == 1 and outside[0] not in guests:
                more = position.scenario.moves.exercise_tension
                added[pair] = added.get(pair, 0.0) + more
    return added


def _outside_rivals(position: Position, arena: Arena) -> tuple[Seat, ...]:
    """Return the rivals of an arena's members outside it, in the scenario's order."""
    rivals = {
        other
        for pair in position.scenario.rivals
        for other, member in (pair, pair[::-1])
        if member in arena.members and other not in arena.members
    }
    return tuple(seat for seat in position.scenario.seats if seat in rivals)


KIND = Exercise()
