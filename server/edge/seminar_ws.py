"""The socket of a seminar: hello in, cards and calls out. Matches have sockets of their own."""

import asyncio
from functools import partial
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import Field, TypeAdapter

from game_rules.roles import PersonId, Role
from server.access.tokens import Grant
from server.edge.live_protocol import LINE, LiveProtocol
from server.edge.ws import CLOSE_WITHIN_S, frame_of, write
from server.live.outbox import Outbox
from server.seminars.feed import Follower
from server.services import Services
from server.store.event_store import StoreError
from server.wire.frames import PROTOCOL, CloseCode, Frame, Ping, Pong, ProtocolViolation
from server.wire.reading import read_frame

log = structlog.get_logger()
router = APIRouter()


class SeminarHello(Frame):
    """The first frame: who I am."""

    type: Literal["hello"]
    protocol: int
    token: Annotated[str, Field(min_length=1, max_length=128)]


class SeminarWelcome(Frame):
    """The answer to hello; everything else follows, and again whatever changes."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    role: Literal["player", "facilitator"]
    server_now_ms: int


_FRAME: TypeAdapter[SeminarHello | Ping] = TypeAdapter(
    Annotated[SeminarHello | Ping, Field(discriminator="type")]
)


@router.websocket("/api/seminars/live")
async def live(socket: WebSocket) -> None:
    """Keep somebody of a seminar told until one side ends it."""
    services: Services = socket.app.state.services
    if not services.origins.allow(socket.headers.get("origin"), socket.headers.get("host")):
        await socket.close(code=CloseCode.POLICY)  # before accept: answered with HTTP 403
        return
    await socket.accept()
    limits = services.settings
    line: LiveProtocol = socket.scope["extensions"][LINE]["line"]
    hang_up = partial(line.abort_within, CLOSE_WITHIN_S)
    outbox = Outbox(limits.outbox_messages, limits.outbox_bytes, hang_up)
    services.outboxes.add(outbox)
    writer = asyncio.create_task(write(socket, outbox))
    try:
        await _converse(socket, services, outbox)
    except WebSocketDisconnect:
        pass
    except TimeoutError:
        outbox.close(CloseCode.SIGN_IN, "no hello in time; send it first")
    except ProtocolViolation as violation:
        outbox.close(violation.code, violation.reason)
    except StoreError as error:
        log.warning("seminar_greeting_failed", reason=str(error))
        outbox.close(CloseCode.RESTART, "the seminar cannot be read just now; reconnecting")
    except Exception:  # a bug: logged here, told without detail, and only to its sender
        log.exception("seminar_connection_failed")
        outbox.close(CloseCode.BUG, "something broke here; the server's log has it")
    finally:
        outbox.close(CloseCode.NORMAL, "")
        services.outboxes.discard(outbox)
        await writer


async def _converse(socket: WebSocket, services: Services, outbox: Outbox) -> None:
    async with asyncio.timeout(services.settings.hello_within_s):
        hello = await _next(socket)
        follower = await _greet(hello, services, outbox)
    assert isinstance(hello, SeminarHello)
    bucket = services.frames.of(hello.token)  # one for all connections of a token
    services.feed.join(follower)
    try:
        while outbox.close_code is None:
            if not bucket.take():
                raise ProtocolViolation(CloseCode.POLICY, "too many frames; slow down")
            frame = await _next(socket)
            if not isinstance(frame, Ping):
                raise ProtocolViolation(CloseCode.POLICY, "hello was said already")
            now_ms = services.clock.now_ms()
            outbox.put(Pong(sent_ms=frame.sent_ms, server_now_ms=now_ms).model_dump_json())
    finally:
        services.feed.leave(follower)


async def _greet(frame: SeminarHello | Ping, services: Services, outbox: Outbox) -> Follower:
    if not isinstance(frame, SeminarHello):
        raise ProtocolViolation(CloseCode.SIGN_IN, "say hello first")
    if frame.protocol != PROTOCOL:
        reason = f"protocol {frame.protocol}; this server speaks {PROTOCOL}: reload the page"
        raise ProtocolViolation(CloseCode.PROTOCOL_TOO_OLD, reason)
    follower = _follower(await services.access.authenticate(frame.token), outbox)
    role = "facilitator" if follower.person is None else "player"
    welcome = SeminarWelcome(role=role, server_now_ms=services.clock.now_ms())
    outbox.put(welcome.model_dump_json())
    return follower


def _follower(grant: Grant | None, outbox: Outbox) -> Follower:
    if grant is None:
        raise ProtocolViolation(CloseCode.SIGN_IN, "this token is not known; join again")
    if grant.seminar_id is None:
        raise ProtocolViolation(CloseCode.NOT_YOUR_MATCH, "this token is for no seminar")
    if grant.role is Role.FACILITATOR:
        return Follower(grant.seminar_id, None, outbox)
    assert grant.person is not None, "whoever comes with a code is a person"
    return Follower(grant.seminar_id, PersonId(grant.person), outbox)


async def _next(socket: WebSocket) -> SeminarHello | Ping:
    return read_frame(_FRAME, await frame_of(socket))
