"""Connections that send anything: frames that are nearly right, torn, binary, endless or none."""

import asyncio
import json
import random
import struct
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from websockets.frames import Frame, Opcode

from tests.fuzz.raw_line import command, hello
from tests.fuzz.targets import mutated, seeds
from tests.live_server import HOST, Reached

ANSWER_S = 0.02
"""How long an answer is waited for; most frames have none."""
CLOSED_WITHIN_S = 5
_HEAD = (
    "GET /api/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Hostile:
    """One who connects again and again. closes, refused: codes that the server gave."""

    def __init__(self, door: Reached, tokens: Sequence[str], luck: random.Random) -> None:
        self._door, self._tokens, self._luck = door, tokens, luck
        self._seeds = seeds("frames")
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter | None = None
        self._unread = b""
        self._number = 0
        self.sent = 0
        self.closes: Counter[int] = Counter()
        self.refused: Counter[str] = Counter()

    async def act(self, frames: int) -> None:
        """Send so many frames, over as many connections as that takes."""
        while self.sent < frames:
            if self._writer is None:
                await self._connect()
                continue
            self.sent += 1
            await self._send(self._luck.choices(_KINDS, _WEIGHTS)[0](self))
        await self._hang_up()

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(HOST, self._door.port)
        self._unread = b""
        self._writer.write(_HEAD.format(host=HOST, port=self._door.port).encode())
        await self._reader.readuntil(b"\r\n\r\n")
        if self._luck.random() < 0.8:  # the rest never says who it is
            self.sent += 1
            await self._send(self._hello())

    async def _send(self, raw: bytes) -> None:
        assert self._writer is not None
        try:
            self._writer.write(raw)
            await self._writer.drain()
            await self._read(ANSWER_S)
            if self._luck.random() < 0.02:
                await self._hang_up()
        except (OSError, EOFError):
            self._lost()

    async def _read(self, seconds: float) -> None:
        """Read what comes within a time. Raises EOFError at the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    part = await self._reader.read(1 << 16)
                    self._unread += part
                    while self._take_frame():
                        pass
                    if not part:
                        raise EOFError

    def _take_frame(self) -> bool:
        """Take a whole frame of the server out of what was read; those have no mask."""
        raw = self._unread
        if len(raw) < 2:
            return False
        length, start = raw[1] & 127, 2
        if length > 125:
            start = 4 if length == 126 else 10
            if len(raw) < start:
                return False
            (length,) = struct.unpack("!H" if length == 126 else "!Q", raw[2:start])
        if len(raw) < start + length:
            return False
        self._note(raw[0] & 15, raw[start : start + length])
        self._unread = raw[start + length :]
        return True

    def _note(self, opcode: int, payload: bytes) -> None:
        if opcode == Opcode.CLOSE:
            self.closes[struct.unpack("!H", payload[:2])[0] if payload else 1005] += 1
        elif opcode == Opcode.TEXT:
            told = json.loads(payload)
            for frame in told if isinstance(told, list) else [told]:
                if frame["type"] == "refused":
                    self.refused[frame["code"]] += 1

    async def _hang_up(self) -> None:
        if self._writer is not None:
            if self._luck.random() < 0.5:
                with suppress(OSError, EOFError):
                    self._writer.write(Frame(Opcode.CLOSE, b"\x03\xe8").serialize(mask=True))
                    await self._read(CLOSED_WITHIN_S)
            self._lost()

    def _lost(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._writer = None

    def _hello(self) -> bytes:
        luck = self._luck
        audience = luck.choice((None, None, "seat:CHN", "facilitator", "observer", "x" * 64))
        seq = luck.choice((0, 0, 1, 3, 2**31, 2**63))
        return _text(hello(luck.choice(self._tokens), audience=audience, seq=seq))

    def _golden(self) -> bytes:
        return _frame(self._luck.choice(self._seeds))

    def _mutated(self) -> bytes:
        return _frame(mutated(*self._luck.choices(self._seeds, k=2), self._luck))

    def _command(self) -> bytes:
        self._number += 1
        kind = self._luck.choice(("say", "save_order", "set_ready", "start_match", "take_seat"))
        fields = {"room": [], "text": "x", "round": 1, "actions": {}, "seat": "CHN", "name": "x"}
        some = {x: fields[x] for x in self._luck.sample(sorted(fields), 3)}
        return _text(command(f"c{self._number % 50}", type=kind, **some))

    def _noise(self) -> bytes:
        return self._luck.randbytes(self._luck.choice((1, 7, 200)))

    def _odd(self) -> bytes:
        """Send a frame as no browser does: of another kind, in pieces, without a mask, or torn."""
        luck, raw = self._luck, self._luck.randbytes(self._luck.choice((0, 1, 125)))
        first = luck.choice((*Opcode, Opcode.PING, Opcode.CONT, 3, 15))
        first |= luck.choices((0, 0x80, 0xC0, 0x90), (2, 6, 1, 1))[0]
        is_masked = luck.random() < 0.9
        mask = bytes(4 if is_masked else 0)
        sent = bytes((first, len(raw) | is_masked << 7)) + mask + raw
        return sent[: luck.randint(1, len(sent))] if luck.random() < 0.2 else sent

    def _large(self) -> bytes:
        return _frame(b'"' + b"x" * self._luck.choice((16_000, 16_384, 70_000)) + b'"')

    def _endless(self) -> bytes:
        """Begin a message that is said to be larger than any memory."""
        return b"\x81\xff" + struct.pack("!Q", self._luck.choice((2**31, 2**62))) + b"mask"


def _frame(text: bytes) -> bytes:
    return Frame(Opcode.TEXT, text).serialize(mask=True)


def _text(document: Mapping[str, Any]) -> bytes:
    return _frame(json.dumps(document).encode())


_CHOICES: Mapping[Callable[[Hostile], bytes], float] = {
    Hostile._hello: 4,
    Hostile._golden: 6,
    Hostile._mutated: 6,
    Hostile._command: 8,
    Hostile._odd: 3,
    Hostile._noise: 1,
    Hostile._large: 0.5,
    Hostile._endless: 0.5,
}
_KINDS, _WEIGHTS = [*_CHOICES], [*_CHOICES.values()]
