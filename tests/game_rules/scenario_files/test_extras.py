"""What a scenario may have beside players and arenas: a deck, pacts, links, and its grounds."""

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.stage_games import Action
from game_rules.log.evolve import fold
from game_rules.match.decide import create_match
from game_rules.records import codec
from game_rules.records.record import read_record, write_record
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.crises import crisis_arena
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge, Transfer
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario.scenario import FigureStatus, Ground, Scenario
from game_rules.standing.standing import trust
from tests.game_rules.scenario.pairs import region_of_two
from tests.game_rules.scenario_files.test_scenarios import GOOD, parse, refused

CHN, JPN, BLUE = Seat("CHN"), Seat("JPN"), Seat("BLUE")

DECK = """
[[injects]]
name = "storm"
title = "A storm"
text = "Boats are lost on every side."
rounds = 2
round = 3
[[injects.effects]]
arena = "forum"
parameter = "b"
change = 1.5
[[injects.effects]]
arena = "forum"
member = "CHN"
parameter = "g"
change = -1
[[injects.effects]]
arena = "forum"
parameter = "theta"
change = -0.25
[[injects.effects]]
arena = "matrix"
member = "BLUE"
parameter = "P"
change = -4

[[injects]]
name = "rumour"
title = "A rumour"
text = "Nobody knows."
rounds = 0
"""

PACTS = """
[[pacts]]
parties = ["CHN", "JPN"]
binding = "escrow"
rounds = 2
stake = 3
conditional = true
[[pacts.pledges]]
seat = "CHN"
arena = "dyad"
action = "C"
[[pacts.pledges]]
seat = "JPN"
arena = "forum"
action = "D"
[[pacts.transfers]]
giver = "CHN"
taker = "JPN"
points = 0.5

[[pacts]]
parties = ["JPN", "BLUE"]
binding = "treaty"
[[pacts.pledges]]
seat = "BLUE"
arena = "matrix"
action = "C"
"""

LINKS = 'links = [["forum", "dyad"], ["dyad", "matrix"]]\n'

GROUNDS = """
[arenas.grounds]
b = "calm is worth three times its cost"
c = { source = "A budget, 2020", status = "read" }
"""

WHOLE = LINKS + GOOD.replace("theta = 0.5\n", "theta = 0.5\n" + GROUNDS, 1) + DECK + PACTS


def test_a_deck_is_read_as_it_is_written():
    storm, rumour = parse(GOOD + DECK).deck
    assert storm == Inject(
        "storm",
        "A storm",
        "Boats are lost on every side.",
        2,
        (
            InjectEffect("forum", "b", 1.5),
            InjectEffect("forum", "g", -1, CHN),
            InjectEffect("forum", "theta", -0.25),
            InjectEffect("matrix", "P", -4, BLUE),
        ),
        round=3,
    )
    assert rumour == Inject("rumour", "A rumour", "Nobody knows.", 0)


def test_pacts_are_in_force_from_round_1():
    first, second = parse(GOOD + PACTS).pacts
    assert first == Pact(
        1,
        PactTerms(
            (CHN, JPN),
            (Pledge(CHN, "dyad", Action.C), Pledge(JPN, "forum", Action.D)),
            (Transfer(CHN, JPN, 0.5),),
            rounds=2,
            binding=Binding.ESCROW,
            stake=3,
            is_conditional=True,
        ),
        1,
        2,
    )
    assert (second.number, second.last_round, second.terms.stake) == (2, 6, 0)
    assert not second.terms.is_conditional


def test_a_match_begins_with_its_scenarios_pacts():
    scenario = parse(GOOD + PACTS)
    assert fold(create_match(scenario, "7", 1.0, 0)).pacts == scenario.pacts


def test_a_pact_of_the_scenario_binds_bots_from_the_first_round():
    log = play_bot_match(parse(GOOD + PACTS), dict.fromkeys((CHN, JPN, BLUE), "defector"), "7")
    first = fold(log).history[0]
    assert [(b.seat, b.arena, b.forfeited) for b in first.breaches] == [
        (CHN, "dyad", 3),
        (BLUE, "matrix", 0),
    ]
    assert read_record(write_record(log, "1").encode())


def test_links_tie_arenas_two_by_two():
    assert parse(LINKS + GOOD).links == (("forum", "dyad"), ("dyad", "matrix"))


