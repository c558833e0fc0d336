"""Linear programs: exact where the solver's floats lead to a vertex, said so where not."""

from fractions import Fraction

import pytest

from game_rules.games.linear_programs import LinearProgram, NoSolution, solve


def fractions(*numbers: str | int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number) for number in numbers)


def test_a_vertex_is_exact():
    thirds = LinearProgram(
        objective=fractions(1, 1),
        equal=(),
        at_most=((fractions(3, 0), Fraction(1)), (fractions(0, 7), Fraction(2))),
    )
    assert solve(thirds) == (fractions("1/3", "2/7"), True)


def test_a_free_variable_may_be_negative():
    below = LinearProgram(
        objective=fractions(0, -1),
        equal=((fractions(1, 0), Fraction(1)),),
        at_most=((fractions(0, -3), Fraction(1)),),
        free=1,
    )
    assert solve(below) == (fractions(1, "-1/3"), True)


def test_a_program_that_nothing_fits_has_no_solution():
    impossible = LinearProgram(
        objective=fractions(1),
        equal=((fractions(1), Fraction(2)),),
        at_most=((fractions(1), Fraction(1)),),
    )
    with pytest.raises(NoSolution, match="not solved"):
        solve(impossible)


def test_a_program_without_end_has_no_solution():
    with pytest.raises(NoSolution, match="not solved"):
        solve(LinearProgram(fractions(1), (), ((fractions(-1), Fraction(1)),)))


def test_constraints_that_differ_by_less_than_rounding_are_not_called_exact():
    close = LinearProgram(
        objective=fractions(1),
        equal=((fractions(1), Fraction(1)), (fractions(1), Fraction(1) + Fraction(1, 10**12))),
        at_most=((fractions(1), Fraction(2)),),
    )
    (x,), is_exact = solve(close)
    assert not is_exact
    assert float(x) == pytest.approx(1)


def test_a_vertex_that_breaks_a_constraint_in_fractions_is_not_called_exact():
    """The floats hide that the first binds, and the second alone allows a little more."""
    nearly = Fraction(1, 49) + Fraction(1, 10**12)
    close = LinearProgram(
        objective=fractions(1),
        equal=(),
        at_most=((fractions(49 * 10**9), Fraction(10**9)), (fractions(1), nearly)),
    )
    _, is_exact = solve(close)
    assert not is_exact


def test_a_binding_constraint_that_the_floats_hide_leaves_no_exact_vertex():
    coarse = LinearProgram(fractions(1), (), ((fractions(49 * 10**9), Fraction(10**9)),))
    (x,), is_exact = solve(coarse)
    assert not is_exact
    assert float(x) == pytest.approx(1 / 49)
