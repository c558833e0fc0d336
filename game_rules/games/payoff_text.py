"""Payoffs on one line, in the usual form of a bimatrix: "3,3 0,5; 5,0 1,1"."""

import re
from fractions import Fraction
from typing import cast

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.exact import exact
from game_rules.games.stage_games import Bimatrix
from game_rules.texts import read_number

EXAMPLE = '"3,3 0,5; 5,0 1,1"'
LARGEST_PAYOFF = 1e9
LONGEST_NUMBER = 40

_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?)", re.IGNORECASE)


def parse_payoffs(text: str) -> Bimatrix:
    """Parse a two-player game from one line.

    Rows, parted by a semicolon, are my C and my D; columns, parted by blanks, their C and D;
    each cell is mine,theirs in decimals or fractions. Raises InvalidInput naming the place, also
    for a number that a float would round. Minus signs and digits may be of any script.

    >>> parse_payoffs("3,3 0,5; 5,0 1,1").row
    Corners(T=5.0, R=3.0, P=1.0, S=0.0)
    """
    exactly = parse_exact_payoffs(text)
    return Bimatrix(_rounded(exactly.row), _rounded(exactly.column))


def parse_exact_payoffs(text: str) -> Bimatrix:
    """Parse a two-player game from one line into fractions: 1/3 stays a third.

    Fractions calculate like floats and lose nothing; see `parse_payoffs` for the form.

    >>> parse_exact_payoffs("1/3,1 0,0; 0,0 .5,-2").row.R
    Fraction(1, 3)
    """
    rows = read_number(text).split(";")
    if len(rows) != 2:
        raise InvalidInput(f"{len(rows)} rows, not 2; write payoffs like {EXAMPLE}")
    (cc, cd), (dc, dd) = (_row(row, place) for place, row in enumerate(rows, start=1))
    return Bimatrix(
        row=_corners(t=dc[0], r=cc[0], p=dd[0], s=cd[0]),
        column=_corners(t=cd[1], r=cc[1], p=dd[1], s=dc[1]),
    )


def _corners(t: Fraction, r: Fraction, p: Fraction, s: Fraction) -> Corners:
    return Corners(*(cast("float", payoff) for payoff in (t, r, p, s)))


def _row(text: str, place: int) -> list[tuple[Fraction, Fraction]]:
    cells = text.split()
    if len(cells) != 2:
        raise InvalidInput(f"row {place} has {len(cells)} cells, not 2; write e.g. {EXAMPLE}")
    return [_cell(cell, place) for cell in cells]


def _cell(text: str, row: int) -> tuple[Fraction, Fraction]:
    parts = text.split(",")
    if len(parts) != 2:
        problem = f"{text[:LONGEST_NUMBER]!r} is no pair mine,theirs; write e.g. {EXAMPLE}"
        raise InvalidInput(f"row {row}: {problem}")
    return _payoff(parts[0], row), _payoff(parts[1], row)


def _payoff(text: str, row: int) -> Fraction:
    shown = repr(text[:LONGEST_NUMBER])
    if len(text) > LONGEST_NUMBER:
        raise InvalidInput(f"row {row}: {shown}... has over {LONGEST_NUMBER} digits; round it")
    if not _NUMBER.fullmatch(text) or text.endswith("/0"):
        raise InvalidInput(f"row {row}: {shown} is no number; write e.g. 3, -0.5 or 1/3")
    payoff = exact(text)
    if abs(payoff) > LARGEST_PAYOFF:
        raise InvalidInput(f"row {row}: {shown}; a payoff is at most {LARGEST_PAYOFF:g} either way")
    return payoff


def _rounded(corners: Corners) -> Corners:
    return Corners(*(_float(x) for x in (corners.T, corners.R, corners.P, corners.S)))


def _float(payoff: float | Fraction) -> float:
    rounded = float(payoff)
    if exact(rounded) != payoff:
        problem = "has too many digits; give a decimal of 15 or fewer"
        raise InvalidInput(f"payoff {payoff}: {problem}")
    return rounded
