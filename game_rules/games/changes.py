"""A stage game with one parameter changed, by a move or by news.

Source: rules section 2 for the parameters; a changed one stays within a scenario's limits.
"""

from typing import TypeVar

from game_rules.games.stage_games import Bimatrix, Collective, Corners, StageGame, Terms

LARGEST_PARAMETER = 1000.0

_SHARES = ("sigma", "theta")

Numbers = TypeVar("Numbers", Corners, Terms)


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
    if isinstance(game, Bimatrix):
        return Bimatrix(
            _added(game.row, parameter, change) if member in (None, 0) else game.row,
            _added(game.column, parameter, change) if member in (None, 1) else game.column,
        )
    if parameter == "theta":
        return Collective(game.weights, game.terms, _within(game.theta + change, 0.0, 1.0))
    terms = [
        _added(each, parameter, change) if member in (None, place) else each
        for place, each in enumerate(game.terms)
    ]
    return Collective(game.weights, tuple(terms), game.theta)


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


def _added(numbers: Numbers, parameter: str, change: float) -> Numbers:
    highest = 1.0 if parameter in _SHARES else LARGEST_PARAMETER
    lowest = -LARGEST_PARAMETER if isinstance(numbers, Corners) else 0.0
    known = {each: getattr(numbers, each) for each in numbers.__slots__}
    return type(numbers)(
        **{**known, parameter: _within(known[parameter] + change, lowest, highest)}
    )


def _within(number: float, lowest: float, highest: float) -> float:
    return min(max(number, lowest), highest)
