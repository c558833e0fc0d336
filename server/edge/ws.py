"""The socket of a match; `session` handles its frames."""

from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from server.edge.connection import converse, outbox_on
from server.edge.live_protocol import LiveProtocol
from server.live.session import Session
from server.services import Services


class Live:
    """Connects a client to its match until one side closes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket."""
        await converse(WebSocket(scope, receive, send), "match", _begin)


route = WebSocketRoute("/api/live", Live())


def _begin(services: Services, transport: LiveProtocol) -> Session:
    session = Session(
        services.registry,
        services.access,
        services.presences,
        services.clock,
        outbox_on(services, transport, is_short=True),
        services.frames,
        services.hurry,
    )
    transport.listen(session.take)
    return session
