"""Every word about a game of two is true: all orders of four payoffs, ties included."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product

import pytest

from game_rules.advice.advisor import advise
from game_rules.advice.levers import levers
from game_rules.games.clauses import Clause, clauses, holds_for_all
from game_rules.games.corners import Corners, GameClass, game_class
from game_rules.games.stage_games import Action, Bimatrix
from server.cli.advise.words import CLAUSES, TOGETHER, lever, story, tipping
from tests.game_rules.games.orders import EVERY_ORDER

Truth = Callable[[float, float, float, float], bool]

CLAUSE_TRUTHS: Mapping[Clause, Truth] = {
    Clause.DEFECTING_ALWAYS: lambda t, r, p, s: t > r and p > s,
    Clause.DEFECTING_ON_COOPERATORS: lambda t, r, p, s: t > r and p == s,
    Clause.DEFECTING_ON_DEFECTORS: lambda t, r, p, s: t == r and p > s,
    Clause.COOPERATING_ALWAYS: lambda t, r, p, s: r > t and s > p,
    Clause.COOPERATING_WITH_COOPERATORS: lambda t, r, p, s: r > t and s == p,
    Clause.COOPERATING_WITH_DEFECTORS: lambda t, r, p, s: r == t and s > p,
    Clause.NO_DIFFERENCE: lambda t, r, p, s: t == r and p == s,
    Clause.MATCHING: lambda t, r, p, s: r > t and p > s,
    Clause.PRESSING: lambda t, r, p, s: t > max(r, p, s) and p < min(t, r, s),
    Clause.OPPOSING: lambda t, r, p, s: t > r and s > p and s > r,
    Clause.PEACE_PAYS: lambda t, r, p, s: r > p,
    Clause.WAR_SUITS: lambda t, r, p, s: p > r,
    Clause.PEACE_ADDS_NOTHING: lambda t, r, p, s: r == p,
    Clause.WAR_PAYS: lambda t, r, p, s: p > r,
    Clause.LEADING: lambda t, r, p, s: t > s,
    Clause.FOLLOWING: lambda t, r, p, s: s > t,
    Clause.EITHER_ROLE: lambda t, r, p, s: s == t,
}

CLASS_TRUTHS: Mapping[GameClass, Truth] = {
    GameClass.PRISONERS_DILEMMA: lambda t, r, p, s: t > r > p > s,
    GameClass.DEADLOCK: lambda t, r, p, s: t > r and p > s and p > r,
    GameClass.CONSTANT_SUM: lambda t, r, p, s: t > r == p > s and t + s == r + p,
    GameClass.STAG_HUNT: lambda t, r, p, s: r > t and p > s,
    GameClass.CHICKEN: lambda t, r, p, s: t > r >= s > p,
    GameClass.BATTLE_OF_THE_SEXES: lambda t, r, p, s: t > r and s > p and s > r,
    GameClass.HARMONY: lambda t, r, p, s: r > t and s > p,
    GameClass.WEAK_DILEMMA: lambda t, r, p, s: t >= r > p >= s and (t == r) != (p == s),
    GameClass.WEAK_DEADLOCK: lambda t, r, p, s: t >= r and p >= max(r, s) and (t, p) != (r, s),
    GameClass.WEAK_HARMONY: lambda t, r, p, s: r >= t and s >= p and (r == t) != (s == p),
    GameClass.INDIFFERENCE: lambda t, r, p, s: t == r and p == s,
}


def four(corners: Corners) -> tuple[float, float, float, float]:
    return corners.T, corners.R, corners.P, corners.S


def test_all_orders_of_four_payoffs_are_tried():
    signs = {
        tuple((x > y) - (x < y) for x, y in product(four(one), repeat=2)) for one in EVERY_ORDER
    }
    assert len(signs) == len(EVERY_ORDER) == 75


@pytest.mark.parametrize(
    "corners", EVERY_ORDER, ids=lambda one: "".join(f"{x:g}" for x in four(one))
)
def test_every_clause_and_the_class_are_true_of_every_order(corners):
    advice = advise(Bimatrix(corners, corners), has_mediation=False)
    assert advice.game_class is game_class(Bimatrix(corners, corners), 0)
    assert CLASS_TRUTHS[advice.game_class](*four(corners))
    assert advice.clauses == clauses(corners)
    assert all(CLAUSE_TRUTHS[each](*four(corners)) for each in advice.clauses)
    assert story(advice).startswith(CLAUSES[advice.clauses[0]])


def test_every_clause_and_every_class_is_needed():
    told = {each for corners in EVERY_ORDER for each in clauses(corners)}
    assert told == set(CLAUSE_TRUTHS) == set(Clause)
    assert {corners.game_class for corners in EVERY_ORDER} == set(GameClass) == set(CLASS_TRUTHS)


def test_what_is_told_of_all_is_true_of_both_sides():
    """All pairs of orders: "all would be better off" only where both would."""
    for row, column in product(EVERY_ORDER, repeat=2):
        last = clauses(row)[-1]
        is_true = last in TOGETHER and all(CLAUSE_TRUTHS[last](*four(x)) for x in (row, column))
        assert holds_for_all(last, (row, column)) == is_true


def test_only_a_game_of_constant_sums_is_called_one():
    for row, column in product(EVERY_ORDER, repeat=2):
        game = Bimatrix(row, column)
        sums = {sum(game.payoffs(profile)) for profile in product(Action, repeat=2)}
        if GameClass.CONSTANT_SUM in (game_class(game, 0), game_class(game, 1)):
            assert len(sums) == 1


def test_levers_lead_where_they_say_from_every_order():
    """A thousandth past the change is the new class; what is short of it is the old one."""
    for corners in EVERY_ORDER:
        game = Bimatrix(corners, corners)
        for each in levers(game, 0):
            way = 1 if each.is_up else -1
            past = each.now + each.change + (way * 1e-3 if each.is_beyond else 0)
            assert _class_with(game, each.parameter, past) is each.game_class
            assert each.game_class is not game_class(game, 0)
            if each.change:
                short = each.now + each.change - way * 1e-3
                assert _class_with(game, each.parameter, short) is game_class(game, 0)


def _class_with(game: Bimatrix, parameter: str, value: float) -> GameClass:
    return game_class(Bimatrix(replace(game.row, **{parameter: value}), game.column), 0)


@pytest.mark.slow
def test_trust_that_helps_is_never_claimed_where_it_hurts():
    for corners in EVERY_ORDER:
        words = tipping(advise(Bimatrix(corners, corners), has_mediation=False))
        hurts, helps = corners.greed > 0 > corners.fear, corners.greed < corners.fear
        is_single = min(corners.greed, corners.fear) > 0 or max(corners.greed, corners.fear) < 0
        assert words.startswith("none: the less") == hurts
        assert ("cooperate if" in words) == (helps and not is_single)


def test_the_all_equal_game_names_no_dilemma_and_no_any_change():
    advice = advise(Bimatrix(Corners(0, 0, 0, 0), Corners(0, 0, 0, 0)), has_mediation=False)
    assert advice.game_class is GameClass.INDIFFERENCE
    assert story(advice) == CLAUSES[Clause.NO_DIFFERENCE]
    assert lever(advice) == (
        "the temptation T up from 0, by however little: then it is Weak Deadlock"
    )


def test_doctrines_of_rules_1_see_the_same_contests():
    """The classes that rules version 1 named Chicken and Battle of the Sexes, ties included."""
    for corners in EVERY_ORDER:
        greed, fear = corners.greed, corners.fear
        is_neither = (greed > 0 and fear > 0) or (greed < 0 and fear < 0) or greed <= 0 <= fear
        assert corners.is_contested == (not is_neither)
