"""Mediation in rules 2: of up to eight members, by a public lottery over pure equilibria.

Up to three members it is the exact correlated equilibrium of rules 1. Above, one of the pure
equilibria with the best total is drawn, all alike: also a correlated equilibrium, for nobody gains
by leaving an equilibrium. Source: Aumann 1974, 1987.
"""

from collections.abc import Iterator

from game_rules.chance import chance
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.stage_games import Action, StageGame
from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.moves import mediation
from game_rules.moves.kind import Kind
from game_rules.moves.mediation import Mediation
from game_rules.moves.preview import Attempt, Change, Changed, MovePreview
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import Arena

MOST_MEDIATED = 8
"""Members of an arena whose pure equilibria are found in less than a hundredth of a second."""

_NEAR = 1e-9

Profiles = tuple[tuple[Action, ...], ...]


class LotteryMediation(Mediation):
    def check(self, attempt: Attempt) -> str | None:
        name, members = attempt.arena.name, len(attempt.arena.members)
        if members > MOST_MEDIATED:
            return f"{name} has {members} members; a mediator takes {MOST_MEDIATED}"
        return Kind.check(self, attempt)

    def changes(self, preview: MovePreview) -> Iterator[Change]:
        arena = preview.without[preview.move.arena]
        if arena.game.size <= mediation.MOST_MEDIATED:
            yield from super().changes(preview)
        elif best := best_equilibria(arena.game):
            member, whole = arena.member(preview.seat), 0.0
            for profile in best:
                whole += arena.game.payoffs(profile)[member]
            yield preview.change(Changed.VALUE, None, whole / len(best))


def best_equilibria(game: StageGame) -> Profiles:
    """Find the pure equilibria with the best total; none where there is none.

    game: of up to MOST_MEDIATED members; it remembers them. Source: Aumann 1987.
    """
    found = game.memory.get(_BEST)
    if found is None:
        found = game.memory[_BEST] = _best_equilibria(game)
    return found


_BEST = "best equilibria"


def _best_equilibria(game: StageGame) -> Profiles:
    found = [(_total(game, profile), profile) for profile in pure_equilibria(game)]
    best = max((total for total, _ in found), default=0.0)
    return tuple(profile for total, profile in found if total >= best - _NEAR)


def mediated(game: StageGame) -> float | None:
    """Return what all members earn together by a mediator's advice; None where there is none."""
    if game.size <= mediation.MOST_MEDIATED:
        whole = 0.0
        for value in mediation.mediation_of(game).values:
            whole += float(value)
        return whole
    best = best_equilibria(game)
    return _total(game, best[0]) if best else None


def lottery(game: StageGame) -> tuple[tuple[tuple[Action, ...], float], ...]:
    """Return the profiles that a mediator draws from, each with its chance.

    game: of up to MOST_MEDIATED members; it remembers them. Source: Aumann 1987.
    """
    found = game.memory.get(_LOTTERY)
    if found is None:
        found = game.memory[_LOTTERY] = _lottery(game)
    return found


_LOTTERY = "lottery"


def _lottery(game: StageGame) -> tuple[tuple[tuple[Action, ...], float], ...]:
    if game.size <= mediation.MOST_MEDIATED:
        found = mediation.mediation_of(game).recommendations
        return tuple((each.profile, float(each.chance)) for each in found)
    best = best_equilibria(game)
    return tuple((profile, 1.0 / len(best)) for profile in best)


def recommendations(
    position: Position, number: int, now_ms: int
) -> tuple[e.RecommendationGiven, ...]:
    """Return the recommendations for the round that opens, where a mediator can do better.

    position: with the arenas of that round. Nothing is said where the last round brought as much.
    """
    if not position.effects:
        return ()
    asked = {effect.arena for effect in position.effects if effect.kind is MoveKind.MEDIATION}
    arenas = [x for x in position.arenas if x.name in asked and _can_do_better(position, x)]
    return tuple(
        e.RecommendationGiven(number, arena.name, seat, action, now_ms)
        for arena in arenas
        for seat, action in zip(arena.members, _drawn(position, arena, number), strict=True)
    )


def _can_do_better(position: Position, arena: Arena) -> bool:
    if len(arena.members) > MOST_MEDIATED:
        return False
    results = position.history[-1].results if position.history else ()
    last = next((x.payoffs for x in results if x.arena == arena.name), None)
    value = mediated(arena.game)
    if value is None or last is None:
        return value is not None
    whole = 0.0
    for points in last.values():
        whole += points
    return whole < value - _NEAR


def _drawn(position: Position, arena: Arena, number: int) -> tuple[Action, ...]:
    if arena.game.size <= mediation.MOST_MEDIATED:
        return mediation.drawn(position, arena, number)
    assert position.seed is not None
    best = best_equilibria(arena.game)
    return best[int(chance(position.seed, "mediation", number, arena.name) * len(best))]


def _total(game: StageGame, profile: tuple[Action, ...]) -> float:
    whole = 0.0
    for points in game.payoffs(profile):
        whole += points
    return whole
