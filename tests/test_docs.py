"""The pages say what is there: settings, columns, commands, links."""

import re
from pathlib import Path

import pytest

from server.cli.commands import PLACES
from server.exports.decisions import COLUMNS
from server.exports.moves import FORECAST_COLUMNS, MOVE_COLUMNS
from server.exports.negotiation import PLEDGE_COLUMNS, TALK_COLUMNS
from server.exports.pages import LINEAGE_COLUMNS, MATCH_COLUMNS
from server.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
SHARED = {*MATCH_COLUMNS, *LINEAGE_COLUMNS}
"""Columns that every table of an export has; the page tells of them once."""

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


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Columns of the table", COLUMNS),
        ("Columns of the talk", TALK_COLUMNS),
        ("Columns of the pledges", PLEDGE_COLUMNS),
        ("Columns of the moves", MOVE_COLUMNS),
        ("Columns of the forecasts", FORECAST_COLUMNS),
    ],
)
def test_researchers_are_told_every_column(heading: str, columns: tuple[str, ...]) -> None:
    section = (ROOT / "docs/exports.md").read_text().split(f"## {heading}")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    told = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    own = tuple(name for name in columns if columns is COLUMNS or name not in SHARED)
    assert tuple(name for name in told if name in own) == own
    assert set(told) <= set(columns)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_one(page: Path) -> None:
    typed = re.findall(r"^ *(?:uv run )?detente (\w+)", page.read_text(), re.MULTILINE)
    assert [name for name in typed if name not in PLACES] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


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
