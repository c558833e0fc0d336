"""A scenario as its first round opens: what advice goes by before anybody plays."""

from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.decide import create_match
from game_rules.match.flow import end_phase, open_phase
from game_rules.scenario.scenario import Scenario


def first_round_of(scenario: Scenario) -> Position:
    """Open the first round of a match, with its news and the terms that are then in force.

    Raises InvalidInput for a scenario that cannot be played.

    >>> from game_rules.scenario_files.scenarios import shipped_scenario
    >>> position = first_round_of(shipped_scenario("south_china_sea"))
    >>> code = position.arenas[0]
    >>> position.round, [round(terms.c, 2) for terms in code.game.terms[:1]]
    (1, [1.9])
    """
    position = fold(create_match(scenario, "before the match", None, 0))
    position = fold((open_phase(position, 0, Phase.BRIEFING, 0),), position)
    return end_phase(position, 0)[1]
