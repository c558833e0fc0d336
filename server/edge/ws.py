"""The socket of a match; `session` handles its frames."""

from fastapi import APIRouter, WebSocket

from server.edge.connection import converse, outbox_on
from server.edge.live_protocol import LiveProtocol
from server.live.session import Session
from server.services import Services

router = APIRouter()


@router.websocket("/api/live")
async def live(socket: WebSocket) -> None:
    """Connect a client to its match until one side closes."""
    await converse(socket, "match", _begin)


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
