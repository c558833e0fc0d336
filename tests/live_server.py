"""A real server process on loopback and real sockets to it, for tests that need both."""

import asyncio
import json
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

from tests.forked import CAN_FORK, Forked, fork

STARTUP_S = 60
MEASURED = "COVERAGE_PROCESS_CONFIG"
"""The variable that has `coverage` measure a process, from its start."""
HOST = "127.0.0.1"
PLAIN: dict[str, Any] = dict.fromkeys(("compression", "max_size", "max_queue", "ping_interval"))
"""How tests connect: by default, 16 unread messages would hold up a close for 10 s."""


def free_port() -> int:
    """Find a port that is free now."""
    with socket.create_server((HOST, 0)) as probe:
        return probe.getsockname()[1]


class Reached:
    """What answers HTTP and sockets at a port of this machine."""

    port: int

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.port}"

    async def post(self, path: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """POST JSON and give the JSON answer; raises HTTPError for a refusal."""
        return await asyncio.to_thread(self._request, path, json.dumps(body).encode(), token)

    async def get(self, path: str, token: str = "") -> Any:
        """GET JSON."""
        return await asyncio.to_thread(self._request, path, None, token)

    def _answers(self) -> bool:
        try:
            self._request("/api/health/ready", None, "")
        except urllib.error.URLError:
            return False
        return True

    def _request(self, path: str, body: bytes | None, token: str) -> Any:
        request = urllib.request.Request(self.url + path, body)  # noqa: S310
        request.add_header("content-type", "application/json")
        if token:
            request.add_header("authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)


class ServerProcess(Reached):
    """`detente serve` as a child process; it can be killed and started again on its database."""

    def __init__(
        self,
        folder: Path,
        scenarios: Path | None = None,
        environment: Mapping[str, str] | None = None,
        module: str = "server.cli",
        database: str | None = None,
        options: Sequence[str] = (),
        port: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self.secret = ""
        self.child: asyncio.subprocess.Process | Forked
        self._module = module
        self._environment = {**os.environ, **(environment or {})}
        self._arguments = ["serve", "--host", HOST, "--port", str(self.port)]
        self.database = database or f"sqlite:///{folder}/detente.sqlite3"
        self._arguments += ["--database", self.database]
        if scenarios is not None:
            self._arguments += ["--scenarios", str(scenarios)]
        self._arguments += options

    async def __aenter__(self) -> "ServerProcess":
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the server and wait for the facilitator's link."""
        self.child = await self._new_process()
        assert self.child.stdout is not None
        async with asyncio.timeout(STARTUP_S):
            while b"/#/host/" not in (line := await self.child.stdout.readline()):
                if not line:
                    raise RuntimeError("the server did not start; its message is above")
            self.secret = line.decode().split("/#/host/")[1].split()[0]
            self._drain = asyncio.create_task(self.child.stdout.read())
            while not await asyncio.to_thread(self._answers):  # noqa: ASYNC110 (another process)
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """End it at once, as a power cut would end the process."""
        self.child.send_signal(signal.SIGKILL)
        await self.child.wait()

    async def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGTERM)
            await self.child.wait()

    async def host_token(self) -> str:
        """Exchange the printed secret."""
        return (await self.post("/api/host", {"secret": self.secret}))["token"]

    async def _new_process(self) -> asyncio.subprocess.Process | Forked:
        """Fork one that has imported all, unless it is to be measured from its first import."""
        if CAN_FORK and MEASURED not in self._environment:
            return await fork(self._module, self._arguments, self._environment)
        command = (sys.executable, "-m", self._module, *self._arguments)
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(*command, env=self._environment, stdout=pipe)


class Line:
    """One socket to a match, speaking the protocol; nothing is parsed that is not asked for."""

    def __init__(self, door: Reached, token: str, room: str = "") -> None:
        """room: by which a proxy finds one server for all in it."""
        self.door, self.token, self._room = door, token, room
        self._frames: list[dict[str, Any]] = []
        self.socket: ClientConnection

    async def open(self, audience: str | None = None, seq: int = 0) -> None:
        """Connect and say hello."""
        self._frames = []
        url = f"ws://{HOST}:{self.door.port}/api/live{self._room and '?room='}{self._room}"
        self.socket = await connect(url, **PLAIN)
        hello = {"type": "hello", "protocol": 1, "token": self.token}
        await self.socket.send(json.dumps({**hello, "audience": audience, "seq": seq}))

    async def send(self, command: Mapping[str, Any], command_id: str | None = None) -> str:
        """Send a command; return its id."""
        command_id = command_id or uuid4().hex
        frame = {"type": "command", "id": command_id, "command": command}
        await self.socket.send(json.dumps(frame))
        return command_id

    async def frame(self) -> dict[str, Any]:
        """Give the next frame; a message may hold several."""
        if not self._frames:
            message = json.loads(await self.socket.recv())
            self._frames = message if isinstance(message, list) else [message]
        return self._frames.pop(0)

    async def do(self, command: Mapping[str, Any]) -> dict[str, Any]:
        """Send a command and wait for its ack or refusal."""
        command_id = await self.send(command)
        while True:
            frame = await self.frame()
            if frame["type"] in ("ack", "refused") and frame["id"] == command_id:
                return frame

    async def until(self, word: str) -> str:
        """Read messages until one holds a word; return that message's text."""
        if word in (text := json.dumps(self._frames, separators=(",", ":"))):
            return text
        while word not in (text := str(await self.socket.recv())):
            pass
        return text

    async def close(self) -> None:
        """Hang up."""
        await self.socket.close()
