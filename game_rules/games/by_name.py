"""Two-player games by their common names: hawk-dove, PD, PdCh, matching pennies."""

import re
from collections.abc import Mapping
from functools import cache

from game_rules.games.corners import Corners
from game_rules.games.ordinal_types import ORDERS
from game_rules.games.stage_games import LIBRARY, Bimatrix

_ALIASES = {
    "pd": "prisoners_dilemma",
    "hawk_dove": "chicken",
    "snowdrift": "chicken",
    "bos": "battle_of_the_sexes",
    "bach_or_stravinsky": "battle_of_the_sexes",
}

MATCHING_PENNIES = Bimatrix(
    row=Corners(T=-1.0, R=1.0, P=1.0, S=-1.0), column=Corners(T=1.0, R=-1.0, P=-1.0, S=1.0)
)
"""The row wants both to show the same, the column does not."""


def named_game(name: str) -> Bimatrix | None:
    """Find a two-player game by its name; None if no game has it.

    It may be a game of the library, another name in use for one, matching pennies, one of the
    twelve types of Robinson & Goforth 2005 for both sides, or two types by their letters, as in
    PdCh. Types pay ranks, 4 for the best. Where two have a name the library's game has it.

    >>> named_game("Prisoner's Dilemma") == LIBRARY["prisoners_dilemma"]
    True
    >>> named_game("PdCh").column
    Corners(T=4.0, R=3.0, P=1.0, S=2.0)
    >>> named_game("south_china_sea") is None
    True
    """
    plain = _plain(name)
    return _spelt().get(plain) or _lettered().get(plain)


def game_names() -> tuple[str, ...]:
    """List the full names; the 144 names of two types' letters are left out.

    >>> game_names()[0], len(game_names())
    ('zero_sum', 20)
    """
    return tuple(_spelt())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name[:80].casefold().replace("'", "")).strip("_")


@cache
def _spelt() -> Mapping[str, Bimatrix]:
    aliases = {alias: LIBRARY[name] for alias, name in _ALIASES.items()}
    types = {kind.value: _ranked(order, order) for order, kind in ORDERS.items()}
    return {**LIBRARY, "matching_pennies": MATCHING_PENNIES, **aliases} | {
        name: game for name, game in types.items() if name not in LIBRARY
    }


@cache
def _lettered() -> Mapping[str, Bimatrix]:
    return {
        (row.abbreviation + column.abbreviation).casefold(): _ranked(ours, theirs)
        for ours, row in ORDERS.items()
        for theirs, column in ORDERS.items()
    }


def _ranked(ours: str, theirs: str) -> Bimatrix:
    """Assign payoffs to the corners of an order: 4 for the best, 1 for the worst."""
    row, column = ({name: 4.0 - place for place, name in enumerate(o)} for o in (ours, theirs))
    return Bimatrix(Corners(**row), Corners(**column))
