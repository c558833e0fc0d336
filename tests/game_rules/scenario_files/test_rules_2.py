"""The keys of rules 2 in a file: read strictly, told as records tell them, and masked."""

from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import ScenarioError
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Collective
from game_rules.log.evolve import fold
from game_rules.match.decide import create_match
from game_rules.moves.founding import joined_arena
from game_rules.records.codec import dumps
from game_rules.records.record import read_record, verify, write_record
from game_rules.scenario.countries import country, country_codes
from game_rules.scenario.masks import masked
from game_rules.scenario.moves import SECOND_MOVES
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import PlayerKind, PowerMeasure, Scenario
from game_rules.scenario_files.scenarios import parse_scenario, with_power
from tests.game_rules.rulesets.second.regions import CHN, IND, JPN, RED, USA, quad
from tests.game_rules.rulesets.second.shipped import FOLDER, shipped

QUAD = shipped("quad_and_eas")
TEXT = (
    (FOLDER / "quad_and_eas.toml")
    .read_text("utf-8")
    .replace('seat = "USA"', 'seat = "USA"\ncapacity = 3', 1)
    .replace("[seconds]", "[consequences]\nshadow = 3\n\n[seconds]", 1)
    .replace("rounds = 8", "rounds = 8\nleast_rounds = 4", 1)
)
"""The Quad, with the keys of rules 2 that it leaves at their defaults."""

BORDER = """
title = "A border"
summary = "Two, and one who gains by their quarrel."
briefing = ["Play."]
rounds = 3
rivals = [{ seats = ["IND", "PAK"], tension = 0.4, source = "Assumption" }]
[consequences]
supplier_share = 0.3
optimistic_index = 60
faith_of_allies = 2
entrapment = 4
[moves]
restraint_rounds = 3
[[players]]
seat = "IND"
brief = "You are India."
[[players]]
seat = "PAK"
brief = "You are Pakistan."
[[arenas]]
name = "line"
title = "Line"
about = "Two."
members = ["IND", "PAK"]
terms = { b = 4, c = 1, e = 1, g = -1.5, d = -2, sigma = 0.4 }
weights = { PAK = 60 }
"""


def parse(text: str, version: int = 2) -> Scenario:
    return parse_scenario(text, "mine.toml", "mine", version)


def changed(before: str, after: str, text: str = TEXT) -> str:
    assert before in text
    return text.replace(before, after, 1)


def test_the_quad_is_the_region_whose_laws_are_tested():
    read, made = QUAD, quad()
    assert read.seats == made.seats
    for mine, other in zip(read.arenas, made.arenas, strict=True):
        assert mine.game == other.game
        assert (mine.name, mine.members, mine.exclusive) == (
            other.name,
            other.members,
            other.exclusive,
        )
        assert (mine.domain, mine.is_alliance) == (other.domain, other.is_alliance)
    assert read.rivals == made.rivals
    assert [x.tension for x in read.starts] == [0.3, 0.3, 0.3]
    assert [(x.kind, x.capacity) for x in read.players] == [
        (x.kind, x.capacity) for x in made.players
    ]
    influence = read.player(RED).influence
    assert influence is not None
    assert (influence.pair, influence.of_d, influence.of_c) == ((CHN, USA), 0.0, 0.02)
    assert read.stakes == Corners(T=1, R=0, P=-6, S=-2)
    assert (read.moves, read.monitoring) == (SECOND_MOVES, 0.9)
    assert parse(TEXT).least_rounds == 4
    assert read.consequences == made.consequences


def test_numbers_that_are_not_said_keep_their_defaults_and_those_said_count():
    read = parse(BORDER)
    assert read.moves == replace(SECOND_MOVES, restraint_rounds=3)
    told = read.consequences
    assert (told.supplier_share, told.entrapment, told.shadow) == (0.3, 4, 3)
    game = read.arenas[0].game
    assert isinstance(game, Collective)
    assert (game.terms[0].g, game.terms[0].d) == (-1.5, -2)
    assert game.weights == (1 / 61, 60 / 61)


def test_a_record_gives_the_scenario_back():
    log = play_bot_match(QUAD, dict.fromkeys(QUAD.seats, "tit_for_tat"), "7", 2)
    record = read_record(write_record(log, "1").encode())
    assert fold(record.log).scenario == QUAD
    verify(record)


