"""What a scenario of rules 2 must hold, told in one line where it does not."""

from collections.abc import Iterator

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Collective
from game_rules.rulesets.second.crises import STAKES
from game_rules.scenario.scenario import Arena, Scenario

_MEMBERS_OF_ALLIANCE = 2


def require_playable(scenario: Scenario) -> None:
    """Raise InvalidInput for the first thing that rules 2 cannot play.

    Every pair of rivals needs a start; an alliance is a pact of two who need each other and are no
    rivals; a crisis stays a Chicken, whoever is backed. Source: docs/theory.md.
    """
    for problem in (*_starts(scenario), *_alliances(scenario), *_stakes(scenario)):
        raise InvalidInput(problem)


def _starts(scenario: Scenario) -> Iterator[str]:
    known = [frozenset(each.seats) for each in scenario.starts]
    for pair in scenario.rivals:
        if frozenset(pair) not in known:
            yield f"rivals {' and '.join(pair)} have no tension to start with; give one"


def _alliances(scenario: Scenario) -> Iterator[str]:
    for arena in scenario.arenas:
        if arena.is_alliance:
            yield from _misfits(arena, scenario)


def _misfits(arena: Arena, scenario: Scenario) -> Iterator[str]:
    count = len(arena.members)
    if count != _MEMBERS_OF_ALLIANCE:
        yield f"alliance {arena.name} has {count} members; it is a pact of two"
    if not isinstance(arena.game, Collective) or arena.game.theta < 1:
        yield f"alliance {arena.name} holds without one of them; give it terms and theta 1"
    for pair in scenario.rivals:
        if set(pair) <= set(arena.members):
            yield f"alliance {arena.name} holds rivals {' and '.join(pair)}; part them"


def _stakes(scenario: Scenario) -> Iterator[str]:
    stakes, support = scenario.stakes or STAKES, scenario.consequences.support
    if not stakes.T > stakes.R > stakes.S > stakes.P + support:
        found = f"T {stakes.T:g}, R {stakes.R:g}, S {stakes.S:g}, P {stakes.P:g}"
        wanted = "keep T > R > S > P + support"
        yield f"stakes {found} are no Chicken with support {support:g}; {wanted}"
