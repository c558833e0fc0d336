"""Keys that only one version of the rules knows.

A file is refused for a key that the rules that it is read for do not heed: it would do nothing, and
nobody would notice.
"""

from collections.abc import Iterator, Sequence

from game_rules.scenario.playable import Problem, problems
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.fields import TomlTable

FIRST = 1

LATER_KEYS = ("stakes", "least_rounds", "consequences")
LATER_OF_PLAYERS = ("kind", "capacity", "influence", "goals")
LATER_OF_ARENAS = ("alliance", "weights")

EARLIER_OF_STANDING = (
    "supplier_share",
    "letdown_cost",
    "tension_memory",
    "tension_of_defection",
    "relief_of_cooperation",
    "crisis_tension",
    "institution_memory",
    "optimistic_index",
    "pessimistic_index",
    "tension_at_start",
    "institution_at_start",
)
EARLIER_OF_MOVES = ("exercise_tension",)

_OF_RULES_2 = "is of rules 2; a scenario of rules 1 has none, take it out"
_OF_RULES_1 = "is of rules 1 and does nothing in rules 2; take it out, and see [consequences]"


def require_fit(version: int, top: TomlTable, scenario: Scenario) -> None:
    """Raise ScenarioError for the first key that does not fit the version of the rules."""
    later = (*problems(scenario), *_idle(scenario))
    for key, problem in _of_rules_2(top, scenario) if version == FIRST else later:
        raise top.error(key, problem)


def require_heeded(table: TomlTable, earlier: Sequence[str], version: int) -> None:
    """Raise ScenarioError for the first key that only rules 1 heeds, in a file of rules 2."""
    for key in table.held(earlier) if version != FIRST else ():
        raise table.error(key, _OF_RULES_1)


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
