"""Result documents of tournaments, per kind; docs/tournaments.md explains the fields."""

import json
from typing import Any, NotRequired

from typing_extensions import TypedDict

from game_rules.contests.knockout import Tie
from game_rules.contests.ratings import Rating
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action
from server.tournaments.specs.settings import TournamentKind

MOST_WHOLE = 100
"""Entrants of a document that is sent whole: matrices and ties grow with their square."""
MATRICES = ("payoff_matrix", "cooperation_matrix")
_LEFT_OUT = frozenset({*MATRICES, "score_matrix", "wins_matrix"})
_DIGITS = 4

Row = list[float]
Matrix = list[list[float | None]]


class Sides(TypedDict):
    """The payoffs of a game of two."""

    row: Corners
    column: Corners


class Ranked(TypedDict):
    """The rank of an entrant. place: its number among the entrants, from 0."""

    strategy: str
    place: int
    score: float
    ci95: tuple[float, float] | None
    rank: int
    tied_with: list[str]
    tied_places: list[int]
    median: NotRequired[float]
    median_rank: NotRequired[int]
    cooperation: NotRequired[float]
    wins: NotRequired[float]
    matches: NotRequired[int]
    rating: NotRequired[Rating]


class Finalists(TypedDict):
    """The best entrants as a population: shares by moment, then by finalist."""

    places: list[int]
    generations: list[int]
    shares: list[Row]


class PopulationPath(TypedDict):
    """The path of a population: shares by moment, then entrant. grids: the first and the last."""

    generations: Row
    shares: list[Row]
    inhabitants: NotRequired[int]
    fixation: NotRequired[Row]
    grids: NotRequired[tuple[list[int], list[int]]]


class Forfeit(TypedDict):
    """The first error of a bot that raised, and the number of matches in which it did."""

    strategy: str
    place: int
    match: int
    turn: int
    problem: str
    matches: int


class Generation(TypedDict):
    """Scores of one generation of a search."""

    best: float
    mean: float


class BredState(TypedDict):
    """A state of a machine: its action, and the next states after CC, CD, DC and DD."""

    action: Action
    after: tuple[int, int, int, int]


class BredMachine(TypedDict):
    """The best machine of a search."""

    start: int
    states: list[BredState]


class Options(TypedDict, total=False):
    """Settings that only some kinds of population have."""

    generations: int
    graph: str
    size: tuple[int, ...]
    mutation: float
    selection: float
    update: str
    runs: int
    imitate: str
    caution: float


class TournamentDocument(Options):
    """The result of a tournament; its keys depend on the kind."""

    id: str
    kind: TournamentKind
    software_version: str
    game_name: str
    rules_version: int
    seed: str
    entrants: list[str]
    game: NotRequired[Sides]
    turns: NotRequired[int | None]
    continuation: NotRequired[float]
    noise: NotRequired[float]
    repetitions: NotRequired[int]
    is_exact: NotRequired[bool]
    standings: NotRequired[list[Ranked]]
    payoff_matrix: NotRequired[Matrix]
    cooperation_matrix: NotRequired[Matrix]
    score_matrix: NotRequired[Matrix]
    wins_matrix: NotRequired[list[Row]]
    bradley_terry: NotRequired[Row]
    quartiles: NotRequired[list[Row]]
    finalists: NotRequired[Finalists | None]
    faults: NotRequired[list[Forfeit]]
    population: NotRequired[PopulationPath]
    rounds: NotRequired[list[list[Tie]]]
    seats: NotRequired[list[str]]
    seasons: NotRequired[int]
    match_count: NotRequired[int]
    path: NotRequired[list[Generation]]
    best: NotRequired[BredMachine]


def without_figures(text: str) -> dict[str, Any]:
    """Read a document but for what grows with the square of its entrants; tied places stay.

    text: as it is kept. The matrices of a thousand entrants take a second to read, so they are cut
    out of the text first.
    """
    for name in _LEFT_OUT:
        if (found := _place_of(text, name)) is not None:
            text = f"{text[: found[0]]}null{text[found[1] :]}"
    kept = {key: value for key, value in json.loads(text).items() if key not in _LEFT_OUT}
    if "standings" in kept:
        kept["standings"] = [{**row, "tied_with": []} for row in kept["standings"]]
    return kept


def matrices_text(text: str) -> str | None:
    """Take the matrices out of a document's text, as JSON; None if it has none.

    They are rounded to the places that a page shows, and two more.
    """
    places = {name: _place_of(text, name) for name in MATRICES}
    found = {name: text[place[0] : place[1]] for name, place in places.items() if place}
    written = ",".join(f'"{name}":{_rounded(matrix)}' for name, matrix in found.items())
    return f"{{{written}}}" if found else None


def _place_of(text: str, name: str) -> tuple[int, int] | None:
    """Find a matrix in a document's text. In a string the quotes round a name would be escaped."""
    head = f'"{name}":'
    start = text.find(f"{head}[[")
    return None if start < 0 else (start + len(head), text.index("]]", start) + 2)


def _rounded(matrix: str) -> str:
    import numpy as np

    rows = matrix.count("[") - 1
    listed = matrix.replace("[", "").replace("]", "").replace("null", "nan")
    figures = np.fromstring(listed, sep=",").reshape(rows, -1)
    text = json.dumps(np.round(figures, _DIGITS).tolist(), separators=(",", ":"))
    return text.replace("NaN", "null")
