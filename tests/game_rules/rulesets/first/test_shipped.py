"""The regions of rules 1: what each member of each arena is in, and what changes it."""

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import with_power
from tests.game_rules.rulesets.first.shipped import NAMES, shipped
from tests.game_rules.scenes import power_measures
from tests.game_rules.test_scenarios import changed

DRAFTED = """
asean_confidence_building confidence_building IDN 0.18 -0.53 2.5 stag_hunt 0.82
asean_confidence_building confidence_building VNM 0.15 -0.48 2.5 stag_hunt 0.84
asean_confidence_building confidence_building PHL 0.12 -0.42 2.5 stag_hunt 0.86
asean_confidence_building confidence_building SGP 0.22 -0.59 2.5 stag_hunt 0.81
asean_confidence_building confidence_building THA 0.16 -0.49 2.5 stag_hunt 0.84
asean_confidence_building confidence_building MYS 0.16 -0.49 2.5 stag_hunt 0.84
south_china_sea code_of_conduct CHN 0.49 -0.72 2.5 stag_hunt 0.78
south_china_sea code_of_conduct PHL 0.1 0.65 2.5 prisoners_dilemma -
south_china_sea code_of_conduct VNM 0.13 0.56 2.5 prisoners_dilemma -
south_china_sea code_of_conduct MYS 0.13 0.54 2.5 prisoners_dilemma -
south_china_sea code_of_conduct IDN 0.15 0.47 2.5 prisoners_dilemma -
south_china_sea us_philippines_treaty USA 0.85 -3.23 -2.59 harmony -
south_china_sea us_philippines_treaty PHL 0.15 -1.97 1.59 stag_hunt 0.45
korean_peninsula six_party_talks PRK 0.04 3.1 3.5 prisoners_dilemma -
korean_peninsula six_party_talks KOR 0.12 2.74 3.5 prisoners_dilemma -
korean_peninsula six_party_talks USA 0.31 1.83 3.5 prisoners_dilemma -
korean_peninsula six_party_talks CHN 0.27 1.99 3.5 prisoners_dilemma -
korean_peninsula six_party_talks JPN 0.15 2.6 3.5 prisoners_dilemma -
korean_peninsula six_party_talks RUS 0.12 2.74 3.5 prisoners_dilemma -
korean_peninsula us_rok_alliance USA 0.72 -3.0 -1.85 harmony -
korean_peninsula us_rok_alliance KOR 0.28 -2.2 0.85 stag_hunt 0.28
taiwan_strait strait CHN 0.35 3.57 -5.08 chicken -
taiwan_strait strait TWN 0.08 4.22 -3.46 chicken -
taiwan_strait strait USA 0.39 3.46 -5.34 chicken -
taiwan_strait strait JPN 0.19 3.95 -4.12 chicken -
india_pakistan nuclear_restraint IND 0.73 2.0 4 prisoners_dilemma -
india_pakistan nuclear_restraint PAK 0.27 2.0 4 prisoners_dilemma -
quad_and_eas quad USA 0.43 -0.78 -0.56 harmony -
quad_and_eas quad JPN 0.2 -0.11 0.78 stag_hunt 0.88
quad_and_eas quad IND 0.2 -0.11 0.78 stag_hunt 0.87
quad_and_eas quad AUS 0.17 0.0 1.0 prisoners_dilemma -
quad_and_eas east_asia_summit USA 0.29 -0.5 2.5 stag_hunt 0.83
quad_and_eas east_asia_summit JPN 0.14 -0.08 2.5 stag_hunt 0.97
quad_and_eas east_asia_summit IND 0.14 -0.08 2.5 stag_hunt 0.97
quad_and_eas east_asia_summit AUS 0.11 -0.01 2.5 stag_hunt 1.0
quad_and_eas east_asia_summit CHN 0.25 -0.41 2.5 stag_hunt 0.86
quad_and_eas east_asia_summit IDN 0.08 0.08 2.5 prisoners_dilemma -
sco_central_asia counter_terrorism CHN 0.43 -0.26 -0.07 harmony -
sco_central_asia counter_terrorism RUS 0.18 0.92 2.5 prisoners_dilemma -
sco_central_asia counter_terrorism KAZ 0.07 1.46 2.5 prisoners_dilemma -
sco_central_asia counter_terrorism IND 0.23 0.69 2.5 prisoners_dilemma -
sco_central_asia counter_terrorism PAK 0.09 1.39 2.5 prisoners_dilemma -
bri_corridors corridor CHN 0.51 -5.5 -2.12 harmony -
bri_corridors corridor PAK 0.1 -4.78 2.0 stag_hunt 0.29
bri_corridors corridor KAZ 0.08 -4.77 2.0 stag_hunt 0.3
bri_corridors corridor MYS 0.14 -4.81 2.0 stag_hunt 0.29
bri_corridors corridor IDN 0.16 -4.83 2.0 stag_hunt 0.29
bri_corridors other_finance JPN 0.42 -2.04 -0.38 harmony -
bri_corridors other_finance MYS 0.21 -1.87 0.46 stag_hunt 0.2
bri_corridors other_finance IDN 0.24 -1.89 0.34 stag_hunt 0.15
bri_corridors other_finance KAZ 0.13 -1.8 0.78 stag_hunt 0.3
"""
"""Scenario, arena, member, weight by Lowy, greed, fear, class, tipping point: the rules' drafts."""

