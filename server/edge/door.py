"""uvicorn's HTTP with limits of time and size for a request, and a place at the gate.

uvicorn waits for ever for the end of a head or a body, and reads heads of any length.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.middleware.proxy_headers import _TrustedHosts
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server.access.addresses import neighbourhood
from server.edge.gate import Gate, Guest, raise_descriptor_limit
from server.edge.live_protocol import LiveProtocol, PassesGate
from server.edge.slices import Slices
from server.settings import Settings

HEAD_WITHIN_S = 5
BODY_WITHIN_S = 10
LARGEST_HEAD = 16_384
LARGEST_TARGET = 2_048
MOST_PIPELINED = 16

_LATE = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class TooMuchAsked(Exception):
    """A head that is too long, or too many requests at once on a connection: answered with 400."""


class Serving(PassesGate):
    """How a server serves: its protocols, its limits, and the gate that all connections pass."""

    def __init__(self, app: Any, settings: Settings, **more: Any) -> None:
        usual: dict[str, Any] = {
            "http": Door,
            "ws": LiveProtocol,
            "ws_max_size": settings.message_bytes,
            "ws_per_message_deflate": False,
            "server_header": False,
            "forwarded_allow_ips": list(settings.trusted_proxies),
            "access_log": False,  # query strings and addresses are nobody's business
            "log_config": None,
            "lifespan": "on",
        }
        super().__init__(app, **{**usual, **more})
        self.gate = Gate(
            most_connections=raise_descriptor_limit(),
            per_second=settings.requests_per_second,
            burst=settings.requests_burst,
        )
        self.slices = Slices()
        self.trusted = _TrustedHosts(list(settings.trusted_proxies))


class Door(HttpToolsProtocol):
    """One HTTP connection, until it ends or becomes a socket."""

    config: Serving
    _guest: Guest
    _is_in_head = False
    _size = _unended = 0
    _timer: asyncio.TimerHandle | None = None
    _answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Pass the gate, and expect a head."""
        super().connection_made(transport)
        host = self.client[0] if self.client else "unknown"
        self._guest = self.config.gate.enter(host, transport.abort)
        self._expect(HEAD_WITHIN_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave."""
        self._expect(None)
        self.config.gate.leave(self._guest)
        if self._answering is not None:  # uvicorn tells the last request alone, and more may wait
            self._answering.disconnected = True
            self._answering.message_event.set()
        self.pipeline.clear()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Expect the rest of the head. Raises TooMuchAsked, which ends the connection."""
        if len(self.pipeline) >= MOST_PIPELINED:
            raise TooMuchAsked
        super().on_message_begin()
        self._size, self._is_in_head = 0, True
        if self.cycle is None or self.cycle.response_complete:
            self._expect(HEAD_WITHIN_S)

    def on_url(self, url: bytes) -> None:
        """Take a part of the target. Raises TooMuchAsked."""
        super().on_url(url)
        if len(self.url) > LARGEST_TARGET:
            raise TooMuchAsked

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Raises TooMuchAsked."""
        super().on_header(name, value)
        self._size += len(name) + len(value)
        if self._size > LARGEST_HEAD:
            raise TooMuchAsked

    def on_headers_complete(self) -> None:
        """Expect the body."""
        self._is_in_head = False
        self._expect(BODY_WITHIN_S)
        self.config.gate.begin(self._guest)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Expect nothing until the answer is given."""
        self._expect(None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Be silent again; uvicorn ends a connection that stays so."""
        self._expect(HEAD_WITHIN_S if self._is_in_head else None)
        self.config.gate.end(self._guest)
        super().on_response_complete()

    def data_received(self, data: bytes) -> None:
        """Read what came; a head that has not ended and is too long already is refused."""
        super().data_received(data)
        self._unended = self._unended + len(data) if self._is_in_head else 0
        if self._unended > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def handle_websocket_upgrade(self) -> None:
        """Become a socket, which stays a guest until it has said hello."""
        self._expect(None)
        self._is_in_head = False
        self.config.gate.end(self._guest)
        self._later(self._become_a_socket)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        """Answer a request, later if too many come from one device."""
        self._answering = cycle
        self._later(lambda: super(Door, self)._start_asgi_task(cycle, app))

    def _later(self, work: Callable[[], None]) -> None:
        late_s = self.config.gate.late_s(*self._sender())
        if not late_s:
            work()
            return
        self.transport.pause_reading()

        def now() -> None:
            if not self.transport.is_closing():
                self.transport.resume_reading()
                work()

        self.loop.call_later(late_s, now)

    def _become_a_socket(self) -> None:
        self.config.gate.handed_on = self._guest
        super().handle_websocket_upgrade()

    def _sender(self) -> tuple[str, str]:
        """Give the address that a request comes from, and the name of its browser."""
        heads = dict(self.headers)
        address = self.client[0] if self.client else "unknown"
        if address in self.config.trusted:
            named = heads.get(b"x-forwarded-for", b"").decode("latin-1")
            address = self.config.trusted.get_trusted_client_address(named)[0] or address
        return neighbourhood(address[:64]), heads.get(b"user-agent", b"")[:200].decode("latin-1")

    def _expect(self, within_s: float | None) -> None:
        """End the connection unless what is expected comes in time; None expects nothing."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if within_s is None else self.loop.call_later(within_s, self._end)

    def _end(self) -> None:
        if self.transport.is_closing():
            return
        if self._is_in_head or self.cycle is None or not self.cycle.response_started:
            self.transport.write(_LATE)
        self.transport.close()
