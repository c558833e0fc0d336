"""Arenas that partners found in rules 1, and what that costs; rules 2 has no such move."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.errors import MoveNotAllowed
from game_rules.games.stage_games import collective
from game_rules.roles import Seat
from game_rules.scenario.scenario import FigureStatus, Override, PowerMeasure
from tests.game_rules.moves.played import a_table, arena, move, play
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, a_scenario, an_arena

REFUSED = [
    ("strait", (PHL,), "strait is a game of two; take over the terms"),
    ("treaty", (PHL,), "CHN is not in treaty"),
    ("forum", (CHN,), "CHN is no other seat; found an arena with others"),
    ("forum", (Seat("XXX"),), "XXX is no other seat"),
    ("forum", tuple(Seat(f"S{n}") for n in range(4)), "4 partners; found an arena with 1 to 3"),
]


@pytest.mark.parametrize(("name", "partners", "problem"), REFUSED)
def test_an_arena_that_makes_no_sense_is_refused(
    name: str, partners: tuple[Seat, ...], problem: str
):
    with pytest.raises(MoveNotAllowed, match=problem):
        move(a_table(1), CHN, "diversify", name, None, partners)


def test_a_seat_without_a_figure_of_power_founds_nothing():
    with pytest.raises(MoveNotAllowed, match="has no figure for lowy"):
        move(a_table(1, power=PowerMeasure.LOWY), CHN, "diversify", "forum", None, (JPN,))


def test_an_arena_is_founded_when_every_partner_wants_it():
    table = a_table(1)
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
    table = a_table(1)
    move(table, CHN, "diversify", "forum", None, (PHL,))
    if answer:
        move(table, PHL, *answer)
    first = play(table).moves[0]
    assert (first.cost, first.takes_effect) == (0.0, False)
    assert "founded_chn_phl" not in [each.name for each in table.position.arenas]


def test_partners_must_name_the_same_founders():
    table = a_table(1)
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
        table = a_table(1, arenas=(*a_scenario().arenas, model))
        for seat, other in ((CHN, PHL), (PHL, CHN)):
            move(table, seat, "diversify", model.name, None, (other,))
        play(table)
        assert arena(table, "founded_chn_phl").game.terms == (expected, expected)
