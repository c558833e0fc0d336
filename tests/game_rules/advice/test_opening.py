"""Advice before a match: the first round as it opens, through lenses and with a mediator."""

from game_rules.advice.opening import first_round_of
from game_rules.advice.patterns import advise_on, mediation
from game_rules.advice.situations import situation_in
from game_rules.games.corners import GameClass
from game_rules.games.replies import ReplyClass
from game_rules.games.stage_games import LIBRARY, Terms, collective
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.scenes import Table

CROWD = collective((1,) * 13, Terms(b=9, c=2, e=1, g=1, d=1, sigma=0.2), 0.6)
PHL = Seat("PHL")


def test_the_first_round_has_the_arenas_that_a_match_opens_with():
    scenario = shipped_scenario("seato_1954_1977")
    table = Table(scenario).bots(*scenario.seats).start()
    assert first_round_of(scenario).arenas == table.position.arenas


def test_a_situation_goes_by_the_rules_that_name_it():
    code = first_round_of(shipped_scenario("south_china_sea")).arenas[0]
    member = code.member(PHL)
    assert situation_in(ruleset(1), code.game, member) is GameClass.PRISONERS_DILEMMA
    assert situation_in(ruleset(2), code.game, member) is ReplyClass.VOLUNTEERS_DILEMMA
    assert situation_in(ruleset(2), LIBRARY["chicken"], 0) is GameClass.CHICKEN
    assert situation_in(ruleset(2), CROWD, 0) is None


def test_a_mediator_of_these_rules_takes_so_many_members_and_counts_through_a_lens():
    assert mediation(ruleset(2), CROWD, CROWD) is None
    position = first_round_of(shipped_scenario("south_china_sea"))
    plain, seen = (
        advise_on(position, PHL, lens, has_mediation=True)[0].advice.mediation
        for lens in (None, Lens.REALISM)
    )
    assert plain is not None
    assert seen is not None
    assert plain.recommendations == seen.recommendations
    assert plain.values != seen.values
