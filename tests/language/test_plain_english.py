"""Plain English wherever a user reads: no invented words, short sentences, one word a thing."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.language.readers import Passage, helps, labels, passages

HERE = Path(__file__).parent
LONGEST_SENTENCE = 20
"""Words, in the browser."""

LONG: dict[str, str] = {}
"""Catalogue keys with a longer sentence, and why."""

LETTERS = re.compile(r"(?<![-\w])[CD]\b")
MASKED_COUNTRY = "country.X"


class Ban(NamedTuple):
    """An invented word and the plain one. kinds: of texts; none are all."""

    pattern: re.Pattern[str]
    instead: str
    kinds: frozenset[str]


@cache
def bans() -> tuple[Ban, ...]:
    """Read the list of invented words."""
    rows = tomllib.loads((HERE / "banned.toml").read_text("utf-8"))["banned"]
    return tuple(
        Ban(
            re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE),
            row["instead"],
            frozenset(row.get("only", ())),
        )
        for row in rows
    )


def faults_of(passage: Passage) -> list[str]:
    """Name the invented words of a text, each with the plain one."""
    return [
        f"{passage.place}: “{found[0]}”: {ban.instead}"
        for ban in bans()
        if not ban.kinds or passage.kind in ban.kinds
        for found in ban.pattern.finditer(passage.text)
    ]


@pytest.mark.slow
def test_no_text_has_an_invented_word() -> None:
    assert [fault for passage in passages() for fault in faults_of(passage)] == []


def test_an_invented_word_is_found_with_its_place_and_the_plain_one() -> None:
    said = [Passage("words", "a.key", "Deal anew"), Passage("help", "play", "5 points a round")]
    assert [fault for passage in said for fault in faults_of(passage)] == [
        "a.key: “anew”: again",
        "play: “points a round”: per",
    ]


def test_a_word_that_is_banned_in_the_browser_alone_is_free_elsewhere() -> None:
    text = "The round is open."
    assert faults_of(Passage("words", "key", text))
    assert faults_of(Passage("pages", "rules.md", text)) == []


@pytest.mark.slow
def test_every_kind_of_text_is_read() -> None:
    assert {passage.kind for passage in passages()} == {
        "words",
        "help",
        "pages",
        "scenarios",
        "messages",
    }


def sentences(text: str) -> list[str]:
    """Split a text into lines, sentences and clauses with a colon or semicolon."""
    return re.split(r"(?<=[.!?:;])\s+|\n", text)


def test_a_sentence_of_the_browser_has_at_most_twenty_words() -> None:
    long = {
        label.place: sentence
        for label in labels()
        for sentence in sentences(label.text)
        if len(sentence.split()) > LONGEST_SENTENCE
    }
    assert {key: text for key, text in long.items() if key not in LONG} == {}
    assert set(LONG) <= set(long), "LONG names a sentence that is short now"


def test_the_two_actions_are_written_out() -> None:
    letters = [
        f"{each.place}: {each.text}"
        for each in (*labels(), *helps())
        if LETTERS.search(each.text) and not each.place.startswith(MASKED_COUNTRY)
    ]
    assert letters == []
