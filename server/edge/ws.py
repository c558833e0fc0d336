"""The socket: origin check, frames in, frames out. All thinking is in `session`."""

import asyncio
import contextlib
from functools import partial

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from server.edge.live_protocol import LINE, LiveProtocol
from server.live.outbox import Outbox
from server.live.session import Session
from server.services import Services
from server.store.event_store import StoreError
from server.wire.frames import CloseCode, ProtocolViolation

CLOSE_WITHIN_S = 2
"""Less than a stop of the server waits for its tasks."""

log = structlog.get_logger()
router = APIRouter()


@router.websocket("/api/live")
async def live(socket: WebSocket) -> None:
    """Join a connection to its match until one side ends it."""
    services: Services = socket.app.state.services
    if not services.origins.allow(socket.headers.get("origin"), socket.headers.get("host")):
        await socket.close(code=CloseCode.POLICY)  # before accept: answered with HTTP 403
        return
    await socket.accept()
    line: LiveProtocol = socket.scope["extensions"][LINE]["line"]
    limits = services.settings
    session = Session(
        services.registry,
        services.access,
        services.presences,
        services.clock,
        Outbox(
            limits.outbox_messages,
            limits.outbox_bytes,
            on_close=partial(line.abort_within, CLOSE_WITHIN_S),
            line=line,
        ),
        services.frames,
    )
    line.listen(session.take)
    services.outboxes.add(session.outbox)
    writer = asyncio.create_task(write(socket, session.outbox))
    try:
        await _read(socket, session, limits.hello_within_s)
    finally:
        session.leave()
        session.outbox.close(CloseCode.NORMAL, "")
        services.outboxes.discard(session.outbox)
        await writer


async def _read(socket: WebSocket, session: Session, hello_within_s: float) -> None:
    """Hand every frame to the session until the client goes or breaks the protocol."""
    try:
        async with asyncio.timeout(hello_within_s):
            await session.receive(await frame_of(socket))
        while session.outbox.close_code is None:
            await session.receive(await frame_of(socket))
    except WebSocketDisconnect:
        return
    except TimeoutError:
        session.outbox.close(CloseCode.SIGN_IN, "no hello in time; send it first")
    except ProtocolViolation as violation:
        session.outbox.close(violation.code, violation.reason)
    except StoreError as error:
        log.warning("greeting_failed", reason=str(error))
        session.outbox.close(CloseCode.RESTART, "the match cannot be read just now; reconnecting")
    except Exception:  # a bug: logged here, told without detail, and only to its sender
        log.exception("connection_failed")
        session.outbox.close(CloseCode.BUG, "something broke here; the server's log has it")


async def frame_of(socket: WebSocket) -> str:
    """Wait for the next frame's text. Raises WebSocketDisconnect or ProtocolViolation."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005), message.get("reason"))
    text = message.get("text")
    if text is None:
        raise ProtocolViolation(CloseCode.POLICY, "binary frame; send JSON as text")
    return text


async def write(socket: WebSocket, outbox: Outbox) -> None:
    """Send what the outbox holds, then its close code; a reader that has gone ends it too."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (frame := await outbox.take()) is not None:
            await socket.send_text(frame)
        await socket.close(outbox.close_code or CloseCode.NORMAL, outbox.close_reason)
