"""PostgreSQL crashes under two servers and many matches, and is started again.

`DETENTE_CRASHES=20 uv run pytest tests/faults/test_postgres_crashes.py` is the long form. Servers
are not touched: they wait, say so, and continue by themselves.
"""

import asyncio
import os
import random
import signal
import urllib.error
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from server.wire.frames import CloseCode
from tests.faults.crowd import Crowd
from tests.faults.site import running_site
from tests.live_server import Line, ServerProcess
from tests.postgres import Postgres, running_postgres

pytestmark = pytest.mark.slow

CRASHES = int(os.environ.get("DETENTE_CRASHES", "2"))
IS_LONG = CRASHES > 2
MATCHES, FEWEST_ACKS, AT_ONCE = (20, 800 * CRASHES, 10) if IS_LONG else (4, 300, 2)
LONGEST_S = 5.0 if IS_LONG else 1.0
"""How long it may be down: longer than a lease lasts, or shorter."""
TOLD_WITHIN_S = 10


async def status(server: ServerProcess) -> int:
    """Ask a server whether it is ready."""
    try:
        await server.get("/api/health/ready")
    except urllib.error.HTTPError as refused:
        return refused.code
    return 200


async def until(server: ServerProcess, wanted: int) -> None:
    """Wait until a server says that it is ready, or that it is not."""
    async with asyncio.timeout(TOLD_WITHIN_S):
        while await status(server) != wanted:  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.05)


async def what_is_told(server: ServerProcess, token: str) -> str | int:
    """Say something while the database is away; return the refusal's code, or the close code."""
    async with asyncio.timeout(TOLD_WITHIN_S):
        line = Line(server, token)
        try:
            await line.open()
            answer = await line.do({"type": "say", "room": [], "text": "Is anybody there?"})
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        await line.close()
        return answer.get("code", "ack")


def crash(postgres: Postgres, number: int) -> None:
    """Let all of it end at once, or its first process alone."""
    if number % 2:
        postgres.stop(signal.SIGQUIT)
    else:
        postgres.kill()


async def endure(postgres: Postgres, crowd: Crowd, luck: random.Random, crashes: int) -> None:
    """Let matches go through some crashes."""
    for number in range(1, crashes + 1):
        await crowd.act(luck.uniform(0.3, 0.8))
        while crowd.acks < FEWEST_ACKS // CRASHES * number:
            await crowd.act(0.2)
        await asyncio.to_thread(crash, postgres, number)
        for game in crowd.games[:2]:  # of one server and the other
            await until(game.server, 503)
            told = await what_is_told(game.server, game.clients[0].line.token)
            assert told in ("try_again", CloseCode.RESTART)
        await crowd.act(luck.uniform(0, LONGEST_S))
        await asyncio.to_thread(postgres.start)
        await crowd.act(0.5)
        await crowd.rest(40)
        print(f"crash {number}: {crowd.acks} acks, {crowd.check()}", flush=True)
        assert crowd.check() == {}
        for game in crowd.games[:2]:
            await until(game.server, 200)


async def test_no_crash_of_postgresql_loses_what_was_acked(tmp_path: Path) -> None:
    luck, acks = random.Random(7), 0
    with running_postgres() as postgres:
        async with running_site(tmp_path, postgres.fresh(), 2) as site:
            for first in range(0, CRASHES, AT_ONCE):
                crowd = await Crowd(site.servers, MATCHES, site.doors).begin()
                await endure(postgres, crowd, luck, min(AT_ONCE, CRASHES - first))
                await crowd.leave()
                acks += crowd.acks
    assert acks >= FEWEST_ACKS, "unknown: too little happened to prove anything"
