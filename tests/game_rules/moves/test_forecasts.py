"""Forecasts of what others will do."""

import pytest

from game_rules.errors import ArenaNotYours
from game_rules.games.stage_games import C, D
from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from tests.game_rules.moves.played import a_table, play
from tests.game_rules.scenes import CHN, JPN, PHL

# --- forecasts ----------------------------------------------------------------------------------


def test_a_forecast_is_kept_in_member_order_and_replaced_by_a_later_one():
    table = a_table()
    asker = Actor(Role.PLAYER, PHL)
    table.do(c.SaveForecast(1, "forum", {JPN: D, CHN: C}), asker)
    (kept,) = table.position.forecasts
    assert list(kept.actions.items()) == [(CHN, C), (JPN, D)]
    table.do(c.SaveForecast(1, "forum", {PHL: C}), asker)
    assert [x.actions for x in table.position.forecasts] == [{PHL: C}]
    play(table)
    table.do(c.SaveForecast(2, "forum", {CHN: D}), asker)
    assert [(x.round, x.actions) for x in table.position.forecasts] == [
        (1, {PHL: C}),
        (2, {CHN: D}),
    ]
    table.do(c.SaveForecast(2, "forum", {}), asker)
    assert [x.round for x in table.position.forecasts] == [1]


def test_a_forecast_is_about_the_members_of_ones_own_arena():
    table = a_table()
    with pytest.raises(ArenaNotYours, match="strait is no arena of PHL; choose among forum, treat"):
        table.do(c.SaveForecast(1, "strait", {CHN: C}), Actor(Role.PLAYER, PHL))
    with pytest.raises(ArenaNotYours, match="CHN is not in treaty; forecast JPN, PHL alone"):
        table.do(c.SaveForecast(1, "treaty", {CHN: C}), Actor(Role.PLAYER, PHL))
