"""The advisor: what it says of the library, of shipped arenas, through lenses, and as JSON."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.advice.advice_json import MOST_EQUILIBRIA, advice_json
from game_rules.advice.advisor import Advice, advise, beliefs_of
from game_rules.errors import InvalidInput
from game_rules.games import exact
from game_rules.games.corners import GameClass
from game_rules.games.ordinal_types import OrdinalType
from game_rules.games.payoff_text import parse_exact_payoffs, parse_payoffs
from game_rules.games.stage_games import LIBRARY, Action, Terms, collective, symmetric
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import bare_lensed_game, lensed_game
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.standing.standing import first_standing, trusts
from tests.game_rules.drawn import games_of
from tests.game_rules.scenes import CHN, JPN, TERMS, an_arena

C, D = Action.C, Action.D


def printed(advice: Advice) -> dict[str, Any]:
    """Read advice back from its JSON."""
    return json.loads(json.dumps(advice_json(advice)))


def test_the_prisoners_dilemma_as_json():
    document = advice_json(advise(parse_payoffs("3,3 0,5; 5,0 1,1")))
    assert json.loads(json.dumps(document)) == document
    assert {
        "class": "prisoners_dilemma",
        "row_type": "prisoners_dilemma",
        "column_type": "prisoners_dilemma",
        "greed": 2,
        "fear": 1,
        "equilibria": [{"row": ["0", "1"], "column": ["0", "1"]}],
        "f_star": None,
        "delta_star": "1/2",
        "z_star": 2,
    }.items() <= document.items()
    assert document["correlated"] == {
        "recommendations": [{"profile": ["D", "D"], "chance": "1"}],
        "values": ["1", "1"],
        "mean": "1",
        "is_exact": True,
    }
    assert document["best_reply"] == {"actions": ["D"], "gain": -1.5, "beliefs": [0.5, 0.5]}
    assert document["lever"] == {
        "parameter": "P",
        "now": 1,
        "change": -1,
        "is_beyond": True,
        "class": "chicken",
    }


def test_probabilities_are_exact_fractions():
    document = printed(advise(LIBRARY["chicken"]))
    assert document["equilibria"][1] == {"row": ["2/3", "1/3"], "column": ["2/3", "1/3"]}
    assert [each["chance"] for each in document["correlated"]["recommendations"]] == [
        "1/2",
        "1/4",
        "1/4",
    ]


def test_a_degenerate_game_shows_its_sets_of_equilibria():
    document = printed(advise(symmetric(0, 0, 0, 0), has_mediation=False))
    assert len(document["equilibria"]) == 4
    assert document["equilibrium_sets"] == [{"row": ["0", "1"], "column": ["0", "1"]}]
    assert document["correlated"] is None


def test_the_stag_hunt_tips_at_two_thirds():
    advice = advise(LIBRARY["stag_hunt"], 0, (0, 0.7), has_mediation=False)
    assert advice.tipping_point == Fraction(2, 3)
    assert advice.best_reply == (C,)
    assert advise(LIBRARY["stag_hunt"], 0, (0, 0.6), has_mediation=False).best_reply == (D,)


def test_where_c_gains_nothing_both_actions_are_best():
    assert advise(symmetric(1, 1, 1, 1), has_mediation=False).best_reply == (C, D)


def test_the_second_player_is_advised_on_its_own_side():
    game = parse_payoffs("3,3 0,4; 5,2 1,1")
    first, second = (advise(game, member, has_mediation=False) for member in (0, 1))
    assert (first.corners.greed, second.corners.greed) == (2, 1)
    assert first.own_type is OrdinalType.PRISONERS_DILEMMA
    assert second.own_type is OrdinalType.CHICKEN
    assert second.member == 1


def test_a_larger_arena_lists_its_pure_equilibria_member_by_member():
    hunt = collective([1, 1, 1], replace(TERMS, g=0.5), theta=1.0)
    document = printed(advise(hunt))
    assert document["equilibria"] == [
        {"members": [["1", "0"]] * 3},
        {"members": [["0", "1"]] * 3},
    ]
    assert document["equilibria_found"] == 2
    assert (document["name"], document["column_type"]) == (None, None)
    assert document["row_type"] == "stag_hunt"


def test_figures_that_rest_on_rounded_shares_are_decimals():
    fish = next(x for x in shipped_scenario("south_china_sea").arenas if x.name == "fisheries")
    advice = advise(fish.game, fish.member(Seat("PHL")), has_mediation=False)
    assert float(advice_json(advice)["f_star"] or "nan") == pytest.approx(0.234, abs=0.0005)


def test_long_lists_of_equilibria_are_cut_and_counted():
    crowd = collective([1] * 10, Terms(b=10, c=1.5, e=0, g=0, d=0, sigma=1), theta=0.5)
    document = printed(advise(crowd))
    assert len(document["equilibria"]) == MOST_EQUILIBRIA
    assert document["equilibria_found"] > MOST_EQUILIBRIA
    assert document["correlated"] is None


def test_an_arena_without_a_pure_equilibrium_lists_none():
    terms = [
        Terms(b=3, c=3, e=3, g=-1, d=2, sigma=0),
        Terms(b=3, c=1, e=-1, g=1, d=3, sigma=0),
        Terms(b=0, c=0, e=0, g=1, d=2, sigma=0),
    ]
    document = printed(advise(collective([1, 1, 1], terms), has_mediation=False))
    assert (document["equilibria"], document["equilibria_found"]) == ([], 0)


def test_of_an_arena_too_large_to_try_the_rest_is_told():
    crowd = collective([1] * (exact.MOST_MEMBERS + 1), TERMS)
    document = printed(advise(crowd))
    assert (document["equilibria"], document["equilibria_found"]) == (None, None)
    assert document["best_reply"]["actions"] == []
    assert document["class"] == crowd.corners(0).game_class.value


def test_a_lens_changes_the_advice():
    material, seen = (
        advise(game, has_mediation=False)
        for game in (
            LIBRARY["stag_hunt"],
            bare_lensed_game(Lens.REALISM, LIBRARY["stag_hunt"]),
        )
    )
    assert material.game_class is GameClass.STAG_HUNT
    assert seen.game_class is GameClass.PRISONERS_DILEMMA
    assert seen.best_reply == (D,)


def test_a_wrong_number_of_beliefs_is_refused():
    with pytest.raises(InvalidInput, match="3 chances for 2 members"):
        advise(LIBRARY["chicken"], 0, (0.5, 0.5, 0.5))


def test_beliefs_are_present_trust_and_one_half_of_strangers():
    arena = an_arena("forum", (CHN, JPN, Seat("PHL")), collective([1, 1, 1], TERMS))
    assert beliefs_of(arena, CHN, {CHN: {JPN: 0.8}}) == (1.0, 0.8, 0.5)
    assert beliefs_of(arena, JPN, {}) == (0.5, 1.0, 0.5)


def test_a_game_that_no_lever_moves_has_none():
    flat = collective([1, 1], Terms(b=0, c=0, e=0, g=0, d=0, sigma=0))
    assert advise(flat, has_mediation=False).lever is not None
    assert advice_json(replace(advise(flat, has_mediation=False), levers=()))["lever"] is None


@settings(max_examples=40)
@given(st.integers(2, 4).flatmap(games_of), st.data())
def test_whatever_the_game_advice_is_json(game, data):
    member = data.draw(st.integers(0, game.size - 1))
    document = advice_json(advise(game, member, has_mediation=False))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["labelled_class"] == game.corners(member).game_class.value


def situation(text, member=0):
    return advise(parse_payoffs(text), member, has_mediation=False).situation


@pytest.mark.parametrize(("t", "r", "p", "s"), list(permutations(range(1, 5))))
def test_a_symmetric_game_is_called_by_greed_and_fear(t, r, p, s):
    game = symmetric(t, r, p, s)
    assert advise(game, has_mediation=False).situation == game.row.game_class.value


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("3,2 0,0; 0,0 2,3", "battle_of_the_sexes", "battle_of_the_sexes"),
        ("1,-1 -1,1; -1,1 1,-1", "matching_pennies", "matching_pennies"),
        ("1,-1 2,-2; 0,0 3,-3", "constant_sum", "constant_sum"),
        ("6,6 0,10; 10,0 1,2", "prisoners_dilemma", "prisoners_dilemma"),
        ("3,3 1,4; 4,2 2,1", "prisoners_dilemma", "chicken"),
        ("4,2 2,1; 3,3 1,4", "prisoners_dilemma", "chicken"),  # the same, rows swapped
        ("0,3 1,3; 0,1 2,0", "heist", "heist"),
    ],
)
def test_a_game_of_two_that_differ_is_called_by_its_name_not_by_its_labels(text, row, column):
    assert (situation(text), situation(text, 1)) == (row, column)


def test_the_patience_of_all_is_that_of_whoever_needs_most():
    game = parse_payoffs("3,3 0,4; 5,0 1,1")
    first, second = (advise(game, member, has_mediation=False) for member in (0, 1))
    assert (first.discount, second.discount) == (Fraction(1, 2), Fraction(1, 3))
    assert first.common_discount == second.common_discount == Fraction(1, 2)


def test_where_one_side_lacks_patience_there_is_none_for_all():
    pennies = advise(parse_payoffs("1,-1 -1,1; -1,1 1,-1"), has_mediation=False)
    assert (pennies.discount, pennies.common_discount) == (0, None)


def test_thirds_are_answered_in_thirds():
    document = printed(advise(parse_exact_payoffs("1/3,1/3 0,1/7; 1/7,0 1/9,1/9")))
    assert document["equilibria"][1] == {"row": ["7/19", "12/19"], "column": ["7/19", "12/19"]}
    assert document["correlated"]["values"] == ["1/3", "1/3"]
    assert document["f_star"] == "7/19"


@pytest.mark.parametrize("name", scenario_names())
def test_every_seat_of_every_shipped_arena_is_advised_through_every_lens(name):
    scenario = shipped_scenario(name)
    standing = first_standing(scenario)
    context = lens_context(scenario, standing)
    for arena in scenario.arenas:
        for seat in arena.members:
            beliefs = beliefs_of(arena, seat, trusts(standing))
            for game in (arena.game, *(lensed_game(lens, arena, context) for lens in Lens)):
                advice = advise(game, arena.member(seat), beliefs, has_mediation=False)
                assert advice_json(advice)["best_reply"]["actions"]
