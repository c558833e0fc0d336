"""Small linear programs in fractions: no rounding, so the same vertex on every machine.

The two-phase simplex method with Bland's rule (Bland 1977), which always terminates. For a few
dozen variables; `linear_programs` uses a library for larger programs. Each row is kept as whole
numbers without a common factor, because they are much faster than fractions.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from game_rules.games.linear_programs import FractionRow, LinearProgram, NoSolution

ZERO, ONE = Fraction(0), Fraction(1)

IntegerRow = list[int]


def solve_exactly(program: LinearProgram) -> tuple[FractionRow, bool]:
    """Solve a linear program; return an optimal vertex, and True for exact.

    Raises NoSolution where nothing is feasible or everything can grow.

    >>> half = Fraction(1, 2)
    >>> program = LinearProgram((ONE, ONE), (), (((ONE, ZERO), half), ((ONE, ONE), ONE)))
    >>> [str(x) for x in solve_exactly(program)[0]]
    ['1/2', '1/2']
    """
    table = _Tableau(program)
    table.become_feasible()
    table.maximise(_split(program.objective, program.free))
    return table.vertex(len(program.objective), program.free), True


class _Tableau:
    """The simplex tableau: rows of `variables | bound`; the last columns are artificial.

    A row is an equation times some positive number, so a basic variable's own factor is positive.
    """

    def __init__(self, program: LinearProgram) -> None:
        slacks = len(program.at_most)
        rows: list[list[Fraction]] = []
        for place, (row, bound) in enumerate(program.at_most):
            slack = [ONE if place == other else ZERO for other in range(slacks)]
            rows.append([*_split(row, program.free), *slack, bound])
        for row, bound in program.equal:
            rows.append([*_split(row, program.free), *[ZERO] * slacks, bound])
        rows = [[-x for x in row] if row[-1] < 0 else row for row in rows]
        self.real = len(program.objective) + program.free + slacks
        size = len(rows)
        self.width = self.real + size + 1
        for place, row in enumerate(rows):
            row[-1:] = [*(ONE if place == other else ZERO for other in range(size)), row[-1]]
        self.rows = [_whole(row) for row in rows]
        self.basis = [self.real + place for place in range(size)]

    def become_feasible(self) -> None:
        """Phase one: drive every artificial variable to 0; drop redundant rows."""
        size = len(self.rows)
        self._climb([*[ZERO] * self.real, *[-ONE] * size], self.real + size)
        if any(self.rows[i][-1] for i, basic in enumerate(self.basis) if basic >= self.real):
            raise NoSolution("no solution meets all conditions; check the game's payoffs")
        for place in range(size):
            if self.basis[place] >= self.real:
                column = next((j for j in range(self.real) if self.rows[place][j]), None)
                if column is not None:
                    self._pivot(place, column)
        kept = [place for place in range(size) if self.basis[place] < self.real]
        self.rows = [self.rows[place] for place in kept]
        self.basis = [self.basis[place] for place in kept]

    def maximise(self, objective: Sequence[Fraction]) -> None:
        """Phase two: move to an optimal vertex. objective: of the program's own variables."""
        self._climb([*objective, *[ZERO] * (self.real - len(objective))], self.real)

    def vertex(self, size: int, free: int) -> FractionRow:
        """Return the values of the program's own variables."""
        basics = zip(self.basis, self.rows, strict=True)
        values = {basic: Fraction(row[-1], row[basic]) for basic, row in basics}
        plain = [values.get(j, ZERO) for j in range(size)]
        for place in range(free):
            plain[size - free + place] -= values.get(size + place, ZERO)
        return tuple(plain)

    def _climb(self, objective: list[Fraction], width: int) -> None:
        """Pivot on the first column that improves the objective, until none does (Bland's rule)."""
        worths = _whole([*objective, *[ZERO] * (self.width - len(objective))])
        for basic, row in zip(self.basis, self.rows, strict=True):
            worths = _without(worths, row, basic)
        while (entering := next((j for j in range(width) if worths[j] > 0), None)) is not None:
            place = self._leaving(entering)
            self._pivot(place, entering)
            worths = _without(worths, self.rows[place], entering)

    def _leaving(self, column: int) -> int:
        """Return the row with the smallest ratio; ties go to the first variable."""
        rising = [i for i, row in enumerate(self.rows) if row[column] > 0]
        if not rising:
            raise NoSolution("the best has no bound; check the game's payoffs")
        return min(rising, key=lambda i: (self._bound(i, column), self.basis[i]))

    def _bound(self, place: int, column: int) -> Fraction:
        return Fraction(self.rows[place][-1], self.rows[place][column])

    def _pivot(self, place: int, column: int) -> None:
        pivot = self.rows[place]
        if pivot[column] < 0:
            pivot = [-x for x in pivot]
        self.rows = [_without(row, pivot, column) for row in self.rows]
        self.rows[place] = pivot
        self.basis[place] = column


def _without(row: IntegerRow, pivot: IntegerRow, column: int) -> IntegerRow:
    """Eliminate the pivot's column from a row."""
    times, own = row[column], pivot[column]
    return _least([own * x - times * y for x, y in zip(row, pivot, strict=True)]) if times else row


def _whole(row: Sequence[Fraction]) -> IntegerRow:
    scale = lcm(*(x.denominator for x in row))
    return _least([int(x * scale) for x in row])


def _least(row: IntegerRow) -> IntegerRow:
    factor = gcd(*row)
    return [x // factor for x in row] if factor > 1 else row


def _split(row: Sequence[Fraction], free: int) -> list[Fraction]:
    """Write a variable that may be negative as the difference of two that may not."""
    return [*row, *(-x for x in row[len(row) - free :])]
