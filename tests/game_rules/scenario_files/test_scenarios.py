"""Scenarios from TOML: what is read, and how exactly a bad file is refused."""

import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import ScenarioError
from game_rules.games.corners import Corners, GameClass
from game_rules.games.stage_games import LIBRARY, Bimatrix, Collective
from game_rules.records import codec
from game_rules.scenario.scenario import (
    Domain,
    FigureStatus,
    MissingOrder,
    PhaseSeconds,
    PowerMeasure,
    Press,
    Scenario,
)
from game_rules.scenario_files.scenarios import (
    load_scenario,
    parse_scenario,
    scenario_names,
    shipped_scenario,
    with_power,
)
from game_rules.scenario_files.toml_text import LARGEST_FILE, parse_toml
from tests.game_rules.scenes import power_measures

GOOD = '''
title = "Two shores"
summary = """
One line
and another."""
briefing = ["First.", "Second."]
questions = ["Why?"]
rounds = 6
continuation = 0.9
press = "public"
power = "military_spending"
missing_order = ["defect"]
shows_ready = true
delegates = 3
autopilot = "grudger"
autopilot_after_s = 90
rivals = [
  { seats = ["CHN", "JPN"], tension = 0.4, source = "Assumption: at odds" },
  { seats = ["CHN", "BLUE"], tension = 0.2, source = "Assumption: neighbours" },
]

[seconds]
briefing = 60
negotiation = 0
decision = 30
reveal = 0

[[players]]
seat = "CHN"
brief = "You are China."

[[players]]
seat = "JPN"
name = "Nippon"
country = "JPN"
brief = "You are Japan."
[players.figures.gdp]
value = -1.5
unit = "billion"
year = 2030
source = "A forecast"
status = "second_hand"

[[players]]
seat = "BLUE"
name = "Blue"
brief = "You are nobody."
[players.figures.military_spending]
value = 100
unit = "billion"
source = "Made up for this test"
status = "assumed"

[[arenas]]
name = "forum"
title = "Forum"
about = "All three."
domain = "environmental"
members = ["CHN", "JPN", "BLUE"]
exclusive = 0.25
[arenas.terms]
b = 6
c = 2
e = 1
g = 1.5
d = 0.5
sigma = 0.25
theta = 0.5
[[arenas.overrides]]
member = "CHN"
parameter = "g"
value = 3
source = "Assumption: a revisionist"
status = "assumed"

[[arenas]]
name = "dyad"
title = "Dyad"
about = "Two."
members = ["CHN", "JPN"]
game = "chicken"

[[arenas]]
name = "matrix"
title = "Matrix"
about = "Two."
members = ["JPN", "BLUE"]
payoffs = { T = 5, R = 3, P = 1, S = 0.5 }

[[arenas]]
name = "lopsided"
title = "Lopsided"
about = "Two."
members = ["BLUE", "CHN"]
[arenas.payoffs.row]
T = 4
R = 3
P = 2
S = 1
[arenas.payoffs.column]
T = 3
R = 4
P = 1
S = 2
'''

LEAST = """
title = "Least"
summary = "As little as can be."
briefing = ["Play."]
rounds = 1
[[players]]
seat = "IND"
brief = "India."
[[players]]
seat = "PAK"
brief = "Pakistan."
[[arenas]]
name = "line"
title = "Line"
about = "Two."
members = ["IND", "PAK"]
game = "stag_hunt"
"""


def parse(text: str | bytes) -> Scenario:
    return parse_scenario(text, "mine.toml", "mine")


def refused(text: str | bytes) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    assert str(caught.value) == f"mine.toml: {caught.value.key}: {caught.value.problem}"
    assert "\n" not in str(caught.value)
    return caught.value


