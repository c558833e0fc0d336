"""Diversification: arenas that seats join, what that costs, and what it does to dependence.

Rules 2 lets a seat join only away from a partner that it leans on: `rulesets/second/test_kinds.py`.
"""

from dataclasses import replace

import pytest

from game_rules.errors import MoveNotAllowed
from game_rules.games.stage_games import C, Collective, collective
from game_rules.roles import Seat
from game_rules.scenario.scenario import PowerMeasure
from game_rules.standing.standing import main_supplier
from tests.game_rules.moves.played import ROUNDS, a_table, arena, move, play
from tests.game_rules.rulesets.second.shipped import shipped
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, an_arena


def test_joining_an_open_arena_is_for_good_and_shares_the_weights_anew():
    table = a_table(1)
    move(table, PHL, "diversify", "trade")
    assert play(table).moves[0].cost == 2.0
    for _ in range(3):
        joined = arena(table, "trade")
        assert joined.members == (CHN, JPN, PHL)
        assert isinstance(joined.game, Collective)
        assert joined.game.weights == collective((1, 1, 1), TERMS).weights
        assert {(x.b, x.g) for x in joined.game.terms} == {(TERMS.b, TERMS.g)}
        play(table)
    assert table.position.history[-1].results[3].actions[PHL] is C


def test_a_second_partner_moves_dependency():
    """Hirschman 1945: who has another partner leans less on the first."""
    dyad = an_arena("dyad", (CHN, JPN), collective((1, 1), TERMS))
    other = an_arena("other", (JPN, PHL), collective((1, 1), TERMS))
    alone, wide = (a_table(1, arenas=(dyad, other), rivals=()) for _ in range(2))
    move(wide, CHN, "diversify", "other")
    for table in (alone, wide):
        for _ in range(6):
            play(table)
    before = main_supplier(alone.position.standing, CHN)
    after = main_supplier(wide.position.standing, CHN)
    assert before is not None
    assert after is not None
    assert (before[0], after[0]) == (JPN, JPN)
    assert after[1] < before[1]
    assert wide.position.standing.dependency[CHN][PHL] > 0


def test_a_seat_without_a_figure_of_power_joins_nothing():
    table = a_table(power=PowerMeasure.LOWY)
    with pytest.raises(MoveNotAllowed, match="has no figure for lowy"):
        move(table, PHL, "diversify", "trade")


def test_nobody_joins_who_would_weigh_next_to_nothing():
    sea = shipped("south_china_sea")
    light = replace(sea.player(CHN).figures["lowy"], value=1e-5)
    players = tuple(
        replace(player, figures={"lowy": light}) if player.seat == "USA" else player
        for player in sea.players
    )
    table = Table(replace(sea, players=players, seconds=ROUNDS)).bots(Seat("USA")).start()
    with pytest.raises(
        MoveNotAllowed, match=r"code_of_conduct would have a member of .*; too light"
    ):
        move(table, Seat("USA"), "diversify", "code_of_conduct")
