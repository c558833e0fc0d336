"""What rules 2 asks of a scenario: each thing that it cannot play, by the key it is written under.

The reader of files and the start of a match ask here, so that they refuse the same.
"""

from collections.abc import Iterator

from game_rules.games.stage_games import Collective
from game_rules.scenario.parameters import STAKES
from game_rules.scenario.scenario import Arena, PlayerKind, Scenario

Problem = tuple[str, str]
"""A key of the scenario, counted from 1 in lists, and what is wrong with it, as one line."""

_MEMBERS_OF_ALLIANCE = 2


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield what rules 2 cannot play.

    Every pair of rivals needs a start; only a seat that is no state eases or strains rivals; an
    alliance is a pact of two who need each other and are no rivals; a crisis stays a Chicken,
    whoever is backed. Source: docs/theory.md.
    """
    yield from _starts(scenario)
    yield from _influences(scenario)
    for place, arena in enumerate(scenario.arenas, start=1):
        if arena.is_alliance:
            yield from ((f"arenas[{place}].alliance", each) for each in _misfits(arena, scenario))
    yield from _stakes(scenario)


def _starts(scenario: Scenario) -> Iterator[Problem]:
    known = [frozenset(each.seats) for each in scenario.starts]
    for place, pair in enumerate(scenario.rivals, start=1):
        if frozenset(pair) not in known:
            first, second = pair
            remedy = f'write {{ seats = ["{first}", "{second}"], tension = 0.3, source = "…" }}'
            problem = f"{first} and {second} have no tension to start with; {remedy}"
            yield f"rivals[{place}]", problem


def _influences(scenario: Scenario) -> Iterator[Problem]:
    for place, player in enumerate(scenario.players, start=1):
        if player.influence is not None and player.kind is not PlayerKind.NON_STATE:
            problem = f"{player.seat} is a state; only a seat of kind 'non_state' has one"
            yield f"players[{place}].influence", problem


def _misfits(arena: Arena, scenario: Scenario) -> Iterator[str]:
    count = len(arena.members)
    if count != _MEMBERS_OF_ALLIANCE:
        yield f"{arena.name} has {count} members; an alliance is a pact of two"
    if not isinstance(arena.game, Collective) or arena.game.theta < 1:
        yield f"{arena.name} holds without one of its members; give it terms and theta 1"
    for pair in scenario.rivals:
        if set(pair) <= set(arena.members):
            yield f"{arena.name} holds the rivals {' and '.join(pair)}; part them"


def _stakes(scenario: Scenario) -> Iterator[Problem]:
    stakes, support = scenario.stakes or STAKES, scenario.consequences.support
    if not stakes.T > stakes.R > stakes.S > stakes.P + support:
        found = f"T {stakes.T:g}, R {stakes.R:g}, S {stakes.S:g}, P {stakes.P:g}"
        wanted = "keep T > R > S > P + support"
        yield "stakes", f"{found} are no Chicken with support {support:g}; {wanted}"
