"""Runs the browser client's own tools with the Node.js that PyPI ships."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from client.run import WEB, run


def run_vitest(*arguments: str, **environment: str) -> None:
    """Run some or all of the client's tests; what they say is in the failure."""
    status, said = output_of("test", *arguments, environment=environment)
    assert status == 0, said


def output_of(
    script: str,
    *arguments: str,
    web: Path = WEB,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a script of package.json; give its exit code and all that it said."""
    quiet = {"NO_COLOR": "1", **(environment or {})}
    ran = run(script, *arguments, web=web, stdout=subprocess.PIPE, environment=quiet)
    return ran.returncode, ran.stdout