def test_a_breach_in_a_linked_arena_costs_trust_in_the_other():
    """The same bots, pact and rounds: only the link differs."""
    linked = 'links = [["dyad", "forum"]]\n'
    bots = dict.fromkeys((CHN, JPN, BLUE), "defector")
    trusts = [
        trust(
            fold(play_bot_match(parse(head + GOOD + PACTS), bots, "7")).history[0].standing,
            JPN,
            CHN,
        )
        for head in ("", linked)
    ]
    assert trusts[1] < trusts[0]


def test_every_parameter_has_a_ground():
    forum, dyad, matrix, _ = parse(WHOLE).arenas
    assert forum.grounds[:2] == (
        Ground("b", "Assumption: calm is worth three times its cost", FigureStatus.ASSUMED),
        Ground("c", "A budget, 2020", FigureStatus.READ),
    )
    assert [ground.parameter for ground in forum.grounds] == [*"bcegd", "sigma", "theta"]
    assert [ground.parameter for ground in matrix.grounds] == list("TRPS")
    assert {ground.source for ground in matrix.grounds} == {"Assumption: made for play"}
    assert {ground.source for ground in dyad.grounds} == {
        "Assumption: a point of the library's game, made for play"
    }


def test_arenas_that_open_later_have_grounds_too():
    scenario = parse(WHOLE)
    crisis = crisis_arena(begin(scenario), scenario, (CHN, JPN))
    assert [ground.parameter for ground in crisis.grounds] == list("TRPS")


def test_all_of_it_survives_json_to_the_byte():
    scenario = parse(WHOLE)
    text = codec.dumps(scenario)
    assert codec.loads(Scenario, text) == scenario
    assert codec.dumps(codec.loads(Scenario, text)) == text


def test_a_population_has_neither_pacts_nor_links_but_the_news_of_its_two():
    two = region_of_two()
    assert two.pacts
    assert two.links
    many = population(two, 4, Pairing.ROUND_ROBIN, "7")
    assert (many.pacts, many.links, many.deck) == ((), (), two.deck)
    assert two.deck


