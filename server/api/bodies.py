"""Routes that read a JSON body: how large it may be, and that it is read once and strictly.

How many bytes a route takes is said by its body (`Body.largest`). Without a known token it is
`LARGEST_BODY` at most, so that a stranger cannot make the server read more than that.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope

from server.api.dependencies import grant_of, services_of
from server.api.errors import BodyTooLarge, BodyUnclear
from server.wire.fields import LARGEST_BODY, Body
from server.wire.reading import KeyTwice, TooMuch, read_json

BYTES_A_VALUE = 16
"""A body of so many bytes a value has room: no text that is meant is as dense as this."""


class JsonRequest(Request):
    """A request whose body is read to a limit, and whose JSON is read strictly."""

    def __init__(self, scope: Scope, receive: Receive, largest: int) -> None:
        super().__init__(scope, receive)
        self._largest = largest
        self._cookies: dict[str, str] = {}  # nothing here uses any, so none are read

    async def body(self) -> bytes:
        """Read the whole body. Raises BodyTooLarge as soon as it is known to be."""
        if not hasattr(self, "_body"):
            announced = _announced(self)
            if announced is not None and announced > self._largest:
                raise BodyTooLarge(self._largest)
            brought, size = [], 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > self._largest:
                    raise BodyTooLarge(self._largest)
                if chunk:
                    brought.append(chunk)
            self._body = b"".join(brought)  # what came in one piece is not copied
        return self._body

    async def json(self) -> Any:
        """Read the body as JSON. Raises BodyUnclear, or ValueError for what is no JSON."""
        body = await self.body()
        try:
            return read_json(body, self._largest // BYTES_A_VALUE)
        except (KeyTwice, TooMuch) as problem:
            raise BodyUnclear(problem) from None
        except ValueError as error:
            if len(body) <= LARGEST_BODY:
                json.loads(body)  # raises too, and says where in fewer words
            raise json.JSONDecodeError(str(error), "", 0) from None


class JsonRoute(APIRoute):
    """A route that reads its body as a `JsonRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler of the route's requests."""
        handle, largest = super().get_route_handler(), self._largest()

        async def read(request: Request) -> Response:
            allowed = min(largest, self._largest_of_stranger())
            announced = _announced(request)
            if largest > allowed and (announced is None or announced > allowed):
                known = await grant_of(request, services_of(request))
                allowed = allowed if known is None else largest
            return await handle(JsonRequest(request.scope, request.receive, allowed))

        return read

    def _largest(self) -> int:
        """Give the bytes that the route's body may have."""
        kind = None if self.body_field is None else self.body_field.field_info.annotation
        return kind.largest if isinstance(kind, type) and issubclass(kind, Body) else LARGEST_BODY

    def _largest_of_stranger(self) -> int:
        """Give the bytes that a body may have from who has no token."""
        return LARGEST_BODY


class JsonRouter(APIRouter):
    """A router whose routes read bodies strictly."""

    def __init__(self, prefix: str, tag: str, route: type[JsonRoute] = JsonRoute) -> None:
        super().__init__(prefix=prefix, tags=[tag], route_class=route)


def _announced(request: Request) -> int | None:
    """Return how many bytes a request says it brings; None if it does not say."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        return None
    return int(length[:12])
