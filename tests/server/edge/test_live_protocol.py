"""No client can put off the end of its connection, least of all by not reading."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode

from server.edge.door import Serving
from server.edge.live_protocol import TRANSPORT, LiveProtocol
from server.settings import Settings
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


class Listener:
    """An app that takes what it likes at once, and receives the rest once it may."""

    def __init__(self) -> None:
        self.offered: list[bytes] = []
        self.received: list[str] = []
        self.may_receive, self.has_all = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        scope["extensions"][TRANSPORT]["transport"].listen(self.take)
        await send({"type": "websocket.accept"})
        await self.may_receive.wait()
        while (message := await receive())["type"] == "websocket.receive":
            self.received.append(message["text"])
            self.has_all.set()

    def take(self, frame: bytes) -> bool:
        self.offered.append(frame)
        return frame != b"later"


@pytest.fixture
async def app() -> Endless:
    return Endless()


@contextlib.asynccontextmanager
async def serving(app: Any, ping_s: float) -> AsyncGenerator[int]:
    """Serve an app on a port of its own, and give the port."""
    door = socket.create_server(("127.0.0.1", 0))
    config = Serving(
        app,
        Settings(),
        lifespan="off",
        ws_ping_interval=ping_s,
        ws_ping_timeout=ping_s,
        timeout_graceful_shutdown=1,
    )
    server = Uvicorn(config)
    running = asyncio.create_task(server.serve(sockets=[door]))
    yield door.getsockname()[1]
    server.should_exit = True
    await running


@contextlib.asynccontextmanager
async def never_reading(app: Endless, ping_s: float) -> AsyncGenerator[dict[str, Any]]:
    """Connect somebody who reads nothing; give the scope of that connection."""
    async with serving(app, ping_s) as port:
        transport = await asyncio.to_thread(RawLine, port, None, 4096)
        yield await app.scopes.get()
        transport.socket.close()


async def test_nothing_is_taken_before_what_came_earlier_was_received():
    app = Listener()
    async with serving(app, 60) as port, asyncio.timeout(5):
        client = await connect(f"ws://127.0.0.1:{port}/", compression=None)
        client.transport.write(b"".join(map(as_frame, ["first", "later", "last"])))
        await client.ping()  # once it is answered, all of it has arrived
        app.may_receive.set()
        await app.has_all.wait()
        await client.close()
    assert (app.offered, app.received) == ([b"first", b"later"], ["later", "last"])


def as_frame(text: str) -> bytes:
    """Write a text frame as a client does."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)


async def test_who_answers_no_ping_is_cut_off_though_nothing_was_read(app: Endless):
    async with never_reading(app, PING_S), asyncio.timeout(5):
        await app.ended.wait()


async def test_the_app_can_cut_off_who_does_not_read(app: Endless):
    async with never_reading(app, 60) as scope, asyncio.timeout(5):
        transport: LiveProtocol = scope["extensions"][TRANSPORT]["transport"]
        transport.abort()
        await app.ended.wait()
        transport.abort()  # again: too late to matter


async def test_a_line_that_has_ended_is_let_go_at_once(app: Endless):
    """Without waiting for garbage to be collected: hostile clients come and go by thousands."""
    async with never_reading(app, 60) as scope, asyncio.timeout(5):
        transport: LiveProtocol = scope["extensions"][TRANSPORT]["transport"]
        transport.abort_within(0)
        await app.ended.wait()
        transport.abort_within(60)  # it has ended, so nothing waits
        timer = transport._hanging_up
        assert timer is not None
        assert (TRANSPORT in scope["extensions"], timer.cancelled()) == (False, True)
