"""Finding seats and arenas in a scenario."""

import pytest

from game_rules.roles import Seat
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
