"""Leagues of scenario matches: everybody sits on every seat."""

import pytest

from game_rules.contests.league import (
    League,
    league_log,
    league_table,
    play_league_matches,
)
from game_rules.errors import InvalidInput, UnknownStrategy
from game_rules.log.events import MatchEnded
from game_rules.scenario_files.scenarios import load_scenario

NAMES = ("tit_for_tat", "defector", "cooperator", "gtft", "random")


def league(scenario: str = "stag_hunt", names: tuple[str, ...] = NAMES, **settings) -> League:
    return League(load_scenario(scenario), names, **settings)


def test_everybody_sits_once_a_season_on_every_seat():
    played = league("korean_peninsula", seasons=2)
    for season in range(2):
        matches = range(season * 5, season * 5 + 5)
        for seat in range(len(played.seats)):
            assert sorted(played.seating(match)[seat] for match in matches) == [0, 1, 2, 3, 4]


def test_seasons_are_drawn_anew():
    played = league("korean_peninsula", seasons=6)
    assert len({played.seating(5 * season) for season in range(6)}) > 1


def test_a_match_of_a_league_is_a_whole_match():
    log = league_log(league(), 3)
    assert isinstance(log[-1], MatchEnded)
    assert log == league_log(league(), 3)


def test_however_a_league_is_cut_it_comes_out_the_same():
    played = league(seasons=2)
    whole = play_league_matches(played, 0, 10)
    assert play_league_matches(played, 0, 3) + play_league_matches(played, 3, 10) == whole


def test_a_table_ranks_by_points_a_round():
    played = league("prisoners_dilemma", ("defector", "cooperator", "alternator"), seasons=4)
    table = league_table(played, play_league_matches(played, 0, played.match_count))
    assert [row.strategy for row in table] == ["defector", "alternator", "cooperator"]
    assert [row.rank for row in table] == [1, 2, 3]
    assert [row.matches for row in table] == [8, 8, 8]
    assert table[0].interval is not None
    assert table[0].interval[0] <= table[0].points <= table[0].interval[1]
    assert table[0].rating.level > table[-1].rating.level


def test_one_season_tells_no_interval():
    played = league("prisoners_dilemma", ("defector", "cooperator"))
    table = league_table(played, play_league_matches(played, 0, 2))
    assert [row.interval for row in table] == [None, None]
    assert [row.points for row in table] == [5, 0]


def test_fewer_entrants_than_seats_sit_on_several():
    played = league("korean_peninsula", ("tit_for_tat", "defector"))
    assert set(played.seating(0)) == {0, 1}
    table = league_table(played, play_league_matches(played, 0, 2))
    assert sum(row.matches for row in table) == 2 * len(played.seats)


def test_a_missing_match_is_noticed():
    played = league()
    with pytest.raises(InvalidInput, match="4 matches, not the 5"):
        league_table(played, play_league_matches(played, 0, 4))
    with pytest.raises(InvalidInput, match="match 5"):
        league_log(played, 5)


def test_what_is_no_league_is_refused():
    with pytest.raises(InvalidInput, match="1 entrants"):
        league(names=("defector",))
    with pytest.raises(InvalidInput, match="0 seasons"):
        league(seasons=0)
    with pytest.raises(UnknownStrategy):
        league(names=("defector", "defectr"))
