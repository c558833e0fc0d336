"""Python processes that start at once: each is forked from one that has imported the server.

To import the server takes more than a second of a core, and hundreds of tests start one. What they
get is a process of its own, as `python -m` gives it: with its own arguments, environment and
output, with signals as they are at first, ended by the interpreter's own end. The process that
waits to be forked is `python -m tests.forked`, one for each process that runs tests.
"""

import asyncio
import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

CAN_FORK = hasattr(os, "pidfd_open")
"""Elsewhere than on Linux only a parent can wait for the end of a process."""
IMPORTED = (
    "server.app",
    "server.api.served",
    "server.cli.serve.serve",
    "server.cli.serve.prerequisites",
    "server.cli.serve.run",
    "alembic.command",
    "anyio._backends._asyncio",
    "uvicorn.lifespan.off",
    "uvicorn.loops.uvloop",
)
LONGEST = 1 << 17
"""Bytes of a request: variables of the environment, mostly."""
ROOT = Path(__file__).parents[1]


class Forked:
    """A process that was forked; as much of `asyncio.subprocess.Process` as tests use."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader) -> None:
        self.pid, self.stdout = pid, stdout
        self.returncode: int | None = None
        self._life = os.pidfd_open(pid)

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the end has been waited for."""
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait for the end; give the exit code, below zero for the signal that was the end."""
        if self.returncode is None:
            await _readable(self._life)
            os.close(self._life)
            self.returncode = _waiting().ask({"ended": self.pid})
        return self.returncode


async def fork(module: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Forked:
    """Run a module as `python -m` does. Its output can be read; its errors go where ours go."""
    reading, writing = os.pipe()
    asked = {"argv": [module, *arguments], "environment": dict(environment), "cwd": str(Path.cwd())}
    pid = _waiting().ask(asked, (writing, 2))
    os.close(writing)
    stdout = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(stdout)
    pipe = os.fdopen(reading, "rb")
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
    return Forked(pid, stdout)


async def _readable(descriptor: int) -> None:
    loop, is_readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, is_readable.set)
    try:
        await is_readable.wait()
    finally:
        loop.remove_reader(descriptor)


class _Waiting:
    """The process that waits to be forked; it ends when this end of its channel is closed."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.forked"]
        with theirs:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,  # a pipe, as theirs is
            )
        self._turn = threading.Lock()
        atexit.register(self.end)

    def ask(self, asked: Mapping[str, Any], descriptors: Sequence[int] = ()) -> int:
        """Ask for a fork, or for the exit code of one that has ended."""
        with self._turn:
            socket.send_fds(self._channel, [json.dumps(asked).encode()], descriptors)
            if not (answer := self._channel.recv(LONGEST)):
                raise RuntimeError("the process that waits to be forked has ended; see above")
            return int(answer)

    def end(self) -> None:
        """Let it end, and wait."""
        self._channel.close()
        self._process.wait()


@cache
def _waiting() -> _Waiting:
    return _Waiting()


def _main() -> None:
    """Import, wait, and be what is asked for."""
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as channel:
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), sys.stdin.fileno())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.disable()
        for module in IMPORTED:
            import_module(module)
        gc.freeze()
        asked = _wait_to_be_forked(channel)
    if asked is not None:
        _run(asked)


def _wait_to_be_forked(channel: socket.socket) -> dict[str, Any] | None:
    """Answer until nobody asks any more; in each process that is forked, give what was asked."""
    while True:
        message, descriptors, *_ = socket.recv_fds(channel, LONGEST, 2)
        if not message:
            return None
        asked = json.loads(message)
        if "ended" in asked:
            status = os.waitpid(asked["ended"], 0)[1]
            channel.send(b"%d" % os.waitstatus_to_exitcode(status))
        elif pid := os.fork():
            channel.send(b"%d" % pid)
            _close(descriptors)
        else:
            for number, descriptor in enumerate(descriptors, start=1):
                os.dup2(descriptor, number)
            _close(descriptors)
            return asked


def _close(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _run(asked: dict[str, Any]) -> None:
    """Run the module that was asked for, in the process that was forked for it."""
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["cwd"])
    sys.argv, sys.path[0] = asked["argv"], asked["cwd"]
    runpy.run_module(asked["argv"][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
