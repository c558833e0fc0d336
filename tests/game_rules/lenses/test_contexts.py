"""What the lenses look at, from a shipped scenario and its standing."""

import pytest

from game_rules.errors import InvalidInput
from game_rules.games.corners import GameClass
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import lensed_corners
from game_rules.lenses.lenses import Lens, LensParameters, regard
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.scenario import PowerMeasure
from game_rules.scenario_files.scenarios import shipped_scenario
from game_rules.standing.standing import first_standing
from tests.game_rules.rulesets.second.regions import AUS, USA, quad
from tests.game_rules.scenes import CHN, JPN, a_scenario

SCENARIO = shipped_scenario("south_china_sea")
STANDING = first_standing(SCENARIO)
PHL = Seat("PHL")


def test_power_is_the_scenarios_measure_unless_another_is_asked_for():
    usual, spending = (
        lens_context(SCENARIO, STANDING, measure=measure)
        for measure in (None, PowerMeasure.MILITARY_SPENDING)
    )
    assert usual.power[CHN] == 72.7
    assert spending.power[CHN] == 314.0


def test_equal_power_needs_no_figures():
    context = lens_context(a_scenario(), first_standing(a_scenario()))
    assert set(context.power.values()) == {1.0}


def test_a_missing_figure_is_named():
    plain = a_scenario()
    with pytest.raises(InvalidInput, match="CHN has no figure for lowy"):
        lens_context(plain, first_standing(plain), measure=PowerMeasure.LOWY)


def test_trade_is_the_scenarios_unless_given():
    trade = SCENARIO.trade.values
    assert trade[PHL][CHN] > 0
    assert lens_context(SCENARIO, STANDING).trade == trade
    assert lens_context(SCENARIO, STANDING, trade={}).trade == {}


def test_seats_that_are_no_country_trade_with_nobody():
    chicken = shipped_scenario("chicken")
    assert chicken.trade.values == {}


def test_trust_and_affinity_are_the_standings():
    context = lens_context(SCENARIO, STANDING)
    assert context.trust[CHN][PHL] == 0.5
    assert context.affinity[CHN][PHL] == -0.5
    assert context.proximity == {}


def test_every_seat_of_every_arena_is_seen_through_every_lens():
    context = lens_context(SCENARIO, STANDING)
    for arena in SCENARIO.arenas:
        for seat in arena.members:
            for lens in Lens:
                assert lensed_corners(lens, arena, seat, context).game_class in GameClass


def test_parameters_and_proximity_are_handed_on():
    near, strong = {CHN: {JPN: 2.0}}, LensParameters(k=2.0)
    assert lens_context(a_scenario(lenses=strong), STANDING).parameters == strong
    context = lens_context(SCENARIO, STANDING, proximity=near, parameters=strong)
    assert context.proximity == near
    assert context.parameters.k == 2.0


def test_a_realist_grudges_an_ally_nothing():
    """In the Summit, the United States looks askance at all but Australia."""
    scenario = quad()
    context = lens_context(scenario, begin(scenario))
    summit = scenario.arenas[2]
    toward = dict(
        zip(summit.members, regard(Lens.REALISM, summit, USA, context).toward, strict=True)
    )
    assert toward[AUS] == toward[USA] == 0.0
    assert sum(toward.values()) == pytest.approx(-context.parameters.k)
    assert toward[CHN] < toward[JPN] < 0.0
