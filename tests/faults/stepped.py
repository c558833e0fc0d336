"""A server whose wall clock can be set while it runs.

`python -m tests.faults.stepped serve ...`. The file named by DETENTE_STEP holds the seconds by
which its wall clock differs from the machine's.
"""

import os
import sys
import time
from functools import partial
from pathlib import Path

import server.app
from server.cli import main
from server.clock import SystemClock

STEP = "DETENTE_STEP"


def wall_ns(step: Path) -> int:
    """Return the time that this server's wall clock shows."""
    return time.time_ns() + int(step.read_text()) * 10**9


if __name__ == "__main__":
    stepped = partial(SystemClock, partial(wall_ns, Path(os.environ[STEP])))
    server.app.SystemClock = stepped  # ty: ignore[invalid-assignment]
    sys.exit(main(sys.argv[1:]))
