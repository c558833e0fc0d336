"""A damaged database on the command line: one line, with what can be done about it."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from server.cli import main
from tests.server.store.damage import Logs, damaged, many_matches, pages_of

ROOT = Path(__file__).parents[4]


@pytest.fixture
async def kept(tmp_path: Path) -> tuple[Path, Logs]:
    return await many_matches(tmp_path)


def spoil(path: Path, page: int) -> str:
    """Overwrite a page, and give the database's URL."""
    path.write_bytes(damaged(path.read_bytes(), page, "random"))
    return f"sqlite:///{path}"


@pytest.mark.slow
def test_a_server_that_cannot_read_its_lists_ends_with_one_line(kept: tuple[Path, Logs]):
    url = spoil(kept[0], pages_of(kept[0], "matches")[0])
    command = [sys.executable, "-m", "server.cli", "serve", "--host", "127.0.0.1", "--port", "0"]
    command += ["--database", url]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "a page of it is damaged" in ran.stderr
    assert "put a backup in its place" in ran.stderr


@pytest.mark.slow(measured=True)
def test_a_damaged_match_is_not_exported_and_the_others_are(
    kept: tuple[Path, Logs], capsys: pytest.CaptureFixture[str]
):
    path, logs = kept
    url = spoil(path, Random(7).choice(pages_of(path, "events")[1:]))
    codes = {}
    for match in list(logs)[::2]:
        codes[match] = main(["export", match, "--format", "jsonl", "--database", url])
        shown = capsys.readouterr()
        assert shown.err.count("\n") == (codes[match] != 0)
        assert ("damaged" in shown.err) == (codes[match] == 2)
    assert {*codes.values()} == {0, 2}
