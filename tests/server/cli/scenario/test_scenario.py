"""`detente scenario` and `detente strategies`: what there is."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from game_rules.scenario_files.scenarios import load_scenario, scenario_names, shipped_scenario
from game_rules.strategies import strategies
from server.cli.scenario.screen import STATUSES, value_of
from tests.server.cli.conftest import Run

SCENARIOS = Path(__file__).parents[4] / "game_rules" / "scenarios"


def test_every_scenario_is_listed_in_80_columns(detente: Run) -> None:
    ran = detente("scenario", "list")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    listed = {line.split()[0] for line in lines if line[:1].isalpha()}
    assert set(scenario_names()) <= listed


def test_the_list_as_json_counts_seats_and_rounds(detente: Run) -> None:
    cards = {card["name"]: card for card in json.loads(detente("scenario", "list", "--json").out)}
    assert set(cards) == set(scenario_names())
    assert (cards["chicken"]["seats"], cards["chicken"]["rounds"]) == (2, 10)


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_is_shown_in_80_columns(detente: Run, name: str) -> None:
    ran = detente("scenario", "show", name)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_scenario_shows_the_game_that_each_member_is_in(detente: Run) -> None:
    shown = detente("scenario", "show", "south_china_sea").out
    china = next(line for line in shown.splitlines() if line.startswith("China"))
    assert china.split() == ["China", "Stag", "Hunt", "49%", "-2.10", "2.20", "0.45"]
    philippines = next(line for line in shown.splitlines() if line.startswith("Philippines"))
    assert philippines.split() == [
        "Philippines",
        "Volunteer's",
        "Dilemma",
        "10%",
        *["1.05", "2.20", "-"],
    ]


@pytest.mark.slow
def test_what_is_good_for_a_seat_and_who_competes_is_shown(detente: Run) -> None:
    scenario = load_scenario("india_pakistan")
    shown = " ".join(detente("scenario", "show", "india_pakistan").out.split())
    for player in scenario.players:
        assert player.goals
        assert [goal for goal in player.goals if f"- {goal}" not in shown] == []
    (start,) = scenario.starts
    assert f"India - Pakistan {start.tension:.2f} {start.source}" in shown
    assert "Rivals" not in detente("scenario", "show", "seato_1954_1977").out


def test_a_chance_of_another_round_is_told(detente: Run, tmp_path: Path) -> None:
    text = (SCENARIOS / "chicken.toml").read_text()
    (tmp_path / "endless.toml").write_text(text.replace("continuation = 1.0", "continuation = 0.9"))
    assert "chance of 0.9" in detente("scenario", "show", "endless.toml").out


def test_a_scenario_as_json_is_the_one_that_matches_begin_with(detente: Run) -> None:
    document = json.loads(detente("scenario", "show", "chicken", "--json").out)
    assert (document["name"], document["arenas"][0]["game"]["row"]["T"]) == ("chicken", 5)


def test_a_good_file_is_said_to_be_playable(detente: Run, tmp_path: Path) -> None:
    shutil.copy(SCENARIOS / "chicken.toml", tmp_path / "mine.toml")
    ran = detente("scenario", "check", "mine.toml")
    assert ran.code == 0
    assert ran.out.endswith("mine.toml: can be played; 2 seats, 1 arena, 10 rounds\n")


def test_another_measure_of_power_changes_classes_and_says_which(detente: Run) -> None:
    usual = detente("scenario", "show", "south_china_sea").out
    equal = detente("scenario", "show", "south_china_sea", "--power", "equal").out
    assert " *" not in usual
    assert "China       Volunteer's Dilemma *   20%" in equal
    assert "* another class than with power by lowy" in equal
    document = json.loads(
        detente("scenario", "show", "south_china_sea", "--power", "equal", "--json").out
    )
    assert (document["power"], document["arenas"][0]["game"]["weights"][0]) == ("equal", 0.2)


@pytest.mark.parametrize("name", scenario_names())
def test_every_number_of_a_country_is_shown_with_year_status_and_source(
    detente: Run, name: str
) -> None:
    shown = detente("scenario", "show", name).out
    words = " ".join(shown.split())
    for player in load_scenario(name).players:
        for figure in player.figures.values():
            assert figure.source in words
            year = [] if figure.year is None else [str(figure.year)]
            found = [
                line.split() for line in shown.splitlines() if value_of(figure) in line.split()
            ]
            assert any({*year, STATUSES[figure.status]} <= set(line) for line in found)


def test_every_number_of_an_arena_is_shown_with_its_reason(detente: Run) -> None:
    shown = " ".join(detente("scenario", "show", "south_china_sea").out.split())
    for arena in load_scenario("south_china_sea").arenas:
        assert all(ground.source in shown for ground in arena.grounds)
    assert "1 / 0" not in shown


def test_a_number_of_ones_own_is_shown_beside_the_common_one(detente: Run, tmp_path: Path) -> None:
    text = (SCENARIOS / "india_pakistan.toml").read_text()
    own = """
