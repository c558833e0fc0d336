"""Expectations: anchors, brute force over all luck, and the mean of many matches."""

from itertools import product

import numpy as np
import pytest

from game_rules.contests import exact
from game_rules.contests.exact import Lengths, expect, expect_pair
from game_rules.contests.results import play
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import D
from game_rules.strategies import strategy
from game_rules.strategies.kit.machine import Machine
from tests.game_rules.contests.fakes import LOPSIDED, contest

STANDARD = Corners(T=5, R=3, P=1, S=0)
COMPANY = (
    "tit_for_tat",
    "win_stay_lose_shift",
    "gtft",
    "random",
    "remorseful_prober",
    "contrite_tit_for_tat",
    "forgetful_fool_me_once",
    "cycler_ccd",
    "go_by_majority_5",
)


@pytest.mark.parametrize(
    ("name", "score"), [("tit_for_tat", 232.934), ("win_stay_lose_shift", 277.821)]
)
def test_known_expectations_of_self_play_with_noise(name, score):
    expected = expect(contest(name, turns=100, noise=0.05))
    assert expected.score_matrix[0, 0] == pytest.approx(score, abs=5e-4)


def machine(name: str) -> Machine:
    table = strategy(name).table
    assert table is not None
    return table(STANDARD)


def brute_force(row: Machine, column: Machine, noise: float, turns: int) -> list[float]:
    """Outcomes added up over every way that coins and slips can fall."""
    totals = [0.0] * 4
    paths = {(row.start, column.start): 1.0}
    for _ in range(turns):
        after: dict[tuple[int, int], float] = {}
        for (a, b), weight in paths.items():
            for face_a, face_b, flip_a, flip_b in product((0, 1), repeat=4):
                chance = weight
                chance *= row.heads[a] if not face_a else 1 - row.heads[a]
                chance *= column.heads[b] if not face_b else 1 - column.heads[b]
                chance *= (noise if flip_a else 1 - noise) * (noise if flip_b else 1 - noise)
                done_a = (row.actions[a][face_a] is D) ^ flip_a
                done_b = (column.actions[b][face_b] is D) ^ flip_b
                totals[2 * done_a + done_b] += chance
                reached = (
                    row.after[a][4 * face_a + 2 * done_a + done_b],
                    column.after[b][4 * face_b + 2 * done_b + done_a],
                )
                after[reached] = after.get(reached, 0.0) + chance
        paths = after
    return totals


@pytest.mark.parametrize("noise", [0.0, 0.07, 1.0])
@pytest.mark.parametrize("other", COMPANY)
def test_an_expectation_is_the_sum_over_all_luck(other, noise):
    pair = machine("remorseful_prober"), machine(other)
    lengths = Lengths.of(contest("cooperator", turns=9))
    expected = expect_pair(*pair, noise, lengths)
    assert expected.in_all == pytest.approx(brute_force(*pair, noise, 9))
    assert expected.per_turn == pytest.approx([share / 9 for share in expected.in_all])


@pytest.mark.parametrize("turns", [1, 7, 5000])
def test_the_three_ways_to_follow_a_chain_agree(turns, monkeypatch):
    pair = machine("go_by_majority_5"), machine("firm_but_fair")
    lengths = Lengths.of(contest("cooperator", turns=turns))
    found = []
    for most_as_matrix, most_as_list in ((10**6, 10**6), (0, 10**6), (0, 0)):
        monkeypatch.setattr(exact, "_MOST_AS_MATRIX", most_as_matrix)
        monkeypatch.setattr(exact, "_MOST_AS_LIST", most_as_list)
        found.append(expect_pair(*pair, 0.02, lengths).in_all)
    assert found[0] == pytest.approx(found[1])
    assert found[1] == pytest.approx(found[2])
    assert sum(found[0]) == pytest.approx(turns)


@pytest.mark.parametrize(
    "settings",
    [
        {"turns": 40, "noise": 0.03},
        {"turns": None, "continuation": 0.95, "noise": 0.03},
        {"turns": 12, "continuation": 0.9},
    ],
    ids=str,
)
def test_the_mean_of_many_matches_is_near_the_expectation(settings):
    played = contest(*COMPANY, repetitions=1500, seed="sampled", **settings)
    results, expected = play(played), expect(played)
    errors = results.payoffs.std(axis=2) / np.sqrt(played.repetitions)
    off = np.abs(results.payoff_matrix - expected.payoff_matrix)
    assert (off <= 4.5 * errors + 1e-9).all()
    shares = np.abs(results.cooperation_matrix - expected.cooperation_matrix)
    assert (shares <= 4.5 * results.cooperation.std(axis=2) / 1500**0.5 + 1e-9).all()


def test_an_asymmetric_game_is_expected_from_both_sides():
    played = contest("gtft", "bully", game=LOPSIDED, noise=0.05, repetitions=3000)
    results, expected = play(played), expect(played)
    assert np.allclose(results.payoff_matrix, expected.payoff_matrix, atol=0.03)


def test_without_luck_the_expectation_is_what_is_played():
    names = ("tit_for_tat", "prober", "alternator", "soft_grudger")
    played = contest(*names, turns=33)
    assert np.allclose(play(played).payoff_matrix, expect(played).payoff_matrix)


def test_a_match_of_one_turn_may_be_all_there_is():
    expected = expect(contest("suspicious_tit_for_tat", turns=None, continuation=0.0))
    assert expected.score_matrix[0, 0] == 1


def test_lengths_weigh_turns_as_a_mean_over_matches_does():
    lengths = Lengths.of(contest("cooperator", turns=3, continuation=0.5))
    assert lengths.lasting == pytest.approx([1, 0.5, 0.25])
    # lengths 1, 2, 3 have chances 1/2, 1/4, 1/4
    assert lengths.share == pytest.approx([1 / 2 + 1 / 8 + 1 / 12, 1 / 8 + 1 / 12, 1 / 12])


def test_what_is_no_table_cannot_be_expected():
    with pytest.raises(InvalidInput, match="gradual is no table bot"):
        expect(contest("tit_for_tat", "gradual"))


def test_a_pair_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(exact, "MOST_JOINT_STATES", 3)
    with pytest.raises(InvalidInput, match="4 joint states"):
        expect(contest("tit_for_tat", turns=5))


def test_exact_standings_have_no_width_and_name_equals():
    ranked = expect(contest("tit_for_tat", "cooperator", "defector", turns=10)).standings()
    assert [row.strategy for row in ranked] == ["defector", "tit_for_tat", "cooperator"]
    assert all(row.interval == (row.score, row.score) for row in ranked)
    twins = expect(contest("tit_for_tat", "grudger", turns=10)).standings()
    assert [row.tied_with for row in twins] == [(1,), (0,)]
    assert [row.rank for row in twins] == [1, 1]


def test_one_named_twice_is_expected_alike():
    matrix = expect(contest("gtft", "gtft", noise=0.1)).payoff_matrix
    assert np.allclose(matrix, matrix[0, 0])


def test_one_entrant_alone_is_ranked_by_its_self_play():
    (alone,) = expect(contest("win_stay_lose_shift", turns=100, noise=0.05)).standings()
    assert alone.median == alone.score == pytest.approx(2.77821)


def test_pairs_that_do_not_meet_have_no_expectation():
    expected = expect(contest("tit_for_tat", "defector", "cooperator", pairs=((0, 1), (1, 2))))
    assert np.isnan(expected.payoff_matrix[0, 2])
    assert len(expected.standings()) == 3
