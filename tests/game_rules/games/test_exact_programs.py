"""Linear programs in fractions: right, and the same as a library says."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.corners import Corners
from game_rules.games.correlated import mediate, obeys
from game_rules.games.exact_programs import solve_exactly
from game_rules.games.linear_programs import LinearProgram, NoSolution
from game_rules.games.stage_games import Bimatrix

points = st.integers(-4, 4)
corners = st.builds(Corners, points, points, points, points)


Row = Sequence[int]
Limits = Sequence[tuple[Row, int]]


def program(
    objective: Row, equal: Limits = (), at_most: Limits = (), free: int = 0
) -> LinearProgram:
    """Build a program from whole numbers."""
    return LinearProgram(_row(objective), _limits(equal), _limits(at_most), free)


def _row(row: Row) -> tuple[Fraction, ...]:
    return tuple(Fraction(x) for x in row)


def _limits(limits: Limits) -> tuple[tuple[tuple[Fraction, ...], Fraction], ...]:
    return tuple((_row(row), Fraction(bound)) for row, bound in limits)


def test_a_corner_is_found():
    """Dantzig's textbook corner: 3x + 5y under x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 is 36 at (2, 6)."""
    found = program((3, 5), (), (((1, 0), 4), ((0, 2), 12), ((3, 2), 18)))
    assert solve_exactly(found) == ((Fraction(2), Fraction(6)), True)


def test_a_free_variable_may_be_negative():
    assert solve_exactly(program((0, -1), (((1, 1), -3),), (((1, 0), 5),), free=1))[0][1] == -8
    assert solve_exactly(program((1,), (), (((1,), -2),), free=1))[0] == (Fraction(-2),)


def test_equations_that_say_nothing_new_are_dropped():
    same = (((1, 1), 1), ((2, 2), 2))
    assert solve_exactly(program((1, 0), same))[0] == (Fraction(1), Fraction(0))


def test_without_conditions_nothing_is_the_best_of_what_costs():
    assert solve_exactly(program([-1, -2]))[0] == (0, 0)


def test_what_cannot_be_met_has_no_solution():
    with pytest.raises(NoSolution, match="no solution meets all conditions"):
        solve_exactly(program((1,), (((1,), 2),), (((1,), 1),)))


def test_what_can_grow_for_ever_has_none_either():
    with pytest.raises(NoSolution, match="the best has no bound"):
        solve_exactly(program((1, 0), (), (((0, 1), 1),)))


def test_an_artificial_variable_at_nothing_is_driven_out():
    rows = (((1, -1), 0), ((1, 1), 2))
    assert solve_exactly(program((1, 1), rows))[0] == (Fraction(1), Fraction(1))


@given(
    st.lists(st.tuples(points, points, st.integers(0, 6)), min_size=1, max_size=4),
    st.tuples(points, points),
)
def test_no_other_corner_is_better(rows: list[tuple[int, int, int]], objective: tuple[int, int]):
    limits = [*(((a, b), bound) for a, b, bound in rows), ((1, 0), 5), ((0, 1), 5)]
    best, is_exact = solve_exactly(program(objective, (), limits))
    assert is_exact
    value = sum(Fraction(c) * x for c, x in zip(objective, best, strict=True))
    for x, y in product(range(6), repeat=2):
        if all(a * x + b * y <= bound for (a, b), bound in limits):
            assert objective[0] * x + objective[1] * y <= value
    assert all(a * best[0] + b * best[1] <= bound for (a, b), bound in limits)


@given(corners, corners)
def test_mediators_and_the_librarys_solver_find_the_same_values(row: Corners, column: Corners):
    game = Bimatrix(row, column)
    exact, by_library = mediate(game, solve_exactly), mediate(game)
    assert exact.is_exact
    assert obeys(game, exact.recommendations)
    assert exact.welfare == pytest.approx(by_library.welfare)
    assert float(min(exact.values)) == pytest.approx(float(min(by_library.values)))