def test_everything_written_is_read():
    scenario = parse(GOOD)
    assert scenario.name == "mine"
    assert scenario.summary == "One line and another."
    assert scenario.briefing == ("First.", "Second.")
    assert scenario.questions == ("Why?",)
    assert (scenario.rounds, scenario.continuation, scenario.shows_ready) == (6, 0.9, True)
    assert scenario.press is Press.PUBLIC
    assert scenario.power is PowerMeasure.MILITARY_SPENDING
    assert scenario.missing_order == (MissingOrder.DEFECT,)
    assert (scenario.delegates, scenario.autopilot) == (3, "grudger")
    assert scenario.autopilot_after_s == 90
    assert scenario.rivals == (("CHN", "JPN"), ("CHN", "BLUE"))
    assert [(x.seats, x.tension) for x in scenario.starts] == [
        (("CHN", "JPN"), 0.4),
        (("CHN", "BLUE"), 0.2),
    ]
    assert scenario.seconds == PhaseSeconds(briefing=60, negotiation=0, decision=30, reveal=0)
    assert scenario.seats == ("CHN", "JPN", "BLUE")
    assert [arena.name for arena in scenario.arenas] == ["forum", "dyad", "matrix", "lopsided"]


def test_what_is_left_out_has_its_default():
    scenario = parse(LEAST)
    assert (scenario.continuation, scenario.press) == (1.0, Press.FULL)
    assert scenario.power is PowerMeasure.EQUAL
    assert scenario.missing_order == (MissingOrder.REPEAT, MissingOrder.DEFECT)
    assert scenario.shows_ready is False
    assert (scenario.delegates, scenario.autopilot) == (1, "tit_for_tat")
    assert scenario.autopilot_after_s == 60
    assert (scenario.rivals, scenario.questions) == ((), ())
    assert scenario.seconds == PhaseSeconds(briefing=300, negotiation=240, decision=90, reveal=60)
    arena = scenario.arenas[0]
    assert (arena.domain, arena.exclusive, arena.overrides) == (Domain.SECURITY, 0.0, ())


def test_players_take_the_name_and_figures_of_their_country():
    china, japan, blue = parse(GOOD).players
    assert (china.name, china.figures["lowy"].value) == ("China", 72.7)
    assert (japan.name, japan.figures["lowy"].value) == ("Nippon", 38.9)
    assert japan.figures["gdp"].value == -1.5
    assert japan.figures["gdp"].status is FigureStatus.SECOND_HAND
    assert list(blue.figures) == ["military_spending"]
    assert blue.figures["military_spending"].year is None


def test_a_seat_with_a_name_of_its_own_has_no_figures_of_todays_country():
    then = parse(LEAST.replace('seat = "IND"', 'seat = "IND"\nname = "India"'))
    assert then.players[0].figures == {}


def test_weights_follow_the_power_measure():
    forum = parse(GOOD).arenas[0].game
    assert isinstance(forum, Collective)
    total = 314 + 55.3 + 100
    assert forum.weights == pytest.approx((314 / total, 55.3 / total, 100 / total))
    assert forum.theta == 0.5


def test_an_override_is_its_members_alone():
    arena = parse(GOOD).arenas[0]
    assert isinstance(arena.game, Collective)
    assert [terms.g for terms in arena.game.terms] == [3.0, 1.5, 1.5]
    assert [terms.b for terms in arena.game.terms] == [6.0, 6.0, 6.0]
    assert arena.overrides[0].source == "Assumption: a revisionist"


def test_dyads_come_from_the_library_or_from_payoffs():
    _, dyad, matrix, lopsided = parse(GOOD).arenas
    assert dyad.game == LIBRARY["chicken"]
    corners = Corners(T=5, R=3, P=1, S=0.5)
    assert matrix.game == Bimatrix(corners, corners)
    assert isinstance(lopsided.game, Bimatrix)
    assert lopsided.game.row.game_class is GameClass.PRISONERS_DILEMMA
    assert lopsided.game.column.game_class is GameClass.HARMONY


def test_a_scenario_survives_json_to_the_byte():
    for scenario in (parse(GOOD), parse(LEAST)):
        written = codec.dumps(scenario)
        assert codec.loads(Scenario, written) == scenario
        assert codec.dumps(codec.loads(Scenario, written)) == written


ROW = '[[arenas]]\nname = "more"\ntitle = "x"\nabout = "y"\nmembers = ["IND", "PAK"]\n'

