"""Bradley-Terry strengths and the ladder."""

import numpy as np
import pytest

from game_rules.contests.ratings import Rating, bradley_terry, climb
from game_rules.contests.results import play
from game_rules.errors import InvalidInput
from tests.game_rules.contests.fakes import contest


def test_strengths_give_back_the_odds_they_were_made_of():
    truth = np.array([1.0, 0.2, -1.2])
    chance = 1 / (1 + np.exp(truth[None, :] - truth[:, None]))
    strengths = bradley_terry(chance * 1e6)
    assert strengths == pytest.approx(truth, abs=1e-3)


def test_two_who_always_draw_are_equal():
    assert bradley_terry(np.array([[0, 5.0], [5.0, 0]])) == pytest.approx([0, 0])


def test_one_who_never_lost_has_a_finite_strength():
    results = play(contest("defector", "cooperator", "tit_for_tat", repetitions=3))
    strengths = bradley_terry(results.wins)
    assert np.isfinite(strengths).all()
    assert strengths.argmax() == 0
    assert strengths.sum() == pytest.approx(0)


def test_one_alone_has_strength_nought():
    assert bradley_terry(np.zeros((1, 1))).tolist() == [0]


def test_a_winner_climbs_and_doubt_shrinks():
    after = climb({}, [{"a": 3.0, "b": 1.0}] * 5)
    assert after["a"].level > 25 > after["b"].level
    assert after["a"].doubt < Rating().doubt
    assert after["a"].sure_level > after["b"].sure_level


def test_a_draw_leaves_equals_equal():
    after = climb({}, [{"a": 2.0, "b": 2.0, "c": 2.0}])
    assert after["a"].level == pytest.approx(after["b"].level) == pytest.approx(after["c"].level)


def test_those_who_did_not_play_stay_where_they_are():
    before = {"c": Rating(30, 2)}
    assert climb(before, [{"a": 1.0, "b": 0.0}])["c"] == before["c"]


def test_nobody_plays_alone():
    with pytest.raises(InvalidInput, match="a match of 1"):
        climb({}, [{"a": 1.0}])
