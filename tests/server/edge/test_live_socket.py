"""The socket as clients meet it: a real server, real connections, every limit tried."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs
from websockets.exceptions import InvalidStatus

from game_rules.match import commands as c
from game_rules.roles import PUBLIC, THE_FACILITATOR, Role, Seat
from server.app import say_goodbye
from server.hosting.match_host import MatchHost, Sender
from server.store.event_store import MatchId, StoreUnavailable
from server.wire.frames import CloseCode
from tests.fakes import ManualClock
from tests.server.access.test_origins import FOREIGN
from tests.server.running import Line, Wire, library, listening, make_app, services_of

HOST = Sender("facilitator", THE_FACILITATOR)
PING = {"type": "ping", "sent_ms": 1}
TAKE = {"type": "take_seat", "seat": "CHN", "name": "Ann"}
SAY = {"type": "say", "room": [], "text": "Hello"}


@pytest.fixture(scope="module")
async def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, clock: ManualClock) -> Starlette:
    folder = tmp_path_factory.mktemp("live")
    return make_app(folder, clock, allowed_origins=("https://seminar.example.edu",))


@pytest.fixture(scope="module")
async def line(app: Starlette) -> AsyncGenerator[Line]:
    """A listening server."""
    async with listening(app) as line:
        yield line


class Ear:
    """Somebody who listens and does nothing."""

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None: ...


class Match:
    """A match of its own for one test, which must leave the log as it says."""

    def __init__(self, app: Starlette, line: Line, host: MatchHost) -> None:
        self._app, self._line, self.host = app, line, host
        self._ear = Ear()  # until somebody joins; else the server may let go of the match
        host.audience(PUBLIC).listeners.add(self._ear)

    async def token(self, role: Role, person: str | None = None) -> str:
        """Issue a token for this match."""
        access = services_of(self._app).access
        return await access.issue(role, self.host.match_id, person, person)

    async def join(self, role: Role, person: str | None = None, **hello: Any) -> Wire:
        """Connect and say hello."""
        wire = await self._line.join(await self.token(role, person), **hello)
        self.host.audience(PUBLIC).listeners.discard(self._ear)
        return wire


@pytest.fixture
async def match(app: Starlette, line: Line, request: pytest.FixtureRequest) -> Match:
    """A match in its lobby."""
    services = services_of(app)
    match_id = MatchId(f"m{abs(hash(request.node.nodeid)):x}")
    await services.queries.create_match(match_id, "plain", "Plain", 3, services.clock.now_ms())
    host = await services.registry.create(match_id, library()["plain"], "7", 1.0)
    return Match(app, line, host)


# The door


async def test_the_servers_own_page_and_listed_pages_come_in(line: Line, match: Match):
    for origin in (f"http://{line.authority}", "https://seminar.example.edu", None):
        wire = await line.socket(origin=origin)
        await wire.close()


@pytest.mark.parametrize("origin", [x for x in FOREIGN if x.isascii() and x.isprintable()])
async def test_a_foreign_page_is_answered_403_before_anything_else(line: Line, origin: str):
    with pytest.raises(InvalidStatus) as refused:
        await line.socket(origin=origin)
    assert refused.value.response.status_code == 403


async def test_a_refused_origin_is_logged_once_a_minute_with_what_helps(
    line: Line, clock: ManualClock
):
    with capture_logs() as logs:
        for after_ms in (60_000, 1000, 60_000):
            clock.advance(after_ms)
            with pytest.raises(InvalidStatus):
                await line.socket(origin="https://class.example")
    told = [each for each in logs if each["event"] == "origin_refused"]
    assert [(each["origin"], each["host"]) for each in told] == [
        ("https://class.example", line.authority)
    ] * 2
    assert "DETENTE_PUBLIC_URL" in told[0]["remedy"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda own: f"{own}.evil.example",
        lambda own: own.replace("127", "0127"),
        lambda own: own.rsplit(":", 1)[0],
        lambda own: own + "0",
        lambda own: own.replace("http", "ws"),
        lambda own: own.replace("127.0.0.1", "localhost"),
        lambda own: own + "/",
    ],
)
async def test_what_only_looks_like_the_servers_own_page_is_foreign(line: Line, spoil: Any):
    with pytest.raises(InvalidStatus) as refused:
        await line.socket(origin=spoil(f"http://{line.authority}"))
    assert refused.value.response.status_code == 403


async def test_a_plain_request_is_no_socket(line: Line):
    async with line.http() as client:
        answer = await client.get("/api/live")
    assert answer.status_code in (404, 426)


# Before hello


@pytest.fixture
def _hurry(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for hello a tenth of a second only."""
    services = services_of(app)
    hurried = services.settings.model_copy(update={"hello_within_s": 0.1})
    monkeypatch.setattr(services, "settings", hurried)


