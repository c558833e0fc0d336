"""Translations of names and long texts of scenarios and bots: sound where they are, else listed."""

import re
import warnings

import pytest

from tests.client.translations import (
    languages,
    list_names,
    list_stories,
    list_words,
    names_of_the_rules,
    parts,
    report,
    stories_of_the_rules,
    story,
    texts_of,
    words,
)
from tests.game_rules.rulesets.first import shipped as first
from tests.game_rules.rulesets.second.shipped import NAMES, shipped

SCRIPTS = {"ur": re.compile(r"[\u0600-\u06ff]")}
"""Letters of the languages whose letters are not Latin ones."""


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_scenario_of_rules_2_is_in_urdu(name: str) -> None:
    scenario, known = shipped(name), story("ur")
    texts = set(texts_of(scenario))
    assert sorted(texts - set(known)) == []
    summary = f"scenario.{name}.summary"
    assert words("en")[summary] == scenario.summary
    names = {summary, *(f"country.{x.seat}" for x in scenario.players)}
    names |= {f"arena.{x.name}" for x in scenario.arenas}
    assert sorted(names - set(words("ur"))) == []


@pytest.mark.parametrize("name", first.NAMES)
def test_a_match_of_rules_1_keeps_its_urdu(name: str) -> None:
    scenario, known = first.shipped(name), story("ur")
    assert sorted({scenario.summary, *texts_of(scenario)} - set(known)) == []
    assert sorted({f"arena.{x.name}" for x in scenario.arenas} - set(words("ur"))) == []


def test_what_is_not_translated_is_listed_and_no_failure() -> None:
    if listed := report():
        command = "uv run python -m tests.client.translations"
        count = len(listed.splitlines())
        warnings.warn(f"{count} names or texts are shown in English: {command}", stacklevel=1)


@pytest.mark.parametrize("language", languages())
def test_a_text_without_its_translation_is_listed(language: str) -> None:
    wanted = stories_of_the_rules()
    full = dict.fromkeys(wanted, "…")
    assert list_stories(full) == ([], [])
    lost = full.popitem()[0]
    listed = [f"{wanted[lost]}: {lost}"]
    assert list_stories({**full, "A text of yore": "…"}) == (listed, ["A text of yore"])
    assert set(story(language)) & set(full)


@pytest.mark.parametrize("language", languages())
def test_a_text_stands_in_the_part_of_its_scenario(language: str) -> None:
    where = stories_of_the_rules()
    strays = {
        text: (name, where[text])
        for name, part in parts(language).items()
        for text in part
        if where.get(text, name) != name
    }
    assert strays == {}


def test_a_name_without_its_translation_is_listed() -> None:
    full = names_of_the_rules()
    assert list_names(full) == ([], [])
    changed = {**full, "arena.code_of_conduct": "Another name", "scenario.yore.title": "Of yore"}
    assert list_names(changed) == (
        [f"arena.code_of_conduct: {full['arena.code_of_conduct']}"],
        ["scenario.yore.title"],
    )
    assert set(words("en")) & set(full)


@pytest.mark.parametrize("language", languages())
def test_every_translation_is_in_its_script_and_keeps_its_years(language: str) -> None:
    for text, translation in story(language).items():
        assert language not in SCRIPTS or SCRIPTS[language].search(translation), text
        years = re.findall(r"\b(?:19|20)\d\d\b", text)
        assert [year for year in years if year not in translation] == [], text


def test_every_recommendation_keeps_its_number_in_urdu() -> None:
    for text, translation in story("ur").items():
        numbers = re.findall(r"recommendation (\d)", text)
        assert [n for n in numbers if f"سفارش {n}" not in translation] == [], text


def test_a_word_of_the_browser_without_its_translation_is_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogues = {"en": {"here": "Here", "gone": "Gone"}, "xx": {"here": "Xere", "old": "Xold"}}
    monkeypatch.setattr("tests.client.translations.words", catalogues.__getitem__)
    assert list_words("xx") == (["gone: Gone"], ["old"])
