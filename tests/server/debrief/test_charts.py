"""The charts of a debrief tell start from end, and one line from another, without colour."""

import re

import pytest

from server.debrief.charts import charts_of
from server.debrief.drawing import LETTER, style
from server.debrief.words import LANGUAGES, Words
from tests import debrief_example

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, str]]:
    debrief = debrief_example.debrief()
    exhibits = {each.name: each for each in debrief.exhibits}
    return {
        language: dict(charts_of(exhibits, Words(language, debrief.scenario, debrief.arenas)))
        for language in LANGUAGES
    }


def test_a_start_is_an_open_circle_and_an_end_is_none(drawn: dict[str, dict[str, str]]):
    for key in ("chart.compass", "chart.tension"):
        picture = drawn["en"][key]
        starts = re.findall(r'<circle [^>]*fill="#fff"[^>]*class="start"/>', picture)
        ends = re.findall(r'<(?:polygon|rect) [^>]*class="end"/>', picture)
        assert len(starts) == len(ends) > 3


def test_trust_and_tension_have_a_key_and_differ_by_their_dashes(drawn: dict[str, dict[str, str]]):
    picture = drawn["en"]["chart.tension"]
    assert re.findall(r">(trust|tension)</text>", picture) == ["trust", "tension"]
    assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', picture))) == 2


def test_curves_differ_by_their_dashes_and_their_names_show_them(drawn: dict[str, dict[str, str]]):
    dashes = re.findall(r'stroke-dasharray="([^"]+)"', drawn["en"]["chart.parts"])
    assert dashes[:5] == [style(x).dashes for x in range(5)]
    assert sorted(dashes[5:]) == sorted(dashes[:5])
    assert len(set(dashes[:5])) == 5


def test_broken_pacts_are_striped_and_the_title_says_so(drawn: dict[str, dict[str, str]]):
    picture = drawn["en"]["chart.pacts"]
    bars = re.findall(r'<rect [^>]*height="13" fill="([^"]+)"', picture)
    assert {x.startswith("url(#stripes)") for x in bars} == {True, False}
    assert "striped" in picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_cut(drawn: dict[str, dict[str, str]], language: str):
    for picture in drawn[language].values():
        assert "…" not in picture
        width = float(re.findall(r'viewBox="0 0 ([\d.]+)', picture)[0])
        for x, anchor, words in re.findall(
            r'<text x="([\d.-]+)" y="[^"]+" text-anchor="(\w+)">([^<]*)</text>', picture
        ):
            long = LETTER * len(words.strip("\u2068\u2069"))
            left = float(x) - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
            assert left >= -1, words
            assert left + long <= width + 1, words
