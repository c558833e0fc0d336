"""Equilibria: held against Gambit, against their definition, and against the facts of the rules."""

import random
from fractions import Fraction
from importlib import import_module
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.equilibria import (
    Equilibrium,
    equilibria,
    gain_from_cooperation,
    nash_sets,
    pure_equilibria,
    values,
)
from game_rules.games.exact import MOST_MEMBERS, two_by_two
from game_rules.games.stage_games import (
    LIBRARY,
    Action,
    Bimatrix,
    Collective,
    Terms,
    collective,
    symmetric,
)
from game_rules.lenses.lensed_games import LensedGame
from game_rules.lenses.lenses import Regard
from tests.game_rules.drawn import games_of, points
from tests.game_rules.scenes import TERMS

C, D = Action.C, Action.D

ROUNDING = 1e-12
"""What sums of floats that are equal may differ by."""

PURE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))

small = st.integers(-2, 2)
"""Few numbers, so that ties are common."""

bimatrices = st.builds(
    Bimatrix, st.builds(Corners, small, small, small, small), st.builds(Corners, *[small] * 4)
)


def as_bimatrix(row, column) -> Bimatrix:
    """Build a game from two matrices in the usual layout, [row's action][column's action]."""
    (rcc, rcd), (rdc, rdd) = row
    (ccc, ccd), (cdc, cdd) = column
    return Bimatrix(Corners(R=rcc, S=rcd, T=rdc, P=rdd), Corners(R=ccc, T=ccd, S=cdc, P=cdd))


def gambit() -> Any:
    """Import what is compiled, without types, and takes seconds to load."""
    return import_module("pygambit")


def of_gambit(row, column) -> set[tuple[tuple[Fraction, ...], ...]]:
    """Ask Gambit for every extreme equilibrium, in rationals."""
    game = gambit().StrategicGame.from_arrays(row, column)
    found = gambit().nash.enummixed_solve(game, rational=True).equilibria
    return {
        tuple(tuple(as_fractions(profile, player)) for player in game.players) for profile in found
    }


def as_fractions(profile, player) -> list[Fraction]:
    return [Fraction(chance.numerator, chance.denominator) for _, chance in profile[player]]


def difference_from_gambit(rng: random.Random) -> object:
    reach = rng.choice((1, 2, 3, 9))
    row, column = (
        [[rng.randint(-reach, reach) for _ in "CD"] for _ in "CD"] for _ in ("row", "column")
    )
    ours = {(each.row, each.column) for each in equilibria(as_bimatrix(row, column))}
    return ours ^ of_gambit(row, column)


def test_a_hundred_random_games_have_the_equilibria_that_gambit_finds():
    rng = random.Random(20261123)
    assert [difference_from_gambit(rng) for _ in range(100)] == [set()] * 100


@pytest.mark.slow
def test_2500_random_games_have_the_equilibria_that_gambit_finds():
    rng = random.Random(144)
    assert [difference_from_gambit(rng) for _ in range(2500)] == [set()] * 2500


@pytest.mark.parametrize("name", LIBRARY)
def test_the_librarys_games_have_one_that_lemke_and_howson_find(name):
    table = two_by_two(LIBRARY[name])
    game = gambit().StrategicGame.from_arrays(table.row, table.column)
    profile = gambit().nash.lcp_solve(game, rational=True, stop_after=1).equilibria[0]
    first = tuple(as_fractions(profile, next(iter(game.players))))
    assert first in {each.row for each in equilibria(LIBRARY[name])}


@given(bimatrices)
def test_nobody_gains_by_leaving_an_equilibrium(game):
    for found in equilibria(game):
        row, column = values(game, found)
        for chance in PURE:
            assert values(game, Equilibrium(chance, found.column))[0] <= row
            assert values(game, Equilibrium(found.row, chance))[1] <= column


@given(bimatrices)
def test_every_pure_equilibrium_is_among_the_extreme_ones(game):
    pure = {
        tuple(C if chances[0] else D for chances in (found.row, found.column))
        for found in equilibria(game)
        if 0 in found.row and 0 in found.column
    }
    assert pure == set(pure_equilibria(game))


