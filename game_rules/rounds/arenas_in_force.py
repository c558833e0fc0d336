"""The arenas of a round, and the events that announce their changes.

They are the scenario's arenas (in a population, those of the round's pairs) as changed by moves;
the arenas that seats have founded; and one for every pair of rivals in crisis. Open injects change
their payoffs. Source: rules sections 4 and 5.
"""

from collections.abc import Sequence

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.rounds.inject_effects import with_injects
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Effect
from game_rules.scenario.populations import own_arenas
from game_rules.scenario.scenario import Arena


def arenas_in_force(position: Position, number: int) -> tuple[Arena, ...]:
    """Return the arenas of a round that is about to open, or that takes orders."""
    crises = ruleset_of(position).crisis_arenas(position.standing, position.scenario)
    return arenas_with(position, crises, position.effects, number)


def arenas_with(
    position: Position, crises: Sequence[Arena], effects: Sequence[Effect], number: int
) -> tuple[Arena, ...]:
    """Return the arenas of a round with given crises and effects of moves."""
    arenas = own_arenas(position.scenario, position.seed, number)
    own = ruleset_of(position).in_force(position, arenas, crises, effects)
    return with_injects(own, position, number) if position.injects else own


def arena_changes(position: Position, number: int, now_ms: int) -> tuple[e.Event, ...]:
    """Return the events for a round's arenas that close, open or change."""
    in_force = arenas_in_force(position, number)
    if in_force == position.arenas:
        return ()
    wanted = {arena.name: arena for arena in in_force}
    present = {arena.name: arena for arena in position.arenas}
    closed = (e.ArenaClosed(number, name, now_ms) for name in present if name not in wanted)
    opened = (
        e.ArenaOpened(number, arena, now_ms)
        for name, arena in wanted.items()
        if name not in present
    )
    changed = (
        e.ArenaChanged(number, arena, now_ms)
        for name, arena in wanted.items()
        if name in present and arena != present[name]
    )
    return (*closed, *opened, *changed)
