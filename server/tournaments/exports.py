"""Results as tables for other programs: CSV, and Parquet if pyarrow is installed."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from game_rules.errors import InvalidInput
from server.exports.spreadsheet import for_spreadsheet

Columns = Mapping[str, Any]
"""A table by column: lists or arrays, all of the same length."""

TABLES = ("standings", "pairs", "matches")
EXTRA = "needs an extra: uv run --extra {0} detente tournament, or pip install 'detente[{0}]'"

_STANDING = (
    "rank",
    "strategy",
    "place",
    "score",
    "ci95_low",
    "ci95_high",
    "median",
    "median_rank",
    "cooperation",
    "wins",
    "bradley_terry",
    "tied_with",
)


def standings_table(document: Mapping[str, Any]) -> Columns:
    """Return a row per entrant, best first; a figure that a kind lacks is empty."""
    strengths = document.get("bradley_terry")
    rows = [_standing(row, strengths) for row in _require(document, "standings")]
    return {name: [row[name] for row in rows] for name in _STANDING}


def pairs_table(document: Mapping[str, Any]) -> Columns:
    """Return a row per pair: the first one's mean points per turn and share of C."""
    payoffs, cooperation = _require(document, "payoff_matrix"), document["cooperation_matrix"]
    names = document["entrants"]
    pairs = [(i, j) for i, row in enumerate(payoffs) for j, v in enumerate(row) if v is not None]
    return {
        "a": [names[i] for i, _ in pairs],
        "b": [names[j] for _, j in pairs],
        "place_a": [i for i, _ in pairs],
        "place_b": [j for _, j in pairs],
        "score_a": [payoffs[i][j] for i, j in pairs],
        "cooperation_a": [cooperation[i][j] for i, j in pairs],
    }


def matches_table(results: Any) -> Columns:
    """Return a row per match: entrants, length, counts of CC, CD, DC and DD, and points.

    results: a round robin's `Results`.
    """
    import numpy as np

    contest = results.contest
    meetings = np.repeat(np.arange(len(contest.meetings)), contest.repetitions)
    rows, columns = (np.array(side)[meetings] for side in zip(*contest.meetings, strict=True))
    names = np.array([entrant.name for entrant in contest.entrants])
    cc, cd, dc, dd = results.counts.T
    row, column = contest.game.row, contest.game.column
    return {
        "a": names[rows],
        "b": names[columns],
        "place_a": rows,
        "place_b": columns,
        "repetition": np.tile(np.arange(contest.repetitions), len(contest.meetings)),
        "turns": results.turns,
        "cc": cc,
        "cd": cd,
        "dc": dc,
        "dd": dd,
        "score_a": cc * row.R + cd * row.S + dc * row.T + dd * row.P,
        "score_b": cc * column.R + dc * column.S + cd * column.T + dd * column.P,
    }


def write_csv(path: str, columns: Columns, *, is_for_spreadsheet: bool = False) -> None:
    """Write a table as CSV with a header. Raises InvalidInput if the file cannot be written."""
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            page = StringIO()
            to_csv(page, columns)
            text = page.getvalue()
            file.write(for_spreadsheet(text) if is_for_spreadsheet else text)
    except OSError as error:
        raise InvalidInput(_unwritten(path, error)) from error


def to_csv(page: TextIO, columns: Columns) -> None:
    """Write a table into an open file."""
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*map(_listed, columns.values()), strict=True))


def write_parquet(path: str, columns: Columns) -> None:
    """Write a table as Parquet. Raises InvalidInput without pyarrow, or for a bad path."""
    require_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: pa.array(_listed(column)) for name, column in columns.items()})
    try:
        pq.write_table(table, path)
    except OSError as error:
        raise InvalidInput(_unwritten(path, error)) from error


def require_parquet() -> None:
    """Check that Parquet can be written. Raises InvalidInput naming the extra."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise InvalidInput(f"Parquet {EXTRA.format('parquet')}")


def _standing(row: Mapping[str, Any], strengths: Sequence[float] | None) -> dict[str, Any]:
    low, high = row["ci95"] or (None, None)
    return {
        **dict.fromkeys(_STANDING),
        **row,
        "ci95_low": low,
        "ci95_high": high,
        "bradley_terry": None if strengths is None else strengths[row["place"]],
        "tied_with": " ".join(row["tied_with"]),
    }


def _require(document: Mapping[str, Any], key: str) -> Any:
    if key not in document:
        raise InvalidInput(f"a tournament of kind {document['kind']} has no such table")
    return document[key]


def _listed(column: Any) -> list[Any]:
    return column.tolist() if hasattr(column, "tolist") else list(column)


def _unwritten(path: str, error: OSError) -> str:
    reason = error.strerror or str(error).splitlines()[0]
    return f"{path}: cannot be written ({reason}); name a file in a folder of yours"
