"""`detente` prints what it printed, to the byte: every command, every --help, every error."""

from pathlib import Path

import pytest

from tests.golden.command_lines import CLI, GROUPS, SLOW, run_group


@pytest.mark.parametrize(
    "group",
    [pytest.param(group, marks=pytest.mark.slow if group in SLOW else ()) for group in GROUPS],
)
def test_every_line_prints_the_same_text(group: str, tmp_path: Path):
    ran = dict(run_group(group, tmp_path))
    assert sorted(ran) == sorted((CLI / group).iterdir())
    for path, text in ran.items():
        assert text == path.read_bytes().decode(), path.name
