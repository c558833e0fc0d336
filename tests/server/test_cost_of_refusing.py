"""What anybody can send costs little to refuse: at most three times what `json.loads` takes for it.

Every route and every type of frame is found by itself, so that a new one is held to it too. Costs
are the processor's, and beyond what the same entry costs with next to nothing in it.
"""

import asyncio
import gc
import json
import time
import typing
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp, Message
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import server.app
from game_rules.roles import Role
from server.api.served import PARTS, described
from server.edge import seminar_ws, ws
from server.live import session
from server.live.outbox import Outbox
from server.settings import Settings
from server.wire.commands import WIRE_COMMANDS
from server.wire.fields import LARGEST_BODY
from server.wire.frames import CLIENT_FRAME, ClientFrame, ProtocolViolation
from server.wire.reading import read_frame
from tests.server.running import make_app, running, services_of
from tests.server.stage import Stage

pytestmark = pytest.mark.slow

TIMES_JSON = 3
TIMES_DOUBLED = 2.5
"""Measured from a quarter to the whole, over two doublings: one is too near to the noise."""
PAUSES_S = (0.0, 0.0, 0.1, 0.4, 1.6)
"""Before each try: another process may have had the processor and its caches meanwhile."""
GRAIN_S = 100e-6
"""What one measurement may be off: one turn of the loop, one fault of a cache."""
TRIES = 3
LARGEST_FRAME = Settings.model_fields["message_bytes"].default
LARGEST_HEAD = 8_000
ROUTES = [route for part in PARTS for route in part.router.routes if isinstance(route, APIRoute)]
SOCKETS = [ws, seminar_ws]


