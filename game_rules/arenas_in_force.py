"""Which arenas are played in a round, and the events that say so.

The scenario's own, in a population as the round's pairs have them, and one for every pair of
rivals in crisis (rules section 4), as the injects that are open let them pay.
"""

from game_rules import events as e
from game_rules.crises import crisis_arenas
from game_rules.inject_effects import with_injects
from game_rules.populations import own_arenas
from game_rules.position import Position
from game_rules.scenario import Arena


def arenas_in_force(position: Position, number: int) -> tuple[Arena, ...]:
    """Give the arenas of a round that is about to open, or is open for orders."""
    scenario = position.scenario
    arenas = (
        *own_arenas(scenario, position.seed, number),
        *crisis_arenas(position.standing, scenario),
    )
    return with_injects(arenas, position, number) if position.injects else arenas


def arena_changes(position: Position, number: int, now_ms: int) -> tuple[e.Event, ...]:
    """Say what changes in the arenas of a round: those closed, those opened, those changed."""
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
