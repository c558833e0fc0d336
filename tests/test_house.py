"""The house rules: what the linters, the type checker and the import contracts say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

CHECKS = {
    "ruff check": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--quiet", "--diff", "."],
    "ty": ["-m", "ty", "check", "--output-format", "concise"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as l; l()"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_checker_finds_nothing(check: str) -> None:
    command = [sys.executable, *CHECKS[check]]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{check} found:\n{ran.stdout}{ran.stderr}"


def committed(*patterns: str) -> list[Path]:
    """List the files of the repository that git keeps."""
    command = ["git", "ls-files", "-z", *patterns]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in ran.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("package", ["game_rules", "server", "client"])
def test_no_file_is_so_long_that_it_should_be_two(package: str) -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in committed(f"{package}/*.py")}
    assert [path for path, length in lengths.items() if length > LONGEST_FILE] == []


def test_no_lock_file_names_where_packages_came_from() -> None:
    locks = committed("*lock.json", "*.lock")
    assert locks
    assert [path for path in locks if '"resolved"' in path.read_text()] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    homes = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
    texts = committed("*.py", "*.ts", "*.svelte", "*.md", "*.toml", "*.json", "*.yml")
    assert [path for path in texts if homes.search(path.read_text())] == []
