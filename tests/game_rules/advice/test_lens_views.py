"""A match through the lenses: other games, other scores, the same log."""

from typing import Any

import pytest

from game_rules.advice.lens_views import lens_totals, lens_view
from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import ScenarioError
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import LIBRARY
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import utilities
from game_rules.lenses.lenses import Lens
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.records.codec import dumps
from game_rules.roles import Seat
from game_rules.scenario.parameters import LensParameters
from game_rules.scenario.scenario import FigureStatus, PairStart, PowerMeasure
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.scenes import CHN, JPN, PHL, QUICK, Table, a_scenario, an_arena

SEA = shipped_scenario("south_china_sea")
BOTS = {CHN: "defector", JPN: "random", PHL: "cooperator"}
TENSE = (PairStart((CHN, JPN), 0.85, "A test.", FigureStatus.ASSUMED),)


def a_match(**changes: Any) -> Position:
    scenario = a_scenario(**{"seconds": QUICK, "rounds": 4, "starts": TENSE, **changes})
    return fold(play_bot_match(scenario, BOTS, "7"))


def test_realists_see_a_prisoners_dilemma_where_liberals_see_a_stag_hunt():
    hunt = (an_arena("hunt", (CHN, JPN), LIBRARY["stag_hunt"]),)
    position = Table(a_scenario(arenas=hunt, lenses=LensParameters(k=0.5))).position
    views = {lens: lens_view(position, lens, CHN, "hunt") for lens in Lens}
    assert views[Lens.REALISM].seen.game_class is GameClass.PRISONERS_DILEMMA
    assert views[Lens.LIBERALISM].seen.game_class is GameClass.STAG_HUNT
    assert [view.is_another_game for view in views.values()] == [True, False, False]


def test_a_lens_changes_nothing_that_is_stored():
    position = a_match()
    before = dumps(position)
    for lens in Lens:
        for arena in position.arenas_of(CHN):
            lens_view(position, lens, CHN, arena.name)
        lens_totals(position, lens)
    assert dumps(position) == before


def test_the_strength_of_a_lens_is_the_scenarios():
    weak, strong = (a_match(lenses=LensParameters(k=k)) for k in (0.0, 2.0))
    assert not lens_view(weak, Lens.REALISM, CHN, "strait").is_another_game
    view = lens_view(strong, Lens.REALISM, CHN, "strait")
    assert view.seen.greed > view.material.greed


def test_before_any_round_nothing_was_worth_anything():
    position = Table().position
    assert lens_view(position, Lens.REALISM, CHN, "strait").utility is None
    assert lens_totals(position, Lens.REALISM) == {CHN: 0.0, JPN: 0.0, PHL: 0.0}


def test_a_round_is_scored_by_what_stood_before_it():
    position = a_match()
    last = position.history[-1].results[0]
    context = lens_context(position.scenario, position.history[-2].standing)
    arena = position.scenario.arenas[0]
    for lens in Lens:
        expected = utilities(lens, arena, last.actions, last.payoffs, context)
        assert lens_view(position, lens, CHN, "strait").utility == expected[CHN]


def test_lenses_without_any_strength_score_what_was_paid():
    position = a_match(lenses=LensParameters(0.0, 0.0, 0.0, 0.0, 0.0))
    paid = dict.fromkeys((CHN, JPN, PHL), 0.0)
    for row in position.history:
        for result in row.results:
            for seat, payoff in result.payoffs.items():
                paid[seat] += payoff
    for lens in Lens:
        assert lens_totals(position, lens) == paid


def test_crises_are_scored_too_when_they_are_over():
    position = a_match()
    assert any(result.arena == "crisis_chn_jpn" for result in position.history[0].results)
    assert lens_totals(position, Lens.REALISM)[CHN] != 0


def test_another_measure_of_power_can_change_the_class():
    position = Table(SEA).position
    seen = {
        (measure, seat): lens_view(position, Lens.REALISM, seat, "code_of_conduct", measure)
        for measure in (None, *PowerMeasure)
        for seat in SEA.arenas[0].members
    }
    assert len({seen[measure, Seat("CHN")].material for measure in PowerMeasure}) > 1
    for seat in SEA.arenas[0].members:
        assert seen[None, seat] == seen[PowerMeasure.LOWY, seat]


def test_a_measure_without_figures_is_refused():
    with pytest.raises(ScenarioError, match="has no figure for cinc"):
        lens_view(Table().position, Lens.REALISM, CHN, "forum", PowerMeasure.CINC)


def test_an_arena_that_is_not_in_force_has_no_view():
    with pytest.raises(KeyError):
        lens_view(Table().position, Lens.REALISM, CHN, "crisis_chn_jpn")


def test_a_seat_that_is_no_member_has_no_view():
    with pytest.raises(ValueError, match="not in tuple"):
        lens_view(Table().position, Lens.REALISM, PHL, "strait")
