"""Small linear programs in fractions: no rounding, so the same vertex on every machine.

The simplex method in two phases with Bland's rule (Bland 1977), which ends on every program. For
a few dozen variables; `linear_programs` asks a library, which is for larger ones.
"""

from collections.abc import Sequence
from fractions import Fraction

from game_rules.games.linear_programs import FractionRow, LinearProgram, NoSolution

ZERO, ONE = Fraction(0), Fraction(1)

Rows = list[list[Fraction]]


def solve_exactly(program: LinearProgram) -> tuple[FractionRow, bool]:
    """Solve a linear program; returns a best vertex, and True, for it is exact.

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
    """Rows of `variables | bound`, one basic variable each; the last columns are artificial."""

    def __init__(self, program: LinearProgram) -> None:
        slacks = len(program.at_most)
        self.rows: Rows = []
        for place, (row, bound) in enumerate(program.at_most):
            slack = [ONE if place == other else ZERO for other in range(slacks)]
            self.rows.append([*_split(row, program.free), *slack, bound])
        for row, bound in program.equal:
            self.rows.append([*_split(row, program.free), *[ZERO] * slacks, bound])
        self.rows = [[-x for x in row] if row[-1] < 0 else row for row in self.rows]
        self.real = len(program.objective) + program.free + slacks
        size = len(self.rows)
        for place, row in enumerate(self.rows):
            row[-1:] = [*(ONE if place == other else ZERO for other in range(size)), row[-1]]
        self.basis = [self.real + place for place in range(size)]

    def become_feasible(self) -> None:
        """Drive every artificial variable to 0, and out; rows that say nothing new go."""
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
        """Climb to a best vertex. objective: of the program's own variables."""
        self._climb([*objective, *[ZERO] * (self.real - len(objective))], self.real)

    def vertex(self, size: int, free: int) -> FractionRow:
        """Read the program's own variables."""
        values = dict(zip(self.basis, (row[-1] for row in self.rows), strict=True))
        plain = [values.get(j, ZERO) for j in range(size)]
        for place in range(free):
            plain[size - free + place] -= values.get(size + place, ZERO)
        return tuple(plain)

    def _climb(self, objective: list[Fraction], width: int) -> None:
        while (entering := self._entering(objective, width)) is not None:
            self._pivot(self._leaving(entering), entering)

    def _entering(self, objective: list[Fraction], width: int) -> int | None:
        """The first column that would make the objective grow (Bland's rule)."""
        for column in range(width):
            worth = objective[column]
            for row, basic in zip(self.rows, self.basis, strict=True):
                if row[column] and objective[basic]:
                    worth -= objective[basic] * row[column]
            if worth > 0:
                return column
        return None

    def _leaving(self, column: int) -> int:
        """The row that binds first; of several, the one of the first variable."""
        rising = [i for i, row in enumerate(self.rows) if row[column] > 0]
        if not rising:
            raise NoSolution("the best has no bound; check the game's payoffs")
        return min(rising, key=lambda i: (self.rows[i][-1] / self.rows[i][column], self.basis[i]))

    def _pivot(self, place: int, column: int) -> None:
        factor = self.rows[place][column]
        pivot = [x / factor for x in self.rows[place]]
        self.rows[place] = pivot
        for other, row in enumerate(self.rows):
            if other != place and row[column]:
                times = row[column]
                self.rows[other] = [x - times * y for x, y in zip(row, pivot, strict=True)]
        self.basis[place] = column


def _split(row: Sequence[Fraction], free: int) -> list[Fraction]:
    """A variable that may be negative is the difference of two that may not."""
    return [*row, *(-x for x in row[len(row) - free :])]
