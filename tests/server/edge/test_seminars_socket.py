"""The socket of a seminar over real connections: hello, calls, limits and close codes."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from server.wire.frames import CloseCode
from tests.server.running import Line, Wire, listening, make_app
from tests.server.seminar_scenes import Class, School


@pytest.fixture
async def line(tmp_path: Path) -> AsyncGenerator[Line]:
    async with listening(make_app(tmp_path)) as open_line:
        yield open_line


async def opened(line: Line) -> tuple[School, Class]:
    client = line.http()
    there = School(line.app, client, line.app.state.services.clock)
    return there, await there.seminar()


async def connected(line: Line, token: str | None, **hello: Any) -> Wire:
    wire = await line.socket(path="/api/seminars/live")
    if token is not None:
        await wire.send({"type": "hello", "protocol": 1, "token": token, **hello})
    return wire


async def test_a_class_comes_waits_and_is_called_over_real_sockets(line: Line):
    _, seminar = await opened(line)
    (ann,) = await seminar.come("Ann")
    lead, waiting = (
        await connected(line, seminar.token),
        await connected(line, ann["seminar"]["token"]),
    )
    assert (await lead.until("welcome"))["role"] == "facilitator"
    assert (await waiting.until("welcome"))["role"] == "player"
    assert (await waiting.until("waiting"))["people"] == 1
    await lead.send({"type": "ping", "sent_ms": 1.5})
    assert (await lead.until("pong"))["sent_ms"] == 1.5
    await seminar.deal()
    called = await waiting.until("placed")
    card = (await lead.until("match"))["card"]
    assert called["match"] == card["match"]
    await lead.close()
    await waiting.close()


async def test_the_wall_follows_its_class_and_joins_no_table(line: Line):
    there, seminar = await opened(line)
    await seminar.come("Ann")
    token = (await there.done(f"{seminar.path}/wall", seminar.token))["token"]
    wall = await connected(line, token)
    assert (await wall.until("welcome"))["role"] == "observer"
    assert (await wall.until("wall"))["card"]["names"] == ["Ann"]
    await wall.close()
    table = await line.socket()
    await table.send({"type": "hello", "protocol": 1, "token": token})
    assert (await table.closed())[0] == CloseCode.NOT_YOUR_MATCH


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"type": "ping", "sent_ms": 1}, CloseCode.SIGN_IN),
        ({"type": "hello", "protocol": 1, "token": "x"}, CloseCode.SIGN_IN),
        ({"type": "hello", "protocol": 2, "token": "x"}, CloseCode.PROTOCOL_TOO_OLD),
        ({"type": "hello", "protocol": 1, "token": "x", "more": 1}, CloseCode.POLICY),
        ("nonsense", CloseCode.POLICY),
        ('{"type":"hello","protocol":1,"token":"x","token":"y"}', CloseCode.POLICY),
        (b"bytes", CloseCode.POLICY),
    ],
)
async def test_a_hello_that_is_none_ends_the_connection(line: Line, hello: Any, code: CloseCode):
    wire = await connected(line, None)
    await wire.send(hello)
    assert (await wire.closed())[0] == code


async def test_a_token_of_a_match_opens_no_seminar(line: Line):
    there, seminar = await opened(line)
    wire = await connected(line, await there.host())
    assert (await wire.closed())[0] == CloseCode.NOT_YOUR_MATCH
    assert seminar.id


async def test_hello_is_said_once_and_frames_are_rationed(line: Line):
    _, seminar = await opened(line)
    wire = await connected(line, seminar.token)
    await wire.send({"type": "hello", "protocol": 1, "token": seminar.token})
    assert (await wire.closed())[0] == CloseCode.POLICY
    flooding = await connected(line, seminar.token)
    for _ in range(60):
        await flooding.send({"type": "ping", "sent_ms": 1})
    assert (await flooding.closed())[0] == CloseCode.POLICY


async def test_frames_beyond_what_people_send_wait_for_their_turn(tmp_path: Path):
    """Those of all sockets share one rate, whatever they are for."""
    async with listening(make_app(tmp_path, hurried_messages_per_second=5)) as line:
        _, seminar = await opened(line)
        wire = await connected(line, seminar.token)
        began = asyncio.get_running_loop().time()
        for _ in range(28):  # nineteen by hand, five at once, one each fifth of a second
            await wire.send({"type": "ping", "sent_ms": 1})
        for _ in range(28):
            await wire.until("pong")
        assert asyncio.get_running_loop().time() - began > 0.5
        await wire.close()


async def test_a_page_of_elsewhere_opens_no_seminar(line: Line):
    with pytest.raises(Exception, match="403"):
        await line.socket(path="/api/seminars/live", origin="https://elsewhere.example")
