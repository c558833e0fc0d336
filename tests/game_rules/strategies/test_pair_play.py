"""Doctrines in contests: one opponent, no talk, the same formulas."""

import pytest

from game_rules.games.corners import Corners
from game_rules.games.stage_games import LIBRARY, Action, C, D
from game_rules.scenario.parameters import StandingParameters
from game_rules.strategies import Conditions, strategy
from game_rules.strategies.kit.pair_play import Memory
from tests.game_rules.drawn import DOCTRINES

DEFAULTS = StandingParameters()


def chances(name: str, corners: Corners, others: str) -> list[float]:
    """Find the chance of C at every turn against a script, by bisection of the coin."""
    found = []
    for turn in range(1, len(others) + 2):
        low, high = 0.0, 1.0
        for _ in range(30):
            middle = (low + high) / 2
            coins = {turn: middle}
            play = strategy(name).play(
                Conditions(corners, None, lambda n, nth=0, coins=coins: coins.get(n, 0.0))
            )
            action = next(play)
            for other in others[: turn - 1]:
                action = play.send((C, Action(other)))
            low, high = (middle, high) if action is C else (low, middle)
        found.append(round(low, 4))
    return found


@pytest.mark.parametrize("name", DOCTRINES)
def test_every_doctrine_cooperates_in_harmony_more_than_in_deadlock(name: str):
    harmony, deadlock = (LIBRARY[game].row for game in ("harmony", "deadlock"))
    assert chances(name, harmony, "")[0] > chances(name, deadlock, "")[0]


@pytest.mark.parametrize("name", DOCTRINES)
def test_defections_make_every_doctrine_less_cooperative_in_a_stag_hunt(name: str):
    kind, unkind = (
        chances(name, LIBRARY["stag_hunt"].row, others)[-1] for others in ("CCC", "DDD")
    )
    assert kind > unkind


def test_a_realist_begins_a_stag_hunt_by_the_chance_that_its_formula_gives():
    """k = 1/2 adds (T − S)/2 to greed and fear: 1/2 and 7/2; at τ = 1/2 the gain is −2."""
    assert chances("realist", LIBRARY["stag_hunt"].row, "")[0] == pytest.approx(
        0.5 - 2 / 7, abs=1e-3
    )


def test_a_diplomat_begins_a_dilemma_with_the_future_in_mind():
    assert chances("diplomat", Corners(5, 3, 1, 0), "")[0] == pytest.approx(0.5 + 0.5 / 4, abs=1e-3)


def test_memory_is_that_of_the_rules():
    before = Memory(1.0, 1.0, 0.0, 0.5)
    assert before.trust == 0.5
    assert before.after(C, C, DEFAULTS) == Memory(1.9, 0.9, 0.05, 0.6)
    betrayed = before.after(C, D, DEFAULTS)
    assert (betrayed.good, betrayed.bad, betrayed.affinity) == (0.9, 2.9, -0.1)
    assert before.after(D, C, DEFAULTS).affinity == 0.0


def test_other_payoffs_of_the_other_side_are_weighed():
    own = LIBRARY["stag_hunt"].row
    alike = Conditions(own, None, lambda turn, nth=0: 0.4, own)
    poorer = Conditions(own, None, lambda turn, nth=0: 0.4, Corners(0, 0, 0, 0))
    actions = [next(strategy("realist").play(each)) for each in (alike, poorer)]
    assert actions == [D, D]
    certain = [
        Conditions(own, None, lambda turn, nth=0: 0.25, each) for each in (own, Corners(0, 0, 0, 0))
    ]
    assert [next(strategy("realist").play(each)) for each in certain] == [D, C]
