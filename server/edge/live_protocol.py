"""uvicorn's websocket with a shortcut past ASGI, and a close that clients cannot delay.

The shortcut: if nothing is queued, a text frame reaches the app in the same turn of the event loop,
and a message is written in the turn in which the app sends it. ASGI's queue and a task per side
cost a quarter of the time of a small frame.

The close: uvicorn ends a connection by `transport.close()`, which first sends what is buffered. A
client that never reads would delay that without limit and keep a socket and a task.
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode, apply_mask
from websockets.protocol import Protocol, State
from websockets.streams import StreamReader

from server.edge.gate import Gate, Guest
from server.edge.slices import Slices

WHOLE_TEXT, MASKED = 0x81, 0x80
SHORT, LONG = 126, 127
"""Lengths that say that two or eight bytes with the length follow (RFC 6455, section 5.2)."""
MASK_SIZE = 4

PIECES_A_SECOND = 20
MOST_HELD = 65_536
"""How many bytes of one connection wait for their turn, in all; more is read at once."""
MOST_PIECES = 100
"""Pings, pongs and parts of messages on one connection, on average and at once."""

TRANSPORT = "detente.transport"
"""The ASGI extension by which the app reaches this connection: `{"transport": LiveProtocol}`."""


class PassesGate(uvicorn.Config):
    """A configuration with the gate that all connections pass, and the line in which they wait."""

    gate: Gate
    slices: Slices


class LiveProtocol(WebSocketsSansIOProtocol):
    """A websocket that can be aborted, and is aborted when a ping gets no pong."""

    config: PassesGate
    _held: bytes = b""
    """What waits for its turn to be read."""
    _guest: Guest | None = None
    _pieces = 0.0
    _pieces_at_s = 0.0
    _take: Callable[[bytes], bool] | None = None
    _hanging_up: asyncio.TimerHandle | None = None
    _is_broken = False
    put_off: Callable[[], Awaitable[object]] | None = None
    """Waits before a client that breaks the protocol is told so."""

    def listen(self, take: Callable[[bytes], bool]) -> None:
        """Pass text frames to `take` as they arrive.

        take: returns False for a frame that it leaves to ASGI; the frames after it go to ASGI too,
        until the app has received them.
        """
        self._take = take

    async def slow_down(self) -> None:
        """Take nothing more, and wait, the longer the more often its device breaks the protocol."""
        self._take = None
        if self.put_off is not None and not self.transport.is_closing():
            self.read_paused = True
            self.transport.pause_reading()
            await self.put_off()
        if self._is_broken and not self.transport.is_closing():
            super().handle_parser_exception()

    @property
    def is_clear(self) -> bool:
        """Tell whether a message can be sent now: the buffer has room, and no close is pending."""
        is_open = self.conn.state is State.OPEN and not self.transport.is_closing()
        return is_open and self.writable.is_set()

    def send_now(self, message: str) -> None:
        """Send a text message on a connection that is clear."""
        payload = message.encode()
        self.transport.write(_head(len(payload)) + payload)

    def pass_now(self, message: bytes) -> bool:
        """Send a text message of another server if the connection is clear; tell whether it was."""
        if not self.is_clear:
            return False
        self.conn.send_text(message)
        self.transport.write(b"".join(self.conn.data_to_send()))
        return True

    def abort(self) -> None:
        """Abort the connection."""
        self.transport.abort()

    def abort_within(self, seconds: float) -> None:
        """Abort the connection if it has not ended within this time, in seconds."""
        if not self.disconnected:
            self._hanging_up = self.loop.call_later(seconds, self.abort)

    async def run_asgi(self) -> None:
        """Run the app with a reference to this connection in its scope."""
        self.scope["extensions"][TRANSPORT] = {"transport": self}
        try:
            await super().run_asgi()
        finally:  # a reference cycle would keep the connection until garbage is collected
            del self.scope["extensions"][TRANSPORT]
            self._take = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over the place at the gate from the connection that this was."""
        super().connection_made(transport)
        self._guest, self.config.gate.handed_on = self.config.gate.handed_on, None

    def admit(self) -> None:
        """Note that the client has said who it is."""
        if self._guest is not None:
            self.config.gate.admit(self._guest)

    def data_received(self, data: bytes) -> None:
        """Read what came, or let it wait if this turn has read for long."""
        if self._held:
            self._held += data
            if len(self._held) > MOST_HELD:
                self._read_held()
        elif self.config.slices.has_time:
            self._read(data)
        else:
            self._held = data
            self.config.slices.later(self._read_held)

    def _read_held(self) -> None:
        """Read what waits; nothing does if it had to be read before its turn."""
        held, self._held = self._held, b""
        if held:
            self._read(held)

    def _read(self, data: bytes) -> None:
        """Read what came; if it is one whole message, without the machinery for pieces."""
        text = self._alone(data) if self._take and self.queue.empty() else None
        if text is None:
            super().data_received(data)
        elif not (self._take and self._take(text)):
            super().handle_text(Frame(Opcode.TEXT, text))

    def _alone(self, data: bytes) -> bytes | None:
        """Return the text that is all that came, and no part of anything; None if it is not so."""
        conn = self.conn
        if conn.state is not State.OPEN or conn.current_size is not None or not _is_between(conn):
            return None
        return _text_alone(data, self.config.ws_max_size)

    def eof_received(self) -> None:
        """Read what waits: nothing more comes."""
        self._read_held()
        super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the pending abort; the connection has ended."""
        self._read_held()
        super().connection_lost(exc)
        if self._guest is not None:
            self.config.gate.leave(self._guest)
        if self._hanging_up is not None:
            self._hanging_up.cancel()

    def handle_text(self, event: Frame) -> None:
        """Pass a frame by the shortcut unless frames wait in ASGI's queue."""
        if self._take and event.fin and self.queue.empty() and self._take(bytes(event.data)):
            return
        super().handle_text(event)

    def handle_cont(self, event: Frame) -> None:
        """Take a piece of a message, unless there are too many."""
        if self._may_send_a_piece():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping of the websocket itself, unless there are too many."""
        if self._may_send_a_piece():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Take a pong, unless there are too many."""
        if self._may_send_a_piece():
            super().handle_pong(event)

    def send_receive_event_to_app(self) -> None:
        """Pass a message on; one that is no UTF-8 ends the connection, and is in no log."""
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(self.frames):
            self.frames = []
            self.conn.send_close(1007)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """Tell the app of frames that are none; it calls `slow_down`, which ends the connection."""
        if self.close_sent or not self.handshake_complete:
            super().handle_parser_exception()
        elif not self._is_broken:
            self._is_broken = True
            self.queue.put_nowait({"type": "websocket.receive", "bytes": b""})

    def _may_send_a_piece(self) -> bool:
        """Count a frame that is no message of its own; abort the connection at the limit."""
        now_s = self.loop.time()
        due = self._pieces - (now_s - self._pieces_at_s) * PIECES_A_SECOND
        self._pieces, self._pieces_at_s = max(0.0, due) + 1, now_s
        if self._pieces > MOST_PIECES:
            self.abort()
        return self._pieces <= MOST_PIECES

    def keepalive_timeout(self) -> None:
        """Abort a connection that stays silent, whatever is still buffered."""
        super().keepalive_timeout()
        self.abort()