@pytest.mark.usefixtures("_hurry")
async def test_whoever_says_nothing_is_sent_away_in_time(line: Line):
    wire = await line.socket()
    assert await wire.closed() == (CloseCode.SIGN_IN, "no hello in time; send it first")


def handshake(line: Line) -> bytes:
    """Write the request that opens a socket."""
    return (
        f"GET /api/live HTTP/1.1\r\nHost: {line.authority}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()


@pytest.mark.usefixtures("_hurry")
async def test_half_a_frame_is_nothing(line: Line):
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(handshake(line) + b"\x81\xff")  # a text frame that does not go on
    async with asyncio.timeout(5):
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        assert await reader.readuntil(b"no hello in time")
    writer.close()


@pytest.mark.parametrize("frame", [PING, {"type": "command", "id": "c1", "command": TAKE}])
async def test_nothing_is_answered_before_hello(line: Line, frame: dict):
    wire = await line.socket()
    await wire.send(frame)
    assert await wire.closed() == (CloseCode.SIGN_IN, "say hello first")
    assert wire.texts == []


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 128, "دیتانت"])
async def test_a_token_that_was_never_issued_opens_nothing(line: Line, token: str):
    wire = await line.socket()
    await wire.send({"type": "hello", "protocol": 1, "token": token})
    code, reason = await wire.closed()
    assert (code, reason) == (CloseCode.SIGN_IN, "this token is not known; join again")


async def test_the_hosts_own_token_is_for_no_match(app: Starlette, line: Line):
    wire = await line.socket()
    token = await services_of(app).access.issue(Role.FACILITATOR)
    await wire.send({"type": "hello", "protocol": 1, "token": token})
    assert await wire.closed() == (CloseCode.NOT_YOUR_MATCH, "this token is for no match")


async def test_another_protocol_is_told_to_reload(line: Line, match: Match):
    wire = await line.socket()
    await wire.send({"type": "hello", "protocol": 2, "token": await match.token(Role.OBSERVER)})
    code, reason = await wire.closed()
    assert code == CloseCode.PROTOCOL_TOO_OLD
    assert reason == "protocol 2; this server speaks 1: reload the page"


async def test_a_store_that_cannot_be_read_sends_clients_back_later(
    app: Starlette, line: Line, match: Match, monkeypatch: pytest.MonkeyPatch
):
    token = await match.token(Role.OBSERVER)

    async def fail(*asked: Any) -> None:
        raise StoreUnavailable("the disk is full")

    wire = await line.socket()
    with capture_logs() as logs:
        monkeypatch.setattr(services_of(app).access, "authenticate", fail)
        await wire.send({"type": "hello", "protocol": 1, "token": token})
        code, _ = await wire.closed()
    assert code == CloseCode.RESTART
    assert [x["event"] for x in logs if x["event"] != "chores_postponed"] == ["greeting_failed"]


async def test_a_bug_is_logged_and_told_without_detail(
    app: Starlette, line: Line, match: Match, monkeypatch: pytest.MonkeyPatch
):
    token = await match.token(Role.OBSERVER)

    async def break_down(*asked: Any) -> None:
        raise ZeroDivisionError("the secret is 42")

    wire = await line.socket()
    with capture_logs() as logs:
        monkeypatch.setattr(services_of(app).access, "authenticate", break_down)
        await wire.send({"type": "hello", "protocol": 1, "token": token})
        code, reason = await wire.closed()
    assert code == CloseCode.BUG
    assert "42" not in reason
    assert [x["event"] for x in logs] == ["connection_failed"]


# Frames that break the protocol


