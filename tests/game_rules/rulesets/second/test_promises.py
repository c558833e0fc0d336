"""What rules 2 promises of every region, whatever is changed a little: docs/evidence.md."""

from dataclasses import replace

import pytest

from game_rules.games.corners import GameClass, game_class
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.crises import stakes_of
from game_rules.standing.incidents import Concept
from tests.evidence.profiles import CALM_AFTER, rounds_to_calm
from tests.game_rules.rulesets.second.regions import at_rungs
from tests.game_rules.rulesets.second.shipped import NAMES, rounds_to_crisis, shipped
from tests.game_rules.rulesets.second.test_recomputed import match_of

PAIRS = [(name, pair) for name in NAMES for pair in shipped(name).rivals]


@pytest.mark.parametrize("factor", [0.9, 1.1])
@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_a_tenth_more_or_less_of_the_rate_opens_crises_in_time(name, pair, factor):
    scenario = shipped(name)
    rate = scenario.consequences.tension_of_defection * factor
    shaken = replace(
        scenario, consequences=replace(scenario.consequences, tension_of_defection=rate)
    )
    for is_alone in (True, False):
        found = rounds_to_crisis(shaken, pair, is_alone=is_alone)
        assert found is not None
        assert 2 <= found <= 5


@pytest.mark.slow
@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_without_blocs_cooperation_leads_back_to_calm_in_four_to_six_rounds(name, pair):
    assert rounds_to_calm(shipped(name), pair, are_held=False) in CALM_AFTER


@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_a_crisis_never_pays_whoever_is_backed(name, pair):
    scenario = shipped(name)
    pacts = [arena.name for arena in scenario.arenas if arena.is_alliance]
    for rung in (2, 3):
        for held in ({}, dict.fromkeys(pacts, 1.0)):
            standing = replace(at_rungs(begin(scenario), {pair: rung}), produced=held)
            game = stakes_of(standing, scenario, pair)
            for member in (0, 1):
                corners = game.corners(member)
                assert corners.R == 0
                assert max(corners.P, corners.S) < 0 < corners.T
                assert game_class(game, member) is GameClass.CHICKEN


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_only_allies_are_dragged_along_or_left(name):
    scenario = shipped(name)
    allies = {x.name: {*x.members} for x in scenario.arenas if x.is_alliance}
    rivals = [{*pair} for pair in scenario.rivals]
    named = [
        incident
        for seed in (1, 2, 3)
        for event in match_of(name, seed)
        for incident in getattr(event, "incidents", ())
        if incident.concept in (Concept.ENTRAPMENT, Concept.ABANDONMENT)
    ]
    for incident in named:
        first, second, outsider = incident.seats
        assert {first, second} == allies[incident.arena]
        assert {first, second} not in rivals
        assert outsider not in allies[incident.arena]
        assert {first, outsider} in rivals or {second, outsider} in rivals
