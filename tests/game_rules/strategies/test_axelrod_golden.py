"""Strategies that Axelrod-Python 4.14 has play what it plays, slips and luck alike.

The expected actions were made there by tests/tools/axelrod_golden.py. Strategies that it does not
have are in test_beyond_axelrod.py.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from game_rules.strategies import Conditions, Strategy, strategy
from game_rules.strategies.kit.draws import draw

GOLDEN = json.loads(Path(__file__).with_name("axelrod_golden.json").read_text(encoding="utf-8"))
STANDARD = Corners(T=5, R=3, P=1, S=0)
PLAYERS = GOLDEN["players"]
DRAWS_TWICE = {"first_by_anonymous"}
"""There a chance is drawn first and then the action; here the coin that comes to the same."""


@cache
def numbers(key: int, turns: int) -> tuple[float, ...]:
    return tuple(draw(key, turn) for turn in range(1, turns + 1))


def meant(bot: Strategy, others: str, slips: list[int], rounds: int | None) -> str:
    luck = numbers(GOLDEN["key"], len(others))
    play = bot.play(Conditions(STANDARD, rounds, lambda turn, nth=0: luck[turn - 1]))
    action = next(play)
    intentions = [action]
    for turn, other in enumerate(others[:-1]):
        done = action.other if turn in slips else action
        action = play.send((done, Action(other)))
        intentions.append(action)
    return "".join(intentions)


@pytest.mark.parametrize("name", PLAYERS)
@pytest.mark.parametrize("script", GOLDEN["scripts"])
def test_a_strategy_plays_what_axelrod_python_plays(name, script):
    expected = PLAYERS[name]["meant"][script]
    played = meant(strategy(name), **GOLDEN["scripts"][script])
    if name in DRAWS_TWICE:
        assert len(played) == len(expected)
    else:
        assert played == expected


@pytest.mark.parametrize("name", PLAYERS)
def test_memory_and_chance_are_as_axelrod_python_classifies_them(name):
    bot = strategy(name)
    assert bot.memory == PLAYERS[name]["memory"]
    assert bot.is_stochastic == PLAYERS[name]["is_stochastic"]


def test_graaskamp_plays_tit_for_tat_with_its_like():
    """From round 57 on: no golden script copies, so the copier is played here."""
    play = strategy("first_by_graaskamp").play(Conditions(STANDARD, None, lambda turn, nth=0: 0.5))
    action, other = next(play), Action.C
    actions = [action]
    for _ in range(99):
        action, other = play.send((action, other)), action
        actions.append(action)
    assert "".join(actions) == "C" * 50 + "DC" * 25
