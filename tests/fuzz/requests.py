"""Fuzz HTTP by the server's own description of itself, in sequences of requests.

    uv run --with schemathesis python -m tests.fuzz.requests [--seconds 300]

Nothing may be answered with 5xx, and the server's log may hold no traceback. The exit code is 1
otherwise.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.crowd import NO_LIMIT
from tests.live_server import ServerProcess

RUN = "from schemathesis.cli import schemathesis; schemathesis()"
CALM = {
    **NO_LIMIT,
    "DETENTE_FAILED_TRIES_BURST": "100000000",
    "DETENTE_JOINS_BURST": "100000000",
    "DETENTE_GUEST_MATCHES_PER_HOUR": "100000000",
}
"""Nothing wrong waits for its answer, so that as much as possible is tried."""


async def fuzz(seconds: int, folder: Path) -> int:
    """Let schemathesis ask a server of its own; return its exit code."""
    async with ServerProcess(folder, None, CALM) as server:
        token = await server.host_token()
        command = [sys.executable, "-c", RUN, "run", f"{server.url}/openapi.json"]
        command += [
            "--max-time",
            str(seconds),
            "--phases",
            "coverage,fuzzing,stateful",
            "--checks",
            "not_a_server_error",
            "--no-color",
        ]
        command += ["--continue-on-failure", "-H", f"Authorization: Bearer {token}"]
        ran = await asyncio.to_thread(subprocess.run, command, check=False)
        await server.get("/api/health/ready")
    return ran.returncode


def main() -> int:
    """Read the arguments, and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(fuzz(given.seconds, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
