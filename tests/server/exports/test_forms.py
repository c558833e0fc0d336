"""Cells of Parquet: what pyarrow itself would make of them, without what it loads for that."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from game_rules.errors import InvalidInput
from server.exports.columns import DataTable, MatchRows, Row, flag, number, text, whole, words
from server.exports.forms import form_named
from server.exports.parquet import arrow_schema, arrow_table, packed

COLUMNS = (
    text("word", "A word"),
    words("list", "Words"),
    whole("count", "A count"),
    number("share", "A share"),
    flag("is_so", "1 or 0"),
)
FULL = {"word": "سلام", "list": "a b", "count": -(2**40), "share": -0.0, "is_so": 1}
EMPTY = dict.fromkeys(FULL)
ROWS = {
    "no row": [],
    "all full": [FULL, FULL | {"word": "", "count": 0, "share": 3, "is_so": 0}],
    "all empty": [{}, EMPTY],
    "some empty": [*([FULL] * 9), {}, FULL, EMPTY, FULL | {"word": None}],
}


KEYS: dict[str, Row] = {
    "a": {"match": "a", "seminar": None, "rules_version": 2, "trunk": None},
    "b": {"match": "\u0628", "seminar": "s", "rules_version": 1, "trunk": None},
    "c": {"match": "c", "seminar": "t", "rules_version": 2, "trunk": None},
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("matches", ["a", "ab", "bc", "abca"])
def test_packed_rows_are_those_that_pyarrow_would_make(rows: list[Row], matches: str) -> None:
    table = DataTable("table", "a row", COLUMNS, lambda story: ())
    schema = arrow_schema(table.columns)
    every = [MatchRows(KEYS[x], rows if place % 2 else rows[:1]) for place, x in enumerate(matches)]
    made = arrow_table([packed(table, every)], schema)
    made.validate(full=True)
    told = [{**match.keys, **row} for match in every for row in match.rows]
    assert made.equals(pa.Table.from_pylist(told, schema=schema))


def test_parquet_without_its_extra_names_both_ways_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"uv run --extra parquet detente export, or pip"):
        form_named("parquet")


def test_who_packs_rows_loads_no_pyarrow_and_who_writes_them_no_pandas(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from server.exports.forms import form_named\n"
        "from server.exports.catalogue import LONG\n"
        "from server.exports.columns import MatchRows\n"
        "form = form_named('parquet')\n"
        "piece = form.piece(LONG[0], [MatchRows({'match': 'm'}, [{'round': 1}])])\n"
        "assert 'pyarrow' not in sys.modules\n"
        "sink = form.open(pathlib.Path(sys.argv[1])).sink(LONG[0])\n"
        "sink.add(piece)\n"
        "sink.close()\n"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
