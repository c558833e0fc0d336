"""Requests that never end, are too long or too many; and sockets that send no text."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
from websockets.frames import Frame, Opcode

from server.edge import door
from tests.server.running import Line, listening, make_app

pytestmark = pytest.mark.slow

SHORT_S = 0.2


@pytest.fixture
async def line(tmp_path: Path) -> AsyncGenerator[Line]:
    """A server that listens."""
    async with listening(make_app(tmp_path, requests_burst=50)) as line:
        yield line


async def _said(line: Line, *parts: bytes) -> bytes:
    """Send something as it is, and give everything that is answered until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    answer = b""
    with contextlib.suppress(ConnectionError):  # it hung up before it was told everything
        async with asyncio.timeout(5):
            writer.writelines(parts)
            while part := await reader.read(10_000):
                answer += part
    writer.close()
    return answer


async def test_a_head_that_does_not_end_is_not_waited_for(
    line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "HEAD_WITHIN_S", SHORT_S)
    assert b" 408 " in await _said(line, b"GET / HTTP/1.1\r\nhost: x\r\n")
    assert b" 408 " in await _said(line)
    again = b"GET /api/health/live HTTP/1.1\r\nhost: x\r\n\r\n"
    answers = await _said(line, again, again[:-2])
    assert (answers.count(b" 200 "), answers.count(b" 408 ")) == (1, 1)


async def test_a_body_that_does_not_end_is_not_waited_for(
    line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "BODY_WITHIN_S", SHORT_S)
    head = b"POST /api/join HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"
    assert b" 408 " in await _said(line, head)


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nx: " + b"y" * 20_000,
        b"GET /?" + b"a&" * 2_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\n\r\n" * 500,
        b"nothing of the kind\r\n\r\n",
    ],
)
async def test_what_is_too_long_or_no_request_is_refused(line: Line, head: bytes):
    answers = await _said(line, head)
    assert b" 400 " in answers
    assert answers.count(b"HTTP/1.1 ") <= door.MOST_PIPELINED + 2


async def test_requests_beyond_a_device_s_share_wait_and_are_answered(line: Line):
    async with line.http() as client:
        asked = [client.get("/api/health/live") for _ in range(70)]
        began = asyncio.get_running_loop().time()
        answers = await asyncio.gather(*asked)
        took_s = asyncio.get_running_loop().time() - began
        other = await client.get("/api/health/live", headers={"user-agent": "another"})
    assert {answer.status_code for answer in (*answers, other)} == {200}
    assert took_s > 0.3  # twenty at fifty a second


async def test_a_socket_beyond_a_device_s_share_waits_and_opens(line: Line):
    async with line.http() as client:
        agent = {"user-agent": "a script"}
        for _ in range(50):
            await client.get("/api/health/live", headers=agent)
    wire = await line.socket(user_agent_header="a script")
    await wire.send({"type": "ping", "sent_ms": 0})
    await wire.connection.wait_closed()
    assert wire.connection.close_code == 4001


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@pytest.mark.parametrize(
    "frames",
    [
        [Frame(Opcode.TEXT, b"\xff")],
        [Frame(Opcode.TEXT, b"\xff", fin=False), Frame(Opcode.CONT, b"a")],
    ],
    ids=["whole", "in pieces"],
)
async def test_text_that_is_no_utf8_ends_its_connection_and_is_in_no_log(
    line: Line, frames: list[Frame]
):
    kept, logger = Kept(), logging.getLogger("uvicorn.error")
    logger.addHandler(kept)
    wire = await line.socket()
    wire.connection.transport.write(b"".join(frame.serialize(mask=True) for frame in frames))
    await wire.connection.wait_closed()
    logger.removeHandler(kept)
    assert (wire.connection.close_code, kept.told) == (1007, [])


async def test_who_hangs_up_with_two_requests_unanswered_is_sent_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Writing to who has gone is an error of uvloop's, with a traceback in the log."""
    begun: list[RequestResponseCycle] = []

    class Noted(RequestResponseCycle):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            begun.append(self)

    monkeypatch.setattr(httptools_impl, "RequestResponseCycle", Noted)
    app = make_app(tmp_path, failed_tries_burst=1)
    body = b'{"code":"ZZZZZZZZ"}'
    head = b"POST /api/watch HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    asked = head + b"content-length: %d\r\n\r\n" % len(body) + body
    async with listening(app) as line:
        _, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(asked * 3)
        await asyncio.sleep(0.2)
        writer.transport.abort()
        await asyncio.sleep(0.1)
        first, waiting, _ = begun
        assert first.response_complete
        assert waiting.disconnected


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.CONT])
async def test_more_pings_and_pieces_than_anybody_sends_end_the_connection(
    line: Line, opcode: Opcode
):
    wire = await line.socket()
    begun = Frame(Opcode.TEXT, b"", fin=False).serialize(mask=True)
    piece = Frame(opcode, b"", fin=opcode is not Opcode.CONT).serialize(mask=True)
    wire.connection.transport.write(begun + piece * 200)
    async with asyncio.timeout(2):
        await wire.connection.wait_closed()
    assert wire.connection.close_code == 1006


async def test_silent_connections_keep_nobody_out(tmp_path: Path):
    """As many as one address may have, ten times over; then somebody comes with a request."""
    async with listening(make_app(tmp_path)) as line:
        silent = []
        for _ in range(1_000):
            silent.append(await asyncio.open_connection("127.0.0.1", line.port))
        async with line.http() as client:
            assert (await client.get("/api/health/ready")).status_code == 200
        open_still = [reader for reader, _ in silent if not reader.at_eof()]
        assert 200 <= len(open_still) <= 300
        for _, writer in silent:
            writer.close()
