"""No client can put off the end of its connection, least of all by not reading."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from typing import Any

import pytest
import uvicorn

from server.live_protocol import ABORT, LiveProtocol
from tests.fuzz.raw_line import RawLine
from tests.server.running import Uvicorn

PING_S = 0.2


class Endless:
    """An app that sends for as long as anybody takes it. ended: once nobody does."""

    def __init__(self) -> None:
        self.scopes: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.ended = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        self.scopes.put_nowait(scope)
        try:
            while True:
                await send({"type": "websocket.send", "text": "x" * 100_000})
                await asyncio.sleep(0)
        finally:
            self.ended.set()


@pytest.fixture
async def app() -> Endless:
    return Endless()


@contextlib.asynccontextmanager
async def never_reading(app: Endless, ping_s: float) -> AsyncGenerator[dict[str, Any]]:
    """Connect somebody who reads nothing; give the scope of that connection."""
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        ws=LiveProtocol,
        lifespan="off",
        log_config=None,
        ws_ping_interval=ping_s,
        ws_ping_timeout=ping_s,
        timeout_graceful_shutdown=1,
    )
    server = Uvicorn(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    line = await asyncio.to_thread(RawLine, door.getsockname()[1], None, 4096)
    yield await app.scopes.get()
    line.socket.close()
    server.should_exit = True
    await serving


async def test_who_answers_no_ping_is_cut_off_though_nothing_was_read(app: Endless):
    async with never_reading(app, PING_S), asyncio.timeout(5):
        await app.ended.wait()


async def test_the_app_can_cut_off_who_does_not_read(app: Endless):
    async with never_reading(app, 60) as scope, asyncio.timeout(5):
        scope["extensions"][ABORT]["abort"]()
        await app.ended.wait()
        scope["extensions"][ABORT]["abort"]()  # again: too late to matter
