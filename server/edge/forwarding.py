"""Requests about a room that another server plays: asked there, and answered from here.

A route finds out when it asks for the match or the class, before it has changed anything. So it can
be run again, here or there.
"""

import asyncio
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.logs import log
from server.store.leases import Elsewhere

PASSED_ON = "x-detente-passed-on"
"""Of a request that another server passes on: this one does not pass it on again."""
ANSWER_WITHIN_S = 10
PAUSE_S = 0.25
MOST_TRIES = 12
"""Together longer than a lease lasts, whose server has ended."""
LONGEST_BODY = 1_000_000
_OF_THE_CONNECTION = {
    *("connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"),
    *("content-length", "date", "server"),
}
_NOT_PASSED_ON = _OF_THE_CONNECTION | {"accept-encoding", "host", "expect"}


def passed_on_by(connection: HTTPConnection) -> dict[str, str]:
    """Return the headers of what is passed on for somebody: who that is, as limits count people."""
    told = ("user-agent", "accept-language")
    headers = {name: connection.headers[name] for name in told if name in connection.headers}
    if connection.client is not None:
        headers["x-forwarded-for"] = connection.client.host
    return headers | {PASSED_ON: "1"}


class Forwarding:
    """Passes a request on to the server that plays its room."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request here, or elsewhere."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive)
        for _ in range(MOST_TRIES):
            try:
                await self._app(scope, body.again(), send)
            except Elsewhere as away:
                answer = await _answer(Request(scope), body, away)
            else:
                return
            if answer is not None:
                await answer(scope, receive, send)
                return
            await asyncio.sleep(PAUSE_S)  # its server has just ended: its lease lapses in a moment
        await _TRY_AGAIN(scope, receive, send)


class _Body:
    """The body of a request, which can be read again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read: list[Message] = []

    def again(self) -> Receive:
        """Return what reads the body from its beginning."""
        read = iter(tuple(self._read))

        async def receive() -> Message:
            if (known := next(read, None)) is not None:
                return known
            message = await self._receive()
            if message["type"] == "http.request":
                self._read.append(message)
            return message

        return receive

    async def whole(self) -> bytes | None:
        """Return the whole body; None if it is too long, or the client is gone."""
        receive, found = self.again(), bytearray()
        while len(found) <= LONGEST_BODY:
            message = await receive()
            if message["type"] != "http.request":
                return None
            found += message.get("body", b"")
            if not message.get("more_body", False):
                return bytes(found)
        return None


async def _answer(request: Request, body: _Body, away: Elsewhere) -> Response | None:
    """Return what the other server answers; None if nobody is there."""
    whole = None if PASSED_ON in request.headers else await body.whole()
    if whole is None:
        return _TRY_AGAIN
    try:
        return await asyncio.to_thread(_ask, request, whole, away.address)
    except ConnectionRefusedError:
        return None
    except OSError as error:
        log.warning("not_answered_elsewhere", address=away.address, reason=str(error))
        return _TRY_AGAIN


def _ask(request: Request, body: bytes, address: str) -> Response:
    """Ask the server at an address. Raises OSError."""
    import http.client  # most servers are alone

    connection = http.client.HTTPConnection(address, timeout=ANSWER_WITHIN_S)
    headers: dict[str, Any] = {
        name: value for name, value in request.headers.items() if name not in _NOT_PASSED_ON
    }
    target = request.scope["raw_path"].decode("ascii")
    target += f"?{request.url.query}" if request.url.query else ""
    try:
        connection.request(request.method, target, body, headers | passed_on_by(request))
        told = connection.getresponse()
        answer = Response(told.read(), told.status)
        for name, value in told.getheaders():
            if name.lower() not in _OF_THE_CONNECTION:
                answer.headers.append(name, value)
    except http.client.HTTPException as error:
        raise ConnectionError(f"no answer: {error}") from error
    finally:
        connection.close()
    return answer


_TRY_AGAIN = JSONResponse(
    {"code": "try_again", "message": "it could not be saved just now; try again"}, 503
)
