"""An acknowledgement leaves only after the write-ahead log was synced.

Killing a process cannot show this: what it wrote is in the system's memory and survives. So the
system calls of a child process are recorded while it appends and acknowledges, and their order is
read: after the last write to the log there must be a sync that ended before the acknowledgement.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import fresh_database

APPENDS = 200
CALLS = "trace=write,pwrite64,fdatasync,fsync"
SYNC_BEGINS = re.compile(r"f(?:data)?sync\(.*-wal>")
SYNC_ENDS = re.compile(r"f(?:data)?sync(?:\(| resumed).*= 0")
ROOT = Path(__file__).parents[2]

APPENDER = """
import asyncio, os, sys
from server.store.sqlite import writer
from server.database import store_for
from server.store.event_store import MatchId, NewEvent

def promise_less(connection):
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")

async def main(url, appends, level):
    if level == "NORMAL":
        writer._promise_to_sync = promise_less
    store = store_for(url)
    await store.open()
    for seq in range(int(appends)):
        await store.append(MatchId("match"), seq, [NewEvent("{}")])
        os.write(1, b"ack %d\\n" % (seq + 1))
    await store.close()

asyncio.run(main(*sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Order:
    """How many acknowledgements were seen, and how many of them left too early."""

    acks: int
    early: int


def read_order(lines: list[str]) -> Order:
    """Read a record of system calls; the log is the file that ends in -wal.

    A call that another thread interrupts is recorded in two lines; it has ended with the second.
    """
    is_synced, has_written, acks, early = True, False, 0, 0
    syncing: set[str] = set()
    for line in lines:
        thread = line.split()[0]
        if '"ack ' in line:
            acks += 1
            early += not (is_synced and has_written)
            has_written = False
        elif "pwrite64(" in line and "-wal>" in line:
            is_synced, has_written = False, True
        elif SYNC_BEGINS.search(line):
            syncing.add(thread)
        if SYNC_ENDS.search(line) and thread in syncing:
            syncing.discard(thread)
            is_synced = True
    return Order(acks, early)


def record(folder: Path, level: str) -> Order:
    """Run the appender under strace."""
    trace = folder / "trace"
    run = ["strace", "-f", "-y", "-qq", "-e", CALLS, "-o", str(trace)]
    run += [sys.executable, "-c", APPENDER, fresh_database(folder), str(APPENDS), level]
    subprocess.run(run, cwd=ROOT, check=True, timeout=120, stdout=subprocess.DEVNULL)
    return read_order(trace.read_text(errors="replace").splitlines())


needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed; `apt install strace` to check the order of syncs",
)


@needs_strace
@pytest.mark.slow
def test_every_ack_leaves_after_the_log_was_synced(tmp_path: Path) -> None:
    assert record(tmp_path, "FULL") == Order(acks=APPENDS, early=0)


@needs_strace
@pytest.mark.slow
def test_the_recording_has_teeth(tmp_path: Path) -> None:
    """A store that leaves syncing to the system acknowledges too early, and is caught."""
    assert record(tmp_path, "NORMAL") == Order(acks=APPENDS, early=APPENDS)
