"""Translations of names and long texts of scenarios and bots: sound where they are, else listed."""

import json
import re
import warnings

import pytest

from tests.client.translations import (
    languages,
    list_names,
    list_stories,
    list_words,
    names_of_the_rules,
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


NOT_URDU = re.compile("[«»\u064a\u0643\u0660-\u0669]")
"""Quotation marks, letters and digits of Arabic that Urdu writes otherwise."""
GENDERED = re.compile("(?:^|[۔؛:،] )آپ (?!کے|کا|کی|کو|سے|پر|نے|اور)[^۔؛:،]*(?:تے|تی) ہیں")
"""You with a verb that says whether you are a man or a woman: half of the students are women."""

OTHER_WORDS = re.compile("میدان|تناؤ|چال(?:یں|وں)?(?![ا-ی])")
"""Second words for an arena, tension and a move, which are معاملہ, کشیدگی and اقدام."""


def test_an_arena_tension_and_a_move_have_one_word_each_in_urdu() -> None:
    said = {key: json.dumps(text, ensure_ascii=False) for key, text in words("ur").items()}
    assert {key: text for key, text in said.items() if OTHER_WORDS.search(text)} == {}


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
    assert [text for text in texts if NOT_URDU.search(known[text])] == []
    assert [known[text] for text in texts if GENDERED.search(known[text])] == []


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
    full = dict.fromkeys(stories_of_the_rules(), "…")
    assert list_stories(full) == ([], [])
    lost = full.popitem()[0]
    assert list_stories({**full, "A text of yore": "…"}) == ([lost], ["A text of yore"])
    assert set(story(language)) & set(full)


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
