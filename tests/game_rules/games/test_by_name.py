"""Games by name: however it is written, and every one of the 144 by its letters."""

from itertools import product

import pytest

from game_rules.games.by_name import MATCHING_PENNIES, game_names, named_game
from game_rules.games.names import classify
from game_rules.games.ordinal_types import OrdinalType
from game_rules.games.stage_games import LIBRARY


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Prisoner's Dilemma", "prisoners_dilemma"),
        ("PD", "prisoners_dilemma"),
        ("Stag Hunt", "stag_hunt"),
        ("hawk-dove", "chicken"),
        ("Snowdrift", "chicken"),
        ("BoS", "battle_of_the_sexes"),
        ("zero sum", "zero_sum"),
    ],
)
def test_a_name_is_found_however_it_is_written(name, key):
    assert named_game(name) == LIBRARY[key]


@pytest.mark.parametrize(("row", "column"), list(product(OrdinalType, repeat=2)))
def test_two_letters_a_side_name_all_144_strict_games(row, column):
    letters = row.abbreviation + column.abbreviation
    game = named_game(letters)
    assert game is not None
    assert classify(game).abbreviation == letters


def test_every_name_listed_is_a_games():
    assert all(named_game(name) is not None for name in game_names())
    assert named_game("matching pennies") is MATCHING_PENNIES


@pytest.mark.parametrize("name", ["", "chess", "PdXx", "x" * 10_000, "south_china_sea"])
def test_other_names_are_no_games(name):
    assert named_game(name) is None
