"""Keys that only rules 2 knows.

A file that has them is refused where matches are played by rules 1, which would not heed them.
"""

from collections.abc import Iterator

from game_rules.scenario.playable import Problem, problems
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.fields import TomlTable

FIRST = 1

LATER_KEYS = ("stakes", "least_rounds", "consequences")
LATER_OF_PLAYERS = ("kind", "capacity", "influence", "goals")
LATER_OF_ARENAS = ("alliance", "weights")

_OF_RULES_2 = "is of rules 2; matches here are played by rules 1, take it out"


def require_fit(version: int, top: TomlTable, scenario: Scenario) -> None:
    """Raise ScenarioError for the first key that does not fit the version of the rules."""
    later = (*problems(scenario), *_idle(scenario))
    for key, problem in _of_rules_2(top, scenario) if version == FIRST else later:
        raise top.error(key, problem)


def _of_rules_2(top: TomlTable, scenario: Scenario) -> Iterator[Problem]:
    yield from ((key, _OF_RULES_2) for key in top.held(LATER_KEYS))
    if scenario.starts:
        yield "rivals[1].tension", _OF_RULES_2


def _idle(scenario: Scenario) -> Iterator[Problem]:
    """Yield influences that would do nothing."""
    pairs = [frozenset(pair) for pair in scenario.rivals]
    for place, player in enumerate(scenario.players, start=1):
        if player.influence is not None and frozenset(player.influence.pair) not in pairs:
            names = " and ".join(player.influence.pair)
            yield f"players[{place}].influence.pair", f"{names} are no rivals; name two who are"
