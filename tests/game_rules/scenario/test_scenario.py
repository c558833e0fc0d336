"""Finding seats and arenas in a scenario."""

from dataclasses import replace

import pytest

from game_rules.games.stage_games import LIBRARY
from game_rules.roles import Seat
from game_rules.scenario.terms import Cause, TermChange
from game_rules.scenario_files.scenarios import load_scenario

SEA = load_scenario("south_china_sea")
PHL, USA = Seat("PHL"), Seat("USA")


def test_seats_keep_the_order_of_the_file():
    assert SEA.seats == ("CHN", "PHL", "VNM", "MYS", "IDN", "USA")


def test_a_seat_finds_its_arenas_its_place_and_its_player():
    assert [arena.name for arena in SEA.arenas_of(PHL)] == [
        "code_of_conduct",
        "us_philippines_treaty",
        "fisheries",
    ]
    assert [arena.name for arena in SEA.arenas_of(USA)] == [
        "us_philippines_treaty",
        "encounters_at_sea",
    ]
    assert SEA.arenas[1].member(PHL) == 1
    assert SEA.player(PHL).name == "Philippines"


def test_a_stranger_is_no_player_and_no_member():
    with pytest.raises(KeyError):
        SEA.player(Seat("XXX"))
    with pytest.raises(ValueError, match="not in tuple"):
        SEA.arenas[0].member(USA)


@pytest.mark.parametrize("arena", SEA.arenas, ids=lambda arena: arena.name)
def test_an_arena_with_another_game_is_the_same_in_all_else(arena):
    game, changes = LIBRARY["chicken"], (TermChange("b", Cause.WARY, added=1.0),)
    told = arena.with_game(game, changes)
    assert told == replace(arena, game=game, changes=changes)
    assert told.with_game(arena.game) == replace(arena, changes=changes)
