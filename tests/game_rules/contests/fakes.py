"""Small contests for tests."""

from typing import Any

from game_rules.contests.contest import Contest, round_robin
from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY, Bimatrix

DILEMMA = LIBRARY["prisoners_dilemma"]
LOPSIDED = Bimatrix(row=Corners(T=5, R=3, P=1, S=0), column=Corners(T=2, R=7, P=3, S=1))


def contest(*names: str, **settings: Any) -> Contest:
    """A round robin of strategies, by default of ten turns of the prisoner's dilemma."""
    return round_robin(settings.pop("game", DILEMMA), names, **{"turns": 10, **settings})
