"""A stage game with one of its numbers moved: what moves and news do to an arena.

Source: rules section 2 for the parameters and their ranges.
"""

from dataclasses import replace

from game_rules.games import Bimatrix, Collective, Corners, StageGame, Terms

COLLECTIVE_PARAMETERS = ("b", "c", "e", "g", "d", "sigma", "theta")
BIMATRIX_PARAMETERS = ("T", "R", "P", "S")


def with_change(
    game: StageGame, parameter: str, change: float, member: int | None = None
) -> StageGame:
    """Give a game with a number added to one of its parameters.

    member: whose; None is everybody's alike, and theta is always the whole arena's. In a
    collective game no parameter falls below 0, and sigma and theta not beyond 1.
    Raises KeyError for a parameter that the game does not have.

    >>> from game_rules.games import LIBRARY
    >>> with_change(LIBRARY["prisoners_dilemma"], "T", -2.5, 0).corners(0).game_class.value
    'stag_hunt'
    """
    if isinstance(game, Bimatrix):
        if parameter not in BIMATRIX_PARAMETERS:
            raise KeyError(parameter)
        row = _corners(game.row, parameter, change) if member in (None, 0) else game.row
        column = _corners(game.column, parameter, change) if member in (None, 1) else game.column
        return Bimatrix(row, column)
    if parameter not in COLLECTIVE_PARAMETERS:
        raise KeyError(parameter)
    if parameter == "theta":
        return replace(game, theta=_within(parameter, game.theta + change))
    terms = tuple(
        _terms(each, parameter, change) if member in (None, place) else each
        for place, each in enumerate(game.terms)
    )
    return replace(game, terms=terms)


def parameter_of(game: StageGame, parameter: str, member: int) -> float:
    """Give a member's parameter; KeyError for one that the game does not have.

    >>> from game_rules.games import LIBRARY
    >>> parameter_of(LIBRARY["chicken"], "S", 1)
    1.0
    """
    if isinstance(game, Bimatrix):
        return {name: getattr(game.corners(member), name) for name in BIMATRIX_PARAMETERS}[
            parameter
        ]
    if parameter == "theta":
        return game.theta
    terms = game.terms[member]
    return {name: getattr(terms, name) for name in COLLECTIVE_PARAMETERS[:-1]}[parameter]


def temptation(game: StageGame) -> str:
    """Name the parameter that stands for temptation: g, or T in a game of two."""
    return "g" if isinstance(game, Collective) else "T"


def benefit_of_all(game: StageGame) -> str:
    """Name the parameter that stands for what cooperation yields: b, or R in a game of two."""
    return "b" if isinstance(game, Collective) else "R"


def _corners(corners: Corners, parameter: str, change: float) -> Corners:
    return replace(corners, **{parameter: getattr(corners, parameter) + change})


def _terms(terms: Terms, parameter: str, change: float) -> Terms:
    return replace(terms, **{parameter: _within(parameter, getattr(terms, parameter) + change)})


def _within(parameter: str, value: float) -> float:
    low = max(0.0, value)
    return min(1.0, low) if parameter in ("sigma", "theta") else low
