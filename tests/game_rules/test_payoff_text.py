"""Payoffs on one line: read as written, refused with the place and the remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.exact import two_by_two
from game_rules.games import LIBRARY
from game_rules.payoff_text import parse_payoffs

numbers = st.integers(-99, 99) | st.decimals(-99, 99, places=3)


def test_the_prisoners_dilemma_is_read():
    assert parse_payoffs("3,3 0,5; 5,0 1,1") == LIBRARY["prisoners_dilemma"]


@given(st.lists(numbers, min_size=8, max_size=8))
def test_cells_stand_where_rows_and_columns_say(drawn):
    cells = [f"{mine},{theirs}" for mine, theirs in zip(drawn[::2], drawn[1::2], strict=True)]
    table = two_by_two(parse_payoffs(f" {cells[0]}  {cells[1]} ;{cells[2]} {cells[3]}"))
    assert [x for line in table.row for x in line] == drawn[::2]
    assert [x for line in table.column for x in line] == drawn[1::2]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3,3 0,5", "1 rows, not 2; write payoffs like"),
        ("3,3 0,5; 5,0", "row 2 has 1 cells, not 2"),
        ("3,3 0; 5,0 1,1", "row 1: '0' is no pair mine,theirs"),
        ("3,3 0,5; 5,x 1,1", "row 2: 'x' is no number; write e.g. 3 or 0.5"),
        ("3,3 0,5; 5,nan 1,1", "row 2: nan; a payoff is at most 1e\\+09"),
        ("3,3 0,5; 5,-2e9 1,1", "row 2: -2e9; a payoff is at most 1e\\+09"),
        ("3,3 0,0.12345678901234567; 5,0 1,1", "too many digits; give 15 or fewer"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text, problem):
    with pytest.raises(InvalidInput, match=problem) as refusal:
        parse_payoffs(text)
    assert "\n" not in str(refusal.value)
