"""uvicorn's websocket, with a short way in and out, and an end that no client can put off.

The short way: a text frame is handed to the app in the turn in which it came, and a message is
written in the turn in which the app has it, where nothing waits before it. The long way round, by
ASGI's queue and a task for each side, is a quarter of what a small frame costs.

The end: uvicorn ends a connection by `transport.close()`, which first sends what is buffered: to a
client that never reads, that takes for ever, and every such client would keep a socket and a task.
"""

import asyncio
from collections.abc import Callable

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

TRANSPORT = "detente.transport"
"""The ASGI extension by which the app reaches this connection: `{"transport": LiveProtocol}`."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """A websocket that can be cut off, and is when a ping stays without its pong."""

    _take: Callable[[bytes], bool] | None = None
    _hanging_up: asyncio.TimerHandle | None = None

    def listen(self, take: Callable[[bytes], bool]) -> None:
        """Have text frames taken as they come.

        take: returns False for a frame that it leaves to ASGI; then all that follow go there too,
        until the app has received them.
        """
        self._take = take

    @property
    def is_clear(self) -> bool:
        """Tell whether a message can go: the client has read enough, and no end is near."""
        is_open = self.conn.state is State.OPEN and not self.transport.is_closing()
        return is_open and self.writable.is_set()

    def send_now(self, message: str) -> None:
        """Send a text message on a line that is clear."""
        self.conn.send_text(message.encode())
        self.transport.write(b"".join(self.conn.data_to_send()))

    def abort(self) -> None:
        """Cut the connection off."""
        self.transport.abort()

    def abort_within(self, seconds: float) -> None:
        """Cut the connection off if it has not ended by then."""
        if not self.disconnected:
            self._hanging_up = self.loop.call_later(seconds, self.abort)

    async def run_asgi(self) -> None:
        """Run the app, which may take this line into its own hands."""
        self.scope["extensions"][TRANSPORT] = {"transport": self}
        try:
            await super().run_asgi()
        finally:  # a ring of references would keep the connection until garbage is collected
            del self.scope["extensions"][TRANSPORT]
            self._take = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection; there is nothing left to hang up."""
        super().connection_lost(exc)
        if self._hanging_up is not None:
            self._hanging_up.cancel()

    def handle_text(self, event: Frame) -> None:
        """Hand a frame over, the short way if nothing is on the long one."""
        if self._take and event.fin and self.queue.empty() and self._take(bytes(event.data)):
            return
        super().handle_text(event)

    def keepalive_timeout(self) -> None:
        """End a connection that has gone silent, whatever it has not read."""
        super().keepalive_timeout()
        self.abort()
