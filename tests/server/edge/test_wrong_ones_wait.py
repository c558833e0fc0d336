"""Whoever is wrong over and over is answered later and later; whoever is right is not counted."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from websockets.frames import Frame, Opcode

from game_rules.roles import Role
from server.store.event_store import MatchId
from tests.server.running import (
    Line,
    Wire,
    library,
    listening,
    make_app,
    services_of,
    without_waiting,
)

MATCH = MatchId("m")
TOO_LARGE = b"\x81\xff" + (1 << 20).to_bytes(8) + bytes(4)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncGenerator[Line]:
    """A server that lets one wrong try pass at once, ten a minute after it."""
    async with listening(make_app(tmp_path, failed_tries_burst=1)) as line:
        services = services_of(line.app)
        await services.queries.create_match(MATCH, "plain", "Plain", 3, 0)
        await services.registry.create(MATCH, library()["plain"], "7", None)
        yield line


@pytest.fixture
def waits(line: Line) -> list[float]:
    return without_waiting(services_of(line.app))


def _raw(*frames: Frame) -> bytes:
    return b"".join(frame.serialize(mask=True) for frame in frames)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/api/live", "/api/seminars/live"])
@pytest.mark.parametrize(
    "junk",
    [
        "no JSON",
        b"bytes",
        '{"type":"ping","sent_ms":1}',
        '{"type":"hello","protocol":1,"token":"x"}',
        _raw(Frame(Opcode.TEXT, b"\xff")),
        TOO_LARGE,
        b"\xff\xff\xff\xff",
    ],
    ids=["no JSON", "binary", "no hello", "no token", "no UTF-8", "too large", "no frame"],
)
async def test_a_socket_that_breaks_the_protocol_is_closed_later(
    line: Line, waits: list[float], path: str, junk: str | bytes
):
    for expected in ([], [6]):
        wire = await line.socket(path)
        if isinstance(junk, str) or junk == b"bytes":
            await wire.send(junk)
        else:
            wire.connection.transport.write(junk)
        await _until_closed(wire)
        assert waits == expected


async def test_what_a_right_token_breaks_counts_too_and_its_next_frames_are_not_taken(line: Line):
    services = services_of(line.app)
    await (await line.socket()).send("the one wrong try that passes at once")
    wire = await line.join(await services.access.issue(Role.PLAYER, MATCH, "ann", "Ann"))
    await wire.send("no JSON")
    take = {"type": "take_seat", "seat": "CHN", "name": "Ann"}
    await wire.send({"type": "command", "id": "c", "command": take})
    await asyncio.sleep(0.1)
    assert wire.connection.close_code is None
    assert not (await services.registry.host(MATCH)).position.holders
    services.failed_tries.close()  # as when the server stops
    assert (await wire.closed())[0] == 1008


@pytest.mark.slow
async def test_who_is_right_is_not_counted(line: Line, waits: list[float]):
    token = await services_of(line.app).access.issue(Role.PLAYER, MATCH, "ann", "Ann")
    for _ in range(5):
        await (await line.join(token)).close()
        async with line.http() as client:
            assert (await client.get(f"/api/matches/{MATCH}")).status_code == 200
    assert waits == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/join", "{}", 422),
        ("POST", "/api/join", "no JSON", 422),
        ("POST", "/api/join", '{"code":"A","code":"B","name":"x"}', 422),
        ("POST", "/api/join", " " * 5_000, 413),
        ("GET", "/api/matches/nowhere", "", 404),
        ("GET", "/api/matches/nowhere/log", "", 404),
        ("GET", "/api/tournaments/nowhere", "", 404),
        ("GET", "/api/matches", "", 401),
        ("GET", "/api/seminars/nowhere", "", 401),
    ],
)
async def test_a_wrong_request_is_answered_later(
    line: Line, waits: list[float], method: str, path: str, body: str, status: int
):
    async with line.http() as client:
        for expected in ([], [6]):
            answer = await client.request(method, path, content=body or None)
            assert (answer.status_code, waits) == (status, expected)


async def test_pages_that_are_not_there_are_nobodys_fault(line: Line, waits: list[float]):
    """Browsers ask for icons by themselves."""
    async with line.http() as client:
        for _ in range(5):
            assert (await client.get("/favicon.ico")).status_code == 404
    assert waits == []


async def _until_closed(wire: Wire) -> None:
    async with asyncio.timeout(5):
        await wire.connection.wait_closed()