REFUSALS = [
    # keys and types
    ("rounds = 6", "round = 6", "round", "is not a key here; did you mean rounds"),
    ("brief = ", "breif = ", "players[1].breif", "did you mean brief"),
    ("sigma = 0.25", "gamma = 1", "arenas[1].terms.gamma", "is not a key here; did you mean sigma"),
    ("reveal = 0", "revel = 0", "seconds.revel", "did you mean reveal"),
    ("year = 2030", "yaer = 2030", "players[2].figures.gdp.yaer", "did you mean year"),
    ("figures.gdp]", "figures.gpd]", "players[2].figures.gpd", "did you mean gdp"),
    ('title = "Two shores"', "", "title", "is missing; give text of 1 to 80 characters"),
    ('title = "Two shores"', "title = 5", "title", "5 does not fit; give text of 1 to 80"),
    ('title = "Two shores"', 'title = " "', "title", "has 0 characters; give text of 1 to 80"),
    ('"Two shores"', '"' + 81 * "x" + '"', "title", "has 81 characters; give text of 1 to 80"),
    ('"Two shores"', '"a\\u001bb"', "title", "holds the control character '\\x1b'; take it out"),
    ("rounds = 6", "rounds = true", "rounds", "true does not fit; give a whole number from 1 to"),
    ("rounds = 6", "rounds = 6.0", "rounds", "6.0 does not fit; give a whole number"),
    ("rounds = 6", "rounds = 0", "rounds", "0 does not fit; give a whole number from 1 to 200"),
    ("rounds = 6", "rounds = 201", "rounds", "201 does not fit; give a whole number from 1 to 200"),
    ("rounds = 6", "rounds = 0x" + "f" * 3000, "rounds", "a whole number of 12000 bits does not"),
    ("rounds = 6", "rounds = 2026-11-23", "rounds", "a date does not fit"),
    ("continuation = 0.9", "continuation = 0", "continuation", "0 does not fit; give a number abo"),
    ("continuation = 0.9", "continuation = 1.1", "continuation", "a number above 0, at most 1"),
    ("continuation = 0.9", "continuation = nan", "continuation", "nan does not fit"),
    ("shows_ready = true", "shows_ready = 1", "shows_ready", "1 does not fit; give true or false"),
    ('press = "public"', 'press = "ful"', "press", "'ful' is unknown; did you mean full"),
    ('press = "public"', "press = 3", "press", "3 does not fit; give one of none, public, full"),
    ('"military_spending"\nm', '"milex"\nm', "power", "'milex' is unknown"),
    ('["First.", "Second."]', '"First."', "briefing", "'First.' does not fit; give a list: text"),
    ('["First.", "Second."]', "[]", "briefing", "has 0; give at least 1: text of 1 to 1200"),
    ('"Second."]', "2]", "briefing[2]", "2 does not fit; give text"),
    ('["Why?"]', "[" + "'x'," * 21 + "]", "questions", "has 21; 20 is the most"),
    ('["defect"]', '["repeat"]', "missing_order", "must end with 'defect'"),
    ('["defect"]', '["defect", "defect"]', "missing_order[2]", "'defect' is there twice; keep one"),
    (
        '["defect"]',
        '["skip"]',
        "missing_order[1]",
        "'skip' is unknown; known: keep_pacts, r",
    ),
    (
        '["defect"]',
        "[1]",
        "missing_order[1]",
        "1 does not fit; give one of keep_pacts",
    ),
    ("decision = 30", "decision = 0", "seconds.decision", "0 does not fit; give a whole number f"),
    ("reveal = 0", "reveal = -1", "seconds.reveal", "-1 does not fit; give a whole number from 0"),
    ("[seconds]", "seconds = 5\n[x]", "x", "is not a key here"),
    ("delegates = 3", "delegates = 17", "delegates", "17 does not fit; give a whole number from 1"),
    ('"grudger"', '"gruger"', "autopilot", "'gruger' is no strategy; did you mean grudger"),
    ("after_s = 90", "after_s = -1", "autopilot_after_s", "-1 does not fit"),
    # players
    ('seat = "CHN"', 'seat = "chn"', "players[1].seat", "'chn' has the wrong shape; give 2 to 12"),
    ('seat = "CHN"', 'seat = "CHM"', "players[1].seat", "did you mean CHN?; or give the seat a"),
    ('seat = "CHN"', "seat = 1", "players[1].seat", "1 has the wrong shape"),
    ('seat = "BLUE"', 'seat = "JPN"', "players[3].seat", "'JPN' is there twice"),
    ('"Nippon"', '"China"', "players[2].name", "'China' is there twice; give each its own"),
    ('country = "JPN"', 'country = "JAP"', "players[2].country", "'JAP' is unknown; did you mean"),
    ("value = 100", "value = 0", "players[3].figures.military_spending.value", "0 does not fit"),
    ("value = 100", "value = -4", "players[3].figures.military_spending.value", "above 0"),
    ("value = -1.5", "value = inf", "players[2].figures.gdp.value", "inf does not fit"),
    ("year = 2030", "", "players[2].figures.gdp.year", "is missing; give a whole number from 1800"),
    ('"assumed"\n\n[[a', '"sure"\n\n[[a', "players[3].figures.military_spending.status", "'sure'"),
    # arenas
    ('name = "dyad"', 'name = "forum"', "arenas[2].name", "'forum' is there twice"),
    ('name = "dyad"', 'name = "A dyad"', "arenas[2].name", "'A dyad' has the wrong shape; give 1"),
    ('["CHN", "JPN", "BLUE"]', '["CHN"]', "arenas[1].members", "has 1; give at least 2: seats"),
    ('"JPN", "BLUE"]', '"JPN", "USA"]', "arenas[1].members[3]", "'USA' is no player's seat; known"),
    ('"JPN", "BLUE"]', '"JPN", "Blue"]', "arenas[1].members[3]", "did you mean BLUE"),
    ('"JPN", "BLUE"]', '"JPN", "JPN"]', "arenas[1].members[3]", "'JPN' is there twice; keep one"),
    ('"JPN", "BLUE"]', '"JPN", 3]', "arenas[1].members[3]", "3 does not fit; give seats of pla"),
    ('domain = "env', 'domain = "enx', "arenas[1].domain", "did you mean environmental"),
    ("exclusive = 0.25", "exclusive = 2", "arenas[1].exclusive", "2 does not fit; give a number f"),
    ("theta = 0.5", "theta = 1.5", "arenas[1].terms.theta", "1.5 does not fit; give a number from"),
    ("sigma = 0.25", "sigma = 1.5", "arenas[1].terms.sigma", "1.5 does not fit; give a number fro"),
    ("b = 6", "b = -6", "arenas[1].terms.b", "-6 does not fit; give a number from 0 to 1000"),
    ("b = 6", "b = true", "arenas[1].terms.b", "true does not fit"),
    ("b = 6", "", "arenas[1].terms.b", "is missing; give a number from 0 to 1000"),
    ("S = 0.5", "S = -inf", "arenas[3].payoffs.S", "-inf does not fit; give a number from -1000"),
    ("S = 2", "", "arenas[4].payoffs.column.S", "is missing"),
    ("[arenas.payoffs.column]", "[arenas.payoffs.colum]", "arenas[4].payoffs.colum", "did you me"),
    ("[arenas.payoffs.row]", "[arenas.payoffs]", "arenas[4].payoffs.T", "stands beside row or c"),
    ('game = "chicken"', 'game = "chiken"', "arenas[2].game", "did you mean chicken"),
    ('game = "chicken"', "", "arenas[2].game", "give exactly one of game, payoffs, terms; found"),
    ('game = "chicken"', 'game="harmony"\nterms={}', "arenas[2].game", "found game and terms"),
    ('game = "chicken"', "terms = 3", "arenas[2].terms", "3 does not fit; give a table"),
    ('parameter = "g"', 'parameter = "theta"', "arenas[1].overrides[1].parameter", "'theta' is un"),
    ('member = "CHN"', 'member = "USA"', "arenas[1].overrides[1].member", "'USA' is unknown; kno"),
    ("value = 3", "value = -3000", "arenas[1].overrides[1].value", "-3000 does not fit; give a"),
    ('source = "Assumption: a revisionist"', "", "arenas[1].overrides[1].source", "is missing"),
    ('revisionist"\nstatus = "assumed"', 'x"', "arenas[1].overrides[1].status", "is missing"),
    # rivals
    ('"BLUE"], t', '"IND"], t', "rivals[2].seats[2]", "'IND' is no player's seat"),
    ('"BLUE"], t', '"CHN"], t', "rivals[2].seats[2]", "'CHN' is there twice; keep one"),
    ('["CHN", "BLUE"], t', '["JPN", "CHN"], t', "rivals[2].seats", "JPN and CHN are there twice"),
    ('["CHN", "BLUE"], t', '["CHN"], t', "rivals[2].seats", "has 1; give at least 2: two seats of"),
    ('["CHN", "BLUE"], t', '"CHN", t', "rivals[2].seats", "'CHN' does not fit; give a list: two"),
    ('"BLUE"], t', "5], t", "rivals[2].seats[2]", "5 does not fit; give two seats of players"),
    ("tension = 0.2", "tension = 2", "rivals[2].tension", "2 does not fit; give a number from 0"),
]


