"""The instructor's notes say of each region what its file and the table of scenarios say."""

import re
from pathlib import Path

import pytest

from game_rules.scenario_files.scenarios import load_scenario

DOCS = Path(__file__).parents[1] / "docs"
NOTES = (DOCS / "instructors.md").read_text("utf-8")
TABLE = (DOCS / "scenario-table.md").read_text("utf-8")
REGIONS = dict(re.findall(r"^## (.+)\n\n`(\w+)`$", TABLE, re.MULTILINE))
ROWS = re.findall(r"^\| \[.+?\]\(#(.+?)\) \| (\d+) \| (\w+) \|", NOTES, re.MULTILINE)
PREVAILS_FROM = 45
"""Per cent of matches."""


def anchor(heading: str) -> str:
    """Give the anchor of a heading, as pages are linked."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def prevailing(title: str) -> str:
    """Give the outlook of most matches of mixed doctrines, if there are enough of them."""
    part = TABLE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    (cells,) = re.findall(r"^\| mixed doctrines \|(.+)\|$", part, re.MULTILINE)
    shares = [int(each) for each in re.findall(r"(\d+)%", cells)]
    words = ("optimistic", "contested", "pessimistic")
    most, word = max(zip(shares, words, strict=True))
    return word if most >= PREVAILS_FROM else "none"


def test_there_is_a_note_of_every_region():
    noted = [anchor(x) for x in re.findall(r"^## (.+)$", NOTES, re.MULTILINE)]
    regions = {anchor(x) for x, name in REGIONS.items() if load_scenario(name).monitoring < 1}
    assert set(noted) == regions
    assert [name for name, _, _ in ROWS] == noted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_note_says_how_many_play_and_what_prevails(row: tuple[str, str, str]):
    title = next(x for x in REGIONS if anchor(x) == row[0])
    seats = load_scenario(REGIONS[title]).seats
    assert row[1:] == (str(len(seats)), prevailing(title))


@pytest.mark.parametrize("part", ["Lesson", "What usually happens", "What goes wrong", "Ask"])
def test_every_note_has_its_four_parts(part: str):
    assert NOTES.count(f"- **{part}.**") == len(ROWS) == 9
