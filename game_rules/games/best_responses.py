"""Two-by-two games by best responses: 15 classes that also cover ties.

Each of the four comparisons (my better action against each of yours, yours against each of mine)
is better, worse or tied: 81 patterns, which form 15 classes if actions and players may be
relabelled. Source: Marris et al. 2023.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache

from game_rules.games.exact import TwoByTwo

Signs = tuple[int, int, int, int]
"""Of the first action over the second: row's against C and D, column's against C and D."""


class BestResponseClass(StrEnum):
    """The classes, named as by Marris et al. 2023."""

    NULL = "null"
    DRESS = "dress"
    IGNORANCE = "ignorance"
    HORSEPLAY = "horseplay"
    DOMINANT = "dominant"
    COORDINATION = "coordination"
    CYCLE = "cycle"
    SAMARITAN = "samaritan"
    HAZARD = "hazard"
    SAFETY = "safety"
    AIDOS = "aidos"
    PICNIC = "picnic"
    DAREDEVIL = "daredevil"
    FOSSICK = "fossick"
    HEIST = "heist"

    @property
    def full_name(self) -> str:
        """The name for readers."""
        return self.value.capitalize()


_EXAMPLES: Mapping[BestResponseClass, Signs] = {
    BestResponseClass.NULL: (0, 0, 0, 0),
    BestResponseClass.DRESS: (1, 0, 0, 0),
    BestResponseClass.IGNORANCE: (1, 1, 0, 0),
    BestResponseClass.HORSEPLAY: (1, -1, 0, 0),
    BestResponseClass.DOMINANT: (1, 1, 1, 1),
    BestResponseClass.COORDINATION: (1, -1, 1, -1),
    BestResponseClass.CYCLE: (1, -1, -1, 1),
    BestResponseClass.SAMARITAN: (1, -1, 1, 1),
    BestResponseClass.HAZARD: (1, -1, 0, 1),
    BestResponseClass.SAFETY: (1, -1, 1, 0),
    BestResponseClass.AIDOS: (1, 1, 0, 1),
    BestResponseClass.PICNIC: (1, 0, 1, 1),
    BestResponseClass.DAREDEVIL: (0, 1, 0, 1),
    BestResponseClass.FOSSICK: (1, 0, 1, 0),
    BestResponseClass.HEIST: (1, 0, 0, 1),
}


def best_response_class(table: TwoByTwo) -> BestResponseClass:
    """Return the class of a two-player game by its best responses; see the module.

    >>> from game_rules.games.exact import two_by_two
    >>> from game_rules.games.stage_games import LIBRARY
    >>> best_response_class(two_by_two(LIBRARY["chicken"])).value
    'coordination'
    """
    return _classes()[_signs(table)]


def _signs(table: TwoByTwo) -> Signs:
    (rcc, rcd), (rdc, rdd) = table.row
    (ccc, ccd), (cdc, cdd) = table.column
    return _sign(rcc - rdc), _sign(rcd - rdd), _sign(ccc - ccd), _sign(cdc - cdd)


def _sign(x: Fraction) -> int:
    return (x > 0) - (x < 0)


@cache
def _classes() -> Mapping[Signs, BestResponseClass]:
    return {signs: name for name, one in _EXAMPLES.items() for signs in _relabelled(one)}


def _relabelled(signs: Signs) -> set[Signs]:
    """Return the patterns of the same game with actions or players swapped."""
    reached, new = {signs}, [signs]
    while new:
        a, b, c, d = new.pop()
        for other in ((-a, -b, d, c), (b, a, -c, -d), (c, d, a, b)):
            if other not in reached:
                reached.add(other)
                new.append(other)
    return reached
