"""`detente scenario` and `detente strategies`: what there is."""

import json
import shutil
from pathlib import Path

import pytest

from game_rules.scenario_files import scenario_names
from game_rules.strategies import strategies
from tests.server.cli.conftest import Run

SCENARIOS = Path(__file__).parents[3] / "game_rules" / "scenarios"


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
    assert china.split() == ["China", "Stag", "Hunt", "49%", "-0.72", "2.50", "0.78"]


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
