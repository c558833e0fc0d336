"""The index: a fifth root by + − × ÷ alone, right to the last digits."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.standing.integration import fifth_root, index_of

ULP = Fraction(2, 2**52)
shares = st.just(0.0) | st.floats(1e-9, 1)


@given(st.floats(1e-300, 1))
def test_the_fifth_power_of_the_root_is_the_number(x):
    root = Fraction(fifth_root(x))
    assert (root * (1 - 2 * ULP)) ** 5 <= Fraction(x) <= (root * (1 + 2 * ULP)) ** 5


@pytest.mark.parametrize("root", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_exact_powers_have_exact_roots(root):
    assert fifth_root(root**5) == root


def test_the_smallest_share_has_a_root():
    assert 0 < fifth_root(5e-324) < 1e-64


@given(st.lists(shares, min_size=2, max_size=9).map(sorted))
def test_a_larger_share_has_no_smaller_root_beyond_rounding(xs):
    for low, high in pairwise(xs):
        assert fifth_root(low) <= fifth_root(high) * (1 + 4e-16)


@given(st.tuples(shares, shares, shares, shares, shares))
def test_the_index_lies_between_its_parts(parts):
    assert 100 * min(parts) * (1 - 1e-12) <= index_of(parts) <= 100 * max(parts) * (1 + 1e-12)


def test_one_part_of_nothing_leaves_nothing():
    assert index_of((1, 1, 0, 1, 1)) == 0


def test_a_root_of_what_is_no_number_ends():
    assert fifth_root(float("nan")) == 1.0
