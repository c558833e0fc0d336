"""The sockets of the tests: one that nobody reads is closed as quickly as any other."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from websockets.asyncio.server import ServerConnection, serve

from tests import live_server
from tests.server import running

MORE_THAN_A_QUEUE = 100


async def speak(socket: ServerConnection) -> None:
    """Send more than a client of `websockets` reads ahead by default, then wait for the close."""
    for number in range(MORE_THAN_A_QUEUE):
        await socket.send(f"{number}")
    await socket.wait_closed()


async def a_line(port: int) -> Any:
    """Open a line to a server process."""
    server = live_server.ServerProcess(Path())
    server.port = port
    line = live_server.Line(server, "token")
    await line.open()
    return line


async def a_wire(port: int) -> Any:
    """Open a wire to a server in this process."""
    return await running.Line(Starlette(), port).socket()


@pytest.mark.parametrize("opened", [a_line, a_wire])
async def test_a_socket_with_unread_frames_is_closed_at_once(
    opened: Callable[[int], Awaitable[Any]],
):
    async with serve(speak, "127.0.0.1", 0) as server:
        (listener,) = server.sockets
        line = await opened(listener.getsockname()[1])
        async with asyncio.timeout(5):
            await line.close()