REFUSALS = [
    # the deck
    ('name = "storm"', 'name = "A storm"', "injects[1].name", "'A storm' has the wrong shape"),
    ('name = "rumour"', 'name = "storm"', "injects[2].name", "'storm' is there twice; give each"),
    ('title = "A storm"', "", "injects[1].title", "is missing; give text of 1 to 80"),
    ('text = "Nobody knows."', 'text = ""', "injects[2].text", "has 0 characters; give text of"),
    ("rounds = 2\nround = 3", "round = 3", "injects[1].rounds", "is missing; give a whole number"),
    ("rounds = 2\nround", "rounds = 7\nround", "injects[1].rounds", "7 does not fit; give a whole"),
    ("round = 3", "round = 7", "injects[1].round", "7 does not fit; give a whole number from 1"),
    ("round = 3", "round = 0", "injects[1].round", "0 does not fit"),
    ("round = 3", "due = 3", "injects[1].due", "is not a key here"),
    ('arena = "forum"', 'arena = "form"', "injects[1].effects[1].arena", "did you mean forum?"),
    ('parameter = "b"', 'parameter = "T"', "injects[1].effects[1].parameter", "'T' is unknown; kn"),
    ('parameter = "P"', 'parameter = "b"', "injects[1].effects[4].parameter", "known: T, R, P, S"),
    ('member = "CHN"', 'member = "IND"', "injects[1].effects[2].member", "'IND' is unknown; known"),
    (
        'member = "BLUE"\nparameter = "P"',
        'member = "CHN"\nparameter = "P"',
        "injects[1].effects[4].member",
        "'CHN' is unknown; known: JPN, BLUE",
    ),
    (
        'parameter = "theta"',
        'member = "CHN"\nparameter = "theta"',
        "injects[1].effects[3].member",
        "theta is the arena's own; leave the member out",
    ),
    ("change = 1.5", "change = 0", "injects[1].effects[1].change", "is 0; give a number that"),
    ("change = 1.5", "change = nan", "injects[1].effects[1].change", "nan does not fit; give a n"),
    ("change = 1.5", 'change = "2"', "injects[1].effects[1].change", "'2' does not fit; give a nu"),
    (
        "change = -1\n",
        "change = -4\n",
        "injects[1].effects[2].change",
        "-4 takes CHN's g from 3 to -1; it stays from 0 to 1000",
    ),
    (
        "change = -0.25",
        "change = 0.75",
        "injects[1].effects[3].change",
        "0.75 takes theta from 0.5 to 1.25; it stays from 0 to 1",
    ),
    ("change = -4", "change = -2000", "injects[1].effects[4].change", "-2000 does not fit"),
    # pacts
    ('["CHN", "JPN"]\nb', '["CHN", "IND"]\nb', "pacts[1].parties[2]", "'IND' is no player's seat"),
    ('["CHN", "JPN"]\nb', '["CHN"]\nb', "pacts[1].parties", "has 1; give at least 2"),
    ('"escrow"', '"escrows"', "pacts[1].binding", "did you mean escrow?"),
    ('"escrow"', '"communique"', "pacts[1].binding", "'communique' is unknown; known: treaty, esc"),
    ("stake = 3", "stake = -3", "pacts[1].stake", "-3 does not fit"),
    ("stake = 3", "", "pacts[1].pledges", "a stake of 0; escrow takes more than 0, at most 1000"),
    ("rounds = 2\nstake", "rounds = 7\nstake", "pacts[1].rounds", "7 does not fit; give a whole n"),
    ("conditional = true", "conditional = 1", "pacts[1].conditional", "1 does not fit; give true"),
    (
        'seat = "CHN"\narena',
        'seat = "BLUE"\narena',
        "pacts[1].pledges[1].seat",
        "'BLUE' is unknown",
    ),
    (
        'arena = "dyad"',
        'arena = "matrix"',
        "pacts[1].pledges[1].arena",
        "CHN is not in 'matrix'; pledge one that it is in: forum, dyad, lopsided",
    ),
    ('arena = "dyad"', 'arena = "diad"', "pacts[1].pledges[1].arena", "did you mean dyad?"),
    ('action = "D"', 'action = "E"', "pacts[1].pledges[2].action", "'E' is unknown; known: C, D"),
    ('taker = "JPN"', 'taker = "CHN"', "pacts[1].pledges", "CHN gives to itself; name another"),
    ("points = 0.5", "points = 0", "pacts[1].transfers[1].points", "0 does not fit; give a number"),
    # links
    ('["forum", "dyad"]', '["forum", "dyadd"]', "links[1][2]", "did you mean dyad?"),
    ('["forum", "dyad"]', '["forum"]', "links[1]", "has 1; a link ties exactly 2 arenas"),
    ('["forum", "dyad"]', '["forum", "forum"]', "links[1]", "forum and forum are linked already"),
    (
        '["dyad", "matrix"]',
        '["dyad", "forum"]',
        "links[2]",
        "dyad and forum are linked already, so this closes a circle; take it out",
    ),
    (
        '["dyad", "matrix"]]',
        '["dyad", "matrix"], ["matrix", "forum"]]',
        "links[3]",
        "matrix and forum are linked already, so this closes a circle; take it out",
    ),
    ('"matrix"]]', "3]]", "links[2][2]", "3 does not fit; give two arenas each"),
    # grounds
    ('b = "calm', 'bb = "calm', "arenas[1].grounds.bb", "is not a key here; did you mean b?"),
    ('"calm is worth three times its cost"', "3", "arenas[1].grounds.b", "3 does not fit; give te"),
    ('status = "read" }', 'status = "sure" }', "arenas[1].grounds.c.status", "'sure' is unknown"),
    ('source = "A budget, 2020", ', "", "arenas[1].grounds.c.source", "is missing"),
]


@pytest.mark.parametrize(("there", "instead", "key", "problem"), REFUSALS)
def test_what_does_not_fit_is_refused_with_key_value_and_remedy(there, instead, key, problem):
    head, tail = WHOLE.split("[[injects]]", 1)
    is_in_tail = key.startswith(("injects", "pacts"))
    assert there in (tail if is_in_tail else head)
    if is_in_tail:
        tail = tail.replace(there, instead, 1)
    else:
        head = head.replace(there, instead, 1)
    error = refused(head + "[[injects]]" + tail)
    assert error.key == key
    assert problem in error.problem


def test_arenas_without_a_common_member_are_not_linked():
    text = GOOD.replace('["JPN", "BLUE"]\npayoffs', '["JPN", "CHN"]\npayoffs').replace(
        'members = ["BLUE", "CHN"]', 'members = ["BLUE", "IND"]'
    )
    text = text.replace(
        'seat = "BLUE"', 'seat = "IND"\nbrief = "India."\n[[players]]\nseat = "BLUE"'
    )
    error = refused('links = [["dyad", "lopsided"]]\n' + text)
    assert (error.key, "have no member in common; link others" in error.problem) == (
        "links[1]",
        True,
    )
