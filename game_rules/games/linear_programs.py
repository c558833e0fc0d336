"""Linear programs solved by a library, with the results checked in exact fractions."""

from dataclasses import dataclass
from fractions import Fraction

from game_rules.errors import RulesError

FractionRow = tuple[Fraction, ...]
Constraint = tuple[FractionRow, Fraction]

_ACTIVE = 1e-9
"""Below this a solver's variable counts as 0 and a constraint as tight (payoffs scaled to 1)."""


class NoSolution(RulesError):
    """A linear program that has no solution, or that the solver did not solve."""


@dataclass(frozen=True, slots=True)
class LinearProgram:
    """Maximise objective · x with x ≥ 0.

    equal, at_most: (row, bound), for row · x = bound and row · x ≤ bound. free: how many of the
    last variables may be negative.
    """

    objective: FractionRow
    equal: tuple[Constraint, ...]
    at_most: tuple[Constraint, ...]
    free: int = 0


def solve(program: LinearProgram) -> tuple[FractionRow, bool]:
    """Solve a linear program; return an optimal vertex and whether it is exact.

    The solver's floats say which constraints bind; the vertex where they meet is then computed
    and checked in fractions. Where the floats mislead, they are given as they are, not exact.
    Raises NoSolution.
    """
    found = _by_library(program)
    vertex = _vertex(program, found)
    if vertex is not None and _is_feasible(program, vertex):
        return vertex, True
    return tuple(Fraction(x).limit_denominator(10**9) for x in found), False


def _by_library(program: LinearProgram) -> list[float]:
    from scipy.optimize import linprog  # half a second to import: only who asks pays

    bounds = [(0, None)] * (len(program.objective) - program.free) + [(None, None)] * program.free
    result = linprog(
        _floats(tuple(-x for x in program.objective)),
        A_eq=[_floats(row) for row, _ in program.equal] or None,
        b_eq=[float(bound) for _, bound in program.equal] or None,
        A_ub=[_floats(row) for row, _ in program.at_most],
        b_ub=[float(bound) for _, bound in program.at_most],
        bounds=bounds,
        method="highs-ds",
    )
    if not result.success:
        raise NoSolution(f"the linear program was not solved: {result.message}")
    return [float(x) for x in result.x]


def _floats(row: FractionRow) -> list[float]:
    return [float(x) for x in row]


def _vertex(program: LinearProgram, found: list[float]) -> FractionRow | None:
    last_bound = len(found) - program.free
    used = [i for i, x in enumerate(found) if i >= last_bound or x > _ACTIVE]
    tight = [*program.equal, *(limit for limit in program.at_most if _binds(limit, found))]
    solution = _eliminate([[*(row[i] for i in used), bound] for row, bound in tight], len(used))
    if solution is None:
        return None
    vertex = [Fraction(0)] * len(found)
    for i, x in zip(used, solution, strict=True):
        vertex[i] = x
    return tuple(vertex)


def _binds(limit: Constraint, found: list[float]) -> bool:
    row, bound = limit
    slack = float(bound)
    for coefficient, x in zip(row, found, strict=True):
        if x:
            slack -= float(coefficient) * x
    return abs(slack) <= _ACTIVE


def _eliminate(rows: list[list[Fraction]], unknowns: int) -> FractionRow | None:
    """Solve a linear system by Gauss-Jordan elimination; None unless the solution is unique."""
    for place in range(unknowns):
        pivot = next((r for r in range(place, len(rows)) if rows[r][place]), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        lead = rows[place][place]
        rows[place] = [x / lead for x in rows[place]]
        for r, row in enumerate(rows):
            if r != place and row[place]:
                rows[r] = _less(row, rows[place], row[place])
    if any(row[unknowns] for row in rows[unknowns:]):
        return None
    return tuple(row[unknowns] for row in rows[:unknowns])


def _less(row: list[Fraction], other: list[Fraction], times: Fraction) -> list[Fraction]:
    return [x - times * y for x, y in zip(row, other, strict=True)]


def _is_feasible(program: LinearProgram, xs: FractionRow) -> bool:
    bounded = xs[: len(xs) - program.free]
    fits = all(_product(row, xs) <= bound for row, bound in program.at_most)
    return fits and all(x >= 0 for x in bounded)


def _product(row: FractionRow, xs: FractionRow) -> Fraction:
    total = Fraction(0)
    for coefficient, x in zip(row, xs, strict=True):
        if x:
            total += coefficient * x
    return total
