"""The life of one connection: origin check, incoming frames, outgoing frames."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.edge.forwarding import MOST_TRIES, PAUSE_S
from server.edge.live_protocol import TRANSPORT, LiveProtocol
from server.edge.relay import Given, Relay, is_passed_on, passed_on, wanted_room
from server.live.outbox import Outbox
from server.live.tenancy import Tenancy
from server.logs import log
from server.services import Caller, Services
from server.store.event_store import StoreError, StoreUnavailable
from server.store.leases import Elsewhere
from server.wire.frames import CloseCode, ProtocolViolation

CLOSE_WITHIN_S = 2
"""In seconds: less than a stopping server waits for its tasks."""

WRONG = CloseCode.POLICY, CloseCode.SIGN_IN, CloseCode.NOT_YOUR_MATCH
"""What a client of ours is hardly ever told, and a program that tries things always is."""

LONGEST_LOGGED = 200
REMEDY = "let the proxy pass the Host header, or set DETENTE_PUBLIC_URL to the page's address"


class FrameHandler(Protocol):
    """Handles the frames of one connection; knows frames, not sockets."""

    outbox: Outbox

    async def receive(self, text: str) -> None:
        """Receive one frame, hello first. Raises ProtocolViolation or StoreError."""
        ...

    def leave(self) -> None:
        """Stop listening."""
        ...


async def converse(
    socket: WebSocket, about: str, begin: Callable[[Services, LiveProtocol], FrameHandler]
) -> None:
    """Exchange frames until one side closes. about: the subject, for log messages."""
    services: Services = socket.app.state.services
    origin, host = socket.headers.get("origin"), socket.headers.get("host")
    if not services.origins.allow(origin, host):
        _note_refusal(services, origin, host)
        await socket.close(code=CloseCode.POLICY)  # before accept: answered with HTTP 403
        return
    wanted = wanted_room(socket)
    if wanted is not None and await services.housekeeping.give_up(wanted):
        await socket.close()  # before accept: the other server plays it now
        return
    await socket.accept()
    transport: LiveProtocol = socket.scope["extensions"][TRANSPORT]["transport"]
    transport.put_off = partial(services.slow_down, Caller.of(socket))
    talk = begin(services, transport)
    services.outboxes.add(talk.outbox)
    writer = asyncio.create_task(_write(socket, talk.outbox))
    try:
        await _read(socket, about, talk, services.settings.hello_within_s, transport)
    finally:
        talk.leave()
        talk.outbox.close(CloseCode.NORMAL, "")
        services.outboxes.discard(talk.outbox)
        await writer


def _note_refusal(services: Services, origin: str | None, host: str | None) -> None:
    """Log what a page was refused for, once a minute; often a proxy hides the page's address."""
    if services.origin_refusals.take():
        cut = [(text or "")[:LONGEST_LOGGED] for text in (origin, host)]
        log.warning("origin_refused", origin=cut[0], host=cut[1], remedy=REMEDY)


def outbox_on(services: Services, transport: LiveProtocol, *, is_short: bool) -> Outbox:
    """Make a connection's outbox. is_short: messages may bypass the ASGI queue."""
    limits, hang_up = services.settings, partial(transport.abort_within, CLOSE_WITHIN_S)
    direct = transport if is_short else None
    return Outbox(limits.outbox_messages, limits.outbox_bytes, hang_up, direct)


async def _read(
    socket: WebSocket,
    about: str,
    talk: FrameHandler,
    hello_within_s: float,
    transport: LiveProtocol,
) -> None:
    """Pass on every frame until the client disconnects or violates the protocol."""
    passed: Relay | None = None
    try:
        async with asyncio.timeout(hello_within_s):
            hello = await _frame_of(socket)
        passed = await _greet(socket, talk, hello)
        transport.admit()
        while talk.outbox.close_code is None:
            await (passed or talk).receive(await _frame_of(socket))
    except WebSocketDisconnect:
        return
    except TimeoutError:
        talk.outbox.close(CloseCode.SIGN_IN, "no hello in time; send it first")
    except ProtocolViolation as violation:
        talk.leave()
        if violation.code in WRONG:
            await transport.slow_down()
        talk.outbox.close(violation.code, violation.reason)
    except StoreError as error:
        log.warning("greeting_failed", about=about, reason=str(error))
        reason = f"the {about} cannot be read just now; reconnecting"
        talk.outbox.close(CloseCode.RESTART, reason)
    except Exception:  # a bug: logged here and reported without detail to its sender only
        log.exception("connection_failed", about=about)
        talk.outbox.close(CloseCode.BUG, "something broke here; the server's log has it")
    finally:
        if passed is not None:
            passed.leave()
            _tenancy(socket).passed.discard(passed)


async def _greet(socket: WebSocket, talk: FrameHandler, hello: str) -> Relay | None:
    """Answer a hello; return the connection to the server that does, if it is another one.

    A server that has just ended has its lease for a moment yet. Raises StoreUnavailable after it.
    """
    for _ in range(MOST_TRIES):
        try:
            await talk.receive(hello)
        except Elsewhere as away:
            if is_passed_on(socket):
                break
            tenancy = _tenancy(socket)
            there = tenancy.rooms.addresses
            with contextlib.suppress(Given):  # then it is played here at once
                passed = await passed_on(socket, talk.outbox, away, hello, tenancy.passed)
                if passed is not None:
                    return passed
                if away.address not in there - tenancy.rooms.addresses:  # it may answer yet
                    await asyncio.sleep(PAUSE_S)
        else:
            return None
    raise StoreUnavailable("its server has ended, or changes just now")


def _tenancy(socket: WebSocket) -> Tenancy:
    services: Services = socket.app.state.services
    return services.housekeeping.tenancy


async def _frame_of(socket: WebSocket) -> str:
    """Return the text of the next frame. Raises WebSocketDisconnect or ProtocolViolation."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005), message.get("reason"))
    text = message.get("text")
    if text is None:
        raise ProtocolViolation(CloseCode.POLICY, "binary frame; send JSON as text")
    return text


async def _write(socket: WebSocket, outbox: Outbox) -> None:
    """Send the frames of the outbox, then its close code; a lost client ends it too."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (frame := await outbox.take()) is not None:
            await socket.send_text(frame)
        await socket.close(outbox.close_code or CloseCode.NORMAL, outbox.close_reason)