@pytest.mark.parametrize(("there", "instead", "key", "problem"), REFUSALS)
def test_a_bad_scenario_is_refused_with_key_value_and_remedy(there, instead, key, problem):
    assert there in GOOD
    error = refused(GOOD.replace(there, instead, 1))
    assert error.key == key
    assert problem in error.problem


def test_fewer_than_two_players_are_refused():
    alone = re.sub(r'\[\[players\]\]\nseat = "PAK".*?\n\[\[ar', "[[ar", LEAST, flags=re.DOTALL)
    assert refused(alone).problem.startswith("has 1; give at least 2: [[players]] tables")


def test_a_player_without_an_arena_is_refused():
    idle = LEAST + '[[players]]\nseat = "CHN"\nbrief = "China."\n'
    assert refused(idle).key == "players[3].seat"
    assert "'CHN' is in no arena; make it a member or take it out" in str(refused(idle))


def test_payoffs_for_more_than_two_are_refused():
    error = refused(GOOD.replace('["CHN", "JPN"]\ngame', '["CHN", "JPN", "BLUE"]\ngame'))
    assert (error.key, "game is for exactly 2" in error.problem) == ("arenas[2].members", True)


def test_overrides_beside_a_library_game_are_refused():
    row = '[[arenas.overrides]]\nmember="IND"\nparameter="g"\nvalue=1\nsource="s"\nstatus="read"\n'
    assert refused(LEAST + row).key == "arenas[1].overrides"


