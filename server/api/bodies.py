"""Limits on HTTP request bodies: size, and no duplicate keys in JSON."""

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.errors import invalid, too_large
from server.wire.reading import KeyTwice, require_keys_once

LARGEST_BODY = 256 * 1024
"""In bytes: the longest list of entrants that a tournament accepts, with a margin."""


class BodyLimit:
    """Answers 413 to a request whose body is too large, announced or not.

    A JSON body with a duplicate key is answered with 422.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on once its whole body has arrived and is small enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        brought = None if _announces_too_much(scope) else await _bring(receive)
        if brought is None:
            await _refusal()(scope, receive, send)
            return
        if (ambiguous := _key_twice(brought)) is not None:
            await ambiguous(scope, receive, send)
            return

        async def receive_again() -> Message:
            return brought.pop(0) if brought else await receive()

        await self._app(scope, receive_again, send)


def _announces_too_much(scope: Scope) -> bool:
    announced = Headers(scope=scope).get("content-length", "")
    return announced.isdecimal() and (len(announced) > 12 or int(announced) > LARGEST_BODY)


async def _bring(receive: Receive) -> list[Message] | None:
    """Read a whole request; None as soon as it is too large."""
    brought: list[Message] = []
    size = 0
    while True:
        message = await receive()
        brought.append(message)
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return brought


def _key_twice(brought: list[Message]) -> JSONResponse | None:
    """Build the answer to JSON with a duplicate key; the route reports other errors."""
    body = b"".join(message.get("body", b"") for message in brought)
    try:
        require_keys_once(body.decode() or "null")
    except KeyTwice as error:
        return invalid(f"body: {error}")
    except (ValueError, RecursionError):
        return None
    return None


def _refusal() -> JSONResponse:
    refusal = too_large(LARGEST_BODY)
    refusal.headers["connection"] = "close"
    return refusal
