"""The commands that README shows work when they are pasted one after another."""

import re
import shlex
from pathlib import Path

import pytest

from tests.server.cli.conftest import Run

ROOT = Path(__file__).parents[3]
NEED_A_MATCH_OF_PEOPLE = {"rehearse", "forget"}


@pytest.mark.slow
def test_the_commands_of_the_readme_can_be_pasted_in_their_order(detente: Run) -> None:
    page = (ROOT / "README.md").read_text().replace("game_rules/", f"{ROOT}/game_rules/")
    lines = re.findall(r"^uv run detente (.+?)  +\S.*$", page, re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        typed = shlex.split(line)
        if typed[0] not in NEED_A_MATCH_OF_PEOPLE:
            assert detente(*typed).code == 0, line
