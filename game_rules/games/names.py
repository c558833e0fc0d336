"""Names of two-by-two games: all 144 strict games, and games with ties where possible.

Rule of Bruns 2015 for the names of Robinson & Goforth 2005: each player's best payoff is put
against the opponent's C (so it is R or T); the order of R, S, T, P then names the player's side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, permutations, product

from game_rules.games.best_responses import BestResponseClass, best_response_class
from game_rules.games.corners import Corners
from game_rules.games.exact import Matrix, Playable, TwoByTwo, exact, two_by_two
from game_rules.games.ordinal_types import (
    FAMILIES,
    KINDS,
    ORDERS,
    Familiar,
    Family,
    OrdinalType,
)


@dataclass(frozen=True, slots=True)
class GameName:
    """The name of a two-player game.

    row_type, column_type: each side's ordinal type, None where ties leave it open. family: None
    unless the game is strict. best_response: the class by best replies, always there. familiar:
    the name in common use, None where there is none.
    """

    row_type: OrdinalType | None
    column_type: OrdinalType | None
    family: Family | None
    best_response: BestResponseClass
    familiar: Familiar | None

    @property
    def abbreviation(self) -> str | None:
        """The letters of both sides, e.g. PdCh; None with ties."""
        if self.row_type is None or self.column_type is None:
            return None
        return self.row_type.abbreviation + self.column_type.abbreviation

    @property
    def full_name(self) -> str:
        """The full name: one type, two types, a familiar name, or the class."""
        if self.row_type is not None and self.column_type is not None:
            if self.row_type is self.column_type:
                return self.row_type.full_name
            return f"{self.row_type.full_name} × {self.column_type.full_name}"
        return self.familiar.full_name if self.familiar else self.best_response.full_name


def classify(game: Playable) -> GameName:
    """Name a two-player game by the order of its payoffs, under any labels of the actions.

    Raises InvalidInput for another number of members. Sources: Robinson & Goforth 2005; Bruns
    2015; with ties Marris et al. 2023.

    >>> from game_rules.games.stage_games import LIBRARY, Bimatrix
    >>> classify(LIBRARY["prisoners_dilemma"]).abbreviation
    'PdPd'
    >>> classify(LIBRARY["battle_of_the_sexes"]).full_name
    'Battle of the Sexes'
    """
    table = two_by_two(game)
    row_type, column_type = _sides(table)
    is_strict = row_type is not None and column_type is not None
    return GameName(
        row_type=row_type,
        column_type=column_type,
        family=_family(table) if is_strict else None,
        best_response=best_response_class(table),
        familiar=_familiar(table),
    )


def side_of(corners: Corners) -> OrdinalType | None:
    """Return the ordinal type of a labelled side; None with ties or a best S or P.

    >>> side_of(Corners(T=5, R=3, P=-3, S=1)).full_name
    'Chicken'
    """
    own = (exact(corners.R), exact(corners.S)), (exact(corners.T), exact(corners.P))
    return _ordered(own, 0, 0)


def _sides(table: TwoByTwo) -> tuple[OrdinalType | None, OrdinalType | None]:
    """Return both sides, labelled by their own and the opponent's best payoff."""
    row, column = table.row, _transposed(table.column)
    row_best, column_best = _best_against(row), _best_against(column)
    if row_best is None or column_best is None:
        return None, None
    return _ordered(row, column_best, row_best), _ordered(column, row_best, column_best)


def _ordered(own: Matrix, my_c: int, their_c: int) -> OrdinalType | None:
    """Return the order of one side. own: [my action][the other's]; the indices say which is C."""
    payoffs = {
        "R": own[my_c][their_c],
        "S": own[my_c][1 - their_c],
        "T": own[1 - my_c][their_c],
        "P": own[1 - my_c][1 - their_c],
    }
    if len(set(payoffs.values())) < len(payoffs):
        return None
    return ORDERS.get("".join(sorted(payoffs, key=lambda name: -payoffs[name])))


def _best_against(own: Matrix) -> int | None:
    """Return the opponent's action at my best payoff; None if there are several."""
    cells = [payoff for line in own for payoff in line]
    best = max(cells)
    return cells.index(best) % 2 if cells.count(best) == 1 else None


def _transposed(matrix: Matrix) -> Matrix:
    (a, b), (c, d) = matrix
    return (a, c), (b, d)


def _family(table: TwoByTwo) -> Family:
    """Return the family by the ranks of the best pure equilibrium; cyclic without one."""
    row, column = _ranked(table.row), _ranked(table.column)
    reached = [
        (row[i][j], column[i][j])
        for i, j in product((0, 1), repeat=2)
        if row[i][j] > row[1 - i][j] and column[i][j] > column[i][1 - j]
    ]
    if not reached:
        return Family.CYCLIC
    best = max(reached, key=sum)
    return FAMILIES[min(best), max(best)]


def _ranked(matrix: Matrix) -> tuple[tuple[int, ...], ...]:
    order = sorted(payoff for line in matrix for payoff in line)
    return tuple(tuple(order.index(payoff) + 1 for payoff in line) for line in matrix)


def _familiar(table: TwoByTwo) -> Familiar | None:
    """Return the familiar name that fits however ties are broken."""
    sides = {_sides(strict) for strict in _refinements(table)}
    for name, kind in KINDS.items():
        if all(row in kind and column in kind for row, column in sides):
            return name
    match best_response_class(table):
        case BestResponseClass.CYCLE:
            return Familiar.MATCHING_PENNIES
        case BestResponseClass.NULL:
            return None
    return Familiar.CONSTANT_SUM if _is_constant_sum(table) else None


def _is_constant_sum(table: TwoByTwo) -> bool:
    sums = {table.row[i][j] + table.column[i][j] for i, j in product((0, 1), repeat=2)}
    return len(sums) == 1


def _refinements(table: TwoByTwo) -> Iterator[TwoByTwo]:
    """Yield every strict game that agrees with the strict orders of this one."""
    for row, column in product(_strict_orders(table.row), _strict_orders(table.column)):
        yield TwoByTwo(row, column)


def _strict_orders(matrix: Matrix) -> Iterator[Matrix]:
    (a, b), (c, d) = matrix
    cells = (a, b, c, d)
    for ranks in permutations(range(4)):
        places = sorted(range(4), key=lambda i: ranks[i])
        if all(cells[i] <= cells[j] for i, j in pairwise(places)):
            w, x, y, z = (Fraction(rank) for rank in ranks)
            yield (w, x), (y, z)
