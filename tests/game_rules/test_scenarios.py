"""The scenarios that ship: what each member of each arena is in, and what each must hold."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.stage_games import Bimatrix, C, Collective, D
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.scenario.countries import country_codes
from game_rules.scenario.grounds import UNEXPLAINED
from game_rules.scenario.scenario import FigureStatus, PowerMeasure, Press
from game_rules.scenario_files.scenarios import (
    load_scenario,
    scenario_names,
    with_power,
)
from tests.game_rules.scenes import power_measures

BARE = {
    "zero_sum",
    "harmony",
    "prisoners_dilemma",
    "stag_hunt",
    "chicken",
    "battle_of_the_sexes",
    "deadlock",
}
REGIONAL = {
    "asean_confidence_building",
    "south_china_sea",
    "korean_peninsula",
    "taiwan_strait",
    "india_pakistan",
    "quad_and_eas",
    "sco_central_asia",
    "bri_corridors",
    "seato_1954_1977",
}
ALL = sorted(BARE | REGIONAL)
"""The paper's. Others may ship beside them."""

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
    scenario = load_scenario(row[0])
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
        for name in sorted(REGIONAL)
        for arena in load_scenario(name).arenas
        for seat in arena.members
    ]
    assert sorted(listed) == sorted(members)


def test_all_scenarios_of_the_paper_ship():
    assert set(ALL) <= set(scenario_names())


@pytest.mark.parametrize("name", sorted(BARE))
def test_bare_games_are_dyads_without_talk_or_long_waits(name):
    scenario = load_scenario(name)
    assert [(player.seat, player.name) for player in scenario.players] == [
        ("ROW", "Row"),
        ("COLUMN", "Column"),
    ]
    assert (scenario.rounds, scenario.press, len(scenario.arenas)) == (10, Press.NONE, 1)
    assert scenario.seconds.negotiation == 0
    assert scenario.arenas[0].name == name


@pytest.mark.parametrize("name", sorted(BARE))
def test_the_words_of_a_bare_game_name_each_of_its_payoffs(name):
    """A number changed in the library must be changed in the briefing."""
    scenario = load_scenario(name)
    corners = scenario.arenas[0].game.corners(0)
    for words in (scenario.briefing[0], scenario.arenas[0].about):
        told = {float(number) for number in re.findall(r"-?\d+", words)}
        if name == "zero_sum":
            told |= {-number for number in told}
        assert {corners.T, corners.R, corners.P, corners.S} == told


@pytest.mark.parametrize("name", ALL)
def test_briefings_cite_the_paper_and_say_what_is_assumed(name):
    scenario = load_scenario(name)
    text = " ".join(scenario.briefing)
    assert "Khan 2025" in text
    assert "The points are assumptions made for play" in text


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_questions_are_tied_to_the_five_recommendations(name):
    questions = load_scenario(name).questions
    found = [int(n) for each in questions for n in re.findall(r"recommendation (\d)", each)]
    assert found == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_negotiated_scenarios_fit_a_seminar(name):
    """At most 75 minutes with every phase run to its end."""
    scenario = load_scenario(name)
    seconds = scenario.seconds
    each_round = seconds.negotiation + seconds.decision + seconds.reveal
    assert scenario.press is Press.FULL
    assert seconds.negotiation >= 120
    assert 40 * 60 <= seconds.briefing + scenario.rounds * each_round <= 75 * 60


@pytest.mark.parametrize("name", scenario_names())
def test_every_figure_shown_says_source_and_status(name):
    for player in load_scenario(name).players:
        for figure in player.figures.values():
            assert figure.source
            assert figure.unit
            assert (figure.year is None) == (figure.status is FigureStatus.ASSUMED)


@pytest.mark.parametrize("name", sorted(REGIONAL - {"seato_1954_1977"}))
def test_seats_of_today_are_countries_and_every_measure_is_known(name):
    scenario = load_scenario(name)
    assert set(scenario.seats) <= set(country_codes())
    assert power_measures(scenario) == tuple(PowerMeasure)


def test_seats_of_the_past_have_the_figures_of_their_time():
    scenario = load_scenario("seato_1954_1977")
    years = {figure.year for player in scenario.players for figure in player.figures.values()}
    assert years == {1955}
    assert PowerMeasure.LOWY not in power_measures(scenario)