BAD_FRAMES: list[tuple[str | bytes, CloseCode, str]] = [
    ("", CloseCode.POLICY, "frame: Invalid JSON"),
    ("{", CloseCode.POLICY, "frame: Invalid JSON"),
    ("null", CloseCode.POLICY, "frame: "),
    ("[" + json.dumps(PING) + "]", CloseCode.POLICY, "frame: "),
    ('{"type":"dance"}', CloseCode.POLICY, "frame: Input tag 'dance'"),
    ('{"type":"ping"}', CloseCode.POLICY, "ping.sent_ms: Field required"),
    ('{"type":"ping","sent_ms":"1"}', CloseCode.POLICY, "ping.sent_ms: Input should be"),
    ('{"type":"ping","sent_ms":1,"x":1}', CloseCode.POLICY, "ping.x: Extra inputs"),
    (f'{{"type":"ping","sent_ms":1,"{"د" * 200}":1}}', CloseCode.POLICY, "ping.د"),
    ('{"type":"ping","sent_ms":NaN}', CloseCode.POLICY, "ping.sent_ms: "),
    ("[" * 8000, CloseCode.POLICY, "frame: "),
    ("x" * 16_384, CloseCode.POLICY, "frame: Invalid JSON"),
    ("x" * 16_385, CloseCode.TOO_BIG, ""),
    ("د" * 8_193, CloseCode.TOO_BIG, ""),
    ("x" * 10**6, CloseCode.TOO_BIG, ""),
    (b"{}", CloseCode.POLICY, "binary frame; send JSON as text"),
    (json.dumps(PING).encode(), CloseCode.POLICY, "binary frame; send JSON as text"),
]


@pytest.mark.parametrize(
    ("frame", "code", "reason"), BAD_FRAMES, ids=lambda x: repr(x)[:24] if x != "" else "empty"
)
@pytest.mark.parametrize("has_greeted", [True, False])
async def test_a_frame_that_breaks_the_protocol_ends_its_connection_and_nothing_else_happens(
    line: Line, match: Match, frame: str | bytes, code: int, reason: str, has_greeted: bool
):
    wire = await match.join(Role.FACILITATOR) if has_greeted else await line.socket()
    other = await match.join(Role.FACILITATOR)
    await wire.send(frame)
    closed_code, closed_reason = await wire.closed()
    assert closed_code == code
    if code == CloseCode.POLICY:
        assert closed_reason.startswith(reason)
    assert match.host.seq == 1
    assert (await other.do(SAY, "c1"))["type"] == "ack"
    await other.close()


async def test_a_message_in_many_pieces_counts_as_one(line: Line, match: Match):
    wire = await match.join(Role.FACILITATOR)
    pieces = ["x" * 4_000] * 5
    await wire.connection.send(iter(pieces))
    code, _ = await wire.closed()
    assert code == CloseCode.TOO_BIG


async def test_a_text_that_is_no_utf8_is_refused_by_the_socket_itself(line: Line, match: Match):
    wire = await match.join(Role.OBSERVER)
    await wire.connection.send(b"\xff\xfe", text=True)
    code, _ = await wire.closed()
    assert code == 1007


async def test_an_observers_connection_speaks_for_one_token(match: Match):
    wire = await match.join(Role.OBSERVER)
    token = await match.token(Role.FACILITATOR)
    await wire.send({"type": "hello", "protocol": 1, "token": token})
    code, _ = await wire.closed()
    assert code == CloseCode.POLICY


async def test_a_second_hello_is_answered_with_what_is_missing(match: Match):
    token = await match.token(Role.FACILITATOR)
    wire = await match._line.join(token)
    await wire.do({"type": "start_match"}, "c1")
    hello = {"type": "hello", "protocol": 1, "token": token, "audience": "facilitator", "seq": 1}
    await wire.send(hello)
    assert (await wire.until("welcome"))["seq"] == 2
    assert [x["type"] for x in (await wire.until("events"))["events"]] == ["phase_opened"]
    await wire.close()


async def test_too_many_frames_end_the_connection(match: Match):
    wire = await match.join(Role.OBSERVER)
    for _ in range(40):
        await wire.send(PING)
    assert await wire.closed() == (CloseCode.POLICY, "too many frames; slow down and reconnect")


# Commands


async def test_a_command_of_another_match_does_nothing_there(
    app: Starlette, line: Line, match: Match
):
    services = services_of(app)
    await services.queries.create_match(MatchId("other"), "plain", "Plain", 3, 0)
    other = await services.registry.create(MatchId("other"), library()["plain"], "7", 1.0)
    wire = await match.join(Role.FACILITATOR)
    await wire.do({"type": "start_match"}, "c1")
    assert (match.host.seq, other.seq) == (2, 1)
    await wire.close()


async def test_a_late_order_is_refused_and_not_kept(match: Match, clock: ManualClock):
    host = match.host
    await host.ask(c.SeatBot(Seat("PHL"), "grudger"), HOST)
    wire = await match.join(Role.PLAYER, "ann")
    await wire.do(TAKE, "c1")
    await host.ask(c.StartMatch(), HOST)
    for _ in range(2):
        await host.ask(c.SkipPhase(host.position.round, host.position.phase), HOST)
    await host.settle()
    position, seq = host.position, host.seq
    order = {"type": "save_order", "round": 1, "actions": {"strait": "C"}}
    clock.advance(20_000)
    answer = await wire.do(order, "c2")
    # the clock may have ended the phase a moment before
    assert answer["code"] in ("too_late", "not_now"), answer
    await wire.close()
    await host.settle()
    stored = [event for event in host.events[seq:] if event.type == "order_saved"]
    assert stored == []
    assert position.orders.get(Seat("CHN")) is None


