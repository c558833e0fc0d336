"""A websocket by hand, for what no decent client would do. It blocks; run it in a thread."""

import json
import os
import socket
from collections.abc import Mapping
from typing import Any

from websockets.frames import Frame, Opcode

from tests.live_server import HOST

PATIENCE_S = 3
_HANDSHAKE = (
    "GET /api/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class RawLine:
    """One TCP connection that has shaken hands, and says hello if it has a token."""

    def __init__(self, port: int, token: str | None = None, receive_buffer: int = 0) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE_S)
        self.socket.connect((HOST, port))
        self.socket.sendall(_HANDSHAKE.format(host=HOST, port=port).encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self.socket.recv(1)
        if token is not None:
            self.send(hello(token))

    def send(self, *frames: Mapping[str, Any]) -> None:
        """Send frames. Raises OSError once the server has hung up, or takes no more."""
        self.socket.sendall(b"".join(map(text_frame, frames)))

    def reset(self) -> None:
        """Vanish without a word, as a pulled cable and a reboot would."""
        linger_off = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_off)
        self.socket.close()


def hello(token: str, **changes: Any) -> dict[str, Any]:
    """The first frame."""
    frame = {"type": "hello", "protocol": 1, "token": token, "audience": None, "seq": 0}
    return {**frame, **changes}


def command(command_id: str, **fields: Any) -> dict[str, Any]:
    """A command's frame."""
    return {"type": "command", "id": command_id, "command": fields}


def text_frame(document: Mapping[str, Any]) -> bytes:
    """Write a document as a masked text frame."""
    text = json.dumps(document).encode()
    return Frame(Opcode.TEXT, text).serialize(mask=True)


def torn_frame() -> bytes:
    """The first half of a frame."""
    whole = text_frame(hello(os.urandom(16).hex()))
    return whole[: len(whole) // 2]
