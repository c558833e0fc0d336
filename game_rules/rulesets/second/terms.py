"""The terms in force: what the last round left behind changes an arena's terms, in this order.

1 its institution, 2 moves, 3 the shadow of blocs, 4 wary rivals, 5 allies in crisis. Every change
carries its reason. Games of two by a matrix, and crises, take none. Source: docs/theory.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from game_rules.games.changes import columns_of, rows_of
from game_rules.games.stage_games import Collective, Terms
from game_rules.roles import Seat
from game_rules.rulesets.second.alliances import worst_crises
from game_rules.rulesets.second.blocs import NO_SHADOW, Shadow, rivals_of
from game_rules.rulesets.second.ladder import STRAINED
from game_rules.scenario.moves import Effect
from game_rules.scenario.scenario import Arena, Domain, Scenario
from game_rules.scenario.terms import Cause, TermChange
from game_rules.standing.standing import Standing
from game_rules.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the terms of a round's arenas depend on, all as the round opened.

    arenas: the scenario's own by name, with whoever joined. shadows: of every seat that has one.
    """

    scenario: Scenario
    standing: Standing
    arenas: Mapping[str, Arena]
    shadows: Mapping[Seat, Shadow]
    effects: Sequence[Effect]


def with_changes(arena: Arena, changes: Sequence[TermChange]) -> Arena:
    """Apply changes of terms in their order; the arena keeps them as its reasons."""
    if not changes or not isinstance(arena.game, Collective):
        return arena
    memory, key = arena.memory, tuple(changes)
    found = memory.get(key)
    if found is None:
        found = memory[key] = _changed(arena, arena.game, key)
    return found


def _changed(arena: Arena, game: Collective, changes: tuple[TermChange, ...]) -> Arena:
    members, columns = arena.members, columns_of(game.terms)
    everybody = range(len(members))
    for change in changes:
        column = columns[change.parameter]
        for place in map(members.index, change.seats) if change.seats else everybody:
            column[place] = column[place] * change.factor + change.added
    changed = Collective(game.weights, rows_of(Terms, columns), game.theta)
    return arena.with_game(changed, changes)


def of_institution(around: Surroundings, arena: Arena) -> Iterator[TermChange]:
    """Ease exposure and cost: e·(1 − ½I), c·(1 − ¼I). Source: Keohane 1984; sizes are assumed."""
    c = around.scenario.consequences
    strength = around.standing.institutions.get(arena.name, c.institution_at_start)
    for parameter, eased in (("e", c.eased_exposure), ("c", c.eased_cost)):
        if eased * strength:
            yield TermChange(parameter, Cause.INSTITUTION, factor=1.0 - eased * strength)


def of_shadow(around: Surroundings, arena: Arena) -> Iterator[TermChange]:
    """Make C dearer for who stands outside a rival's bloc: c + h·Z, where it meets a rival.

    Only in open arenas. Greed and fear rise alike, and nobody is paid. Source: Jervis 1978.
    """
    if arena.exclusive > 0:
        return
    for seat in arena.members if around.shadows else ():
        shadow = around.shadows.get(seat, NO_SHADOW)
        more = around.scenario.consequences.shadow * shadow.z
        if more and any(x in arena.members for x in rivals_of(seat, around.scenario.rivals)):
            yield TermChange("c", Cause.SHADOW, (seat,), added=more, because=shadow.blocs)


def of_wariness(around: Surroundings, arena: Arena) -> Iterator[TermChange]:
    """Expose strained rivals to each other: e + u for both, once a pair.

    In an economic arena b − u·rung for everyone, by the highest rung. Source: Jervis 1978;
    Baldwin 2016 for trade under rivalry; sizes are assumed.
    """
    u, highest = around.scenario.consequences.wariness, 0
    worst: tuple[Seat, ...] = ()
    members = arena.members
    for pair in around.standing.rivals:
        one, other = pair.seats
        if u and pair.rung >= STRAINED and one in members and other in members:
            yield TermChange("e", Cause.WARY, pair.seats, added=u, because=pair.seats)
            if pair.rung > highest:
                highest, worst = pair.rung, pair.seats
    if highest and arena.domain is Domain.ECONOMIC:
        yield TermChange("b", Cause.WARY, added=-u * highest, because=worst)


def of_allies(around: Surroundings, arena: Arena) -> Iterator[TermChange]:
    """Make standing by dearer: c + κ·(rung − 1) for the ally of who is in crisis, who has e + A.

    By the worst crisis with somebody outside. Source: Snyder 1984; sizes are assumed.
    """
    if not arena.is_alliance:
        return
    c, worst = around.scenario.consequences, worst_crises(around.standing.rivals, arena.members)
    for seat in arena.members:
        called = {other: rung for other, rung in worst.items() if other != seat}
        more = c.entrapment * (max(called.values(), default=1) - 1)
        if more:
            yield TermChange("c", Cause.ALLY_IN_CRISIS, (seat,), added=more, because=(*called,))
        if seat in worst and c.abandonment:
            yield TermChange("e", Cause.IN_CRISIS, (seat,), added=c.abandonment)


OF_STANDING = (Cause.SHADOW, Cause.WARY, Cause.ALLY_IN_CRISIS, Cause.IN_CRISIS)
"""What tensions and outputs do to terms: fog hides these two from a seat, but not their effect."""


def in_order(
    around: Surroundings,
    arena: Arena,
    of_moves: Iterable[TermChange],
    told: Mapping[str, Sequence[TermChange]],
) -> tuple[TermChange, ...]:
    """List all changes of an arena's terms, in the order in which they apply.

    told: by arena, what stands for the changes of a standing that is hidden.
    """
    if not isinstance(arena.game, Collective):
        return ()
    if arena.name in told:
        return (*of_institution(around, arena), *of_moves, *told[arena.name])
    return (
        *of_institution(around, arena),
        *of_moves,
        *of_shadow(around, arena),
        *of_wariness(around, arena),
        *of_allies(around, arena),
    )