async def test_a_repeated_command_gets_its_first_answer_again(match: Match):
    wire = await match.join(Role.PLAYER, "ann")
    first = await wire.do(TAKE, "c1")
    await wire.do(SAY, "c2")
    assert await wire.do(TAKE, "c1") == first
    assert match.host.seq == 3
    await wire.close()


async def test_a_revoked_token_bites_at_its_next_command(app: Starlette, match: Match):
    wire = await match.join(Role.PLAYER, "ann")
    await wire.do(TAKE, "c1")
    await services_of(app).access.revoke_person(match.host.match_id, "ann")
    await wire.send({"type": "command", "id": "c2", "command": SAY})
    assert await wire.closed() == (CloseCode.SIGN_IN, "this token was withdrawn; join again")
    assert match.host.seq == 2


async def test_who_hangs_up_is_gone(app: Starlette, match: Match):
    wire = await match.join(Role.OBSERVER)
    assert not match.host.is_idle
    await wire.close()
    async with asyncio.timeout(5):
        while not match.host.is_idle:  # noqa: ASYNC110 (the server has no event for it)
            await asyncio.sleep(0.01)


# Slow readers, many windows, a restart


async def stuck(line: Line, token: str) -> socket.socket:
    """Open a socket, say hello, and read nothing."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(raw, ("127.0.0.1", line.port))
    hello = json.dumps({"type": "hello", "protocol": 1, "token": token}).encode()
    # a masked text frame; the mask of zeros leaves it as it is
    frame = b"\x81" + bytes([0x80 | 126, *len(hello).to_bytes(2, "big")]) + bytes(4) + hello
    await loop.sock_sendall(raw, handshake(line))
    assert b" 101 " in await loop.sock_recv(raw, 1024)
    await loop.sock_sendall(raw, frame)
    return raw


@pytest.mark.slow
async def test_a_reader_that_stops_is_sent_away_and_the_others_go_on(
    app: Starlette, line: Line, match: Match
):
    watching = await match.join(Role.OBSERVER)
    known = set(services_of(app).outboxes)
    raw = await stuck(line, await match.token(Role.OBSERVER))
    async with asyncio.timeout(60):
        while not (new := services_of(app).outboxes - known):  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.01)
        (outbox,) = new
        while outbox.close_code is None:
            said = (match.host.ask(c.Say((), "x" * 1000, None), HOST) for _ in range(40))
            await asyncio.gather(*said)
            while watching.seq < match.host.seq:
                await watching.frame()
        assert outbox.close_code == CloseCode.TOO_SLOW
        received = await asyncio.to_thread(read_to_the_end, raw)
    assert CloseCode.TOO_SLOW.to_bytes(2, "big") + b"frames were not read in time" in received
    await watching.close()


def read_to_the_end(raw: socket.socket) -> bytes:
    """Read what the server had sent before it gave up, and its goodbye."""
    raw.setblocking(True)
    received = b""
    while b"frames were not read in time" not in received and (part := raw.recv(1 << 20)):
        received = received[-1000:] + part
    raw.close()
    return received


async def test_a_sixth_window_of_a_person_closes_the_first(match: Match):
    token = await match.token(Role.PLAYER, "ann")
    windows = [await match._line.join(token) for _ in range(6)]
    code, reason = await windows[0].closed()
    assert (code, reason) == (CloseCode.REPLACED, "opened in a newer window; go on there")
    await windows[1].send(PING)
    assert (await windows[1].until("pong"))["sent_ms"] == 1
    for window in windows[1:]:
        await window.close()


async def test_before_a_restart_every_client_is_told_to_come_back(app: Starlette, match: Match):
    wires = [await match.join(Role.OBSERVER) for _ in range(2)]
    say_goodbye(app)
    for wire in wires:
        assert await wire.closed() == (CloseCode.RESTART, "the server restarts; reconnecting")


async def test_http_and_sockets_share_one_door(line: Line):
    async with line.http() as client:
        answer = await client.get("/api/health/live")
    assert isinstance(answer, httpx.Response)
    assert answer.json()["status"] == "ok"
