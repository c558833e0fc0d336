"""Allies: called upon, dragged along, left alone; never rivals, and in both directions."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.games.corners import GameClass, game_class
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.crises import STAKES, stakes_of
from game_rules.standing.incidents import Concept
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IDN,
    IND,
    USA,
    SecondTable,
    at_rungs,
    quad,
)

ALLIED = (Concept.ENTRAPMENT, Concept.ABANDONMENT)


def with_crisis(first, second):
    scenario = quad()
    hot = tuple(
        replace(x, tension=0.9 if x.seats == (first, second) else x.tension)
        for x in scenario.starts
    )
    return replace(scenario, starts=hot)


def incidents(table: SecondTable):
    return [
        (x.concept, x.seats, x.arena)
        for x in table.position.history[-1].incidents
        if x.concept in ALLIED
    ]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("CC", [(Concept.ENTRAPMENT, (AUS, USA, CHN), "aukus")]),
        ("DC", [(Concept.ENTRAPMENT, (AUS, USA, CHN), "aukus")]),
        ("CD", [(Concept.ABANDONMENT, (USA, AUS, CHN), "aukus")]),
        ("DD", []),
    ],
)
def test_the_client_of_a_patron_in_crisis(actions, expected):
    table = SecondTable(with_crisis(CHN, USA))
    table.round("C", aukus=actions)
    assert incidents(table) == expected


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("CC", [(Concept.ENTRAPMENT, (USA, AUS, CHN), "aukus")]),
        ("DC", [(Concept.ABANDONMENT, (AUS, USA, CHN), "aukus")]),
    ],
)
def test_the_patron_of_a_client_in_crisis(actions, expected):
    scenario = quad()
    start = replace(scenario.starts[0], seats=(CHN, AUS), tension=0.9)
    hot = replace(scenario, rivals=((CHN, AUS),), starts=(start,))
    table = SecondTable(hot)
    table.round("C", aukus=actions)
    assert incidents(table) == expected


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("CD"), min_size=21, max_size=21), st.integers(2, 3))
def test_no_incident_names_two_rivals_or_an_arena_that_is_no_alliance(letters, highest):
    table = SecondTable(quad())
    rivals = {frozenset(pair) for pair in table.position.scenario.rivals}
    hot = at_rungs(table.position.standing, dict.fromkeys(table.position.scenario.rivals, highest))
    table.position = table.position.but(standing=hot)
    row = iter(letters)
    actions = {x.name: "".join(next(row) for _ in x.members) for x in table.position.arenas}
    table.round("C", **actions)
    for incident in table.position.history[-1].incidents:
        if incident.concept in ALLIED:
            assert incident.arena == "aukus"
            assert frozenset(incident.seats[:2]) not in rivals
            assert incident.cost == 0


def test_a_crisis_never_pays():
    scenario = quad()
    for rungs in ({(CHN, USA): 2}, {(CHN, USA): 3}):
        for held in ({}, {"aukus": 1.0}):
            standing = replace(at_rungs(begin(scenario), rungs), produced=held)
            game = stakes_of(standing, scenario, (CHN, USA))
            for member in (0, 1):
                corners = game.corners(member)
                assert corners.R == 0
                assert max(corners.P, corners.S) < 0 < corners.T
                assert game_class(game, member) is GameClass.CHICKEN


def test_an_alliance_that_held_backs_its_member_and_threatens_the_opponent():
    scenario = quad()
    calm = stakes_of(begin(scenario), scenario, (CHN, USA))
    assert (calm.row, calm.column) == (STAKES, STAKES)
    backed = replace(begin(scenario), produced={"aukus": 1.0})
    game = stakes_of(backed, scenario, (CHN, USA))
    assert (game.row.P, game.column.P) == (-9, -3)
    assert stakes_of(backed, scenario, (CHN, IND)) == calm


def test_support_of_both_sides_cancels():
    scenario = quad()
    with_pact = replace(
        scenario,
        arenas=(*scenario.arenas, replace(scenario.arenas[1], name="axis", members=(CHN, IDN))),
    )
    both = replace(begin(with_pact), produced={"aukus": 1.0, "axis": 1.0})
    game = stakes_of(both, with_pact, (CHN, USA))
    assert (game.row, game.column) == (STAKES, STAKES)


def test_allies_begin_with_trust_and_others_with_none_to_speak_of():
    faith = begin(quad()).faith
    assert (faith[USA][AUS], faith[AUS][USA], faith[USA][CHN]) == ((3, 1), (3, 1), (1, 1))
