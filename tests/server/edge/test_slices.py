"""A crowd that sends at once: the first are answered while the last are still read."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from server.edge.door import Serving
from server.edge.live_protocol import MOST_HELD, TRANSPORT, LiveProtocol
from server.edge.slices import Slices
from server.settings import Settings
from tests.load.lean import Wire, framed
from tests.server.running import Uvicorn

CROWD = 12


class Scribe:
    """An app that notes when a frame is read, and when what comes of it is decided."""

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self.read_before: dict[bytes, int] = {}
        self.has_all = asyncio.Event()
        self.lines: list[LiveProtocol] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        line = scope["extensions"][TRANSPORT]["transport"]
        line.listen(self.take)
        self.lines.append(line)
        await send({"type": "websocket.accept"})
        await receive()

    def take(self, frame: bytes) -> bool:
        self.read.append(frame)
        asyncio.get_running_loop().call_soon(self.decide, frame)
        return True

    def decide(self, frame: bytes) -> None:
        self.read_before[frame] = len(self.read)
        if len(self.read_before) == CROWD:
            self.has_all.set()


@pytest.fixture
async def scribe() -> Scribe:
    return Scribe()


@contextlib.asynccontextmanager
async def crowd(scribe: Scribe, slice_s: float) -> AsyncGenerator[list[Wire]]:
    """Connect a crowd to a server whose turns read for so long."""
    door = socket.create_server(("127.0.0.1", 0))
    config = Serving(scribe, Settings(), timeout_graceful_shutdown=1, lifespan="off")
    config.slices = Slices(slice_s)
    server = Uvicorn(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    port = door.getsockname()[1]
    wires = [await asyncio.to_thread(Wire, port, "/") for _ in range(CROWD)]
    try:
        yield wires
    finally:
        for wire in wires:
            wire.close()
        server.should_exit = True
        await serving


async def test_the_first_is_decided_before_the_last_is_read(scribe: Scribe):
    async with crowd(scribe, slice_s=0) as wires:
        for number, wire in enumerate(wires):
            wire.send(framed(b"%d" % number))
        await scribe.has_all.wait()
    assert scribe.read_before[scribe.read[0]] < CROWD
    assert sorted(scribe.read) == sorted(b"%d" % number for number in range(CROWD))


async def test_while_a_turn_has_time_all_that_came_is_read_together(scribe: Scribe):
    async with crowd(scribe, slice_s=60) as wires:
        for number, wire in enumerate(wires):
            wire.send(framed(b"%d" % number))
        await scribe.has_all.wait()
    assert set(scribe.read_before.values()) == {CROWD}


async def test_what_waits_is_read_in_order_and_before_its_connection_ends(scribe: Scribe):
    async with crowd(scribe, slice_s=0) as wires:
        wires[0].send(framed(b"0"))
        for number in range(1, CROWD):
            wires[1].send(framed(b"%d" % number))
        wires[1].close()
        await scribe.has_all.wait()
    assert [x for x in scribe.read if x != b"0"] == [b"%d" % number for number in range(1, CROWD)]


async def test_no_connection_makes_more_wait_than_fits(scribe: Scribe):
    """Otherwise a program could fill the memory while others are read."""
    frame = framed(b"x" * 10_000)
    async with crowd(scribe, slice_s=0):
        first, second = scribe.lines[:2]
        first.data_received(framed(b"first"))
        for _ in range(MOST_HELD // len(frame)):
            second.data_received(frame)
        assert scribe.read == [b"first"]
        second.data_received(frame)
        assert len(scribe.read) == 1 + MOST_HELD // len(frame) + 1


async def test_what_comes_later_does_not_overtake_what_waits():
    slices, read = Slices(slice_s=0), []
    assert slices.has_time
    for number in range(3):
        assert not slices.has_time
        slices.later(lambda number=number: read.append(number))
    done = asyncio.Event()
    slices.later(done.set)
    await done.wait()
    assert read == [0, 1, 2]
    await asyncio.sleep(0)
    assert slices.has_time