@given(bimatrices, st.fractions(0, 1), st.fractions(0, 1))
def test_any_mixture_within_a_nash_set_is_an_equilibrium(game, p, q):
    for found in nash_sets(game):
        row = found.rows[0] + p * (found.rows[1] - found.rows[0])
        column = found.columns[0] + q * (found.columns[1] - found.columns[0])
        mixture = Equilibrium((row, 1 - row), (column, 1 - column))
        best = values(game, mixture)
        for chance in PURE:
            assert values(game, Equilibrium(chance, mixture.column))[0] <= best[0]
            assert values(game, Equilibrium(mixture.row, chance))[1] <= best[1]


@given(bimatrices)
def test_every_extreme_equilibrium_lies_in_a_nash_set(game):
    sets = nash_sets(game)
    for found in equilibria(game):
        assert any(
            each.rows[0] <= found.row[0] <= each.rows[1]
            and each.columns[0] <= found.column[0] <= each.columns[1]
            for each in sets
        )


quarters = [Fraction(part, 4) for part in range(5)]


@given(bimatrices)
def test_the_nash_sets_hold_every_equilibrium_there_is(game):
    sets = nash_sets(game)
    for p, q in product(quarters, repeat=2):
        profile = Equilibrium((p, 1 - p), (q, 1 - q))
        row, column = values(game, profile)
        is_nash = all(
            values(game, Equilibrium(pure, profile.column))[0] <= row
            and values(game, Equilibrium(profile.row, pure))[1] <= column
            for pure in PURE
        )
        inside = [
            each
            for each in sets
            if each.rows[0] <= p <= each.rows[1] and each.columns[0] <= q <= each.columns[1]
        ]
        assert bool(inside) == is_nash


def test_a_line_of_equilibria_between_two_others_is_a_set_of_its_own():
    """Row never cares; column wants to match, and is indifferent where row tosses a coin."""
    idle = as_bimatrix(((0, 0), (0, 0)), ((1, 0), (0, 1)))
    spans = {(each.rows, each.columns) for each in nash_sets(idle)}
    half = Fraction(1, 2)
    assert spans == {((half, 1), (1, 1)), ((0, half), (0, 0)), ((half, half), (0, 1))}


def test_a_game_of_no_consequence_is_one_set_of_equilibria():
    nothing = symmetric(0, 0, 0, 0)
    assert len(equilibria(nothing)) == 4
    (everything,) = nash_sets(nothing)
    assert (everything.rows, everything.columns) == ((0, 1), (0, 1))


def test_chicken_mixes_at_two_thirds_and_is_worth_seven_thirds():
    mixed = next(each for each in equilibria(LIBRARY["chicken"]) if 0 not in each.row)
    assert mixed.row == (Fraction(2, 3), Fraction(1, 3))
    assert values(LIBRARY["chicken"], mixed) == (Fraction(7, 3), Fraction(7, 3))


def test_collective_equilibria_of_a_stag_hunt_are_all_and_nobody():
    terms = Terms(b=6, c=2, e=1, g=2, d=0.5, sigma=0.3)
    assert pure_equilibria(collective([1] * 4, terms, theta=1.0)) == ((C,) * 4, (D,) * 4)


@given(st.integers(2, 5).flatmap(games_of))
def test_all_c_holds_iff_no_member_is_greedy_and_all_d_iff_none_is_bold(game):
    """Fact 1 of rules section 2 (Jervis 1978; Olson & Zeckhauser 1966), but for rounding."""
    found = pure_equilibria(game)
    least = 1e-12 if isinstance(game, Collective) else 0.0
    corners = [game.corners(member) for member in range(game.size)]
    assert ((C,) * game.size in found) == all(each.greed <= least for each in corners)
    assert ((D,) * game.size in found) == all(each.fear >= -least for each in corners)


def best_replies(game, member, profile):
    """Give a member's best actions against what the others do in a profile; both if tied.

    A tie of sums of floats is one up to their rounding: three shares of 1/3 are not quite 1.
    """
    paid = {
        action: game.payoffs((*profile[:member], action, *profile[member + 1 :]))[member]
        for action in Action
    }
    return tuple(action for action in Action if paid[action] >= max(paid.values()) - ROUNDING)


