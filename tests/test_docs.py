"""The pages say what is there: settings, columns, commands, links."""

import re
from pathlib import Path

import pytest

from server.cli.commands import PLACES
from server.cli.scenario.screen import PAPER_REFERENCE
from server.exports.codebook import documented
from server.settings import PREFIX, Settings
from tests.client.translations import words

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def rows_of(page: str) -> dict[str, str]:
    """Give a page's table rows by the name in their first cell."""
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", (ROOT / page).read_text(), re.MULTILINE)
    return dict(rows)


def test_operators_are_told_every_setting_and_its_default() -> None:
    told = rows_of("docs/operators.md")
    assert set(told) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, (int, float, str)):
            assert re.search(rf"(?<!\d)`?{field.default}`? \|", told[PREFIX + name.upper()])


def test_researchers_are_told_every_column() -> None:
    page = (ROOT / "docs/codebook.md").read_text()
    assert page == documented(), "make it again: uv run python -m server.exports > docs/codebook.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_one(page: Path) -> None:
    typed = re.findall(r"^ *(?:uv run )?detente (\w+)", page.read_text(), re.MULTILINE)
    assert [name for name in typed if name not in PLACES] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_that_cites_the_paper_leads_to_its_full_reference(page: Path) -> None:
    text = page.read_text()
    is_story = page.name in ("CHANGELOG.md", "references.md")
    assert is_story or "Khan 2025" not in text or "references.md" in text


def test_the_papers_reference_is_the_same_wherever_it_is_given() -> None:
    page = " ".join((ROOT / "docs/references.md").read_text().split())
    assert PAPER_REFERENCE in page
    assert {words(each)["about.paper.reference"] for each in ("en", "ur")} == {PAPER_REFERENCE}


def test_every_fact_of_the_rules_names_a_test_that_is_there() -> None:
    page = (ROOT / "docs/theory.md").read_text()
    rows = re.findall(r"^\| (\d) \| .+ \| `([\w/]+\.py)::(test_\w+)` \|$", page, re.MULTILINE)
    assert len(rows) >= 60
    assert {section for section, _, _ in rows} == set("2345678")
    lost = [
        (path, name)
        for _, path, name in rows
        if f"def {name}(" not in (ROOT / "tests" / path).read_text()
    ]
    assert lost == []


def test_the_paper_s_map_leads_to_screens_that_there_are() -> None:
    page = (ROOT / "docs/paper.md").read_text()
    tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    assert len(tables) == 5
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-"): part
        for title, part in re.findall(r"^### (.+)\n\n(.+)$", page, re.MULTILINE)
    }
    named = set()
    for table in tables:
        head, _, *rows = (line.strip("|\n ").split(" | ") for line in table.splitlines())
        for row in rows:
            cell = row[head.index("screen")]
            assert re.fullmatch(r"(?:\[[^\]]+\]\(#[^)]+\)(?:, )?)+", cell), row[0]
            links = re.findall(r"\(#([^)]+)\)", cell)
            named |= set(links)
    assert {x for x in named if "/client/web/src/" not in anchors.get(x, "")} == set()
    assert named == {x for x, part in anchors.items() if "/client/web/src/" in part}
