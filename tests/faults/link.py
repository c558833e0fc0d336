"""A way to a server over which bytes come late, or in one direction, or end within a frame."""

import asyncio
import random
from contextlib import suppress

from tests.live_server import HOST, Reached, free_port

GONE_WITHIN_S = 0.2


class Link(Reached):
    """Passes bytes on to a port. late_s: how long a piece may take; is_mute: answers are lost."""

    def __init__(self, beyond: int, luck: random.Random) -> None:
        self.port = free_port()
        self.late_s = 0.0
        self.is_mute = False
        self._beyond, self._luck = beyond, luck
        self._pairs: set[_Pair] = set()

    async def __aenter__(self) -> "Link":
        self._door = await asyncio.start_server(self._pass, HOST, self.port)
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._door.close()
        for pair in tuple(self._pairs):
            pair.abort()

    async def cut(self) -> None:
        """Pass half of the next piece on, each way of every connection, and end it there."""
        torn = tuple(self._pairs)
        for pair in torn:
            pair.is_torn = True
        await asyncio.sleep(GONE_WITHIN_S)
        for pair in torn:
            pair.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            away, out = await asyncio.open_connection(HOST, self._beyond)
        except OSError:
            writer.transport.abort()
            return
        pair = _Pair(writer, out)
        self._pairs.add(pair)
        with suppress(OSError):
            await asyncio.gather(
                self._pump(reader, out, pair), self._pump(away, writer, pair, is_answer=True)
            )
        pair.abort()
        self._pairs.discard(pair)

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        pair: "_Pair",
        *,
        is_answer: bool = False,
    ) -> None:
        while part := await reader.read(1 << 16):
            if self.late_s:
                await asyncio.sleep(self._luck.uniform(0, self.late_s))
            if is_answer and (self.is_mute or pair.is_mute):
                pair.is_mute = True
                continue
            writer.write(part[: len(part) // 2] if pair.is_torn else part)
            await writer.drain()
            if pair.is_torn:
                break
        writer.close()


class _Pair:
    """Both connections of one.

    is_torn: it ends within the next piece. is_mute: an answer was lost, so no later one comes.
    """

    def __init__(self, *writers: asyncio.StreamWriter) -> None:
        self._writers = writers
        self.is_torn = self.is_mute = False

    def abort(self) -> None:
        """End both at once."""
        for writer in self._writers:
            writer.transport.abort()
