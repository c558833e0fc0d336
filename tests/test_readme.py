"""The README's tables of folders, and of places to find, are true of the repository."""

import re
import subprocess
import tomllib
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PARTS = ("game_rules", "server", "client")


def section(heading: str) -> str:
    """Give the text under a heading of third order."""
    return re.split(r"^##", PAGE.split(f"\n### {heading}")[1], maxsplit=1, flags=re.MULTILINE)[0]


def told(part: str) -> list[str]:
    """Give a part's folders as the README lists them."""
    return re.findall(r"^\| `([\w/]+)/` \| .+ \|$", section(f"`{part}/`"), re.MULTILINE)


def folders(part: str) -> set[str]:
    """Give a part's folders that hold committed files directly, relative to the part."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", part], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [PurePosixPath(name) for name in listed.stdout.split("\0") if name]
    sources = [file.relative_to(part).parent for file in files if (ROOT / file).is_file()]
    return {str(folder) for folder in sources} - NO_SOURCES


NO_SOURCES = {".", "web", "web/public", "web/src"}
"""The parts themselves, and what belongs to the client's build."""


@pytest.mark.parametrize("part", PARTS)
def test_the_readme_lists_every_folder_once_and_no_other(part: str) -> None:
    assert sorted(told(part)) == sorted(folders(part))


def ladders() -> dict[str, list[list[str]]]:
    """Give the floors of each ladder, the lowest first, by the folder that holds it."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    found = {
        one["containers"][0].replace(".", "/"): [x.split(" | ") for x in reversed(one["layers"])]
        for one in contracts
        if one["type"] == "layers"
    }
    rules = (ROOT / "client/web/.dependency-cruiser.mjs").read_text(encoding="utf-8")
    rows = re.split(r"^\];", rules.split("const LAYERS = [")[1], flags=re.MULTILINE)[0]
    browser = [re.findall(r'"(\w+)"', row) for row in rows.strip().splitlines()]
    return {**found, "client/web/src": browser}


@pytest.mark.parametrize("holder", ladders())
def test_the_readme_lists_folders_from_the_bottom_up(holder: str) -> None:
    part, *inner = holder.split("/")
    floor_of = {
        "/".join([*inner, name]): floor
        for floor, names in enumerate(ladders()[holder])
        for name in names
    }
    listed = [floor_of[folder] for folder in told(part) if folder in floor_of]
    assert listed
    assert listed == sorted(listed)


def test_what_is_to_be_found_in_one_minute_is_there() -> None:
    rows = section("Find in one minute")
    places = re.findall(r"`([\w/]+\.py)`: `(\w+)`", rows)
    assert len(places) >= rows.count("\n| ") - 2
    for file, name in places:
        assert re.search(
            rf"^ *(async def|def|class) {name}\(", (ROOT / file).read_text(), re.MULTILINE
        ), name
