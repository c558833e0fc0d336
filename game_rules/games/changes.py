"""A stage game with one parameter changed, by a move or by news.

Source: rules section 2 for the parameters; a changed one stays within a scenario's limits.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Bimatrix, Collective, StageGame, Terms

LARGEST_PARAMETER = 1000.0

_SHARES = ("sigma", "theta")

Numbers = TypeVar("Numbers", Corners, Terms)

Column = list[float]
"""A parameter of every member, by place."""

_NAMES: Mapping[type, tuple[str, ...]] = {x: x.__slots__ for x in (Corners, Terms)}
_ROW = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


class Added(NamedTuple):
    """A number to add to a parameter; member: whose, by place, or everybody's alike."""

    parameter: str
    number: float
    member: int | None = None


def with_change(
    game: StageGame, parameter: str, change: float, member: int | None = None
) -> StageGame:
    """Return a game with a number added to one of its parameters.

    parameter: one that the game has, see `injects.parameters_of`. member: whose, by place; None is
    everybody's alike, and theta is always the whole arena's.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> with_change(LIBRARY["prisoners_dilemma"], "T", -2.5, 0).corners(0).game_class.value
    'stag_hunt'
    """
    return with_added(game, (Added(parameter, change, member),))


def with_added(game: StageGame, changes: Iterable[Added]) -> StageGame:
    """Return a game with numbers added to its parameters one after another; see `with_change`."""
    is_matrix = isinstance(game, Bimatrix)
    rows = (game.row, game.column) if is_matrix else game.terms
    theta, lowest = 0.0 if is_matrix else game.theta, -LARGEST_PARAMETER if is_matrix else 0.0
    columns = columns_of(rows)
    for parameter, number, member in changes:
        highest = 1.0 if parameter in _SHARES else LARGEST_PARAMETER
        if parameter == "theta":
            theta = _within(theta + number, lowest, highest)
            continue
        column = columns[parameter]
        for place in range(len(rows)) if member is None else (member,):
            column[place] = _within(column[place] + number, lowest, highest)
    if is_matrix:
        return Bimatrix(*rows_of(Corners, columns))
    return Collective(game.weights, rows_of(Terms, columns), theta)


def columns_of(rows: Sequence[Corners] | Sequence[Terms]) -> dict[str, Column]:
    """Return the parameters of members, each as a column by place."""
    kind = type(rows[0])
    columns = zip(*map(_ROW[kind], rows), strict=True)
    return dict(zip(_NAMES[kind], map(list, columns), strict=True))


def rows_of(kind: type[Numbers], columns: dict[str, Column]) -> tuple[Numbers, ...]:
    """Return the parameters of members from their columns."""
    return tuple([kind(*row) for row in zip(*columns.values(), strict=True)])


def parameter_of(game: StageGame, parameter: str, member: int) -> float:
    """Return a parameter of a member, by index; AttributeError if the game does not have it.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> parameter_of(LIBRARY["chicken"], "S", 1)
    1.0
    """
    numbers = game.corners(member) if isinstance(game, Bimatrix) else game.terms[member]
    return getattr(numbers, parameter)


def temptation(game: StageGame) -> str:
    """Return the name of the temptation parameter: g, or T in a two-player game."""
    return "g" if isinstance(game, Collective) else "T"


def benefit_of_all(game: StageGame) -> str:
    """Return the name of the parameter for the benefit of cooperation: b, or R for two players."""
    return "b" if isinstance(game, Collective) else "R"


def _within(number: float, lowest: float, highest: float) -> float:
    return min(max(number, lowest), highest)
