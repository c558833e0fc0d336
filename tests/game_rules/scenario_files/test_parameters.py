"""The numbers that a scenario may set, and what its countries' figures say of each other."""

import re
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from game_rules import RULES_VERSION
from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import ScenarioError
from game_rules.games.stage_games import LIBRARY
from game_rules.log.evolve import fold
from game_rules.roles import Seat
from game_rules.scenario.countries import country, figure, trade_share
from game_rules.scenario.moves import SECOND_MOVES
from game_rules.scenario.parameters import Consequences, LensParameters, StandingParameters
from game_rules.scenario.scenario import NO_TIES, FigureStatus, Scenario
from game_rules.scenario_files.parameters import affinity_of, trade_of
from game_rules.scenario_files.scenarios import parse_scenario, scenario_names, shipped_scenario
from game_rules.scenario_files.versions import EARLIER_OF_MOVES, EARLIER_OF_STANDING
from tests.game_rules.rulesets.second.regions import quad

SEA = shipped_scenario("south_china_sea")
CHN, PHL, MYS = Seat("CHN"), Seat("PHL"), Seat("MYS")

LEAST = """
title = "One border"
summary = "Two neighbours."
briefing = ["C is to hold back."]
rounds = 6
{}
[[players]]
seat = "IND"
brief = "You are the larger."
[[players]]
seat = "PAK"
brief = "You are the smaller."
[[arenas]]
name = "{}"
title = "The border"
about = "To cooperate is to hold back."
members = ["IND", "PAK"]
game = "stag_hunt"
"""


def parse(lines: str = "", arena: str = "border", version: int = RULES_VERSION) -> Scenario:
    return parse_scenario(LEAST.format(lines, arena), "my.toml", "my", version)


def test_what_a_scenario_leaves_out_keeps_its_default():
    scenario = parse()
    assert (scenario.standing, scenario.lenses) == (StandingParameters(), LensParameters())
    assert scenario.monitoring == 1.0


TABLES = {
    "standing": StandingParameters(),
    "lenses": LensParameters(),
    "consequences": Consequences(),
    "moves": SECOND_MOVES,
}
NUMBERS = [
    (table, field.name)
    for table, plain in TABLES.items()
    for field in fields(plain)
    if field.name != "allowed"
]
OF_RULES_1 = [
    (table, name)
    for table, name in NUMBERS
    if name in {"standing": EARLIER_OF_STANDING, "moves": EARLIER_OF_MOVES}.get(table, ())
]


@pytest.mark.parametrize(("table", "name"), NUMBERS)
def test_every_number_can_be_set_that_the_rules_of_new_matches_heed(table: str, name: str):
    value = 1 if name.endswith("_rounds") else 0.75
    lines = f"[{table}]\n{name} = {value}\n"
    if (table, name) in OF_RULES_1:
        with pytest.raises(ScenarioError, match=f"{table}.{name}: is of rules 1 and does nothing"):
            parse(lines)
        return
    changes: dict[str, Any] = {name: value}
    assert getattr(parse(lines), table) == replace(TABLES[table], **changes)


@pytest.mark.parametrize(("table", "name"), OF_RULES_1)
def test_numbers_of_rules_1_can_be_set_for_rules_1(table: str, name: str):
    scenario = parse(f"[{table}]\n{name} = 0.75\n", version=1)
    assert getattr(getattr(scenario, table), name) == 0.75


@pytest.mark.slow
@pytest.mark.parametrize(("table", "name"), OF_RULES_1)
def test_a_number_that_is_refused_would_have_done_nothing(table: str, name: str):
    plain = quad()
    changed = replace(getattr(plain, table), **{name: 0.55})
    cast = dict(zip(plain.seats, cycle(("realist", "hedger", "random")), strict=False))
    before, after = (
        play_bot_match(scenario, cast, "7")[1:]
        for scenario in (plain, replace(plain, **{table: changed}))
    )
    assert before == after


def test_the_page_tells_every_number_and_its_default():
    page = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| `")]
    told = {name: row[-1] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    for table, name in NUMBERS:
        default = getattr(TABLES[table], name)
        if (table, name) not in OF_RULES_1:
            assert float(told[name]) == default, name


def test_fog_is_a_parameter():
    assert parse("monitoring = 0.8").monitoring == 0.8


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("monitoring = 0.4", "my.toml: monitoring: 0.4 does not fit; give a number from 0.5 to 1"),
        ("[standing]\ntrust_memory = 1.5", "standing.trust_memory: 1.5 does not fit"),
        ("[standing]\nspiral_rounds = 0", "give a whole number from 1 to 200"),
        ("[standing]\ncount_at_start = 0", "give a number above 0, at most 100"),
        ("[consequences]\noptimistic_index = 101", "give a number from 0 to 100"),
        ("[standing]\naffinity_of_rivals = -2", "give a number from -1 to 1"),
        ("[consequences]\nleverage_cost = -1", "give a number from 0 to 100"),
        ("[standing]\ntrust = 0.9", "standing.trust"),
        ("[lenses]\nk = -1", "lenses.k: -1 does not fit; give a number from 0 to 100"),
        ("[lenses]\nlambda = 1", "lenses.lambda"),
    ],
)
def test_a_parameter_out_of_range_is_refused(lines: str, told: str):
    with pytest.raises(ScenarioError) as refusal:
        parse(lines)
    assert told in str(refusal.value)


def test_names_of_crises_are_kept_for_crises():
    with pytest.raises(
        ScenarioError, match=r"arenas\[1\].name: 'crisis_x': crisis_ and founded_ are kept"
    ):
        parse(arena="crisis_x")


def test_trade_is_of_the_countries_and_says_where_it_is_from():
    assert SEA.trade.values[PHL][CHN] == trade_share("PHL", "CHN").value
    assert (SEA.trade.year, SEA.trade.status) == (2023, FigureStatus.READ)
    assert SEA.trade.source
    assert set(SEA.trade.values) == set(SEA.seats)


def test_friendliness_at_first_follows_votes_and_is_labelled_an_assumption():
    gap = abs(figure("PHL", "un_ideal_point").value - figure("MYS", "un_ideal_point").value)
    assert SEA.affinity.values[PHL][MYS] == SEA.affinity.values[MYS][PHL]
    assert SEA.affinity.values[PHL][MYS] == pytest.approx(max(-0.5, 0.5 - gap / 2))
    assert SEA.affinity.status is FigureStatus.ASSUMED
    assert SEA.affinity.source.startswith("Assumption")


def test_seats_of_no_country_have_no_ties():
    chicken = shipped_scenario("chicken")
    assert (chicken.trade, chicken.affinity) == (NO_TIES, NO_TIES)


def test_two_seats_of_one_country_have_no_trade_with_each_other():
    pakistan = country("PAK")
    assert trade_of({Seat("RED"): pakistan, Seat("BLUE"): pakistan}) == NO_TIES
    assert affinity_of({Seat("RED"): pakistan}) == NO_TIES


@pytest.mark.parametrize("name", [n for n in scenario_names() if n in LIBRARY])
def test_bare_games_pay_what_they_say(name: str):
    """A cost of what is left behind would make another game of them."""
    scenario = shipped_scenario(name)
    for seed in range(3):
        log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "random"), str(seed))
        for played in fold(log).history:
            assert played.gains == played.results[0].payoffs
            assert (played.lines, played.incidents) == ({}, ())