def test_the_same_override_twice_is_refused():
    row = re.search(r"\[\[arenas.overrides\]\].*?\n\n", GOOD, flags=re.DOTALL)
    assert row
    error = refused(GOOD.replace(row[0], row[0] + row[0]))
    assert error.key == "arenas[1].overrides[2].parameter"
    assert error.problem == "CHN has 'g' twice; keep one"


def test_a_member_without_the_power_figure_is_refused_with_the_remedy():
    error = refused(GOOD.replace('power = "military_spending"', 'power = "cinc"'))
    assert error.key == "arenas[1].members"
    assert "BLUE has no figure for cinc; give it [players.figures.cinc]" in error.problem


def test_a_member_too_light_beside_the_others_is_refused():
    error = refused(GOOD.replace("value = 100", "value = 1e-9"))
    assert error.key == "arenas[1].members"
    assert "give each at least a billionth" in error.problem


def test_too_many_players_are_refused():
    crowd = "".join(f'[[players]]\nseat="S{i}"\nname="N{i}"\nbrief="x"\n' for i in range(63))
    assert refused(LEAST + crowd).problem == "has 65; 64 is the most, take some out"


def test_ten_thousand_arenas_are_refused():
    crowd = "".join(ROW.replace("more", f"more{i}") for i in range(10_000))
    error = refused(LEAST + crowd)
    assert (error.key, error.problem) == ("arenas", "has 10001; 64 is the most, take some out")


