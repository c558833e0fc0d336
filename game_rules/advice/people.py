"""What people did in such a game, beside what theory says of it.

Known is only the Prisoner's Dilemma of two equal sides that chance ends; elsewhere the advisor
tells why it cannot say. Source: `games.laboratory`; Dal Bó & Fréchette 2011, AER 101(1).
"""

from dataclasses import dataclass
from enum import StrEnum

from game_rules.games.corners import Corners, GameClass, game_class
from game_rules.games.exact import Playable
from game_rules.games.laboratory import Foretold, first_cooperation
from game_rules.games.supergame import basin_of_defection, risk_dominant_discount

_ROUNDING = 1e-9


class NoPeople(StrEnum):
    """Why nothing can be told of people."""

    NOT_A_PAIR = "not_a_pair"
    NOT_A_DILEMMA = "not_a_dilemma"
    NOT_SYMMETRIC = "not_symmetric"
    KNOWN_LENGTH = "known_length"
    NO_CONTINUATION = "no_continuation"


@dataclass(frozen=True, slots=True)
class PeopleDid:
    """How many people cooperated at first in games like one, and how risky that is there.

    first: the share, and the interval that holds it with chance 0.9. basin: the share of beliefs
    at which always defect pays more than grim trigger. risk_discount: δ^RD, the chance of another
    round at which that share is one half.
    """

    first: Foretold
    basin: float
    risk_discount: float


def people_in(
    game: Playable, continuation: float | None, noise: float = 0.0
) -> PeopleDid | NoPeople:
    """Tell what people did in a game like this.

    continuation: the chance δ of another round; 1 where all rounds are played, None if not known.
    noise: the chance that an action is carried out as the other one.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> found = people_in(LIBRARY["prisoners_dilemma"], 0.75)
    >>> round(found.first.share, 3), found.basin, found.risk_discount
    (0.624, 0.2, 0.6)
    """
    if game.size != 2:
        return NoPeople.NOT_A_PAIR
    if any(game_class(game, side) is not GameClass.PRISONERS_DILEMMA for side in range(2)):
        return NoPeople.NOT_A_DILEMMA
    corners, theirs = (_in_floats(game.corners(side)) for side in range(2))
    if not _is_same(corners, theirs):
        return NoPeople.NOT_SYMMETRIC
    if continuation is None:
        return NoPeople.NO_CONTINUATION
    if continuation == 1:
        return NoPeople.KNOWN_LENGTH
    return PeopleDid(
        first=first_cooperation(corners, continuation, noise),
        basin=basin_of_defection(corners, continuation),
        risk_discount=risk_dominant_discount(corners),
    )


def _is_same(one: Corners, other: Corners) -> bool:
    """Tell whether two sides differ by no more than the trace of a float."""
    scale = _ROUNDING * (one.T - one.S)
    differences = (one.T - other.T, one.R - other.R, one.P - other.P, one.S - other.S)
    return all(abs(difference) <= scale for difference in differences)


def _in_floats(corners: Corners) -> Corners:
    """Return the corners of a game that was written in fractions as the nearest floats."""
    return Corners(float(corners.T), float(corners.R), float(corners.P), float(corners.S))
