"""Reply patterns: names, tipping points, escrow and discount, against brute force and by hand."""

import inspect
from dataclasses import replace
from itertools import pairwise
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games import replies
from game_rules.games.corners import Corners
from game_rules.games.equilibria import gain_from_cooperation, pure_equilibria
from game_rules.games.exact import profiles
from game_rules.games.replies import (
    ReplyClass,
    cases,
    critical_discount_in_fog,
    critical_escrow_of_all,
    curve,
    gain_at,
    reply_class,
    worst_equilibrium,
)
from game_rules.games.stage_games import LIBRARY, Action, Bimatrix, Terms, collective, symmetric
from game_rules.games.tipping_points import _grid, tipping_points
from game_rules.rulesets.second.aftermath import begin
from tests.game_rules.drawn import games_of
from tests.game_rules.rulesets.first import shipped as first
from tests.game_rules.rulesets.second.regions import CHN, opened, quad

C, D = Action.C, Action.D
games = st.integers(2, 5).flatmap(games_of)

CODE = first.shipped("south_china_sea").arenas[0]
"""As rules 1 has it, where the straight line is most wrong."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prisoners_dilemma", ReplyClass.PRISONERS_DILEMMA),
        ("stag_hunt", ReplyClass.STAG_HUNT),
        ("chicken", ReplyClass.CHICKEN),
        ("battle_of_the_sexes", ReplyClass.BATTLE_OF_THE_SEXES),
        ("deadlock", ReplyClass.DEADLOCK),
        ("harmony", ReplyClass.HARMONY),
        ("zero_sum", ReplyClass.CONSTANT_SUM),
    ],
)
def test_bare_games_keep_their_names(name: str, expected: ReplyClass):
    assert reply_class(LIBRARY[name], 0) is expected


def test_names_that_only_a_whole_pattern_tells():
    flat = symmetric(1, 1, 1, 1)
    assert reply_class(flat, 0) is ReplyClass.INDIFFERENT
    lopsided = Bimatrix(Corners(T=2, R=0, P=0, S=-2), Corners(T=1, R=2, P=0, S=-1))
    assert reply_class(lopsided, 0) is ReplyClass.DEFECT_DOMINATES
    needed = collective((1, 1, 1), Terms(b=9, c=2, e=0, g=2, d=0, sigma=0.9), theta=0.6)
    assert reply_class(needed, 0) is ReplyClass.VOLUNTEERS_DILEMMA


def test_a_gap_between_two_corners_where_c_is_best():
    terms = Terms(b=3, c=1, e=0, g=1.5, d=1.2, sigma=0)
    game = collective((1, 1, 1), terms, theta=1)
    assert reply_class(game, 0) is ReplyClass.HARMONY_WITH_A_GAP


@given(games, st.floats(0, 1))
def test_the_curve_is_the_gain_at_one_belief_in_each(game, belief):
    for member in range(game.size):
        expected = gain_from_cooperation(game, member, (belief,) * game.size)
        assert gain_at(curve(game, member), belief) == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
@given(games)
def test_at_a_tipping_point_both_pay_alike_and_beside_it_as_said(game):
    for member in range(game.size):
        sums = curve(game, member)
        size = 1 + max(map(abs, sums))
        for point in tipping_points(game, member):
            assert 0 < point.belief < 1
            assert abs(gain_at(sums, point.belief)) <= 1e-9 * size


def test_a_zero_on_the_grid_is_a_tipping_point_if_the_signs_beside_it_differ():
    (point,) = tipping_points(symmetric(3, 4, 1, 0), 0)
    assert (point.belief, point.is_c_above) == (pytest.approx(0.5), True)
    assert tipping_points(symmetric(4, 3, 0, 1), 0)[0].is_c_above is False


@pytest.mark.parametrize(
    ("blocs", "expected"),
    [((), 0.76), (("quad",), 0.88), (("quad", "aukus"), 0.96)],
)
def test_chinas_tipping_point_in_the_summit_rises_with_the_blocs(blocs, expected):
    arena = _summit(blocs)
    (point,) = tipping_points(arena.game, arena.member(CHN))
    assert (point.belief, point.is_c_above) == (pytest.approx(expected, abs=0.005), True)


def test_the_old_straight_line_misled_china_in_the_code():
    """True is .219, and the line says .78."""
    point = tipping_points(CODE.game, CODE.member(CHN))[0]
    assert point.belief == pytest.approx(0.219, abs=0.001)


@given(games)
def test_above_z_star_c_is_dominant_and_below_it_is_not(game):
    for member in range(game.size):
        needed = critical_escrow_of_all(game, member)
        gains = [case.gain for case in cases(game, member)]
        assert min(gains) + needed + 1e-6 > 0
        assert needed == 0 or min(gains) + needed - 1e-6 < 0


@given(games)
def test_the_bound_for_many_members_holds_for_few(game):
    if not isinstance(game, Bimatrix):
        for member in range(game.size):
            losses = [-case.gain for case in cases(game, member)]
            assert max(replies._losses_anywhere(game, member)) >= max(losses) - 1e-6


def test_z_star_of_many_members_is_a_bound():
    game = collective((1,) * 20, Terms(b=40, c=2, e=1, g=1, d=1, sigma=0.5), theta=0.5)
    assert critical_escrow_of_all(game, 0) > 0


@pytest.mark.parametrize(
    ("quality", "expected"), [(1, 0.5), (0.9, 0.654), (0.8, 0.893), (0.77, 0.99), (0.76, None)]
)
def test_patience_in_fog_of_the_librarys_dilemma(quality: float, expected: float | None):
    found = critical_discount_in_fog(LIBRARY["prisoners_dilemma"], 0, quality)
    assert found == (None if expected is None else pytest.approx(expected, abs=0.005))


def test_no_patience_is_needed_without_greed_and_none_helps_without_a_threat():
    assert critical_discount_in_fog(LIBRARY["stag_hunt"], 0, 0.9) == 0
    assert critical_discount_in_fog(LIBRARY["deadlock"], 0, 1.0) is None
    pennies = Bimatrix(Corners(T=1, R=0, P=0, S=1), Corners(T=0, R=1, P=1, S=0))
    assert worst_equilibrium(pennies, 0) is None
    assert critical_discount_in_fog(pennies, 0, 1.0) is None


@given(games, st.floats(0.75, 1))
def test_patience_makes_cooperating_worth_one_deviation(game, quality):
    """The value of each is computed from the two-state chain: still trusted, or not any more."""
    for member in range(game.size):
        delta = critical_discount_in_fog(game, member, quality)
        worst = worst_equilibrium(game, member)
        if delta and worst is not None and delta < 0.999:
            corners, others = game.corners(member), quality ** (game.size - 1)
            keep, slip = others * quality, others * (1 - quality)
            after = worst / (1 - delta)
            good = (corners.R + delta * (1 - keep) * after) / (1 - delta * keep)
            deviate = corners.T + delta * (slip * good + (1 - slip) * after)
            assert deviate == pytest.approx(good, rel=1e-9, abs=1e-9)


def test_a_case_for_every_set_of_others():
    game = CODE.game
    assert len(cases(game, 0)) == 2 ** (game.size - 1)
    everybody = next(iter(profiles(game.size)))
    assert cases(game, 0)[0].cooperating == len(everybody) - 1


def _summit(blocs):
    scenario = quad()
    standing = replace(begin(scenario), produced=dict.fromkeys(blocs, 1.0))
    return opened(scenario, standing)["east_asia_summit"]


@given(games)
def test_the_worst_equilibrium_is_that_of_every_profile(game):
    """Except where somebody gains nothing by leaving, which rounding decides."""
    listed = pure_equilibria(game)
    gains = [abs(case.gain) for i in range(game.size) for case in cases(game, i)]
    if min(gains) > 1e-9:
        for member in range(game.size):
            paid = [game.payoffs(each)[member] for each in listed]
            found = worst_equilibrium(game, member)
            assert found == (pytest.approx(min(paid), abs=1e-9) if paid else None)


@given(games)
def test_cases_are_the_payoffs_of_every_set(game):
    for member in range(game.size):
        for case, others in zip(cases(game, member), profiles(game.size - 1), strict=True):
            with_c, with_d = (
                game.payoffs((*others[:member], mine, *others[member:]))[member] for mine in (C, D)
            )
            assert case.cooperating == others.count(C)
            assert case.gain == pytest.approx(with_c - with_d, abs=1e-9)


@pytest.mark.parametrize("ask", [cases, worst_equilibrium])
def test_more_members_than_can_be_tried_are_refused(ask):
    crowd = collective((1,) * 13, Terms(b=4, c=2, e=1, g=1, d=1, sigma=0.5))
    with pytest.raises(InvalidInput, match="13 members"):
        ask(crowd, 0)


@pytest.mark.slow
def test_between_tipping_points_the_better_action_is_as_they_say():
    """400 drawn arenas of two to seven members: at every middle between two of them."""
    chance, checked = Random(6), 0
    for _ in range(400):
        size = chance.randint(2, 7)
        five = [[chance.uniform(0, 6) for _ in range(5)] for _ in range(size)]
        terms = [Terms(*each, chance.random()) for each in five]
        game = collective([chance.uniform(1, 5) for _ in range(size)], terms, chance.random())
        sums, points = curve(game, 0), tipping_points(game, 0)
        ends = [0.0, *(x.belief for x in points), 1.0]
        for place, (low, high) in enumerate(pairwise(ends)):
            gain = gain_at(sums, (low + high) / 2)
            if points and abs(gain) > 1e-9:
                is_c = points[place - 1].is_c_above if place else not points[0].is_c_above
                assert (gain > 0) == is_c
                checked += 1
    assert checked > 150


def test_the_grid_weighs_all_numbers_of_others_that_may_cooperate():
    for weights in inspect.unwrap(_grid)(4):
        assert sum(comb(3, k) * weight for k, weight in enumerate(weights)) == pytest.approx(1)