BESIDE = """
sco_central_asia agenda CHN 0.5 3.0 -2.0 battle_of_the_sexes -
sco_central_asia agenda RUS 0.5 3.0 -2.0 battle_of_the_sexes -
seato_1954_1977 manila_pact USA 0.72 -2.5 -1.81 harmony -
seato_1954_1977 manila_pact GBR 0.14 0.09 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact FRA 0.08 0.25 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact AUS 0.02 0.45 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact NZL 0.0 0.49 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact PAK 0.03 0.42 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact PHL 0.01 0.47 2.5 prisoners_dilemma -
seato_1954_1977 manila_pact THA 0.01 0.48 2.5 prisoners_dilemma -
seato_1954_1977 us_thailand USA 0.99 -3.48 -3.44 harmony -
seato_1954_1977 us_thailand THA 0.01 -1.72 2.44 stag_hunt 0.59
seato_1954_1977 us_pakistan USA 0.96 -1.45 -1.82 harmony -
seato_1954_1977 us_pakistan PAK 0.04 -0.05 2.82 stag_hunt 0.98
"""
"""The same for what the drafts leave out."""

ROWS = [row.split() for row in (DRAFTED + BESIDE).splitlines() if row]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:3]))
def test_members_stand_where_their_scenario_says(row):
    scenario = shipped(row[0])
    arena = next(each for each in scenario.arenas if each.name == row[1])
    member = next(i for i, seat in enumerate(arena.members) if seat == row[2])
    corners = arena.game.corners(member)
    tipping = corners.tipping_point
    found = (
        round(arena.game.weight(member), 2),
        round(corners.greed, 2),
        round(corners.fear, 2),
        corners.game_class.value,
        "-" if tipping is None else round(tipping, 2),
    )
    drafted = (*map(float, row[3:6]), row[6], "-" if row[7] == "-" else float(row[7]))
    assert found == drafted


def test_every_member_of_every_regional_arena_is_listed():
    listed = [tuple(row[:3]) for row in ROWS]
    members = [
        (name, arena.name, str(seat))
        for name in NAMES
        for arena in shipped(name).arenas
        for seat in arena.members
    ]
    assert sorted(listed) == sorted(members)


ONE_CLASS = {"asean_confidence_building", "india_pakistan", "taiwan_strait"}
"""Where greed and fear are far from nought for everybody, however power is measured."""


@pytest.mark.parametrize("name", sorted(set(NAMES) - ONE_CLASS))
def test_the_power_measure_changes_somebodys_class(name):
    scenario = shipped(name)
    measures = power_measures(scenario)
    assert len({tuple(_classes(with_power(scenario, measure))) for measure in measures}) > 1


def _classes(scenario):
    return [
        arena.game.corners(member).game_class
        for arena in scenario.arenas
        for member in range(arena.game.size)
    ]


@pytest.mark.parametrize("name", sorted(ONE_CLASS))
def test_the_power_measure_does_not_change_the_other_classes(name):
    scenario = shipped(name)
    for measure in power_measures(scenario):
        assert _classes(with_power(scenario, measure)) == _classes(scenario)


def test_in_a_match_the_pact_brings_less_and_less_even_if_all_keep_it():
    scenario = shipped("seato_1954_1977")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7", 1)
    history = fold(log).history
    assert [round(each.results[0].payoffs[Seat("USA")], 6) for each in history] == [
        *(4, 4, 4, 4),
        *(3, 3, 3),
        *(2, 2),
        1,
        *(0, 0),
    ]


def test_a_stand_off_makes_the_dilemma_a_game_of_chicken():
    """Fact 3 of rules section 2: raising d alone does it (Jervis 1978)."""
    scenario = shipped("india_pakistan")
    (arena,) = scenario.arenas
    inject = next(each for each in scenario.deck if each.name == "stand_off")
    assert [effect.parameter for effect in inject.effects] == ["d"]
    after = changed(arena.game, arena, inject.effects)
    classes = [[game.corners(i).game_class.value for i in (0, 1)] for game in (arena.game, after)]
    assert classes == [["prisoners_dilemma"] * 2, ["chicken"] * 2]
