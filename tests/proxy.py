"""A proxy between a browser and a server, as strict networks and wrong settings make them."""

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from tests.live_server import HOST, ServerProcess

UPGRADE = re.compile(rb"\r\n(?:Upgrade|Connection): [^\r]*", re.IGNORECASE)
HOST_LINE = re.compile(rb"\r\nHost: [^\r]*", re.IGNORECASE)


@dataclass(eq=False)
class Proxy:
    """Passes bytes on. port: where it listens; dropped: how many sockets it ended.

    passes_sockets: without it a request for a socket reaches the server as a plain one. host: the
    name that the server is shown in place of the browser's. drop_after_s: how long a socket lives.
    """

    server: ServerProcess
    passes_sockets: bool = True
    host: str | None = None
    drop_after_s: float | None = None
    port: int = 0
    dropped: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        """The address of the first page, as the browser sees it."""
        return f"http://{HOST}:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on until either side ends it."""
        self._open.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            head = await reader.readuntil(b"\r\n\r\n")
            is_socket = b"upgrade: websocket" in head.lower()
            away, out = await asyncio.open_connection(HOST, self.server.port)
            self._open.add(out)
            out.write(self._changed(head))
            both = asyncio.gather(_pump(reader, out), _pump(away, writer))
            await self._until_dropped(both) if is_socket else await both
        writer.close()

    async def _until_dropped(self, both: asyncio.Future[tuple[None, None]]) -> None:
        try:
            await asyncio.wait_for(both, self.drop_after_s)
        except TimeoutError:
            self.dropped += 1

    def _changed(self, head: bytes) -> bytes:
        if not self.passes_sockets:
            head = UPGRADE.sub(b"", head)
        if self.host is not None:
            head = HOST_LINE.sub(f"\r\nHost: {self.host}".encode(), head)
        return head

    def close(self) -> None:
        """End every connection."""
        for writer in self._open:
            writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while part := await reader.read(1 << 16):
            writer.write(part)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxied(proxy: Proxy) -> AsyncGenerator[Proxy]:
    """Let a proxy listen."""
    door = await asyncio.start_server(proxy.serve, HOST, 0)
    proxy.port = door.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        door.close()
        proxy.close()
