"""Sockets, served past what requests pass.

Each layer around an app keeps a coroutine while a socket is open, and ten thousand may be.
"""

from collections.abc import Awaitable, Iterable

from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send


class SocketsFirst:
    """Passes each socket to its route, and all else on; it keeps nothing itself."""

    def __init__(self, app: ASGIApp, sockets: Iterable[WebSocketRoute]) -> None:
        self._app = app
        self._sockets = {socket.path: socket.app for socket in sockets}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer with what the route or the app answers."""
        is_socket = scope["type"] == "websocket"
        app = self._sockets.get(scope["path"], self._app) if is_socket else self._app
        return app(scope, receive, send)
