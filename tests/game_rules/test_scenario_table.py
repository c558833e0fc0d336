"""The story that the committed table tells, and that the table is what the command makes."""

import os
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from game_rules.bots.outcomes import DOCTRINES, has_chance, outcomes, summarise
from game_rules.bots.outcomes import SEATINGS as KNOWN_SEATINGS
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from server.cli.scenario.outcome_table import COLUMNS, TITLES, cells
from tests.game_rules.test_scenarios import ALL, REGIONAL

SEATING = {seating.name: seating for seating in KNOWN_SEATINGS}
PAGE = Path(__file__).parents[2] / "docs" / "scenario-table.md"
RUNS = 1000
SEATINGS = ("all_c", "reciprocity", *DOCTRINES, "mixed", "random", "all_d")
WITH_CHANCE = [(x, y) for x in ALL for y in SEATING if has_chance(load_scenario(x), SEATING[y])]
PLAYED = (
    WITH_CHANCE
    if "DETENTE_TABLE" in os.environ
    else [("india_pakistan", "mixed"), ("stag_hunt", "random")]
)
"""The rows that are played again: every one in the long form."""

Row = dict[str, float]


@cache
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Give the rows of a scenario's table as they are written."""
    part = text().split(f"`{name}`\n", 1)[1].split("\n## ", 1)[0]
    return tuple(line for line in part.splitlines() if line.startswith("| ") and "---" not in line)


@cache
def table_of(name: str) -> dict[str, Row]:
    """Give a scenario's figures by seating and column."""
    titles = {TITLES.get(seating, seating): seating for seating in SEATINGS}
    table = {}
    for line in lines_of(name)[1:]:
        title, *figures = (cell.strip(" %") for cell in line.strip("|").split("|"))
        numbers = [float(figure) for figure in figures]
        table[titles[title.strip()]] = dict(zip(COLUMNS[1:], numbers, strict=True))
    return table


@cache
def mean_index(seating: str) -> float:
    """The mean of a seating's index over the scenarios of regions."""
    return sum(table_of(name)[seating]["index"] for name in REGIONAL) / len(REGIONAL)


def test_the_page_has_every_scenario_and_says_how_many_matches():
    told = re.findall(r"^`(\w+)`$", text(), re.MULTILINE)
    assert told == list(scenario_names()), (
        "docs/scenario-table.md is out of date: `uv run detente scenario table NAME --page FILE` "
        "makes the section of one scenario; without NAME it makes the whole page"
    )
    assert f"means over {RUNS:,} matches" in text()
    for name in scenario_names():
        assert tuple(table_of(name)) == SEATINGS


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("seating", ["all_c", "reciprocity", "all_d"])
def test_rows_without_chance_are_what_the_command_makes(name: str, seating: str):
    scenario, chosen = load_scenario(name), SEATING[seating]
    assert not has_chance(scenario, chosen)
    written = f"| {' | '.join(cells(seating, summarise(outcomes(scenario, chosen, 1, 1))))} |"
    assert written in lines_of(name)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seating"), PLAYED)
def test_rows_with_chance_are_what_the_command_makes(name: str, seating: str):
    """Mixed doctrines play every doctrine, so a change of any one shows in that row."""
    played = outcomes(load_scenario(name), SEATING[seating], 1, RUNS)
    assert f"| {' | '.join(cells(seating, summarise(played)))} |" in lines_of(name)


@pytest.mark.parametrize("name", ALL)
def test_all_c_is_optimistic_and_all_d_pessimistic(name: str):
    table = table_of(name)
    assert table["all_c"]["optimistic"] == table["reciprocity"]["optimistic"] == 100
    assert table["all_d"]["pessimistic"] == 100


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_no_doctrine_does_better_than_all_c_or_worse_than_all_d(name: str):
    table = table_of(name)
    for doctrine in DOCTRINES:
        assert table["all_d"]["index"] <= table[doctrine]["index"] <= table["all_c"]["index"]


def test_doctrines_are_apart_from_each_other():
    """Over all regions; in any single one, what is the same to two of them is the region."""
    means = {doctrine: mean_index(doctrine) for doctrine in DOCTRINES}
    ranked = sorted(means, key=means.__getitem__)
    assert ranked == ["realist", "constructivist", "hedger", "liberal", "diplomat"]
    gaps = [means[high] - means[low] for low, high in pairwise(ranked)]
    assert min(gaps) > 4


@pytest.mark.parametrize("name", sorted(REGIONAL))
def test_in_every_region_it_matters_which_doctrine_is_followed(name: str):
    found = [table_of(name)[doctrine]["index"] for doctrine in DOCTRINES]
    assert max(found) - min(found) > 12
    assert len({round(index) for index in found}) >= 4


def test_diplomats_keep_their_pacts_and_others_do_not():
    for name in REGIONAL:
        table = table_of(name)
        assert table["diplomat"]["pacts"] > 0
        assert table["diplomat"]["breaches"] == 0
        assert table["liberal"]["breaches"] > 0


@pytest.mark.parametrize("name", ["south_china_sea", "quad_and_eas"])
def test_these_two_are_not_foregone(name: str):
    """Who sits where decides: with a doctrine a seat, all three futures happen often."""
    mixed = table_of(name)["mixed"]
    assert min(mixed[outlook] for outlook in ("optimistic", "contested", "pessimistic")) >= 10


def test_constructivists_make_of_a_region_what_it_is_to_them():
    """Neighbours without enmity integrate, rivals do not (Wendt 1999; Acharya 2009 on ASEAN)."""
    assert table_of("asean_confidence_building")["constructivist"]["optimistic"] >= 90
    for name in ("india_pakistan", "quad_and_eas", "korean_peninsula"):
        assert table_of(name)["constructivist"]["pessimistic"] >= 90


def test_realists_integrate_only_where_it_pays_at_once():
    optimistic = {name for name in REGIONAL if table_of(name)["realist"]["optimistic"] >= 50}
    assert optimistic == {"bri_corridors"}
