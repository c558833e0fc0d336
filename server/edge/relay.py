"""A socket of a room that another server plays: passed on to it, frame by frame.

The other server talks to the client as if it had connected there. So a room is in one memory: who
is there, who may see what, notices, limits. If that server ends, the client connects again.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import InvalidStatus, WebSocketException

from server.edge.forwarding import PASSED_ON, passed_on_by
from server.edge.live_protocol import TRANSPORT, LiveProtocol
from server.live.outbox import Outbox
from server.live.tenancy import MOVED, Passed
from server.store.leases import Elsewhere
from server.wire.frames import CloseCode

if TYPE_CHECKING:
    from server.edge.beyond import Beyond

BALANCED_BY = "room"
"""What an address names where the load balancer sends all sockets of a room to one server."""
WANTED = "x-detente-wanted"
"""Of such a socket, if it is passed on: the room, which might as well be played where it came."""
GIVEN = 403
"""The answer of a server that gives the room up: a socket that is closed before it is accepted."""
CONNECT_S = 2
CLOSE_S = 1
_HUNG_UP = WebSocketException, WebSocketDisconnect, RuntimeError
"""What the end of one side is to the other."""
_KNOWN = {code.value for code in CloseCode}


class Given(Exception):
    """The other server has given the room up, so it can be played here."""


class Relay:
    """A client's socket, and the one behind it to the server that plays its room."""

    def __init__(self, socket: WebSocket, outbox: Outbox, address: str, beyond: "Beyond") -> None:
        self.outbox, self.address, self._is_sending = outbox, address, False
        self._socket, self._beyond = socket, beyond
        transport: LiveProtocol = socket.scope["extensions"][TRANSPORT]["transport"]
        beyond.take = transport.pass_now
        transport.listen(self._take)
        self._passing_back = asyncio.create_task(self._pass_back())

    async def receive(self, text: str) -> None:
        """Pass a frame on."""
        self._is_sending = True
        with contextlib.suppress(WebSocketException, OSError):  # then `_pass_back` ends it
            await self._beyond.send(text)
        self._is_sending = False

    def _take(self, text: bytes) -> bool:
        """Pass a frame on at once, if no earlier one is being sent."""
        return not self._is_sending and self._beyond.send_now(text)

    def cut(self) -> None:
        """End it, because the other server is gone; the client connects again."""
        self._beyond.transport.abort()

    def leave(self) -> None:
        """Hang up at the other server."""
        self._beyond.transport.close()

    async def _pass_back(self) -> None:
        """Pass every message back; a client that does not read makes the other server wait."""
        try:
            with contextlib.suppress(*_HUNG_UP):
                async for message in self._beyond:
                    await self._socket.send_text(str(message))
                    self._beyond.unread -= 1
        finally:
            self.outbox.close(*self._end())

    def _end(self) -> tuple[CloseCode, str]:
        """Tell how the other server ended it, as the client has to know."""
        code = self._beyond.close_code
        if code in _KNOWN and self._beyond.close_reason:
            return CloseCode(code), self._beyond.close_reason
        return CloseCode.RESTART, MOVED


class Knock:
    """An attempt to connect to another server, which ends when that one is gone."""

    def __init__(self, address: str, limit: asyncio.Timeout) -> None:
        self.address, self._limit = address, limit

    def cut(self) -> None:
        """Wait no longer: a server that stands still takes a connection and never answers."""
        with contextlib.suppress(RuntimeError):  # it ends already
            self._limit.reschedule(asyncio.get_running_loop().time())


async def passed_on(
    socket: WebSocket, outbox: Outbox, away: Elsewhere, hello: str, passed: set[Passed]
) -> Relay | None:
    """Connect a client's socket to the server of its room; None if nobody answers there.

    passed: what is passed on, or is about to be; whatever is in it may be cut. Raises Given.
    """
    knock: Passed | None = None
    try:
        async with asyncio.timeout(CONNECT_S) as limit:
            passed.add(knock := Knock(away.address, limit))
            beyond = await _connected(socket, away)
            await beyond.send(hello)
    except InvalidStatus as refused:
        if refused.response.status_code == GIVEN:
            raise Given from refused
        return None
    except (WebSocketException, OSError, TimeoutError):
        return None
    finally:
        passed.discard(knock)
    passed.add(relay := Relay(socket, outbox, away.address, beyond))
    return relay


async def _connected(socket: WebSocket, away: Elsewhere) -> "Beyond":
    from websockets.asyncio.client import connect  # most servers are alone

    from server.edge.beyond import Beyond

    wanted = {WANTED: away.room} if BALANCED_BY in socket.query_params else {}
    connection = await connect(
        f"ws://{away.address}{socket.scope['path']}",
        additional_headers=passed_on_by(socket) | wanted,
        user_agent_header=None,
        compression=None,
        max_size=None,
        open_timeout=None,
        close_timeout=CLOSE_S,
        create_connection=Beyond,
    )
    assert isinstance(connection, Beyond)
    return connection


def is_passed_on(socket: WebSocket) -> bool:
    """Tell whether another server has passed this socket on already."""
    return PASSED_ON in socket.headers


def wanted_room(socket: WebSocket) -> str | None:
    """Name the room that another server would play, as the balancer sends everybody there."""
    return socket.headers.get(WANTED) if is_passed_on(socket) else None
