"""A server with a bug that was put in on purpose: its leases are not fenced.

`python -m tests.faults.unfenced serve ...`. The statement that stores does not ask whose the lease
is, nor since when; and the server that stood still does not look what it has lost.
"""

import sys
from typing import Any

from server.cli import main
from server.store.postgres import writer
from server.store.postgres.leases import _COME, PostgresLeases


async def believe(leases: Any, now_ms: int) -> frozenset[str]:
    """Renew all leases, whoever has them by now."""
    await leases._rows(_COME, {**leases._row, "now": now_ms})
    return frozenset()


if __name__ == "__main__":
    held = "SELECT room, epoch FROM unnest(%(rooms)s::text[], %(epochs)s::bigint[])"
    for owner, name, bug in (
        (writer, "_HELD", f"{held} AS mine (room, epoch)"),
        (PostgresLeases, "beat", believe),
    ):
        setattr(owner, name, bug)
    sys.exit(main(sys.argv[1:]))
