"""Names that the browser translates are the ones that the shipped scenarios use."""

import json
import re
from pathlib import Path

import pytest

from game_rules.advice.move_offers import Changed
from game_rules.scenario.moves import MoveKind
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.strategies import strategies
from tests.client.web import WEB

API = Path(__file__).parents[2] / "server" / "api"


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    text = (WEB / "src" / "i18n" / "names.en.ts").read_text(encoding="utf8")
    return {key: json.loads(word) for key, word in re.findall(r'"([\w. ]+)":\s*("[^"]*")', text)}


@pytest.mark.parametrize("name", scenario_names())
def test_every_word_of_a_shipped_scenario_is_translated(name: str, names: dict[str, str]) -> None:
    scenario = shipped_scenario(name)
    words = {f"scenario.{name}.title": scenario.title, f"scenario.{name}.summary": scenario.summary}
    words |= {f"country.{p.seat}": p.name for p in scenario.players}
    words |= {f"arena.{a.name}": a.title for a in scenario.arenas}
    assert {key: names.get(key) for key in words} == words


def test_translated_strategies_exist_under_their_names(names: dict[str, str]) -> None:
    titles = {f"strategy.{strategy.name}": strategy.title for strategy in strategies()}
    titles |= {f"strategy.{strategy.name}.about": strategy.about for strategy in strategies()}
    translated = {key: word for key, word in names.items() if key.startswith("strategy.")}
    assert translated
    assert translated.items() <= titles.items()


def test_every_family_of_strategies_is_translated(names: dict[str, str]) -> None:
    families = {strategy.family for strategy in strategies()}
    assert {key: names.get(f"family.{key}") for key in families} == {key: key for key in families}


def test_every_doctrine_has_a_name_and_a_description(names: dict[str, str]) -> None:
    doctrines = [strategy.name for strategy in strategies() if strategy.doctrine is not None]
    assert doctrines
    for name in doctrines:
        assert {f"strategy.{name}", f"strategy.{name}.about"} <= set(names)


def test_every_refusal_of_the_server_has_words() -> None:
    pages = (WEB / "src" / "i18n").glob("*en.ts")
    text = "".join(page.read_text(encoding="utf8") for page in pages)
    refusals = "".join(file.read_text(encoding="utf8") for file in API.glob("*.py"))
    codes = set(re.findall(r'Refusal\(\s*\d+,\s*"(\w+)"', refusals))
    assert codes
    assert codes - set(re.findall(r'"reason\.(\w+)"', text)) == set()


def test_every_move_and_every_figure_that_it_changes_has_words() -> None:
    pages = (WEB / "src" / "i18n").glob("*.en.ts")
    text = "".join(page.read_text(encoding="utf8") for page in pages)
    wanted = {f"move.figure.{figure}" for figure in Changed} | {f"move.{kind}" for kind in MoveKind}
    assert wanted - set(re.findall(r'^  "([\w.]+)":', text, re.MULTILINE)) == set()
