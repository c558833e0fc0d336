"""`detente` prints what it printed, to the byte: every command, every --help, every error."""

from pathlib import Path

import pytest

from tests.golden.command_lines import CLI, GROUPS, run_group

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("group", GROUPS)
def test_every_line_prints_the_same_text(group: str, tmp_path: Path):
    ran = dict(run_group(group, tmp_path))
    assert sorted(ran) == sorted((CLI / group).iterdir())
    for path, text in ran.items():
        assert text == path.read_bytes().decode(), path.name
