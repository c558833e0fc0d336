"""Strategies that Axelrod-Python does not have: a game of each, worked out by hand from its source.

Add a line to PLAYS for each; the first is an example that Axelrod-Python has as well.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.strategies import Conditions, strategies, strategy

GOLDEN = json.loads(Path(__file__).with_name("axelrod_golden.json").read_text(encoding="utf-8"))


class Played(NamedTuple):
    """What a strategy chooses, turn by turn, beside what the other does in the same turns.

    luck: the number in [0, 1) that it draws each turn, if it tosses coins.
    """

    name: str
    others: str
    actions: str
    luck: tuple[float, ...] = ()


PLAYS = [
    Played("tit_for_tat", others="CDDCC", actions="CCDDC"),
    # at first below 0.939, then after CC 0.96, CD 0.40, DC 0.40 and DD 0.07
    Played("laboratory_person", "CDCDDC", "CCDCDC", (0.938, 0.95, 0.41, 0.39, 0.41, 0.06)),
    Played("laboratory_person", "CDCDDC", "DDDDDD", (0.94, 0.41, 0.08, 0.41, 0.08, 0.08)),
]


@pytest.mark.parametrize("played", PLAYS, ids=lambda played: f"{played.name}-{played.others}")
def test_a_strategy_plays_what_its_source_says(played):
    conditions = Conditions(
        Corners(T=5, R=3, P=1, S=0), None, lambda turn, nth=0: played.luck[turn - 1]
    )
    play = strategy(played.name).play(conditions)
    actions = [next(play)]
    for other in played.others[:-1]:
        actions.append(play.send((actions[-1], Action(other))))
    assert "".join(actions) == played.actions


def test_every_strategy_is_compared_with_axelrod_python_or_played_here():
    tested = {*GOLDEN["players"], *(played.name for played in PLAYS)}
    untested = [bot.name for bot in strategies() if not bot.doctrine and bot.name not in tested]
    assert untested == [], (
        f"add what they play to PLAYS in {Path(__file__).name}; or, if Axelrod-Python has them, "
        "run the command in tests/tools/axelrod_golden.py"
    )
