"""The scenarios that ship, and what each must hold.

What each member is in, and what its goals say of it, is in `rulesets/second`: `test_shipped.py` and
`test_goals.py`.
"""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Bimatrix, C, Collective, D
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.scenario.countries import country_codes
from game_rules.scenario.grounds import UNEXPLAINED
from game_rules.scenario.scenario import FigureStatus, PlayerKind, PowerMeasure, Press
from game_rules.scenario_files.scenarios import (
    load_scenario,
    scenario_names,
    with_power,
)
from tests.game_rules.rulesets.second.regions import opened
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
def test_states_of_today_are_countries_and_their_power_can_be_measured_in_every_way(name):
    scenario = load_scenario(name)
    states = {player.seat for player in scenario.players if player.kind is PlayerKind.STATE}
    assert states <= set(country_codes())
    others = set(scenario.seats) - states
    assert others.isdisjoint(country_codes())
    known = (PowerMeasure.LOWY, PowerMeasure.EQUAL) if others else tuple(PowerMeasure)
    assert power_measures(scenario) == known


def test_seats_of_the_past_have_the_figures_of_their_time():
    scenario = load_scenario("seato_1954_1977")
    years = {figure.year for player in scenario.players for figure in player.figures.values()}
    assert years == {1955}
    assert PowerMeasure.LOWY not in power_measures(scenario)


ONE_CLASS = {"asean_confidence_building", "india_pakistan"}
"""Where everybody's best replies stay what they are, however power is measured."""


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_the_power_measure_changes_somebodys_class_but_where_nobody_is_near_another(name):
    scenario = load_scenario(name)
    found = {tuple(_classes(with_power(scenario, x))) for x in power_measures(scenario)}
    assert (len(found) == 1) == (name in ONE_CLASS)


def _classes(scenario):
    """Give the class of each member on the terms that a match opens with."""
    return [
        reply_class(arena.game, member)
        for arena in opened(scenario).values()
        for member in range(arena.game.size)
    ]


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
    paid = [each.results[0].payoffs[Seat("USA")] for each in fold(log).history]
    assert paid == sorted(paid, reverse=True)
    whole = [4, 4, 4, 4, 3, 3, 3, 2, 2, 1, 0, 0]
    assert [paid - least for paid, least in zip(paid, whole, strict=True)] == [
        pytest.approx(2 * 0.25 * 0.2 * 0.9**n) for n in range(12)
    ], "an institution that nobody funds eases a cost of 2 by less each round"


def test_a_stand_off_makes_the_dilemma_a_game_of_chicken():
    """Fact 3 of rules section 2: raising d alone does it (Jervis 1978)."""
    scenario = load_scenario("india_pakistan")
    arena = opened(scenario)["nuclear_restraint"]
    inject = next(each for each in scenario.deck if each.name == "stand_off")
    assert [effect.parameter for effect in inject.effects] == ["d"]
    after = changed(arena.game, arena, inject.effects)
    assert [[reply_class(game, i) for i in (0, 1)] for game in (arena.game, after)] == [
        [ReplyClass.PRISONERS_DILEMMA] * 2,
        [ReplyClass.CHICKEN] * 2,
    ]


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_briefings_tell_of_the_fog_and_of_what_one_more_commitment_costs(name):
    scenario = load_scenario(name)
    text = " ".join(scenario.briefing)
    seen = {0.9: "about nine times in ten", 0.95: "about nineteen times in twenty"}
    assert seen[scenario.monitoring] in text
    if any(len(scenario.arenas_of(player.seat)) > player.capacity for player in scenario.players):
        assert "Three commitments in a round are free; the fourth costs 1.5 points" in text