def _many(item: Callable[[int], str], size: int) -> str:
    """Write as many items, commas between, as a size holds."""
    return ",".join(map(item, range(max(1, size // (len(item(99_999)) + 1)))))


def _in_lists(item: str, size: int) -> str:
    """Write an item over and over, in lists that are each short enough."""
    one = f"[{','.join([item] * min(250, max(1, size // (len(item) + 2))))}]"
    return f"[{','.join([one] * max(1, size // (len(one) + 2)))}]"


def _braced(held: str) -> str:
    return "{" + held + "}"


def _hexed(number: int) -> str:
    return f'"{number:x}":0'


ESCAPED = chr(92) + "u0041"

SHAPES: dict[str, Callable[[int], str]] = {
    "many keys": lambda size: _braced(_many(_hexed, size)),
    "doubled key at the end": lambda size: _braced(_many(_hexed, size - 6) + ',"1":1'),
    "one key over and over": lambda size: _braced(_many(lambda n: '"a":0', size)),
    "deep": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "deep objects": lambda size: '{"a":' * (size // 6) + "0" + "}" * (size // 6),
    "never closed": lambda size: "[" * size,
    "long text": lambda size: f'"{"a" * (size - 2)}"',
    "escapes": lambda size: f'"{ESCAPED * (size // 6 - 1)}"',
    "big number": lambda size: "9" * min(size, 4_000),
    "huge number": lambda size: "9" * size,
    "long array": lambda size: f"[{_many(lambda n: '0', size)}]",
    "array of objects": lambda size: f"[{_many(lambda n: '{}', size)}]",
    "arrays of numbers": lambda size: _in_lists("0", size),
    "arrays of texts": lambda size: _in_lists('"CHN"', size),
    "arrays of objects": lambda size: _in_lists("{}", size),
    "arrays of arrays": lambda size: _in_lists("[]", size),
    "short objects": lambda size: _in_lists(_braced(_many(_hexed, 600)), size),
}


@pytest.fixture(autouse=True)
def _without_collecting() -> Iterator[None]:
    """Collect no garbage of other tests while something is measured; `serve` does so rarely."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _spent(work: Callable[[], object]) -> float:
    """Give the processor time of one try, in seconds; the least of a few."""
    costs = []
    for _ in range(TRIES):
        began = time.thread_time()
        work()
        costs.append(time.thread_time() - began)
    return min(costs)


def _plain(text: str) -> float:
    """Give what `json.loads` takes for the bytes of a text, whatever it says to them."""
    given = text.encode()

    def load() -> None:
        try:
            json.loads(given)
        except (ValueError, RecursionError):
            return

    return _spent(load)


def _growth(quarter: str, whole_s: float) -> float:
    """Give how often the cost of a quarter the whole may cost: 2.5 times for each doubling.

    Objects of very many keys outgrow the processor's caches, for `json.loads` too; so what it takes
    more than four times is allowed besides.
    """
    return TIMES_DOUBLED**2 * max(1.0, whole_s / (4 * _plain(quarter)))


def _dear(name: str, cost: Callable[[int], float], text: Callable[[int], str], most: int) -> str:
    """Say how an entry breaks one of the two bounds; empty if it holds them."""
    for pause_s in PAUSES_S:
        time.sleep(pause_s)
        nothing, quarter, whole = cost(0), cost(most // 4), cost(most)
        plain = _plain(text(most))
        is_cheap = whole - nothing <= TIMES_JSON * plain + GRAIN_S
        if is_cheap and whole <= _growth(text(most // 4), plain) * quarter + GRAIN_S:
            return ""
    times = (nothing, quarter, whole, plain)
    return f"{name}: {', '.join(f'{x * 1e6:.0f}' for x in times)} µs (none, quarter, whole, json)"


def _frames() -> Iterator[tuple[str, TypeAdapter, Callable[[str], str]]]:
    """Give every place in a frame of a client where something may stand."""
    for adapter, union in ((CLIENT_FRAME, ClientFrame), (seminar_ws.FRAME, seminar_ws.ClientFrame)):
        yield "frame", adapter, lambda held: held
        for kind in typing.get_args(typing.get_args(union)[0]):
            (name,) = typing.get_args(kind.model_fields["type"].annotation)
            for field in (*kind.model_fields, "unknown"):
                yield f"{name}.{field}", adapter, _putting({"type": name}, field)
    for command in WIRE_COMMANDS:
        for field in (*(known.name for known in fields(cast("Any", command))), "unknown"):
            put = _putting({"type": command.type}, field)
            yield f"{command.type}.{field}", CLIENT_FRAME, _commanding(put)


def _commanding(put: Callable[[str], str]) -> Callable[[str], str]:
    return lambda held: f'{{"type":"command","id":"c1","command":{put(held)}}}'


def _putting(begun: dict[str, Any], field: str) -> Callable[[str], str]:
    """Give what writes an object with something in one of its fields."""
    plain = {name: value for name, value in begun.items() if name != field}
    return lambda held: json.dumps({**plain, field: 0})[:-2] + f"{held}}}"


def test_every_socket_is_asked():
    assert tuple(part.route for part in SOCKETS) == server.app.SOCKETS
    assert not [route for route in described().routes if isinstance(route, WebSocketRoute)]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_frame_costs_more_to_refuse_than_three_times_its_reading(shape: str):
    assert [dear for dear in map(_dear_frame(shape), _frames()) if dear] == []


def _dear_frame(shape: str) -> Callable[[tuple[str, TypeAdapter, Callable[[str], str]]], str]:
    def dear(place: tuple[str, TypeAdapter, Callable[[str], str]]) -> str:
        name, adapter, put = place

        def text(size: int) -> str:
            return put(SHAPES[shape](size - 100) if size else "0")

        def cost(size: int) -> float:
            frame = text(size).encode()
            assert len(frame) <= LARGEST_FRAME
            return _spent(lambda: _refused(adapter, frame))

        return _dear(name, cost, text, LARGEST_FRAME)

    return dear


def _refused(adapter: TypeAdapter, frame: bytes) -> None:
    try:
        read_frame(adapter, frame)
    except ProtocolViolation:
        return


@pytest.mark.parametrize("shape", ["many keys", "arrays of objects"])
async def test_a_session_reads_what_it_refuses_once(shape: str, monkeypatch: pytest.MonkeyPatch):
    read = []

    def reading(kind: TypeAdapter, text: str | bytes) -> object:
        read.append(len(text))
        return read_frame(kind, text)

    stage = Stage()
    await stage.match()
    desk = stage.connect(await stage.token(Role.PLAYER, "ann"), Outbox(256, 262_144))
    await desk.hello()
    monkeypatch.setattr(session, "read_frame", reading)
    frame = SHAPES[shape](LARGEST_FRAME).encode()
    assert not desk.session.take(frame)
    with pytest.raises(ProtocolViolation):
        await desk.session.receive(frame.decode())
    await stage.close()
    assert read == [len(frame)]


Ask = Callable[[str, str, bytes, dict[str, str]], Awaitable[int]]


@pytest.fixture
async def asking(tmp_path: Path) -> AsyncGenerator[tuple[Ask, str]]:
    """Give what asks a server without a socket or a client between, and a host's token."""
    app = make_app(tmp_path)
    proxied: Any = ProxyHeadersMiddleware(cast("Any", app), "192.0.2.1")
    async with running(app):
        token = await services_of(app).access.issue(Role.HOST)
        yield _asking(proxied), token


def _asking(app: ASGIApp) -> Ask:
    async def ask(method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        path, _, query = path.partition("?")
        given = {"content-type": "application/json", "content-length": str(len(body)), **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("192.0.2.1", 9),
            "server": ("server.test", 80),
        }
        status = 0

        coming = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return coming.pop() if coming else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)

        await app(scope, receive, send)
        return status

    return ask


def _largest(route: APIRoute) -> int:
    kind = None if route.body_field is None else route.body_field.field_info.annotation
    return getattr(kind, "largest", LARGEST_BODY)


def _path(route: APIRoute) -> str:
    return route.path.replace("{", "").replace("}", "")


async def _spent_async(work: Callable[[], Awaitable[object]]) -> float:
    costs = []
    for _ in range(TRIES):
        began = time.thread_time()
        await work()
        costs.append(time.thread_time() - began)
    return min(costs)


@pytest.mark.parametrize("has_token", [False, True], ids=["stranger", "host"])
async def test_no_body_costs_more_to_refuse_than_three_times_its_reading(
    asking: tuple[Ask, str], has_token: bool
):
    ask, token = asking
    headers = {"authorization": f"Bearer {token}"} if has_token else {}
    dear = [
        await _dear_body(ask, route, shape, headers, _largest(route) if has_token else LARGEST_BODY)
        for route in ROUTES
        for shape in (SHAPES if route.body_field else ["many keys"])
    ]
    assert [route for route in dear if route] == []


async def _dear_body(
    ask: Ask, route: APIRoute, shape: str, headers: dict[str, str], most: int
) -> str:
    method = min(route.methods or ())

    async def cost(body: str) -> float:
        return await _body_cost(ask, method, _path(route), body, headers)

    for pause_s in PAUSES_S:
        await asyncio.sleep(pause_s)
        whole_text = SHAPES[shape](most)
        nothing, quarter, whole = (
            await cost("0"),
            await cost(SHAPES[shape](most // 4)),
            await cost(whole_text),
        )
        plain = _plain(whole_text)
        is_cheap = whole - nothing <= TIMES_JSON * plain + GRAIN_S
        if is_cheap and whole <= _growth(SHAPES[shape](most // 4), plain) * quarter + GRAIN_S:
            return ""
    times = ", ".join(f"{x * 1e6:.0f}" for x in (nothing, quarter, whole, plain))
    return f"{method} {route.path} {shape}: {times} µs (none, quarter, whole, json)"


HEADERS = (
    "authorization",
    "origin",
    "host",
    "content-type",
    "content-length",
    "cookie",
    "accept",
    "accept-encoding",
    "range",
    "if-none-match",
    "if-modified-since",
    "x-forwarded-for",
    "x-forwarded-proto",
)
WORDS = ("a", "9", ",", ";", "a=", "=,", "0-0,", "[", "%41", "Bearer ", "W/", "127.0.0.1,")


@pytest.mark.parametrize("word", WORDS)
async def test_no_header_costs_more_than_three_times_as_much_json(
    asking: tuple[Ask, str], word: str
):
    ask, _ = asking
    text = word * (LARGEST_HEAD // len(word))
    for method, path in (("POST", "/api/join"), ("GET", "/"), ("GET", "/api/matches/m/log")):
        for header in HEADERS:
            assert await _dear_header(ask, method, path, header, text) == ""


async def _dear_header(ask: Ask, method: str, path: str, header: str, text: str) -> str:
    for pause_s in PAUSES_S:
        await asyncio.sleep(pause_s)
        nothing = await _body_cost(ask, method, path, "0", {"x-nothing": text})
        cost = await _body_cost(ask, method, path, "0", {header: text})
        plain = _plain(f"[{_many(lambda n: '0', LARGEST_HEAD)}]")
        if cost - nothing <= TIMES_JSON * plain + GRAIN_S:
            return ""
    times = ", ".join(f"{x * 1e6:.0f}" for x in (nothing, cost, plain))
    return f"{method} {path} {header}: {times} µs (none, whole, json)"


async def _body_cost(ask: Ask, method: str, path: str, body: str, headers: dict[str, str]) -> float:
    given = body.encode()

    async def refuse() -> None:
        assert await ask(method, path, given, headers) < 500

    return await _spent_async(refuse)
