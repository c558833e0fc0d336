"""A whole server on a database of its own: in this process, with or without real sockets."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from game_rules.scenario.scenario import Scenario
from server.api import served as served  # so that no test waits for its import
from server.app import create_app
from server.edge.door import Serving
from server.services import Services
from server.settings import Settings
from tests.fakes import ManualClock, fresh_database
from tests.game_rules.scenes import QUICK, a_scenario
from tests.live_server import PLAIN

WITHOUT_WAITS: dict[str, Any] = {"failed_tries_burst": 1_000_000}
ANSWERS = ("ack", "refused")
PATIENCE_S = 10


def library() -> dict[str, Scenario]:
    """Offer two scenarios: with talk and clocks, and without."""
    return {"plain": a_scenario(), "quick": a_scenario(name="quick", seconds=QUICK)}


def make_app(folder: Path, clock: ManualClock | None = None, **settings: Any) -> Starlette:
    """Wire a server on an empty database; its clock stands still unless it is moved.

    Nothing wrong waits for its answer here, unless `failed_tries_burst` says after how many tries.
    """
    chosen = Settings(database=fresh_database(folder), **{**WITHOUT_WAITS, **settings})
    return create_app(chosen, clock or ManualClock(), library())


def services_of(app: Starlette) -> Services:
    """Give the parts of a server."""
    return app.state.services


def without_waiting(services: Services) -> list[float]:
    """Forget who was wrong, and wait for nothing from now on; give the waits, in seconds."""
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    for patience in (services.failed_tries, services.failed_tries_of_all, services.joins):
        patience.buckets.clear()
        patience.pause = pause
    return waits


@contextlib.asynccontextmanager
async def running(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    """Run a server without sockets, and give an HTTP client that calls it directly."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://server.test") as client,
    ):
        yield client


class Uvicorn(uvicorn.Server):
    """A server inside a test: signals stay with the test runner, and the end is not polled for."""

    capture_signals = contextlib.nullcontext

    def __init__(self, config: uvicorn.Config) -> None:
        self._ending = asyncio.Event()
        super().__init__(config)

    @property
    def should_exit(self) -> bool:
        """Whether it was told to end; uvicorn itself looks every tenth of a second."""
        return self._ending.is_set()

    @should_exit.setter
    def should_exit(self, value: bool) -> None:
        if value:
            self._ending.set()

    async def main_loop(self) -> None:
        """Serve until then."""
        await self.on_tick(0)
        await self._ending.wait()


@contextlib.asynccontextmanager
async def listening(app: Starlette, port: int = 0) -> AsyncGenerator["Line"]:
    """Run a server on a port of its own, as `detente serve` does, and give a way to it."""
    door = socket.create_server(("127.0.0.1", port))
    config = Serving(app, services_of(app).settings, timeout_graceful_shutdown=1)
    server = Uvicorn(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        while not server.started:
            assert not serving.done(), "the server did not start"
            await asyncio.sleep(0.005)
        yield Line(app, door.getsockname()[1])
    finally:
        server.should_exit = True
        await serving


class Line:
    """The way to a listening server."""

    def __init__(self, app: Starlette, port: int) -> None:
        self.app, self.port = app, port
        self.authority = f"127.0.0.1:{port}"

    def http(self) -> httpx.AsyncClient:
        """Give an HTTP client over a real socket."""
        return httpx.AsyncClient(base_url=f"http://{self.authority}")

    async def socket(self, path: str = "/api/live", **options: Any) -> "Wire":
        """Open a websocket; raises InvalidStatus where the server refuses it."""
        url = f"ws://{self.authority}{path}"
        return Wire(await connect(url, **{**PLAIN, **options}))

    async def join(self, token: str, **hello: Any) -> "Wire":
        """Open a websocket, say hello and wait for the welcome."""
        wire = await self.socket()
        await wire.send({"type": "hello", "protocol": 1, "token": token, **hello})
        await wire.until("welcome")
        return wire


class Wire:
    """One websocket to a server; keeps every frame as it came."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.texts: list[str] = []
        self._taken = 0

    async def send(self, frame: Mapping[str, Any] | str | bytes) -> None:
        """Send a frame, or anything else."""
        await self.connection.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))

    async def frame(self) -> dict[str, Any]:
        """Give the next frame; messages that are arrays hold several."""
        while self._taken == len(self.texts):
            async with asyncio.timeout(PATIENCE_S):
                message = await self.connection.recv()
            assert isinstance(message, str)
            self.texts += split(message)
        self._taken += 1
        return json.loads(self.texts[self._taken - 1])

    @property
    def seq(self) -> int:
        """The number of the last event that was taken from the socket."""
        events = [json.loads(text) for text in self.texts[: self._taken] if '"events"' in text[:20]]
        return max((x["seq"] + len(x["events"]) - 1 for x in events), default=0)

    async def until(self, *kinds: str) -> dict[str, Any]:
        """Give the next frame of a type."""
        while (frame := await self.frame())["type"] not in kinds:
            pass
        return frame

    async def do(self, command: Mapping[str, Any], command_id: str) -> dict[str, Any]:
        """Send a command and give its answer."""
        await self.send({"type": "command", "id": command_id, "command": command})
        while (answer := await self.until(*ANSWERS))["id"] != command_id:
            pass
        return answer

    async def closed(self) -> tuple[int, str]:
        """Wait until the server ends the connection; give its code and reason."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.frame()
        assert self.connection.close_code is not None
        return self.connection.close_code, self.connection.close_reason or ""

    async def close(self) -> None:
        """Hang up."""
        await self.connection.close()


def split(message: str) -> list[str]:
    """Cut a message into the texts of its frames, to the byte as they came."""
    if not message.startswith("["):
        return [message]
    decoder, place, texts = json.JSONDecoder(), 1, []
    while message[place] != "]":
        _, end = decoder.raw_decode(message, place)
        texts.append(message[place:end])
        place = end + (message[end] == ",")
    return texts
