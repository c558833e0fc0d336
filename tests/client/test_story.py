"""The long texts of shipped scenarios and bots in Urdu: all of them, and nothing that is gone."""

import json
import re
from collections.abc import Iterator

import pytest

from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.strategies import strategies
from tests.client.web import WEB

ARABIC = re.compile(r"[\u0600-\u06ff]")


def texts(scenario: Scenario) -> Iterator[str]:
    """Give what people read of a scenario beside its names."""
    yield from scenario.briefing
    yield from scenario.questions
    yield from (player.brief for player in scenario.players)
    for arena in scenario.arenas:
        yield arena.about
        yield from (ground.source for ground in arena.grounds)
    for inject in scenario.deck:
        yield from (inject.title, inject.text)


def of_bots() -> set[str]:
    """Give what is said of each built-in bot; doctrines' words are in the catalogue of names."""
    return {strategy.about for strategy in strategies() if strategy.doctrine is None}


@pytest.fixture(scope="module")
def story() -> dict[str, str]:
    return json.loads((WEB / "src" / "i18n" / "story.ur.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", scenario_names())
def test_every_text_of_a_shipped_scenario_is_told_in_urdu(name: str, story: dict[str, str]) -> None:
    assert [text for text in texts(shipped_scenario(name)) if text not in story] == []


def test_every_bot_is_described_in_urdu(story: dict[str, str]) -> None:
    assert of_bots() - set(story) == set()


def test_no_text_is_kept_that_is_gone(story: dict[str, str]) -> None:
    known = {text for name in scenario_names() for text in texts(shipped_scenario(name))}
    known |= of_bots()
    assert [text for text in story if text not in known] == []


def test_every_translation_is_in_urdu_and_keeps_its_years_and_numbers(
    story: dict[str, str],
) -> None:
    for text, urdu in story.items():
        assert ARABIC.search(urdu), text
        years = re.findall(r"\b(?:19|20)\d\d\b", text)
        recommended = re.findall(r"recommendation (\d)", text)
        kept = [*years, *(f"سفارش {number}" for number in recommended)]
        assert [part for part in kept if part not in urdu] == [], text
