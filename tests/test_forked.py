"""What is forked is a process as `python -m` gives it."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not forked.CAN_FORK, reason="a fork of another can be waited for on Linux"),
]
PROGRAM = """\
import os, signal, sys, threading
import atexit

if __name__ == "__main__":
    atexit.register(print, "the end")
    print(sys.argv[1:], os.environ["TOLD"], len(os.environ), os.getcwd(), flush=True)
    print(sys.path[0] == os.getcwd(), sys.stdout.isatty(), sys.stdout.seekable())
    print(sys.argv[0] == __file__, __name__, __spec__.name)
    print([signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])
    print(os.listdir("/proc/self/fd") < ["0", "1", "2", "9"], threading.active_count(), flush=True)
    print(sys.stdin.read(), sys.modules["__main__"].__file__)
    exec(sys.argv[1])
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program, which is where one is."""
    (tmp_path / "told.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def run(statement: str) -> tuple[int, str]:
    """Fork the program; give its exit code and what it said."""
    process = await forked.fork("told", [statement], environment())
    said = await process.stdout.read()
    return await process.wait(), said.decode()


def environment() -> dict[str, str]:
    """Few variables, one of them new; the last keeps Python from adding one."""
    return {"TOLD": "twice", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize("statement", ["pass", "sys.exit(7)", "sys.exit('no')", "raise OSError"])
async def test_it_runs_and_ends_as_a_process_of_python_does(statement: str, folder: Path):
    plain = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "told", statement),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    said, _ = await plain.communicate()
    assert b"the end" in said
    assert await run(statement) == (plain.returncode, said.decode())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
async def test_a_signal_ends_it_and_is_told(number: signal.Signals, folder: Path):
    process = await forked.fork("told", ["import time; time.sleep(60)"], environment())
    await process.stdout.readuntil(b"told.py\n")
    process.send_signal(number)
    async with asyncio.timeout(10):
        assert (await process.wait(), process.returncode) == (-number, -number)


async def test_each_draws_chances_of_its_own(folder: Path):
    drawn = [await run("import random, uuid; print(random.random(), uuid.uuid4())") for _ in "ab"]
    assert drawn[0] != drawn[1]
