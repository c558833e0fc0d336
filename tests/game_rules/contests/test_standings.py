"""Means, intervals, ranks and ties, by hand, by simulation and by Axelrod-Python."""

import json
from pathlib import Path

import numpy as np
import pytest

from game_rules.contests.exact import expect
from game_rules.contests.results import play
from game_rules.contests.standings import standings
from tests.game_rules.contests.fakes import LOPSIDED, contest

AXELROD = json.loads(
    Path(__file__).with_name("axelrod_tournament.json").read_text(encoding="utf-8")
)


def test_matrices_of_a_small_contest_are_as_by_hand():
    results = play(contest("cooperator", "defector", "tit_for_tat", turns=4))
    assert results.payoff_matrix.tolist() == [[3, 0, 3], [5, 1, 2], [3, 0.75, 3]]
    assert results.cooperation_matrix.tolist() == [[1, 1, 1], [0, 0, 0], [1, 0.25, 1]]
    assert results.wins.tolist() == [[0, 0, 0.5], [1, 0, 1], [0.5, 0, 0]]


def test_a_score_is_the_mean_over_all_it_met_and_itself():
    ranked = standings(play(contest("cooperator", "defector", "tit_for_tat", turns=4)))
    assert [(row.strategy, row.score) for row in ranked] == [
        ("defector", pytest.approx(8 / 3)),
        ("tit_for_tat", pytest.approx(2.25)),
        ("cooperator", 2),
    ]
    assert [row.rank for row in ranked] == [1, 2, 3]


def test_without_self_play_itself_does_not_count():
    played = contest("cooperator", "defector", "tit_for_tat", turns=4, has_self_play=False)
    results = play(played)
    assert np.isnan(results.payoff_matrix[0, 0])
    assert [row.score for row in standings(results)] == [3.5, 1.875, 1.5]


def test_medians_leave_self_play_out():
    ranked = standings(play(contest("cooperator", "defector", "tit_for_tat", turns=4)))
    assert [row.median for row in ranked] == [3.5, 1.875, 1.5]


def test_axelrod_python_ranks_alike():
    """By medians; within a rank its order is that of entry, as ours."""
    played = contest(*AXELROD["names"], turns=AXELROD["turns"])
    ranked = sorted(standings(play(played)), key=lambda row: (row.median_rank, row.place))
    assert [row.strategy for row in ranked] == AXELROD["ranking"]


def test_one_who_meets_only_itself_keeps_its_score():
    (alone,) = standings(play(contest("defector")))
    assert (alone.score, alone.median) == (1, 1)


def test_without_luck_the_interval_has_no_width():
    for times in (1, 5):
        for row in standings(play(contest("prober", "grudger", repetitions=times))):
            assert row.interval == (row.score, row.score)


def test_one_lucky_repetition_tells_no_interval():
    for settings in ({"noise": 0.1}, {"turns": None, "continuation": 0.5}):
        ranked = standings(play(contest("grudger", "defector", **settings)))
        assert [row.interval for row in ranked] == [None, None]
    assert standings(play(contest("random", "defector")))[0].interval is None


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say():
    names = ("tit_for_tat", "gtft", "win_stay_lose_shift", "random")
    truth = {
        row.strategy: row.score for row in expect(contest(*names, turns=20, noise=0.05)).standings()
    }
    held = []
    for seed in range(150):
        played = contest(*names, turns=20, noise=0.05, repetitions=12, seed=str(seed))
        for row in standings(play(played)):
            assert row.interval is not None
            low, high = row.interval
            held.append(low <= truth[row.strategy] <= high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)


def test_the_like_are_not_told_apart_and_the_unlike_are():
    names = ("first_by_joss", "burn_both_ends", "defector")
    ranked = standings(play(contest(*names, turns=50, repetitions=60)))
    by_name = {row.strategy: row for row in ranked}
    assert by_name["first_by_joss"].tied_with == (1,)
    assert by_name["burn_both_ends"].tied_with == (0,)
    assert by_name["defector"].tied_with == ()


def test_equals_share_a_rank():
    ranked = standings(play(contest("tit_for_tat", "grudger", "cooperator", "defector")))
    assert [(row.strategy, row.rank) for row in ranked] == [
        ("tit_for_tat", 1),
        ("grudger", 1),
        ("cooperator", 3),
        ("defector", 4),
    ]
    assert ranked[0].tied_with == (1,)


def test_one_named_twice_plays_itself():
    results = play(contest("tit_for_tat", "tit_for_tat"))
    assert results.payoff_matrix.tolist() == [[3, 3], [3, 3]]
    assert [row.place for row in standings(results)] == [0, 1]


def test_an_asymmetric_game_counts_both_seats():
    results = play(contest("cooperator", "defector", game=LOPSIDED))
    # row's corners are T5 R3 P1 S0, column's T2 R7 P3 S1
    assert results.payoff_matrix.tolist() == [[5, 0.5], [3.5, 2]]
    assert results.wins.tolist() == [[0, 0], [2, 0]]


def test_a_played_contest_can_be_restricted_to_some_pairs():
    results = play(contest("tit_for_tat", "defector", "cooperator", pairs=((0, 1), (1, 2))))
    assert np.isnan(results.payoff_matrix[0, 2])
    assert standings(results)[0].strategy == "defector"
