"""A masked scenario is the same game, and names nobody."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import C
from game_rules.records.codec import dumps
from game_rules.roles import Seat
from game_rules.rounds.inject_effects import inject_for
from game_rules.scenario.countries import country, country_codes
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.masks import letters, masked
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge, Transfer
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import PowerMeasure, Scenario
from game_rules.scenario_files.scenarios import load_scenario, parse_scenario, scenario_names
from game_rules.standing.standing import first_standing
from tests.game_rules.scenario.pairs import region_of_two
from tests.game_rules.scenes import CHN, JPN, a_scenario

SHIPPED = tuple(load_scenario(name) for name in scenario_names())


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.name)
def test_nothing_of_a_masked_scenario_names_a_country(scenario: Scenario):
    text = dumps(masked(scenario)).casefold()
    names = {country(code).name.casefold() for code in country_codes()}
    codes = {code.casefold() for code in country_codes()}
    words = set(re.findall(r"[a-z]+", text))
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []
    assert words & codes == set()
    for told in (scenario.title, *(arena.title for arena in scenario.arenas)):
        assert told.casefold() not in text


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.name)
def test_a_masked_scenario_is_the_same_game(scenario: Scenario):
    hidden = masked(scenario)
    as_letters = dict(zip(scenario.seats, hidden.seats, strict=True))
    assert [arena.game for arena in hidden.arenas] == [arena.game for arena in scenario.arenas]
    for before, after in zip(scenario.arenas, hidden.arenas, strict=True):
        assert after.members == tuple(as_letters[seat] for seat in before.members)
    assert hidden.rivals == tuple((as_letters[i], as_letters[j]) for i, j in scenario.rivals)
    plain, other = first_standing(scenario), first_standing(hidden)
    for seat, row in plain.affinity.items():
        renamed = {as_letters[j]: x for j, x in row.items()}
        assert other.affinity[as_letters[seat]] == renamed


def test_power_is_told_as_shares_that_weigh_the_same():
    sea = load_scenario("south_china_sea")
    figures = [player.figures["lowy"] for player in masked(sea).players]
    real = [player.figures["lowy"].value for player in sea.players]
    assert sum(figure.value for figure in figures) == pytest.approx(100)
    assert [x.value / figures[0].value for x in figures] == pytest.approx(
        [x / real[0] for x in real]
    )
    assert {(figure.year, figure.source) for figure in figures} == {(None, "Masked")}
    assert all(set(player.figures) == {"lowy"} for player in masked(sea).players)


def test_pacts_links_and_injects_are_renamed():
    terms = PactTerms(
        parties=(CHN, JPN),
        pledges=(Pledge(JPN, "strait", C),),
        transfers=(Transfer(CHN, JPN, 1.0),),
        rounds=2,
        binding=Binding.TREATY,
    )
    effects = (InjectEffect("strait", "T", 1.0, JPN), InjectEffect("forum", "b", 1.0))
    scenario = a_scenario(
        pacts=(Pact(1, terms, 1, 2, (CHN,)),),
        links=(("strait", "forum"),),
        deck=(Inject("typhoon", "A typhoon", "It hits Luzon.", 1, effects, 2),),
    )
    hidden = masked(scenario)
    (pact,), (news,) = hidden.pacts, hidden.deck
    assert (pact.terms.parties, pact.breakers) == (("XA", "XB"), ("XA",))
    assert pact.terms.pledges == (Pledge(hidden.seats[1], "arena_1", C),)
    assert pact.terms.transfers == (Transfer(hidden.seats[0], hidden.seats[1], 1.0),)
    assert hidden.links == (("arena_1", "arena_2"),)
    assert (news.name, news.title, news.round) == ("news_1", "News 1", 2)
    assert [(x.arena, x.member) for x in news.effects] == [("arena_1", "XB"), ("arena_2", None)]


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.name)
def test_a_card_of_the_deck_is_brought_to_a_masked_match_as_its_own_card(scenario: Scenario):
    hidden = masked(scenario)
    for card, other in zip(scenario.deck, hidden.deck, strict=True):
        brought = inject_for(replace(card, round=None), scenario, hidden)
        assert brought == replace(other, round=None)
        assert inject_for(card, scenario, scenario) is card


def test_of_news_written_on_the_spot_the_effects_go_by_masked_names_and_the_words_stay():
    scenario = a_scenario()
    effects = (InjectEffect("strait", "T", 1.0, JPN), InjectEffect("forum", "b", 1.0))
    own = Inject("own_1", "A cable", "Calm down.", 1, effects)
    brought = inject_for(own, scenario, masked(scenario))
    assert [(x.arena, x.member) for x in brought.effects] == [("arena_1", "XB"), ("arena_2", None)]
    assert (brought.name, brought.title, brought.text) == ("own_1", "A cable", "Calm down.")


def test_names_that_the_scenario_does_not_know_are_left_to_be_refused():
    scenario = a_scenario()
    effect = InjectEffect("moon", "T", 1.0, Seat("MOON"))
    own = Inject("own_1", "A cable", "Calm down.", 1, (effect,))
    assert inject_for(own, scenario, masked(scenario)).effects == (effect,)


def test_news_is_brought_to_masked_pairs_under_the_names_of_the_two():
    scenario = region_of_two()
    many = population(masked(scenario), 4, Pairing.ROUND_ROBIN, "7")
    (brought,) = {effect.arena for effect in inject_for(scenario.deck[0], scenario, many).effects}
    assert many.population is not None
    assert brought in [arena.name for arena in many.population.arenas]


def test_masking_twice_changes_nothing_more():
    hidden = masked(a_scenario())
    assert masked(hidden) is hidden


def test_a_population_is_masked_before_it_is_paired():
    many = population(region_of_two(), 4, Pairing.ROUND_ROBIN, "7")
    with pytest.raises(InvalidInput, match="mask it before its seats are paired"):
        masked(many)
    hidden = population(masked(region_of_two()), 4, Pairing.ROUND_ROBIN, "7")
    assert hidden.players[0].name == "Country A 1"


def test_a_file_may_ask_to_be_masked():
    text = (
        'title = "Border"\nsummary = "S"\nbriefing = ["B"]\nrounds = 2\nmasked = true\n'
        '[[players]]\nseat = "IND"\nbrief = "B"\n[[players]]\nseat = "PAK"\nbrief = "B"\n'
        '[[arenas]]\nname = "border"\ntitle = "T"\nabout = "A"\nmembers = ["IND", "PAK"]\n'
        'game = "stag_hunt"\n'
    )
    assert parse_scenario(text, "x.toml", "x").seats == ("XA", "XB")


def test_equal_power_needs_no_figures():
    plain = a_scenario(power=PowerMeasure.EQUAL)
    assert all(not player.figures for player in masked(plain).players)


@given(st.integers(0, 2000))
def test_no_two_countries_have_the_same_letters(number: int):
    assert len({letters(n) for n in range(number)}) == number