def test_sixty_four_arenas_are_not_too_many():
    rows = [ROW.replace("more", f"more{i}") + 'game = "chicken"\n' for i in range(63)]
    assert len(parse(LEAST + "".join(rows)).arenas) == 64


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("title = \n", "line 1, column 9", "is not TOML: Invalid value; mend it there"),
        ('title = "a', "end of document", "is not TOML: Unterminated string"),
        (b'title = "\xff"', "byte 10", "is not UTF-8; save the file as UTF-8"),
        ("#" + "x" * LARGEST_FILE, "file", f"is larger than {LARGEST_FILE} bytes; shorten it"),
        ("#" + "x" * 4000, "line 1", "has 4001 characters and 0 dots; 4000 and 100 are the most"),
        ("a." * 101 + "b = 1", "line 1", "has 207 characters and 101 dots"),
        ("a = " + "[" * 3000, "file", "is nested too deeply; flatten it"),
        ("a = " + "9" * 3990, "a", "is not a key here"),
        ("a = 0000-00-00", "line 1", ""),
        ('a = "\ud800"', "byte 6", "is not UTF-8"),
    ],
)
def test_text_that_is_no_toml_is_refused_at_its_place(text, key, problem):
    error = refused(text[: LARGEST_FILE + 1] if isinstance(text, str) else text)
    assert error.key.startswith(key)
    assert problem in error.problem


def test_a_byte_order_mark_and_windows_lines_are_no_matter():
    windows = b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()
    assert parse(windows) == parse(LEAST)


def test_a_document_of_the_largest_size_is_read():
    lines = "# padding padding\n" * 60000
    text = LEAST + lines[: LARGEST_FILE - len(LEAST) - 1]
    assert parse_toml(text, "mine.toml")["rounds"] == 1


def test_a_number_too_long_for_python_is_refused():
    usual = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        error = refused("a = " + "9" * 1000)
    finally:
        sys.set_int_max_str_digits(usual)
    assert (error.key, "Exceeds the limit" in error.problem) == ("file", True)


def test_a_file_of_ones_own_is_loaded_by_its_path(tmp_path: Path):
    path = tmp_path / "My Seminar (2).toml"
    path.write_text(GOOD, encoding="utf-8")
    scenario = load_scenario(str(path))
    assert scenario.name == "my_seminar_2"
    assert scenario.title == "Two shores"


def test_a_file_named_in_other_letters_still_gets_a_name(tmp_path: Path):
    path = tmp_path / "\u0633\u0645\u06cc\u0646\u0627\u0631.toml"
    path.write_text(LEAST, encoding="utf-8")
    assert load_scenario(str(path)).name == path.stem


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    for path in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(ScenarioError, match=r"no such file|no such scenario"):
            load_scenario(str(path))


def test_a_file_too_large_is_refused_before_it_is_read_whole(tmp_path: Path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (3 * LARGEST_FILE))
    with pytest.raises(ScenarioError, match="is larger than 1048576 bytes"):
        load_scenario(str(path))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "closed.toml"
    path.write_text(LEAST)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(str(path))


@pytest.mark.parametrize("name", ["south_china_see", "../secrets", "", "x" * 5000, "a\0b"])
def test_a_name_that_does_not_ship_is_refused(name):
    with pytest.raises(ScenarioError, match="no such scenario") as caught:
        shipped_scenario(name)
    assert len(str(caught.value)) < 400


def test_the_nearest_name_is_the_remedy():
    with pytest.raises(ScenarioError, match="did you mean south_china_sea"):
        load_scenario("south_china_see")


def test_names_do_not_reach_other_files(tmp_path: Path):
    (tmp_path / "own.toml").write_text(LEAST)
    with pytest.raises(ScenarioError, match="no such scenario"):
        shipped_scenario(str(tmp_path / "own.toml"))


def test_power_can_be_switched_and_switched_back():
    scenario = load_scenario("south_china_sea")
    equal = with_power(scenario, PowerMeasure.EQUAL)
    assert equal.power is PowerMeasure.EQUAL
    assert [arena.game.weight(0) for arena in equal.arenas] == [0.2, 0.5, 0.5, 0.2]
    assert with_power(equal, PowerMeasure.LOWY) == scenario
    assert [arena.game.corners(0).game_class for arena in equal.arenas] != [
        arena.game.corners(0).game_class for arena in scenario.arenas
    ]


def test_power_leaves_dyads_with_payoffs_alone():
    scenario = load_scenario("prisoners_dilemma")
    assert with_power(scenario, PowerMeasure.CINC).arenas == scenario.arenas


