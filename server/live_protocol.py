"""uvicorn's websocket, with an end that no client can put off.

uvicorn ends a connection by `transport.close()`, which first sends what is buffered: to a client
that never reads, that takes for ever, and every such client would keep a socket and a task.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

ABORT = "detente.abort"
"""The ASGI extension by which the app cuts a connection off: `{"abort": Callable[[], None]}`."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """A websocket that can be cut off, and is when a ping stays without its pong."""

    async def run_asgi(self) -> None:
        """Run the app, which may abort."""
        self.scope["extensions"][ABORT] = {"abort": self.transport.abort}
        await super().run_asgi()

    def keepalive_timeout(self) -> None:
        """End a connection that has gone silent, whatever it has not read."""
        super().keepalive_timeout()
        self.transport.abort()
