"""The house rules: what the linters, the type checker and the import contracts say."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

TY = ["-m", "ty", "check", "--output-format", "concise"]
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--quiet", "--diff", "."],
    "ty of the packages": [*TY, "game_rules", "server", "client"],
    "ty": TY,
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as l; l()"],
}


@pytest.mark.parametrize(
    "check", [pytest.param(x, marks=pytest.mark.slow) if x == "ty" else x for x in CHECKS]
)
def test_a_checker_finds_nothing(check: str) -> None:
    command = [sys.executable, *CHECKS[check]]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{check} found:\n{ran.stdout}{ran.stderr}"


def committed(*patterns: str) -> list[Path]:
    """List the files of the repository that git keeps."""
    command = ["git", "ls-files", "-z", *patterns]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in ran.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def parsed(path: Path) -> ast.Module:
    """Read a module's tree; several tests look at each."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", ["game_rules", "server", "client"])
def test_no_file_is_so_long_that_it_should_be_two(package: str) -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in committed(f"{package}/*.py")}
    assert [path for path, length in lengths.items() if length > LONGEST_FILE] == []


@pytest.mark.slow
def test_no_module_gives_one_name_two_values() -> None:
    """No linter says so of a constant; the later one holds, and the earlier one is read."""
    twice = []
    for path in committed("*.py"):
        body = parsed(path).body
        given = [each.targets[0] for each in body if isinstance(each, ast.Assign)]
        names = [name.id for name in given if isinstance(name, ast.Name)]
        twice += [f"{path.name}: {name}" for name in set(names) if names.count(name) > 1]
    assert twice == []


def test_no_lock_file_names_where_packages_came_from() -> None:
    locks = committed("*lock.json", "*.lock")
    assert locks
    assert [path for path in locks if '"resolved"' in path.read_text()] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    homes = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
    texts = committed("*.py", "*.ts", "*.svelte", "*.md", "*.toml", "*.json", "*.yml")
    assert [path for path in texts if homes.search(path.read_text())] == []


TWINS = {
    "Generation": "a generation of a search, and its entry in the result document",
    "MatchPaused": "the event of a pause, and the refusal of a command during one",
    "NameTaken": "raised where names are compared, and by a remote bot that is told so",
    "Membership": "of a country in blocs, and of a person in a seminar, as both are sent",
    "Treatment": "what a treatment changes, and a seminar's treatment under its name",
}
"""Names that two classes share, and why."""


@pytest.mark.slow
def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for path in committed("game_rules/*.py", "server/*.py", "client/*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                places.setdefault(node.name, []).append(place)
    shared = {name: found for name, found in places.items() if len(found) > 1}
    unknown = {name: found for name, found in shared.items() if name not in TWINS}
    assert not unknown, f"rename all but one class of each name, or add it to TWINS: {unknown}"
    assert set(TWINS) <= set(shared), "TWINS names a class that is no longer defined twice"