@given(st.integers(2, 4).flatmap(games_of))
def test_an_equilibrium_is_a_profile_of_best_replies(game):
    found = pure_equilibria(game)
    for profile in product((C, D), repeat=game.size):
        is_best = all(profile[i] in best_replies(game, i, profile) for i in range(game.size))
        assert (profile in found) == is_best


def test_a_tie_of_shares_is_a_tie_although_their_sums_are_rounded():
    """One of two equal others tempts with half of g = 2, which is what cooperating brings."""
    none, torn = Terms(0, 0, 0, 0, 0, 0), Terms(b=0, c=-1, e=0, g=2, d=0, sigma=0)
    game = Collective((0.3333333333333333,) * 3, (torn, none, none), 0.0)
    for profile in ((C, C, D), (D, C, D)):
        assert profile in pure_equilibria(game)
        assert best_replies(game, 0, profile) == (C, D)


def test_both_actions_are_best_where_nothing_is_gained():
    assert best_replies(symmetric(1, 1, 0, 0), 0, (D, C)) == (C, D)


@given(
    st.lists(st.floats(0.1, 9), min_size=2, max_size=5),
    st.lists(points, min_size=5, max_size=5),
    st.data(),
)
def test_without_a_threshold_the_gain_is_affine_in_the_belief(weights, terms, data):
    """Fact 2 of rules section 2: from −F at f = 0 to −G at f = 1 (Jervis 1978)."""
    game = collective(weights, Terms(*terms, 0.5))
    member = data.draw(st.integers(0, game.size - 1))
    belief = data.draw(st.floats(0, 1))
    corners = game.corners(member)
    expected = -corners.fear + belief * (corners.fear - corners.greed)
    gain = gain_from_cooperation(game, member, [belief] * game.size)
    assert gain == pytest.approx(expected, abs=1e-9)


@given(st.integers(2, 4).flatmap(games_of), st.data())
def test_weighing_sums_and_weighing_profiles_give_the_same_gain(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    chances = data.draw(st.lists(st.floats(0, 1), min_size=game.size, max_size=game.size))
    plain = tuple(Regard(1.0, (0.0,) * game.size) for _ in range(game.size))
    slowly = gain_from_cooperation(LensedGame(game, plain), member, chances)
    assert gain_from_cooperation(game, member, chances) == pytest.approx(slowly, abs=1e-9)


def test_a_stag_hunter_is_indifferent_at_the_tipping_point():
    hunt = LIBRARY["stag_hunt"]
    point = hunt.corners(0).tipping_point
    assert point is not None
    assert gain_from_cooperation(hunt, 0, (0, point)) == pytest.approx(0, abs=1e-12)
    assert gain_from_cooperation(hunt, 0, (0, point + 0.01)) > 0


def test_a_wrong_number_of_beliefs_is_refused():
    with pytest.raises(InvalidInput, match="1 chances for 2 members; give one per member"):
        gain_from_cooperation(LIBRARY["chicken"], 0, (0.5,))


def test_beliefs_about_too_many_are_refused():
    game = collective([1] * (MOST_MEMBERS + 1), TERMS)
    with pytest.raises(InvalidInput, match=f"13 members; .* up to {MOST_MEMBERS}"):
        gain_from_cooperation(game, 0, [0.5] * game.size)
    with pytest.raises(InvalidInput, match=f"13 members; .* up to {MOST_MEMBERS}"):
        pure_equilibria(game)


@given(
    st.lists(st.floats(0.1, 9), min_size=2, max_size=6),
    st.tuples(*[st.floats(0.1, 9)] * 5),
    st.floats(0, 0.99),
)
def test_the_strong_pay_and_the_small_ride_free(weights, terms, sigma):
    """Fact 4 of rules section 2: greed and fear fall with weight (Olson & Zeckhauser 1966)."""
    game = collective(weights, Terms(*terms, sigma))
    ranked = sorted(range(game.size), key=game.weight)
    corners = [game.corners(member) for member in ranked]
    for light, heavy in pairwise(corners):
        assert heavy.greed <= light.greed + 1e-9
        assert heavy.fear <= light.fear + 1e-9
