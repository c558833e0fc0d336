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
from server.edge.live_protocol import TRANSPORT, LiveProtocol, _head, _text_alone
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

    transport: LiveProtocol

    def __init__(self) -> None:
        self.offered: list[bytes] = []
        self.received: list[str] = []
        self.may_receive, self.has_all = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        self.transport = scope["extensions"][TRANSPORT]["transport"]
        self.transport.listen(self.take)
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


def heard(size: int) -> bytes:
    """Write a text frame of a size."""
    return as_frame("x" * size)


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


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 133, 4000])
def test_a_frame_that_came_alone_is_read_as_it_was_sent(size: int):
    assert _text_alone(heard(size), 4000) == b"x" * size


NOT_ALONE = {
    "cut": heard(5)[:-1],
    "two": heard(5) + heard(5),
    "begun": heard(5) + b"\x81",
    "too long": heard(4001),
    "long": heard(65_536),
    "as long as its mark for long": heard(65_536)[: 2 + 4 + 127],
    "one byte": b"\x81",
    "half a length": b"\x81\xfe\x00",
    "bare": Frame(Opcode.TEXT, b"hello").serialize(mask=False) + b"later",
    "first piece": Frame(Opcode.TEXT, b"hello", fin=False).serialize(mask=True),
    "last piece": Frame(Opcode.CONT, b"hello").serialize(mask=True),
    "binary": Frame(Opcode.BINARY, b"hello").serialize(mask=True),
    "ping": Frame(Opcode.PING, b"hello").serialize(mask=True),
    "compressed": b"\xc1" + heard(5)[1:],
}


@pytest.mark.parametrize("what", NOT_ALONE)
def test_all_else_is_left_to_the_machinery(what: str):
    assert _text_alone(NOT_ALONE[what], 4000) is None


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_a_head_is_that_of_the_library(size: int):
    assert _head(size) + bytes(size) == Frame(Opcode.TEXT, bytes(size)).serialize(mask=False)


async def test_what_looks_like_a_frame_may_be_inside_of_one():
    app, inside = Listener(), as_frame("inside")
    async with serving(app, 60) as port, asyncio.timeout(5):
        await connect(f"ws://127.0.0.1:{port}/", compression=None)
        alone = app.transport._alone(inside)
        app.transport.data_received(bytes([0x81, 0x80 + len(inside), 0, 0, 0, 0]))
        app.transport.data_received(inside)
        app.may_receive.set()
        app.transport.abort()
    assert (alone, app.offered) == (b"inside", [inside])


async def test_no_message_begins_within_the_pieces_of_another():
    app = Listener()
    async with serving(app, 60) as port, asyncio.timeout(5):
        await connect(f"ws://127.0.0.1:{port}/", compression=None)
        app.transport.data_received(Frame(Opcode.TEXT, b"be", fin=False).serialize(mask=True))
        app.transport.data_received(as_frame("other"))
        app.may_receive.set()
        app.transport.abort()
    assert app.offered == []
