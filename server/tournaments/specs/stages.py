"""The stage of a tournament: a game for two, or a whole scenario for a league."""

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Bimatrix
from game_rules.scenario.scenario import Scenario

Stage = Bimatrix | Scenario
USUAL_GAME = "prisoners_dilemma"


def bare_game(scenario: Scenario) -> Bimatrix | None:
    """Return the game of a scenario that is a single game for two; None for any other."""
    if len(scenario.arenas) != 1 or len(scenario.players) != 2:
        return None
    game = scenario.arenas[0].game
    return game if isinstance(game, Bimatrix) else None


def require_bare_game(scenario: Scenario) -> Bimatrix:
    """Return the game of a scenario; raises InvalidInput if it is more than a game for two."""
    game = bare_game(scenario)
    if game is None:
        seats, arenas = len(scenario.players), len(scenario.arenas)
        raise InvalidInput(
            f"{scenario.name} has {seats} seats and {arenas} arenas, and is no game of two; "
            "play it as a league: --kind league"
        )
    return game
