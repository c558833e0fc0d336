"""Payoffs as exact fractions, the input of the solvers: rounding breaks no tie."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Protocol

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D, Profile

Number = int | float | str | Decimal | Fraction
Row = tuple[Fraction, Fraction]
Matrix = tuple[Row, Row]

MOST_MEMBERS = 12
"""A table holds 2ⁿ profiles; a larger arena is refused rather than waited for."""


class Playable(Protocol):
    """A game that can be played: a stage game, or one seen through a lens."""

    def __hash__(self) -> int:
        """Be a key: what is derived from a game is remembered."""
        ...

    @property
    def size(self) -> int:
        """The number of members."""
        ...

    def payoffs(self, profile: Profile) -> tuple[float, ...]:
        """Return every member's payoff for one round."""
        ...

    def corners(self, member: int) -> Corners:
        """Return a member's payoffs if all others play the same action."""
        ...


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Both members' payoffs as fractions; [row's action][column's action], C before D."""

    row: Matrix
    column: Matrix


def exact(number: Number) -> Fraction:
    """Convert a number to the fraction that its decimal form stands for.

    A float is the shortest decimal that names it, so 0.1 is one tenth. Raises InvalidInput for
    anything that is no finite number.

    >>> exact(0.1), exact("1/3"), exact(2)
    (Fraction(1, 10), Fraction(1, 3), Fraction(2, 1))
    """
    try:
        return Fraction(repr(number) if isinstance(number, float) else number)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise InvalidInput(f"{number!r} is no number; write e.g. 3, 0.5 or 1/2") from error


def two_by_two(game: Playable) -> TwoByTwo:
    """Build the table of a two-player game.

    Raises InvalidInput if it has another number of members.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> two_by_two(LIBRARY["prisoners_dilemma"]).row[1][0]
    Fraction(5, 1)
    """
    if game.size != 2:
        raise InvalidInput(f"{game.size} members; a two-by-two game has 2")
    cells = [[_exact_payoffs(game, (mine, theirs)) for theirs in Action] for mine in Action]
    (cc, cd), (dc, dd) = cells
    return TwoByTwo(
        row=((cc[0], cd[0]), (dc[0], dd[0])),
        column=((cc[1], cd[1]), (dc[1], dd[1])),
    )


def profiles(size: int) -> Iterator[tuple[Action, ...]]:
    """Iterate over every profile, all C first and all D last.

    Raises InvalidInput for more than MOST_MEMBERS members.

    >>> ["".join(profile) for profile in profiles(2)]
    ['CC', 'CD', 'DC', 'DD']
    """
    if size > MOST_MEMBERS:
        raise InvalidInput(f"{size} members; every profile is tried for up to {MOST_MEMBERS}")
    return product((C, D), repeat=size)


def payoff_table(game: Playable) -> dict[tuple[Action, ...], tuple[Fraction, ...]]:
    """Build the exact table of a game of any size; see `profiles` for order and limit."""
    return {profile: _exact_payoffs(game, profile) for profile in profiles(game.size)}


def _exact_payoffs(game: Playable, profile: tuple[Action, ...]) -> tuple[Fraction, ...]:
    return tuple(exact(payoff) for payoff in game.payoffs(profile))
