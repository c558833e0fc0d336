"""The regions that tests of the screen play in: one, or with DETENTE_REGIONS=all every one."""

import os

from game_rules.scenario.scenario import Player
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.rulesets.second.shipped import NAMES

IS_EVERY = os.environ.get("DETENTE_REGIONS") == "all"


def regions(*usual: str) -> tuple[str, ...]:
    """Give the usual regions, or all of them in the long form."""
    return tuple(NAMES) if IS_EVERY else usual


def busiest_seat(name: str) -> tuple[Player, int]:
    """Give the player with the most arenas of a region, and how many they are."""
    scenario = shipped_scenario(name)

    def arenas(player: Player) -> int:
        return sum(player.seat in arena.members for arena in scenario.arenas)

    busiest = max(scenario.players, key=arenas)
    return busiest, arenas(busiest)
