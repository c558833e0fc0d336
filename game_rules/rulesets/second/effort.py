"""Effort: a seat can honour so many commitments a round, and each one beyond costs more.

Source: Kennedy 1987 for overstretch; the form is an assumption.
"""

from collections.abc import Mapping

from game_rules.games.stage_games import C
from game_rules.roles import Seat
from game_rules.scenario.parameters import Consequences
from game_rules.scenario.scenario import CRISIS, Scenario
from game_rules.standing.round_effects import PlayedArenas


def overstretch(scenario: Scenario, played: PlayedArenas) -> Mapping[Seat, float]:
    """Return what commitments beyond capacity cost: o·m(m + 1)/2 for m of them.

    A commitment is C in an arena that is no crisis. Source: Kennedy 1987; form assumed.
    """
    counts: dict[Seat, int] = {}
    for arena, acted in played:
        if not arena.name.startswith(CRISIS):
            for seat, action in acted.items():
                if action is C:
                    counts[seat] = counts.get(seat, 0) + 1
    return {
        x.seat: price(counts.get(x.seat, 0) - x.capacity, scenario.consequences)
        for x in scenario.players
        if counts.get(x.seat, 0) > x.capacity
    }


def least_capacity(scenario: Scenario) -> int:
    """Return what every seat can honour: in no more arenas than that, nobody is overstretched.

    Source: Kennedy 1987.
    """
    found = scenario.memory.get(_CAPACITY)
    if found is None:
        found = scenario.memory[_CAPACITY] = min(x.capacity for x in scenario.players)
    return found


_CAPACITY = "least capacity"


def effort(scenario: Scenario, seat: Seat, commitments: int) -> float:
    """Return what so many commitments in a round cost a seat. Source: Kennedy 1987."""
    beyond = commitments - scenario.player(seat).capacity
    return price(max(0, beyond), scenario.consequences)


def price(beyond: int, c: Consequences) -> float:
    """Return what so many commitments beyond capacity cost together. Source: Kennedy 1987.

    >>> [price(m, Consequences()) for m in (0, 1, 2, 3)]
    [0.0, 1.5, 4.5, 9.0]
    """
    return c.stretch_cost * beyond * (beyond + 1) / 2.0
