"""The page of a debrief: each sentence leads to evidence that says the same numbers."""

import re
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.debrief.debrief import debrief_of
from game_rules.log.evolve import fold
from game_rules.notation.notation import read_notation
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.populations import population
from game_rules.scenario_files.scenarios import load_scenario
from server.debrief.page import write_page
from server.version import SOFTWARE_VERSION
from tests.debrief_example import LANGUAGES, MATCH, debriefed, page_of, played

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


class Reader(HTMLParser):
    """Reads the sentences of a page with their links, and the text of every element with an id."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[tuple[list[str], list[str]]] = []
        self.text_of: defaultdict[str, str] = defaultdict(str)
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.ways_back: defaultdict[str, set[str]] = defaultdict(set)
        self.addresses: list[str] = []
        self._open: list[tuple[str, str | None, bool]] = []
        self._is_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.addresses += [x for x in (given.get("href"), given.get("src")) if x]
        is_sentence = given.get("class") == "remark"
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and any(each[0] == "td" for each in self._open):
            rows = (name for each, name, _ in reversed(self._open) if each in ("tr", "tbody"))
            row = next(filter(None, rows))
            self.ways_back[row].add((given.get("href") or "").removeprefix("#"))
        if is_sentence:
            self.sentences.append(([], []))
        if tag == "a" and any(each[2] for each in self._open):
            self.sentences[-1][1].append((given.get("href") or "").removeprefix("#"))
            self._is_mark = given.get("class") == "mark"
        if tag not in ("meta", "line", "circle", "rect", "polyline", "polygon"):
            self._open.append((tag, given.get("id"), is_sentence))
        if given.get("id"):
            self.text_of[given["id"] or ""] += " "

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        self._is_mark = False

    def handle_data(self, data: str) -> None:
        for _, name, is_sentence in self._open:
            if name:
                self.text_of[name] += f" {data}"
            if is_sentence and not self._is_mark:
                self.sentences[-1][0].append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def require_evidence(reader: Reader) -> None:
    """Require that each sentence leads to elements that hold its numbers."""
    require_sentences(reader, 20)


def require_sentences(reader: Reader, least: int) -> None:
    assert len(reader.sentences) > least
    for pieces, links in reader.sentences:
        sentence = "".join(pieces)
        assert links, sentence
        assert [link for link in links if link not in reader.text_of] == []
        held = NUMBER.findall(" ".join(reader.text_of[link] for link in links))
        told = NUMBER.findall(FIXED.sub("", sentence))
        assert [number for number in told if number not in held] == [], sentence


FIXED = re.compile(r"Recommendation \d|سفارش \d|of 100|100 میں سے")
"""Numbers of the words themselves: they are no figures of the match."""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return debriefed()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_of_the_example_leads_to_its_numbers(pages: dict[str, str], language: str):
    require_evidence(read(pages[language]))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_of_evidence_leads_back_to_where_it_is_told_of(
    pages: dict[str, str], language: str
):
    reader = read(pages[language])
    assert len(set(reader.ids)) == len(reader.ids)
    told = [x for x in reader.ids if x.startswith("said-")]
    assert len(told) == len(reader.sentences)
    for address, (_, links) in zip(told, reader.sentences, strict=True):
        part = address.rsplit("-", 1)[0]
        for link in links:
            assert any(back.startswith(f"{part}-") for back in reader.ways_back[link]), address
    assert {back for each in reader.ways_back.values() for back in each} <= set(told)


@pytest.mark.slow
def test_a_sentence_with_another_number_is_found(pages: dict[str, str]):
    wrong = pages["en"].replace(
        '">The region ended at <bdi dir="ltr">', '">It ended at 1234.5 <bdi>'
    )
    assert wrong != pages["en"]
    with pytest.raises(AssertionError):
        require_evidence(read(wrong))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_what_the_command_makes(pages: dict[str, str], language: str):
    stored = page_of(language).read_text("utf-8")
    version = re.compile(r"Détente \d+\.\d+\.\d+")
    assert version.sub("", stored) == version.sub("", pages[language])
    assert SOFTWARE_VERSION in stored


def test_the_match_of_the_example_comes_from_its_seed():
    assert MATCH.read_text("utf-8") == played()


@pytest.mark.slow
def test_the_page_needs_nothing_else(pages: dict[str, str]):
    reader = read(pages["en"])
    assert not reader.tags & {"script", "link", "img", "iframe"}
    assert {address[0] for address in reader.addresses} == {"#"}
    assert [x for x in reader.addresses if x[1:] not in reader.text_of] == []


def test_names_are_shown_and_left_out():
    head, ended = "detente-notation/1\nscenario: chicken", "facilitator end_match\nend:\n"
    log = read_notation(f"{head}\n1. | ROW C; COLUMN D | {ended}")
    debrief, holders = debrief_of(log), fold(log).holders
    named = {seat: replace(holder, name="Amna <b>") for seat, holder in holders.items()}
    assert "Amna &lt;b&gt;" in write_page(debrief, "en", "1", named)
    assert "Amna" not in write_page(debrief, "en", "1", {})


@pytest.mark.slow(measured=True)
def test_players_of_a_class_in_pairs_are_numbered_in_urdu():
    scenario = population(load_scenario("chicken"), 4, Pairing.ROUND_ROBIN, "7")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "7")
    page = write_page(debrief_of(log), "ur", "1", {})
    assert "کھلاڑی 3" in page
    require_evidence(read(page))
