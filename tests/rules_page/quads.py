"""The Quad and the Summit for the examples, and what is read from their arenas."""

from game_rules.games.stage_games import Collective, StageGame, Terms
from game_rules.games.tipping_points import tipping_points
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.scenario_files.scenarios import load_scenario

SUMMIT = "east_asia_summit"


def quad() -> Scenario:
    return load_scenario("quad_and_eas")


def terms_of(arena: Arena, seat: Seat) -> Terms:
    assert isinstance(arena.game, Collective)
    return arena.game.terms[arena.member(seat)]


def only_root(game: StageGame, member: int) -> float:
    (found,) = tipping_points(game, member)
    assert found.is_c_above
    return found.belief
