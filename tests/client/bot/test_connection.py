"""A line comes back by itself, until the server says that it must not."""

import asyncio
from contextlib import aclosing

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidStatus
from websockets.http11 import Request, Response

from client.bot.connection import FINAL, GIVE_UP_S, Connection, ConnectionLost
from server.wire.frames import CloseCode
from tests.live_server import HOST, free_port

COMES_BACK = (CloseCode.NORMAL, CloseCode.BUG, CloseCode.RESTART, CloseCode.TOO_SLOW)


def test_the_codes_that_end_it_are_the_servers_other_codes():
    assert {int(code) for code in CloseCode} == FINAL | {int(code) for code in COMES_BACK}


async def read(address: str, most: int, told: list[str] | None = None) -> list[str]:
    """Read a line until so many things have come; connections count."""
    seen: list[str] = []
    tell = (told if told is not None else []).append
    async with (
        asyncio.timeout(10),
        aclosing(Connection(address, tell, lambda: 0.0).read()) as items,
    ):
        async for item in items:
            seen.append("line" if isinstance(item, ClientConnection) else str(item))
            if len(seen) == most:
                break
    return seen


@pytest.mark.parametrize("code", COMES_BACK)
async def test_a_line_that_is_lost_is_opened_again(code: CloseCode):
    async def greet_and_close(socket: ServerConnection) -> None:
        await socket.send("hello")
        await socket.close(code, "why not")

    told: list[str] = []
    async with serve(greet_and_close, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert await read(f"ws://{HOST}:{port}", 4, told) == ["line", "hello", "line", "hello"]
    assert told[0].startswith("line lost (")
    assert told[1] == "back at the table"


@pytest.mark.parametrize("code", sorted(FINAL))
async def test_a_line_that_must_not_come_back_tells_the_servers_reason(code: int):
    async def close(socket: ServerConnection) -> None:
        await socket.close(code, "you know why")

    async with serve(close, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionLost, match=r"^the server ended it: you know why$"):
            await read(f"ws://{HOST}:{port}", 9)


async def test_a_server_that_takes_no_socket_ends_it():
    def refuse(socket: ServerConnection, request: Request) -> Response:
        return socket.respond(403, "no")

    async def never(socket: ServerConnection) -> None:
        raise AssertionError

    async with serve(never, HOST, 0, process_request=refuse) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionLost, match=r"takes no socket here: .*403") as lost:
            await read(f"ws://{HOST}:{port}", 9)
    assert isinstance(lost.value.__cause__, InvalidStatus)


async def test_a_server_that_is_away_too_long_is_given_up():
    ticks = iter((0, GIVE_UP_S, GIVE_UP_S + 1))
    told: list[str] = []
    away = Connection(f"ws://{HOST}:{free_port()}", told.append, lambda: float(next(ticks)))
    with pytest.raises(ConnectionLost, match=r"^no line for 10 minutes"):
        async with asyncio.timeout(10), aclosing(away.read()) as items:
            await anext(items)
    assert len(told) == 1, "an outage is told once"
