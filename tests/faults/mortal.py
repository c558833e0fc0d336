"""A server with a fuse: it kills itself before a write, so that every place between two is tried.

`python -m tests.faults.mortal serve ...`. While the file named by DETENTE_FUSE holds a number, each
write of the store counts it down; at zero the process is gone, as by `kill -9`.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.cli import main
from server.store.sqlite.writer import Writer

FUSE = "DETENTE_FUSE"


def burning(write: Callable[[Writer, Any], Any], fuse: Path) -> Callable[[Writer, Any], Any]:
    """Let a write of the store burn the fuse down before it."""

    def burn(writer: Writer, work: Any) -> Any:
        if fuse.exists():
            left = int(fuse.read_text())
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            fuse.write_text(str(left - 1))
        return write(writer, work)

    return burn


if __name__ == "__main__":
    path = Path(os.environ[FUSE])
    for name in ("_store", "_change"):
        setattr(Writer, name, burning(getattr(Writer, name), path))
    sys.exit(main(sys.argv[1:]))
