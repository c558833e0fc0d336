"""How much one HTTP request may bring."""

from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.edge.headers import HEADERS
from server.wire.fields import LARGEST_BODY
from tests.server.running import make_app, running


@pytest.fixture
async def client(tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(make_app(tmp_path)) as client:
        client.headers["content-type"] = "application/json"
        yield client


def _join(size: int) -> bytes:
    body = b'{"code":"ABC","name":"x"}'
    return body + b" " * (size - len(body))


async def _in_pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def test_the_largest_body_is_read(client: httpx.AsyncClient):
    answer = await client.post("/api/join", content=_join(LARGEST_BODY))
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_code")


async def test_a_body_in_pieces_is_read_whole(client: httpx.AsyncClient):
    answer = await client.post("/api/join", content=_in_pieces(_join(LARGEST_BODY), 1000))
    assert answer.json()["code"] == "no_such_code"


async def test_a_larger_body_is_refused_with_the_limit(client: httpx.AsyncClient):
    answer = await client.post("/api/join", content=_join(LARGEST_BODY + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert str(LARGEST_BODY) in answer.json()["message"]
    assert HEADERS.items() <= dict(answer.headers).items()


async def test_a_larger_body_in_pieces_is_not_read_to_its_end(client: httpx.AsyncClient):
    read: list[bytes] = []

    async def endless() -> AsyncIterator[bytes]:
        while len(read) < 10_000:
            read.append(b"x" * 1000)
            yield read[-1]

    answer = await client.post("/api/join", content=endless())
    assert answer.status_code == 413
    assert len(read) <= LARGEST_BODY // 1000 + 2


@pytest.mark.parametrize("length", ["4097", "9" * 5000])
async def test_a_body_announced_too_large_is_not_waited_for(client: httpx.AsyncClient, length: str):
    answer = await client.post("/api/join", content=b"", headers={"content-length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "body", "key"),
    [
        ("/api/join", '{"code":"ABC","name":"x","name":"y"}', "name"),
        ("/api/host", '{"secret":"a","\\u0073ecret":"b"}', "secret"),
        ("/api/seminars/x/commands", '{"commands":[{"match":"m","id":"1","id":"2"}]}', "id"),
    ],
)
async def test_a_body_that_says_a_thing_twice_is_refused(
    client: httpx.AsyncClient, path: str, body: str, key: str
):
    answer = await client.post(path, content=body)
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "code": "invalid_request",
            "message": f"body: the key '{key}' is there twice; give it once",
        },
    )
    assert answer.headers["x-content-type-options"] == HEADERS["x-content-type-options"]


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b"[" * 4_000, b"1" * 4096, b'{"name":"\\ud800"}', b""]
)
async def test_what_is_no_json_is_refused_by_who_reads_it(client: httpx.AsyncClient, body: bytes):
    answer = await client.post("/api/join", content=body)
    assert (answer.status_code, answer.json()["code"]) in {
        (422, "invalid_request"),
        (400, "http_error"),
    }
