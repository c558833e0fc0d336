"""Payoffs on one line: read as written, refused with the place and the remedy."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.exact import two_by_two
from game_rules.games.payoff_text import parse_exact_payoffs, parse_payoffs
from game_rules.games.stage_games import LIBRARY

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
        ("3,3 0,5; 5,x 1,1", "row 2: 'x' is no number; write e.g. 3, -0.5 or 1/3"),
        ("3,3 0,5; 5,nan 1,1", "row 2: 'nan' is no number"),
        ("3,3 0,5; 5,-2e9 1,1", "row 2: '-2e9'; a payoff is at most 1e\\+09"),
        ("3,3 0,5; 5,1e999 1,1", "row 2: '1e999'; a payoff is at most"),
        ("3,3 0,5; 5,1/0 1,1", "row 2: '1/0' is no number"),
        ("3,3 0,5; 5,1/-2 1,1", "row 2: '1/-2' is no number"),
        ("3,3 0,5; 5,1_0 1,1", "row 2: '1_0' is no number"),
        ("3,3 0,5; 5,1e9999 1,1", "row 2: '1e9999' is no number"),
        ("3,3 0,5; 5,inf 1,1", "row 2: 'inf' is no number"),
        ("3,3 0,5; 5," + "9" * 5000 + " 1,1", "row 2: '9{40}'... has over 40 digits"),
        ("3,3 0,5; 5" + "9" * 5000 + " 1,1", "row 2: '5[9]{39}' is no pair"),
        ("3,3 0,1/3; 5,0 1,1", "payoff 1/3: has too many digits"),
        ("3,3 0,0.12345678901234567; 5,0 1,1", "too many digits; give a decimal of 15 or fewer"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text, problem):
    with pytest.raises(InvalidInput, match=problem) as refusal:
        parse_payoffs(text)
    assert "\n" not in str(refusal.value)


def test_a_third_stays_a_third():
    game = parse_exact_payoffs("1/3,-2/4 .5,5.; 1e-3,+0 -0.25,-1/7")
    assert two_by_two(game).row == (
        (Fraction(1, 3), Fraction(1, 2)),
        (Fraction(1, 1000), Fraction(-1, 4)),
    )
    assert two_by_two(game).column == ((Fraction(-1, 2), 5), (0, Fraction(-1, 7)))


@given(st.lists(st.fractions(-99, 99, max_denominator=50), min_size=8, max_size=8))
def test_any_fractions_are_read_exactly(drawn):
    cells = [f"{mine},{theirs}" for mine, theirs in zip(drawn[::2], drawn[1::2], strict=True)]
    table = two_by_two(parse_exact_payoffs(f"{cells[0]} {cells[1]};{cells[2]} {cells[3]}"))
    assert [x for line in table.row for x in line] == drawn[::2]
    assert [x for line in table.column for x in line] == drawn[1::2]
