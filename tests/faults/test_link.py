"""The link of the tests of faults loses and tears as a network does."""

import asyncio
import random

from tests.faults.link import Link
from tests.live_server import HOST

SOON_S = 0.2


async def test_nothing_comes_after_an_answer_that_was_lost() -> None:
    """TCP never delivers later bytes without the earlier ones."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(100):
            writer.write(part)
        writer.close()

    server = await asyncio.start_server(echo, HOST, 0)
    async with server, Link(server.sockets[0].getsockname()[1], random.Random(7)) as link:
        reader, writer = await asyncio.open_connection(HOST, link.port)
        heard = bytearray()

        async def say(word: bytes) -> None:
            writer.write(word)
            try:
                heard.extend(await asyncio.wait_for(reader.read(100), SOON_S))
            except TimeoutError:
                heard.extend(b"-")

        await say(b"one")
        link.is_mute = True
        await say(b"two")
        link.is_mute = False
        await say(b"three")
        writer.close()
    assert heard == b"one--"