REFUSED = [
    ("tension = 0.3, ", "", "rivals[1].tension", "is missing"),
    ("tension = 0.3", "tension = 1.5", "rivals[1].tension", "a number from 0 to 1"),
    ('seats = ["CHN", "USA"]', 'seats = ["CHN"]', "rivals[1].seats", "give at least 2"),
    ('seats = ["CHN", "JPN"]', 'seats = ["USA", "CHN"]', "rivals[2].seats", "are there twice"),
    ('seats = ["CHN", "JPN"]', 'seats = ["CHN", "XXX"]', "rivals[2].seats[2]", "no player's seat"),
    ('  { seats = ["CHN", "USA"]', '  1, { seats = ["CHN", "USA"]', "rivals[1]", "give a list"),
    ("capacity = 3", "capacity = -1", "players[1].capacity", "a whole number from 0 to 64"),
    ('kind = "non_state"', 'kind = "firm"', "players[7].kind", "is unknown"),
    ('kind = "non_state"\n', "", "players[7].influence", "RED is a state"),
    ("of_c = 0.02", "of_c = 2", "players[7].influence.of_c", "a number from 0 to 1"),
    ('pair = ["CHN", "USA"]', 'pair = ["JPN", "USA"]', "players[7].influence.pair", "no rivals"),
    ("alliance = true", "alliance = 1", "arenas[2].alliance", "give true or false"),
    ("theta = 1\n", "theta = 0.5\n", "arenas[2].alliance", "holds without one"),
    ('["USA", "AUS"]', '["USA", "AUS", "JPN"]', "arenas[2].alliance", "has 3 members"),
    ("{ USA = 1, AUS = 1 }", "{ USA = 1, CHN = 1 }", "arenas[2].weights.CHN", "is not a key"),
    ("{ USA = 1, AUS = 1 }", "{ USA = 0 }", "arenas[2].weights.USA", "a number above 0"),
    ("P = -6", "P = -1", "stakes", "are no Chicken"),
    ("P = -6", "P = -4", "stakes", "no Chicken with support 3"),
    ("least_rounds = 4", "least_rounds = 9", "least_rounds", "a whole number from 0 to 8"),
    ("shadow = 3", "shadow = -3", "consequences.shadow", "a number from 0 to 100"),
    ("shadow = 3", "shadows = 3", "consequences.shadows", "is not a key"),
    ("shadow = 3", "faith_of_allies = 0", "consequences.faith_of_allies", "above 0"),
    ("sigma = 0.4", "sigma = -0.4", "arenas[3].terms.sigma", "from 0 to 1"),
    ("b = 7", "b = -7", "arenas[1].terms.b", "from 0 to 1000"),
]


@pytest.mark.parametrize(("before", "after", "key", "problem"), REFUSED)
def test_what_does_not_fit_is_named_in_one_line(before, after, key, problem):
    with pytest.raises(ScenarioError) as caught:
        parse(changed(before, after))
    assert caught.value.key == key
    assert problem in caught.value.problem
    assert "\n" not in str(caught.value)


def test_weights_are_of_an_arena_with_terms():
    terms = "terms = { b = 4, c = 1, e = 1, g = -1.5, d = -2, sigma = 0.4 }"
    with pytest.raises(ScenarioError, match=r"arenas\[1\].weights: only an arena with terms"):
        parse(changed(terms, 'game = "chicken"', BORDER))


PLAIN = (
    BORDER.replace(
        '[{ seats = ["IND", "PAK"], tension = 0.4, source = "Assumption" }]', '[["IND", "PAK"]]'
    )
    .replace("g = -1.5, d = -2", "g = 1.5, d = 2")
    .replace("weights = { PAK = 60 }\n", "")
    .replace(
        "supplier_share = 0.3\noptimistic_index = 60\nfaith_of_allies = 2\nentrapment = 4\n", ""
    )
    .replace("[consequences]\n", "")
)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("rounds = 3", "rounds = 3\nleast_rounds = 2", "least_rounds"),
        ("rounds = 3", "rounds = 3\nstakes = { T = 1, R = 0, P = -6, S = -2 }", "stakes"),
        ("[moves]", "[consequences]\n[moves]", "consequences"),
        ("g = 1.5", "g = -1.5", "arenas[1].terms.g"),
        ('"Line"', '"Line"\nalliance = true', "arenas[1].alliance"),
        ('"Line"', '"Line"\nweights = { PAK = 60 }', "arenas[1].weights"),
        ('"You are India."', '"You are India."\ncapacity = 2', "players[1].capacity"),
        ('"You are India."', '"You are India."\ngoals = ["Calm."]', "players[1].goals"),
    ],
)
def test_rules_1_does_not_know_the_keys_of_rules_2(before, after, key):
    parse(PLAIN, version=1)
    with pytest.raises(ScenarioError) as caught:
        parse(changed(before, after, PLAIN), version=1)
    assert caught.value.key == key