ONE_CLASS = {"asean_confidence_building", "india_pakistan", "taiwan_strait"}
"""Where greed and fear are far from nought for everybody, however power is measured."""


@pytest.mark.parametrize("name", sorted(REGIONAL - ONE_CLASS))
def test_the_power_measure_changes_somebodys_class(name):
    scenario = load_scenario(name)
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
    scenario = load_scenario(name)
    for measure in power_measures(scenario):
        assert _classes(with_power(scenario, measure)) == _classes(scenario)


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_rivals_sit_at_the_table_and_weights_are_shares(name):
    scenario = load_scenario(name)
    for first, second in scenario.rivals:
        assert {first, second} <= set(scenario.seats)
    for arena in scenario.arenas:
        assert not isinstance(arena.game, Collective) or sum(arena.game.weights) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_every_region_has_a_deck_that_changes_something(name):
    deck = load_scenario(name).deck
    assert 3 <= len(deck) <= 6
    assert all(inject.effects for inject in deck)


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_every_number_of_a_region_gives_its_reason(name):
    for arena in load_scenario(name).arenas:
        is_bare = isinstance(arena.game, Bimatrix)
        wanted = list("TRPS") if is_bare else [*"bcegd", "sigma", "theta"]
        assert [ground.parameter for ground in arena.grounds] == wanted
        for ground in arena.grounds:
            is_assumed = ground.status is FigureStatus.ASSUMED
            assert is_assumed == ground.source.startswith("Assumption: ")
            assert ground.source != UNEXPLAINED


@pytest.mark.parametrize("name", scenario_names())
def test_every_number_of_an_arena_says_where_it_is_from(name):
    for arena in load_scenario(name).arenas:
        assert arena.grounds
        assert all(ground.source for ground in (*arena.grounds, *arena.overrides))


def changed(game, arena, effects):
    """Give a collective game with effects on all its members added up."""
    for effect in effects:
        if effect.arena != arena.name:
            continue
        if effect.parameter == "theta":
            game = replace(game, theta=game.theta + effect.change)
            continue
        terms = [
            replace(t, **{effect.parameter: getattr(t, effect.parameter) + effect.change})
            if effect.member in (None, seat)
            else t
            for seat, t in zip(arena.members, game.terms, strict=True)
        ]
        game = replace(game, terms=tuple(terms))
    return game


def pact_in(number):
    """Give the Manila Pact as it is played in a round, by the injects due until then."""
    scenario = load_scenario("seato_1954_1977")
    due = [each for each in scenario.deck if each.round is not None and each.round <= number]
    assert all(each.rounds == 0 for each in due)
    arena = scenario.arenas[0]
    return changed(arena.game, arena, [effect for each in due for effect in each.effects])


def test_seato_dissolves_as_theta_rises_and_b_falls():
    rounds = range(1, 13)
    games = [pact_in(number) for number in rounds]
    for before, after in pairwise(games):
        assert after.theta >= before.theta
        assert after.terms[0].b <= before.terms[0].b
    strongest = [game.corners(0).game_class.value for game in games]
    assert list(dict.fromkeys(strongest)) == ["harmony", "stag_hunt", "prisoners_dilemma"]
    most = [max(profile.count(C) for profile in pure_equilibria(game)) for game in games]
    assert (most[0], most[-1]) == (1, 0)


def test_at_last_nobody_keeps_a_pact_that_all_would_leave():
    last = pact_in(12)
    assert pure_equilibria(last) == ((D,) * last.size,)
    assert last.corners(0).R <= 0 < pact_in(1).corners(0).R


def test_in_a_match_the_pact_brings_less_and_less_even_if_all_keep_it():
    scenario = load_scenario("seato_1954_1977")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "cooperator"), "7")
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
    scenario = load_scenario("india_pakistan")
    (arena,) = scenario.arenas
    inject = next(each for each in scenario.deck if each.name == "stand_off")
    assert [effect.parameter for effect in inject.effects] == ["d"]
    after = changed(arena.game, arena, inject.effects)
    classes = [[game.corners(i).game_class.value for i in (0, 1)] for game in (arena.game, after)]
    assert classes == [["prisoners_dilemma"] * 2, ["chicken"] * 2]
