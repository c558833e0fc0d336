"""Blocs as outsiders feel them: exclusivity in force, and the shadow Z.

Source: Jervis 1978; Snyder 1984, 1997 (an alliance raises the adversary's insecurity).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from game_rules.roles import Seat
from game_rules.scenario.moves import Effect, MoveKind, MoveRules
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.standing import Pair


@dataclass(frozen=True, slots=True)
class Shadow:
    """What stands over a seat: Z in [0, 1], and the blocs that it comes from."""

    z: float
    blocs: tuple[str, ...]


NO_SHADOW = Shadow(0.0, ())


def rivals_of(seat: Seat, pairs: Iterable[Pair]) -> Iterator[Seat]:
    """Yield the declared rivals of a seat."""
    for one, other in pairs:
        if seat == one:
            yield other
        elif seat == other:
            yield one


def exclusivity(arena: Arena, outsider: Seat, effects: Sequence[Effect], rules: MoveRules) -> float:
    """Return how much a bloc worries a rival outside: more while it exercises without it."""
    for each in effects:
        is_here = each.kind is MoveKind.EXERCISE and each.arena == arena.name
        if is_here and outsider not in each.members:
            return min(1.0, rules.exercise_factor * arena.exclusive)
    return arena.exclusive


def shadows(
    scenario: Scenario,
    arenas: Iterable[Arena],
    effects: Sequence[Effect],
    produced: Mapping[str, float],
) -> Mapping[Seat, Shadow]:
    """Return Z of every seat that has one: min(1, Σ x·Q) over blocs that hold a rival of it.

    arenas: with the exclusivity in force. produced: Q of each. Source: Jervis 1978; Snyder 1997.
    """
    found: dict[Seat, Shadow] = {}
    blocs = [arena for arena in arenas if arena.exclusive > 0 and produced.get(arena.name, 0.0) > 0]
    if not blocs:
        return found
    for seat in scenario.seats:
        z, names = 0.0, []
        for arena in blocs:
            outside = seat not in arena.members
            if outside and any(x in arena.members for x in rivals_of(seat, scenario.rivals)):
                z += exclusivity(arena, seat, effects, scenario.moves) * produced[arena.name]
                names.append(arena.name)
        if names:
            found[seat] = Shadow(min(1.0, z), tuple(names))
    return found