def test_rules_1_knows_no_tension_of_a_pair():
    table = '[{ seats = ["IND", "PAK"], tension = 0.4, source = "Assumption" }]'
    with pytest.raises(ScenarioError, match=r"rivals\[1\].tension: is of rules 2"):
        parse(changed('[["IND", "PAK"]]', table, PLAIN), version=1)


def test_rules_2_needs_the_tension_of_every_pair():
    with pytest.raises(ScenarioError, match=r"rivals\[1\]: IND and PAK have no tension"):
        parse(PLAIN)


def test_own_weights_outlast_another_measure_of_power():
    read = with_power(QUAD, PowerMeasure.EQUAL)
    assert read.arenas[1].game == QUAD.arenas[1].game
    assert read.arenas[0].game != QUAD.arenas[0].game


def test_whoever_joins_leaves_own_weights_as_they_are():
    scenario = QUAD
    joined = joined_arena(scenario, replace(scenario.arenas[1], weights={USA: 60.0}), (JPN,))
    assert isinstance(joined.game, Collective)
    assert joined.game.weights == pytest.approx([x / 130.8 for x in (60, 31.9, 38.9)])


def test_a_class_in_pairs_has_weights_and_no_rivals():
    many = population(parse(BORDER), 4, Pairing.ROUND_ROBIN, "7")
    assert (many.rivals, many.starts) == ((), ())
    assert [arena.weights for arena in many.arenas] == [
        {arena.members[1]: 60.0} for arena in many.arenas
    ]
    create_match(many, "7", None, 0, version=2)


def test_goals_are_read_as_lines_and_no_mask_shows_them():
    brief = '"You are India."'
    goals = '["Calm at the line.", "No  bloc against\\nIndia."]'
    read = parse(changed(brief, f"{brief}\ngoals = {goals}", BORDER))
    assert read.player(IND).goals == ("Calm at the line.", "No bloc against India.")
    assert [player.goals for player in masked(read).players] == [(), ()]
    assert "goals" not in dumps(parse(BORDER))
    with pytest.raises(ScenarioError, match=r"players\[1\].goals: .* give at least 1"):
        parse(changed(brief, f"{brief}\ngoals = []", BORDER))


def test_a_masked_scenario_of_rules_2_names_nobody_and_is_the_same_game():
    shown = QUAD
    hidden = masked(shown)
    letter = dict(zip(shown.seats, hidden.seats, strict=True))
    assert [x.seats for x in hidden.starts] == [(letter[i], letter[j]) for i, j in shown.rivals]
    assert {x.source for x in hidden.starts} == {"Masked"}
    agency = hidden.player(letter[RED])
    assert agency.kind is PlayerKind.NON_STATE
    assert agency.influence is not None
    assert agency.influence.pair == (letter[CHN], letter[USA])
    assert agency.influence.source == "Masked"
    told = dumps(hidden)
    assert [x for x in (*country_codes(), "RED", "Assumption") if f'"{x}' in told] == []
    names = {country(code).name for code in country_codes()}
    assert [name for name in names if name in told] == []
    one, other = (_payoffs(scenario) for scenario in (shown, hidden))
    assert one == other


def _payoffs(scenario: Scenario) -> list[list[list[float]]]:
    """Play to the end without fog, whose draws go by names; give what every round paid."""
    scenario = replace(scenario, monitoring=1.0)
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "7", 2)
    rounds = fold(log).history
    return [[list(x.payoffs.values()) for x in each.results] for each in rounds]


def test_own_weights_are_masked_as_power_is():
    read = parse(BORDER)
    hidden = masked(replace(read, power=PowerMeasure.LOWY))
    whole = sum(player.figures["lowy"].value for player in read.players)
    assert hidden.arenas[0].weights == {hidden.seats[1]: 100.0 * 60 / whole}
    assert masked(read).arenas[0].weights == {hidden.seats[1]: 60.0}
