"""Build the browser client while the Python package is built."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ClientBuildHook(BuildHookInterface):
    """Leave the built client in client/web/dist, and put it into wheels as server/client_dist."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the client, however this file was loaded."""
        sys.path.insert(0, self.root)
        from client.build import build

        web = Path(self.root, "client", "web")
        build(web)
        if version != "editable":
            build_data["force_include"][str(web / "dist")] = "server/client_dist"
