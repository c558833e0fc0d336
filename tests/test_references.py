"""Every source that the rules name is in the list of references, which names no other."""

import re
from pathlib import Path

import pytest
import yaml

from server.version import SOFTWARE_VERSION

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "references.md"
NAME = r"(?:Dal )?[A-Z][A-Za-zà-ž]+(?:-[A-Z][a-z]+)?"
CITED = re.compile(rf"\b({NAME}(?:(?:, {NAME})* & {NAME}| et al\.)?),? \(?((?:1[89]|20)\d\d)\b")
ENTRY = re.compile(r"^- \*\*(.+?)\.\*\*", re.MULTILINE)
NO_WORKS = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December|Act"
    r"|Index|MoU|Organization|Treaties|Yearbook|SEATO|ASGI) \d+"
)
"""What has a year and is no work: dates, treaties, data sets, strategies."""

STRATEGIES = ROOT / "game_rules" / "strategies"
READ = [
    *(x for x in (ROOT / "game_rules").rglob("*.py") if not x.is_relative_to(STRATEGIES)),
    *(ROOT / "game_rules" / "scenarios").glob("*.toml"),
    *(
        ROOT / "docs" / f"{name}.md"
        for name in (
            "rules",
            "paper",
            "theory",
            "scenarios",
            "evidence",
            "experiments",
            "instructors",
        )
    ),
]


def cited(text: str) -> set[str]:
    """Find the works that a text names; a year after a comma has the author before it."""
    joined = re.sub(rf"({NAME}) and ({NAME} \d)", r"\1 & \2", " ".join(text.split()))
    found = {f"{authors} {year}" for authors, year in CITED.findall(joined)}
    for authors, first, more in re.findall(rf"({NAME}) (\d{{4}}), (\d{{4}})\b", joined):
        found |= {f"{authors} {first}", f"{authors} {more}"}
    return {each for each in found if not NO_WORKS.fullmatch(each)}


WORKS = set(ENTRY.findall(PAGE.read_text("utf-8")))


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_work_that_is_named_is_listed(path: Path):
    assert cited(path.read_text("utf-8")) - WORKS == set()


@pytest.mark.slow
def test_nothing_is_listed_that_is_not_named():
    named = set().union(*(cited(path.read_text("utf-8")) for path in READ))
    assert WORKS - named == set()


def test_entries_begin_with_their_first_author_and_stand_in_order():
    for part in PAGE.read_text("utf-8").split("\n## ")[1:]:
        names = ENTRY.findall(part)
        assert names == sorted(names, key=_by_author)
    for name, entry in re.findall(r"- \*\*(\w+).*?\.\*\* ✓? ?(\w+)", PAGE.read_text("utf-8")):
        assert name == entry


def _by_author(name: str) -> tuple[str, bool, str]:
    """Sort by the first author, whose works alone come first."""
    first, *_ = re.split(r"[ ,]", name)
    return first, "&" in name or "et al." in name, name


def test_the_file_for_citing_is_of_this_version_and_of_the_paper():
    file = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert file["version"] == SOFTWARE_VERSION
    assert file["references"][0]["authors"][0]["family-names"] == "Khan"
    assert (
        file["references"][0]["title"].lower() in " ".join(PAGE.read_text("utf-8").split()).lower()
    )
