"""Arenas that are joined and founded, and what that costs."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.errors import MoveNotAllowed
from game_rules.games.stage_games import C, collective
from game_rules.roles import Seat
from game_rules.scenario.scenario import FigureStatus, Override
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.standing import main_supplier
from tests.game_rules.moves.played import (
    ROUNDS,
    a_table,
    arena,
    move,
    play,
)
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, an_arena

# --- diversify: join or found another arena; moves dependency -----------------------------------


def test_joining_an_open_arena_is_for_good_and_shares_the_weights_anew():
    table = a_table()
    move(table, PHL, "diversify", "trade")
    assert play(table).moves[0].cost == 2.0
    joined = arena(table, "trade")
    assert joined.members == (CHN, JPN, PHL)
    assert joined.game == collective((1, 1, 1), TERMS)
    for _ in range(3):
        play(table)
    assert arena(table, "trade") == joined
    assert table.position.history[-1].results[3].actions[PHL] is C


def test_a_second_partner_moves_dependency():
    """Morrow 1991: who has another partner leans less on the first."""
    dyad = an_arena("dyad", (CHN, JPN), collective((1, 1), TERMS))
    other = an_arena("other", (JPN, PHL), collective((1, 1), TERMS))
    alone, wide = (a_table(arenas=(dyad, other), rivals=()) for _ in range(2))
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


def test_an_arena_is_founded_when_every_partner_wants_it():
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (PHL,))
    move(table, PHL, "diversify", "forum", None, (CHN,))
    opened = play(table).moves
    assert [(x.seat, x.cost, x.takes_effect) for x in opened] == [
        (CHN, 2.0, True),
        (PHL, 2.0, True),
    ]
    founded = arena(table, "founded_chn_phl")
    assert (founded.members, founded.exclusive) == ((CHN, PHL), 0.0)
    assert founded.game == collective((1, 1), TERMS, theta=0.5)
    (effect,) = table.position.effects
    assert (effect.makers, effect.other_arena, effect.last_round) == ((CHN, PHL), "forum", None)
    assert play(table).results[-1].payoffs == {CHN: 4.0, PHL: 4.0}
    with pytest.raises(MoveNotAllowed, match="CHN, PHL have founded an arena already"):
        move(table, CHN, "diversify", "forum", None, (PHL,))


@pytest.mark.parametrize(
    "answer",
    [None, ("fund", "forum"), ("diversify", "treaty", None, (CHN,)), ("diversify", "trade")],
)
def test_an_arena_that_not_all_want_is_not_founded_and_costs_nothing(
    answer: tuple[Any, ...] | None,
):
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (PHL,))
    if answer:
        move(table, PHL, *answer)
    first = play(table).moves[0]
    assert (first.cost, first.takes_effect) == (0.0, False)
    assert "founded_chn_phl" not in [each.name for each in table.position.arenas]


def test_partners_must_name_the_same_founders():
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (JPN, PHL))
    move(table, JPN, "diversify", "forum", None, (CHN, PHL))
    move(table, PHL, "diversify", "forum", None, (CHN,))
    assert [x.takes_effect for x in play(table).moves] == [False, False, False]
    for seat, others in ((CHN, (JPN, PHL)), (JPN, (CHN, PHL)), (PHL, (CHN, JPN))):
        move(table, seat, "diversify", "forum", None, others)
    assert [x.takes_effect for x in play(table).moves] == [True, True, True]
    assert arena(table, "founded_chn_jpn_phl").members == (CHN, JPN, PHL)


def test_a_founded_arena_takes_the_common_terms_and_not_a_members_own():
    own = replace(TERMS, g=5.0)
    override = Override(CHN, "g", 5.0, "Assumption", FigureStatus.ASSUMED)
    bent = replace(
        an_arena("bent", (CHN, PHL), collective((1, 1), (own, TERMS))), overrides=(override,)
    )
    all_bent = replace(bent, name="all", overrides=(override, replace(override, member=PHL)))
    for model, expected in ((bent, TERMS), (all_bent, own)):
        table = a_table(arenas=(*a_scenario().arenas, model))
        for seat, other in ((CHN, PHL), (PHL, CHN)):
            move(table, seat, "diversify", model.name, None, (other,))
        play(table)
        assert arena(table, "founded_chn_phl").game.terms == (expected, expected)


def test_nobody_joins_who_would_weigh_next_to_nothing():
    sea = load_scenario("south_china_sea")
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
