"""Urdu as a lecturer writes it: one term per concept, respectful, and right for women and men."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.client.translations import story, words
from tests.language.readers import forms, of_the_debrief

PLACEHOLDER = re.compile(r"\{\w+\}")
LETTER = "[\u0600-\u06ff]"

POSTPOSITION = rf"(?:میں|کا|کی|کے|کو|سے|پر|نے|تک)(?!{LETTER})"
TITLES = "arena|places|pact|phase|news|move|title|binding|lens|term|game|scenario|what|moment|room"
PEOPLE = "name|names|seat|giver|who|a|b|from|to|country|proposer|victim|other|outsider|best|worst"

ODDITIES = {
    "marks, letters or digits of Arabic": re.compile("[«»\u064a\u0643\u0660-\u0669]"),
    "a title before a postposition, which inflects it": re.compile(
        rf"\{{(?:{TITLES})\}} {POSTPOSITION}"
    ),
    "a gendered verb after a name": re.compile(
        rf"\{{(?:{PEOPLE})\}}(?! (?:نے|کا|کی|کے|کو|سے|پر|اور|بمقابلہ))"
        rf"[^۔:؛،؟{{]*(?:تا|تی|تے|گیا|گئی|گئے|والا|والی)(?: (?:ہے|ہیں|تھا|تھی|ہو))?(?!{LETTER})"
    ),
    "a gendered verb after you": re.compile(
        "(?:^|[۔؛:،] )آپ (?!کے|کا|کی|کو|سے|پر|نے|اور)[^۔؛:،]*(?:تے|تی) ہیں"
    ),
    "an author without the plural of respect": re.compile(
        "خان 2025[^:۔”]*(?:کہتا|لیتا|بتاتا|گنتا|دیتا|کرتا|لکھتا) ہے"
    ),
    "Persian of": re.compile(r"از \{"),
}
SPOKEN_TO_A_STATE = "sentence."
"""A sentence of a bot speaks to a country, and a country may take a verb with a gender."""


class Pair(NamedTuple):
    """A text in both languages. key: of the catalogue, or empty for a long text."""

    key: str
    english: str
    urdu: str


class Concept(NamedTuple):
    """A row of the glossary. `never`: words that are in no text at all."""

    english: re.Pattern[str]
    urdu: tuple[str, ...]
    not_here: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    keys: re.Pattern[str] | None


@cache
def pairs() -> tuple[Pair, ...]:
    """Give every text that is in both languages; a plural as one text."""
    english, urdu = ({**words(x), **of_the_debrief(x)} for x in ("en", "ur"))
    labels = (Pair(key, plain(english[key]), plain(urdu[key])) for key in english if key in urdu)
    return (*labels, *(Pair("", *each) for each in story("ur").items()))


def plain(text: object) -> str:
    """Give a word of a catalogue as one text without its placeholders."""
    return PLACEHOLDER.sub("{}", " / ".join(forms(text)))


@cache
def concepts() -> tuple[Concept, ...]:
    """Read the glossary."""
    rows = tomllib.loads(Path(__file__).with_name("glossary.toml").read_text("utf-8"))["concept"]
    return tuple(
        Concept(
            re.compile(rf"(?<!\w)(?:{row['english']})(?!\w)", re.IGNORECASE),
            tuple(row.get("urdu", ())),
            tuple(map(whole, row.get("not", ()))),
            tuple(map(whole, row.get("nowhere", ()))),
            re.compile(row["keys"]) if "keys" in row else None,
        )
        for row in rows
    )


def whole(term: str) -> re.Pattern[str]:
    """Match an Urdu term as a whole word."""
    return re.compile(rf"(?<!{LETTER}){term}(?!{LETTER})")


def faults_of(pair: Pair, concept: Concept) -> Iterator[str]:
    """Yield what is wrong with a text by a row of the glossary."""
    place = f"{pair.key or pair.english[:60]}: {pair.urdu}"
    if any(term.search(pair.urdu) for term in concept.never):
        yield f"a rejected word in {place}"
    counts = concept.keys is None or (pair.key and concept.keys.match(pair.key))
    if counts and (found := concept.english.search(pair.english)):
        if concept.urdu and not any(term in pair.urdu for term in concept.urdu):
            yield f"“{found[0]}” is not “{concept.urdu[0]}” in {place}"
        if any(term.search(pair.urdu) for term in concept.not_here):
            yield f"“{found[0]}” has a rejected word in {place}"


@pytest.mark.slow
def test_each_concept_has_one_urdu_term() -> None:
    assert [fault for c in concepts() for pair in pairs() for fault in faults_of(pair, c)] == []


def test_another_term_for_a_concept_is_found() -> None:
    bots = next(each for each in concepts() if each.english.search("bots"))
    told = list(faults_of(Pair("a.key", "Put a bot there.", "وہاں بوٹ بٹھائیں۔"), bots))
    assert told == [
        "a rejected word in a.key: وہاں بوٹ بٹھائیں۔",
        "“bot” is not “کمپیوٹر” in a.key: وہاں بوٹ بٹھائیں۔",
    ]


@pytest.mark.slow
def test_every_row_of_the_glossary_is_used() -> None:
    counted = {
        each.english.pattern: sum(
            each.english.search(pair.english) is not None
            for pair in pairs()
            if each.keys is None or (pair.key and each.keys.match(pair.key))
        )
        for each in concepts()
    }
    assert [english for english, count in counted.items() if count == 0] == []


@pytest.mark.parametrize("oddity", ODDITIES)
def test_no_urdu_text_has(oddity: str) -> None:
    told = [(key, form) for key, text in words("ur").items() for form in forms(text)]
    told += story("ur").items()
    assert [
        (key, text)
        for key, text in told
        if ODDITIES[oddity].search(text) and not key.startswith(SPOKEN_TO_A_STATE)
    ] == []


@pytest.mark.parametrize(
    ("oddity", "text"),
    [
        ("marks, letters or digits of Arabic", "«واپس»"),
        ("a title before a postposition, which inflects it", "{arena} میں تعاون"),
        ("a gendered verb after a name", "{name} چنتا ہے۔"),
        ("a gendered verb after a name", "{name} آ گیا"),
        ("a gendered verb after you", "آپ دیکھتے ہیں۔"),
        ("an author without the plural of respect", "خان 2025 اسے مثال کہتا ہے"),
        ("Persian of", "دور 5 از {count}"),
    ],
)
def test_an_oddity_is_found(oddity: str, text: str) -> None:
    assert ODDITIES[oddity].search(text)