def test_power_without_figures_is_refused():
    scenario = parse(GOOD)
    assert power_measures(scenario) == (PowerMeasure.MILITARY_SPENDING, PowerMeasure.EQUAL)
    with pytest.raises(ScenarioError, match="mine: power: BLUE has no figure for lowy"):
        with_power(scenario, PowerMeasure.LOWY)


VALUES = ["0", "-1", "1e400", "nan", "true", '""', '"CHN"', "[]", "[[]]", "{}", "{ a = 1 }", "1979"]
TOKENS = [*VALUES, "=", "[", "]", "]]", "\n", ".", '"""', "#", "\\", "\u202e", "\ud800", "0x1"]


def mutated(text: str, chance: random.Random) -> str:
    """Spoil a file as a tired person or a broken editor would, in one to four places."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        lines = _SPOILERS[chance.randrange(len(_SPOILERS))](lines, place, chance)
    return "\n".join(lines)


def _drop(lines: list[str], place: int, chance: random.Random) -> list[str]:
    return lines[:place] + lines[place + 1 :] or [""]


def _double(lines: list[str], place: int, chance: random.Random) -> list[str]:
    other = chance.randrange(len(lines))
    return [*lines[:other], lines[place], *lines[other:]]


def _revalue(lines: list[str], place: int, chance: random.Random) -> list[str]:
    key = lines[place].split("=")[0]
    return [*lines[:place], f"{key}= {chance.choice(VALUES)}", *lines[place + 1 :]]


def _insert(lines: list[str], place: int, chance: random.Random) -> list[str]:
    line, token = lines[place], chance.choice(TOKENS)
    at = chance.randint(0, len(line))
    return [*lines[:place], line[:at] + token + line[at:], *lines[place + 1 :]]


def _cut(lines: list[str], place: int, chance: random.Random) -> list[str]:
    line = lines[place]
    at = chance.randint(0, len(line))
    return [*lines[:place], line[:at] + line[at + 1 :], *lines[place + 1 :]]


_SPOILERS = [_drop, _double, _revalue, _insert, _cut]


def _loads_or_is_refused(text: str | bytes) -> bool:
    """Tell whether it loads; whatever loads can be played, written and read back."""
    try:
        scenario = parse(text)
    except ScenarioError as refusal:
        return not _is_plain(str(refusal))
    for arena in scenario.arenas:
        assert all(arena.game.corners(i).game_class for i in range(arena.game.size))
    assert codec.loads(Scenario, codec.dumps(scenario)) == scenario
    return True


def _is_plain(message: str) -> bool:
    """Tell whether a message is one line of reasonable length that can be sent as it is."""
    assert "\n" not in message
    assert len(message) < 1000
    return bool(message.encode())


@given(st.sampled_from([GOOD, LEAST]), st.randoms(use_true_random=False))
def test_a_spoilt_file_loads_or_is_refused_and_nothing_else(text, chance):
    _loads_or_is_refused(mutated(text, chance))


@pytest.mark.slow
def test_thousands_of_spoilt_files_load_or_are_refused():
    chance = random.Random(7)
    results = [_loads_or_is_refused(mutated(GOOD, chance)) for _ in range(10_000)]
    assert 500 < sum(results) < 9500


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_noise_is_refused(noise):
    assert not _loads_or_is_refused(noise)


@given(st.sampled_from(scenario_names()), st.sampled_from(PowerMeasure))
def test_shipped_scenarios_take_every_measure_they_list(name, measure):
    scenario = load_scenario(name)
    if measure in power_measures(scenario):
        assert with_power(scenario, measure).power is measure


def test_the_documents_examples_are_as_the_reader_wants_them():
    page = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    smallest, moves, player, payoffs, terms = re.findall(
        r"```toml\n(.*?)```", page, flags=re.DOTALL
    )
    assert parse(smallest).seats == ("IND", "PAK")
    assert parse(smallest + moves).moves.fund_cost == 0.5
    with_player = smallest.replace('["IND", "PAK"]\ngame', '["IND", "BLUE", "PAK"]\ngame')
    asian = terms.replace("IDN", "PAK")
    assert parse(with_player.replace('game = "stag_hunt"', asian) + player)
    assert parse(smallest.replace('game = "stag_hunt"', payoffs))
