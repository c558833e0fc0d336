"""What every regional scenario of rules 2 holds: it loads, its seats are in the games it says."""

from collections import defaultdict

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.replies import reply_class
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.grounds import UNEXPLAINED
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.playable import problems
from game_rules.scenario.scenario import FigureStatus, PlayerKind
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.rulesets.second.regions import SecondTable, opened
from tests.game_rules.rulesets.second.shipped import FOLDER, NAMES, rounds_to_crisis, shipped

CLASSES = """
asean_confidence_building confidence_building IDN SH VNM SH PHL SH SGP SH THA SH MYS SH
asean_confidence_building haze_and_relief IDN SH VNM SH PHL SH SGP SH THA SH MYS SH SEC SH
south_china_sea code_of_conduct CHN SH PHL VD VNM VD MYS VD IDN VD
south_china_sea us_philippines_treaty USA SH PHL SH
south_china_sea encounters_at_sea CHN SH USA SH
south_china_sea fisheries CHN H PHL SH VNM SH MYS SH IDN SH
korean_peninsula six_party_talks PRK SH KOR VD USA SH CHN SH JPN VD RUS VD
korean_peninsula us_rok_alliance USA SH KOR SH
korean_peninsula food_aid PRK SH KOR SH CHN H JPN SH USA H AID SH
taiwan_strait strait CHN Ch TWN Ch USA Ch JPN Ch
taiwan_strait us_taiwan USA SH TWN SH
taiwan_strait us_japan USA SH JPN SH
taiwan_strait supply_chain CHN H TWN SH USA H JPN H FAB SH
india_pakistan nuclear_restraint IND PD PAK PD
india_pakistan line_of_control IND H PAK H MIL SH
india_pakistan rivers_and_trade IND SH PAK SH
quad_and_eas quad USA H JPN SH IND SH AUS SH
quad_and_eas aukus USA SH AUS SH
quad_and_eas east_asia_summit USA SH JPN SH IND SH AUS SH CHN SH IDN SH
quad_and_eas disaster_relief USA H JPN SH IND SH AUS SH CHN H IDN SH RED SH
sco_central_asia counter_terrorism CHN H RUS VD KAZ VD IND VD PAK VD
sco_central_asia agenda CHN BoS RUS BoS
sco_central_asia water_and_grids CHN H RUS SH KAZ SH IND H PAK SH
bri_corridors corridor CHN SH PAK SH KAZ SH MYS SH IDN SH
bri_corridors other_finance JPN H MYS SH IDN SH KAZ SH
bri_corridors clean_power CHN H PAK SH KAZ SH MYS SH IDN SH JPN SH
seato_1954_1977 manila_pact USA H GBR PD FRA PD AUS PD NZL PD PAK PD PHL PD THA PD
seato_1954_1977 us_thailand USA SH THA SH
seato_1954_1977 us_pakistan USA SH PAK SH
seato_1954_1977 colombo_aid USA H GBR SH AUS SH NZL SH PAK SH PHL SH THA SH
"""
"""The game of each seat in each arena at the start, with an institution of .2."""

SHORT = {
    "stag_hunt": "SH",
    "harmony": "H",
    "prisoners_dilemma": "PD",
    "chicken": "Ch",
    "battle_of_the_sexes": "BoS",
    "volunteers_dilemma": "VD",
}
ROWS = [row.split() for row in CLASSES.splitlines() if row]
PAIRS = [(name, pair) for name in NAMES for pair in shipped(name).rivals]


def test_all_nine_regions_are_there():
    assert tuple(sorted({row[0] for row in ROWS})) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rules_2_can_play_the_scenario(name):
    assert list(problems(shipped(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_seat_is_in_the_game_that_is_listed(name):
    found = [
        [name, arena.name, *(word for i in range(len(arena.members)) for word in _seat(arena, i))]
        for arena in opened(shipped(name)).values()
    ]
    assert found == [row for row in ROWS if row[0] == name]


def _seat(arena, member):
    return arena.members[member], SHORT[reply_class(arena.game, member).value]


@pytest.mark.parametrize("name", NAMES)
def test_two_issues_of_different_domains_can_be_linked(name):
    position = SecondTable(shipped(name)).position
    linking = ruleset_of(position).kinds[MoveKind.LINK]
    open_to = [
        seat
        for seat in position.scenario.seats
        for move in linking.options(position, seat)
        if ruleset_of(position).kinds.objection(position, seat, move) is None
    ]
    assert len(set(open_to)) >= 2


def test_a_pair_starts_with_the_same_tension_everywhere():
    starts = defaultdict(set)
    for name in NAMES:
        for each in shipped(name).starts:
            starts[frozenset(each.seats)].add((each.tension, each.source))
    assert {pair: found for pair, found in starts.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_rivals_meet_in_an_arena(name, pair):
    assert any(set(pair) <= set(arena.members) for arena in shipped(name).arenas)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "pair"), PAIRS)
def test_mutual_pressure_opens_a_crisis_between_rounds_2_and_5(name, pair):
    scenario = shipped(name)
    for is_alone in (True, False):
        found = rounds_to_crisis(scenario, pair, is_alone=is_alone)
        assert found is not None
        assert 2 <= found <= 5


@pytest.mark.parametrize("name", NAMES)
def test_every_number_for_play_has_a_reason(name):
    scenario = shipped(name)
    for arena in scenario.arenas:
        assert all(each.source != UNEXPLAINED for each in arena.grounds), arena.name
        assert all(each.source.startswith("Assumption: ") for each in arena.overrides)
    for start in scenario.starts:
        assert start.source.startswith("Assumption: ")
        assert start.status is FigureStatus.ASSUMED
    for player in scenario.players:
        if player.kind is PlayerKind.NON_STATE:
            assert player.influence is None or player.influence.source.startswith("Assumption: ")
            assert all(x.status is FigureStatus.ASSUMED for x in player.figures.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_text_speaks_of_c_and_d(name):
    """A player reads Cooperate and Defect; the letters are for tables."""
    letters = {f"{mark}{x}{end}" for x in "CD" for mark in " (" for end in " ),."}
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert {each for each in letters if each in text} == set()


BOTS = ("realist", "liberal", "constructivist", "hedger", "diplomat")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_bots_play_the_scenario_to_the_end(name):
    scenario = shipped_scenario(name)
    cast = {Seat(seat): BOTS[i % len(BOTS)] for i, seat in enumerate(scenario.seats)}
    position = fold(play_bot_match(scenario, cast, "7", version=2))
    assert position.is_over
    assert len(position.history) >= max(1, scenario.least_rounds)
