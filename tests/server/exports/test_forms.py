"""Cells of Parquet: what pyarrow itself would make of them, without what it loads for that."""

import subprocess
import sys

import pyarrow as pa
import pytest

from game_rules.errors import InvalidInput
from server.exports.columns import DataTable, flag, number, text, whole, words
from server.exports.forms import form_named

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


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_a_parquet_piece_is_the_one_that_pyarrow_would_make(rows):
    table = DataTable("table", "a row", COLUMNS, lambda story: ())
    piece = form_named("parquet").piece(table, rows)
    piece.validate(full=True)
    assert piece.equals(pa.RecordBatch.from_pylist(rows, schema=piece.schema))


def test_parquet_without_its_extra_names_both_ways_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"uv run --extra parquet detente export, or pip"):
        form_named("parquet")


def test_a_parquet_piece_loads_no_pandas():
    program = (
        "import sys\n"
        "from server.exports.forms import form_named\n"
        "from server.exports.catalogue import LONG\n"
        "form_named('parquet').piece(LONG[0], [{'match': 'm', 'round': 1}])\n"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
