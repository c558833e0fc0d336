"""Make the texts that `detente` prints."""

import shutil
import tempfile
from pathlib import Path

from tests.golden.command_lines import CLI, GROUPS, run_group


def make() -> None:
    """Write one text for every line."""
    shutil.rmtree(CLI, ignore_errors=True)
    for group in GROUPS:
        (CLI / group).mkdir(parents=True)
        with tempfile.TemporaryDirectory() as folder:
            for path, text in run_group(group, Path(folder)):
                path.write_bytes(text.encode())
