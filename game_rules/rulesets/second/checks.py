"""A scenario that rules 2 cannot play is refused before anybody sits down."""

from game_rules.errors import InvalidInput
from game_rules.scenario.playable import problems
from game_rules.scenario.scenario import Scenario


def require_playable(scenario: Scenario) -> None:
    """Raise InvalidInput for the first thing that rules 2 cannot play."""
    for key, problem in problems(scenario):
        raise InvalidInput(f"{key}: {problem}")
