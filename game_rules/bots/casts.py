"""Casts: which bot sits where, if nobody names one."""

from game_rules.roles import Seat
from game_rules.scenario.scenario import Press, Scenario

DOCTRINES = ("realist", "liberal", "constructivist", "hedger", "diplomat")

DOCTRINE_MIX = "doctrine_mix"
"""Stands for another doctrine on each seat, in this order."""

SILENT = "tit_for_tat"
"""Who sits where nobody may talk, and a doctrine could show nothing of what it is."""


def cast_on(name: str, scenario: Scenario, seat: Seat) -> str:
    """Return the strategy of a bot on a seat: the one that is named, or one of the mix.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> sea = load_scenario("south_china_sea")
    >>> [cast_on(DOCTRINE_MIX, sea, seat) for seat in sea.seats[:2]]
    ['realist', 'liberal']
    >>> cast_on(DOCTRINE_MIX, load_scenario("chicken"), "ROW"), cast_on("prober", sea, "CHN")
    ('tit_for_tat', 'prober')
    """
    if name != DOCTRINE_MIX:
        return name
    if scenario.press is Press.NONE:
        return SILENT
    return DOCTRINES[scenario.seats.index(seat) % len(DOCTRINES)]
