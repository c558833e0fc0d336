"""Numbers are read as they are written, and games are tabulated whole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.exact import MOST_MEMBERS, exact, payoff_table, profiles, two_by_two
from game_rules.games.stage_games import LIBRARY, Terms, collective
from tests.game_rules.scenes import TERMS


@pytest.mark.parametrize("number", [0.1, "0.1", "1/10", Decimal("0.1"), Fraction(1, 10)])
def test_a_tenth_is_a_tenth_however_it_is_written(number):
    assert exact(number) == Fraction(1, 10)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_shortest_decimal_that_names_it(number):
    assert float(exact(number)) == number


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "three", "1/0", ""])
def test_what_is_no_finite_number_is_refused(number):
    with pytest.raises(InvalidInput, match="is no number"):
        exact(number)


def test_a_table_of_two_holds_row_and_column_the_same_way_round():
    table = two_by_two(LIBRARY["prisoners_dilemma"])
    assert table.row == ((3, 0), (5, 1))
    assert table.column == ((3, 5), (0, 1))


def test_a_larger_game_has_no_two_by_two_table():
    with pytest.raises(InvalidInput, match="3 members; a two-by-two game has 2"):
        two_by_two(collective((1, 1, 1), TERMS))


def test_a_collective_game_of_two_has_a_table():
    game = collective((1, 1), Terms(b=4, c=1, e=1, g=1, d=1, sigma=0.5))
    assert two_by_two(game).row[0][0] == exact(game.corners(0).R)


def test_a_payoff_table_has_every_profile_once():
    assert len(payoff_table(collective((1, 2, 3), TERMS))) == 8


def test_too_many_members_are_refused():
    with pytest.raises(InvalidInput, match=f"up to {MOST_MEMBERS}"):
        profiles(MOST_MEMBERS + 1)
