"""Payoffs written on one line, as people write a bimatrix: "3,3 0,5; 5,0 1,1"."""

from game_rules.errors import InvalidInput
from game_rules.exact import exact
from game_rules.games import Bimatrix, Corners

EXAMPLE = '"3,3 0,5; 5,0 1,1"'
LARGEST_PAYOFF = 1e9


def parse_payoffs(text: str) -> Bimatrix:
    """Read a game of two from one line.

    Rows, parted by a semicolon, are my C and my D; columns, parted by blanks, their C and D;
    each cell is mine,theirs in decimals. Raises InvalidInput naming the place.

    >>> parse_payoffs("3,3 0,5; 5,0 1,1").row
    Corners(T=5.0, R=3.0, P=1.0, S=0.0)
    """
    rows = text.split(";")
    if len(rows) != 2:
        raise InvalidInput(f"{len(rows)} rows, not 2; write payoffs like {EXAMPLE}")
    (cc, cd), (dc, dd) = (_row(row, place) for place, row in enumerate(rows, start=1))
    return Bimatrix(
        row=Corners(T=dc[0], R=cc[0], P=dd[0], S=cd[0]),
        column=Corners(T=cd[1], R=cc[1], P=dd[1], S=dc[1]),
    )


def _row(text: str, place: int) -> list[tuple[float, float]]:
    cells = text.split()
    if len(cells) != 2:
        raise InvalidInput(f"row {place} has {len(cells)} cells, not 2; write e.g. {EXAMPLE}")
    return [_cell(cell, place) for cell in cells]


def _cell(text: str, row: int) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != 2:
        raise InvalidInput(f"row {row}: {text!r} is no pair mine,theirs; write e.g. {EXAMPLE}")
    return _payoff(parts[0], row), _payoff(parts[1], row)


def _payoff(text: str, row: int) -> float:
    try:
        payoff = float(text)
    except ValueError as error:
        raise InvalidInput(f"row {row}: {text!r} is no number; write e.g. 3 or 0.5") from error
    if not abs(payoff) <= LARGEST_PAYOFF:
        raise InvalidInput(f"row {row}: {text}; a payoff is at most {LARGEST_PAYOFF:g} either way")
    if exact(payoff) != exact(text):
        raise InvalidInput(f"row {row}: {text} has too many digits; give 15 or fewer")
    return payoff