def _is_text(frames: list[bytes]) -> bool:
    try:
        b"".join(frames).decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_between(conn: Protocol) -> bool:
    """Tell whether a parser waits for the first byte of a frame."""
    waiting: Any = conn.parser
    while waiting.gi_yieldfrom is not None:
        waiting = waiting.gi_yieldfrom
    return waiting.gi_code is StreamReader.at_eof.__code__


def _text_alone(data: bytes, most: int) -> bytes | None:
    """Return the text if the data is one frame of a client with a whole text of at most so much."""
    if len(data) < 2 + MASK_SIZE or data[0] != WHOLE_TEXT or data[1] < MASKED:
        return None
    size, start = data[1] - MASKED, 2
    if size == SHORT:
        size, start = int.from_bytes(data[2:4], "big"), 4
    begin = start + MASK_SIZE
    if data[1] == MASKED + LONG or size > most or len(data) != begin + size:
        return None
    return apply_mask(data[begin:], data[start:begin])


def _head(size: int) -> bytes:
    """Make the head of a frame of the server with a whole text."""
    if size < SHORT:
        return bytes((WHOLE_TEXT, size))
    if size < 1 << 16:
        return struct.pack("!BBH", WHOLE_TEXT, SHORT, size)
    return struct.pack("!BBQ", WHOLE_TEXT, LONG, size)