[[arenas.overrides]]
member = "IND"
parameter = "g"
value = 7
source = "A speech"
status = "recalled"
"""
    (tmp_path / "mine.toml").write_text(text.replace("\n# The deck", own + "\n# The deck"))
    shown = " ".join(detente("scenario", "show", "mine.toml").out.split())
    assert "g 7 only India: A speech (recalled)" in shown
    assert "g 5 Assumption: an advantage over a rival" in shown


UNLIKE = """
title = "Unlike"
summary = "Two sides."
briefing = ["C or D."]
rounds = 2
[[players]]
seat = "BLUE"
name = "Blue"
brief = "Blue."
[[players]]
seat = "RED"
name = "Red"
brief = "Red."
[[arenas]]
name = "unlike"
title = "Unlike"
about = "Two."
members = ["BLUE", "RED"]
[arenas.payoffs]
row = { T = 5, R = 3, P = 1, S = 0 }
column = { T = 4, R = 3, P = 1, S = 0 }
[[injects]]
name = "news"
title = "News"
text = "Only news."
rounds = 1
"""


def test_sides_that_differ_are_both_shown_and_news_changes_nothing(
    detente: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(UNLIKE)
    shown = " ".join(detente("scenario", "show", "mine.toml").out.split())
    assert "T 5 / 4 Assumption: made for play" in shown
    assert "News when told 1 nothing" in shown
    assert "Questions" not in shown


def test_the_deck_tells_when_each_inject_is_due_and_what_it_changes(detente: Run) -> None:
    shown = " ".join(detente("scenario", "show", "seato_1954_1977").out.split())
    assert "Injects what they do to payoffs are assumptions" in shown
    assert "Empty chairs round 6 permanent theta +0.1 in manila_pact" in shown
    assert "Injects" not in detente("scenario", "show", "chicken").out


def test_questions_for_the_debrief_are_shown(detente: Run) -> None:
    shown = " ".join(detente("scenario", "show", "india_pakistan").out.split())
    assert all(question in shown for question in load_scenario("india_pakistan").questions)


BAD = [
    # what is written, what stands there instead, and the whole answer
    (
        '"MYS", "IDN"]',
        '"MYS", "JPN"]',
        "arenas[1].members[5]: 'JPN' is no player's seat; known: CHN, PHL, VNM, MYS, IDN, USA",
    ),
    (
        "theta = 0.7",
        "theta = 1.2",
        "arenas[1].terms.theta: 1.2 does not fit; give a number from 0 to 1",
    ),
    ("b = 7", "b = nan", "arenas[1].terms.b: nan does not fit; give a number from 0 to 1000"),
    (
        "b = 7",
        f"b = 1{'0' * 30}",
        "arenas[1].terms.b: a whole number of 100 bits does not fit; give a number from 0 to 1000",
    ),
    ("rounds = 8", 'rounds = "8"', "rounds: '8' does not fit; give a whole number from 1 to 200"),
    ("press =", "pres =", "pres: is not a key here; did you mean press or arenas?"),
    (
        "press =",
        'lens = "marxism"\npress =',
        "lens: is not a key here; did you mean lenses or links or arenas?",
    ),
    (
        "press =",
        "lenses = { marxism = 1 }\npress =",
        "lenses.marxism: is not a key here; known: k, lam, beta, alpha, nu",
    ),
    (
        'power = "lowy"',
        'power = "gdp"',
        "power: 'gdp' is unknown; known: cinc, lowy, military_spending, equal",
    ),
    (
        'seat = "VNM"',
        'seat = "PHL"',
        "players[3].seat: 'PHL' is there twice; a seat is one player's",
    ),
    (
        'seat = "VNM"',
        'seat = "VNN"',
        "players[3].seat: 'VNN' is no country with figures here; "
        "did you mean VNM?; or give the seat a name",
    ),
    (
        'seat = "VNM"\n',
        'seat = "VNM"\n'
        'figures = { lowy = { value = 0, unit = "p", source = "s", status = "assumed" } }\n',
        "players[3].figures.lowy.value: 0 does not fit; give a number above 0, at most 1e+15",
    ),
    ("about = ", "abot = ", "arenas[1].abot: is not a key here; did you mean about?"),
    (
        "press =",
        'links = [["code_of_conduct", "us_philippines_treaty"], '
        '["us_philippines_treaty", "code_of_conduct"]]\npress =',
        "links[2]: us_philippines_treaty and code_of_conduct are linked already, "
        "so this closes a circle; take it out",
    ),
    (
        "press =",
        'pacts = [{ parties = ["USA", "VNM"], binding = "treaty", pledges = '
        '[{ seat = "VNM", arena = "us_philippines_treaty", action = "C" }] }]\npress =',
        "pacts[1].pledges[1].arena: VNM is not in 'us_philippines_treaty'; "
        "pledge one that it is in: code_of_conduct, fisheries",
    ),
]


@pytest.mark.parametrize(("there", "instead", "answer"), BAD)
def test_a_bad_scenario_is_answered_with_file_key_value_and_remedy(
    detente: Run, tmp_path: Path, there: str, instead: str, answer: str
) -> None:
    text = (SCENARIOS / "south_china_sea.toml").read_text()
    assert there in text
    (tmp_path / "mine.toml").write_text(text.replace(there, instead, 1))
    ran = detente("scenario", "check", "mine.toml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"detente: mine.toml: {answer}\n"


def test_rivals_without_a_start_are_refused_with_what_to_write(
    detente: Run, tmp_path: Path
) -> None:
    text = UNLIKE.replace("rounds = 2\n", 'rounds = 2\nrivals = [["BLUE", "RED"]]\n', 1)
    (tmp_path / "mine.toml").write_text(text)
    ran = detente("scenario", "check", "mine.toml")
    assert (ran.code, ran.err) == (
        2,
        "detente: mine.toml: rivals[1]: BLUE and RED have no tension to start with; "
        'write { seats = ["BLUE", "RED"], tension = 0.3, source = "…" }\n',
    )


def test_ten_thousand_arenas_are_refused_at_once(detente: Run, tmp_path: Path) -> None:
    row = '[[arenas]]\nname = "a{}"\ntitle = "A"\nabout = "A."\nmembers = ["ROW", "COLUMN"]\n'
    text = (SCENARIOS / "chicken.toml").read_text()
    (tmp_path / "mine.toml").write_text(text + "".join(row.format(i) for i in range(10_000)))
    ran = detente("scenario", "check", "mine.toml")
    assert ran.err == "detente: mine.toml: arenas: has 10001; 64 is the most, take some out\n"


def test_every_strategy_is_listed_by_family_in_80_columns(detente: Run) -> None:
    lines = detente("strategies").out.splitlines()
    assert max(map(len, lines)) <= 80
    names = {line.split()[0] for line in lines if line}
    assert {bot.name for bot in strategies()} <= names


def test_the_whole_list_takes_one_line_a_bot(detente: Run) -> None:
    lines = detente("strategies").out.splitlines()
    families = {bot.family for bot in strategies()}
    name_heading_and_gap, last_line = 3, 1
    assert len(lines) == len(strategies()) + name_heading_and_gap * len(families) + last_line


def test_a_family_tells_what_each_of_its_bots_does(detente: Run) -> None:
    shown = " ".join(detente("strategies", "--family", "gradual").out.split())
    assert "Answers with as many defections" in shown
    assert "grudger" not in shown


def test_strategies_as_json_name_their_sources(detente: Run) -> None:
    listed = json.loads(detente("strategies", "--json").out)
    assert [bot["name"] for bot in listed] == [bot.name for bot in strategies()]
    tit_for_tat = next(bot for bot in listed if bot["name"] == "tit_for_tat")
    assert (tit_for_tat["memory"], tit_for_tat["is_stochastic"]) == (1, False)
    assert (tit_for_tat["lane"], tit_for_tat["family"]) == ("table", "tit for tat")
    assert tit_for_tat["source"].startswith("Axelrod 1980")


def test_json_has_the_constants_in_force_in_a_new_match(detente: Run):
    document = json.loads(detente("scenario", "show", "south_china_sea", "--json").out)
    played = asdict(shipped_scenario("south_china_sea").consequences)
    assert document["consequences"] == played
    told = document["standing"]
    assert all(told[name] == played[name] for name in told.keys() & played.keys())
    assert (told["relief_of_cooperation"], told["institution_at_start"]) == (0.06, 0.2)
    assert "letdown_cost" not in told
