"""A client that takes as little of the machine as it can: raw sockets, prepared frames, no JSON.

A frame of the server is found by its header, and searched for a word; nothing is parsed. A frame
to the server is made once, with a mask of zeros, which leaves its text as it is. One loop serves
all sockets. So what is measured is the server: two cores play server and client together.
"""

import base64
import http.client
import json
import os
import select
import socket
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

HOST = "127.0.0.1"
PATIENCE_S = 30
KEPT_S = 2
"""How long a silent connection for requests is used again; a server ends it after five."""
CHUNK = 1 << 18
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
SHORT, LONG = 126, 127
"""Lengths that say that two or eight bytes with the length follow."""


def framed(payload: bytes, kind: int = TEXT) -> bytes:
    """Make a frame of a client, masked with zeros."""
    size = len(payload)
    if size < SHORT:
        head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", 0x80 | kind, 0x80 | SHORT, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 0x80 | LONG, size)
    return head + b"\0\0\0\0" + payload


def command(command_id: str, body: Mapping[str, Any]) -> bytes:
    """Make the frame of a command of ours."""
    return framed(json.dumps({"type": "command", "id": command_id, "command": body}).encode())


class Closed(Exception):
    """The server has ended a connection; the message holds its code and its reason."""


class Wire:
    """One websocket. replies: what is answered to messages that say the same every time."""

    def __init__(self, port: int, path: str, replies: Mapping[bytes, bytes] | None = None) -> None:
        self.socket = socket.create_connection((HOST, port), PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bytes_read = 0
        self._replies, self._rest = replies or {}, b""
        self._shake(port, path)
        self._unread = self._cut(self._rest)

    def _shake(self, port: int, path: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._rest:
            chunk = self.socket.recv(CHUNK)
            if not chunk:
                raise Closed(self._rest.decode(errors="replace"))
            self._rest += chunk
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise Closed(head.decode(errors="replace"))

    def send(self, frame: bytes) -> None:
        """Send a prepared frame."""
        self.socket.sendall(frame)

    def read(self) -> list[bytes]:
        """Return the messages that have come, from one look at the socket. Raises Closed."""
        chunk = self.socket.recv(CHUNK)
        if not chunk:
            raise Closed("without a word")
        self.bytes_read += len(chunk)
        return self._cut(self._rest + chunk if self._rest else chunk)

    def _cut(self, held: bytes) -> list[bytes]:
        """Cut what is held into messages, and keep what is not whole."""
        messages, at, end = [], 0, len(held)
        while at + 2 <= end:
            size, start = held[at + 1], at + 2
            if size == SHORT:
                size, start = int.from_bytes(held[at + 2 : at + 4], "big"), at + 4
            elif size == LONG:
                size, start = int.from_bytes(held[at + 2 : at + 10], "big"), at + 10
            if start + size > end:
                break
            payload, kind, at = held[start : start + size], held[at] & 15, start + size
            if kind >= CLOSE:
                self._control(kind, payload)
            elif payload in self._replies:
                self.send(framed(self._replies[payload]))
            else:
                messages.append(payload)
        self._rest = held[at:]
        return messages

    def _control(self, kind: int, payload: bytes) -> None:
        if kind == CLOSE:
            code = int.from_bytes(payload[:2], "big")
            raise Closed(f"{code} {payload[2:].decode(errors='replace')}")
        if kind == PING:
            self.send(framed(payload, PONG))

    def until(self, word: bytes) -> bytes:
        """Read until a message holds a word; return it. Raises Closed, or TimeoutError."""
        while True:
            while self._unread:
                if word in (message := self._unread.pop(0)):
                    return message
            self._unread = self.read()

    def answer_pings(self) -> None:
        """Keep what has come for `until`, and answer pings, which come while nobody reads."""
        look = select.poll()
        look.register(self.socket, select.POLLIN)
        while look.poll(0):
            self._unread += self.read()

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


class Web:
    """One connection for requests, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
        self._used_s = 0.0

    def post(self, path: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """POST JSON, and return the JSON of the answer. Raises RuntimeError for a refusal."""
        head = {"content-type": "application/json"}
        if token:
            head["authorization"] = f"Bearer {token}"
        if time.perf_counter() > self._used_s + KEPT_S:
            self._connection.close()  # the next request opens it again
        self._connection.request("POST", path, json.dumps(body), head)
        answer = self._connection.getresponse()
        told, self._used_s = answer.read(), time.perf_counter()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{path}: {answer.status} {told.decode()}")
        return json.loads(told)


class Ears:
    """Waits for all sockets of a crowd at once."""

    def __init__(self, wires: Sequence[Wire]) -> None:
        self._poll = select.epoll()
        self._wires = {wire.socket.fileno(): wire for wire in wires}
        for number in self._wires:
            self._poll.register(number, select.EPOLLIN)

    def heard(self) -> Iterator[Wire]:
        """Yield each connection that has something to read, as soon as any has."""
        ready = self._poll.poll(PATIENCE_S)
        if not ready:
            raise TimeoutError(f"nothing came for {PATIENCE_S} s")
        for number, _ in ready:
            yield self._wires[number]

    def until_all(self, word: bytes) -> dict[Wire, tuple[float, bytes]]:
        """Read until every connection has had a message with a word; return when, and that one."""
        had: dict[Wire, tuple[float, bytes]] = {}
        while len(had) < len(self._wires):
            for wire in self.heard():
                for message in wire.read():
                    if word in message:
                        had.setdefault(wire, (time.perf_counter(), message))
        return had

    def close(self) -> None:
        """Hang up all."""
        self._poll.close()
        for wire in self._wires.values():
            wire.close()
