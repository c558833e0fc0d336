"""Two real servers on a real PostgreSQL: where one ends or stands still, the other continues."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from websockets.exceptions import WebSocketException

from tests.faults.crowd import NO_LIMIT, sea
from tests.live_server import Line, ServerProcess
from tests.postgres import Postgres, running_postgres

pytestmark = pytest.mark.slow

LAPSE_S = 2.0
TAKEN_OVER_WITHIN_S = {signal.SIGKILL: 5.0, signal.SIGSTOP: 5.0, signal.SIGTERM: 2.0}
"""Here others use the processor too; tests/load/two_servers.py measures it."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


@pytest.fixture
async def two(
    postgres: Postgres, tmp_path: Path
) -> AsyncGenerator[tuple[ServerProcess, ServerProcess]]:
    url, offered = postgres.fresh(), sea(tmp_path)
    servers = [ServerProcess(tmp_path, offered, NO_LIMIT, database=url) for _ in range(2)]
    async with servers[0], servers[1]:
        yield servers[0], servers[1]


class Talker:
    """A facilitator who says one thing after another, and connects again as our client does."""

    def __init__(self, server: ServerProcess, token: str) -> None:
        self._line = Line(server, token)
        self._number = 0
        self.acked: list[str] = []
        self.longest_s = 0.0

    async def talk(self, seconds: float) -> None:
        """Say something every few ms; whatever is not acknowledged is sent again."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._number += 1
            begun = time.monotonic()
            await self._say(f"say-{self._number}")
            self.longest_s = max(self.longest_s, time.monotonic() - begun)

    async def _say(self, command_id: str) -> None:
        command = {"type": "say", "room": [], "text": command_id}
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                if not hasattr(self._line, "socket") or self._line.socket.close_code is not None:
                    await self._line.open()
                async with asyncio.timeout(10):
                    if await self._is_acked(command, command_id):
                        self.acked.append(command_id)
                        return
            await asyncio.sleep(0.05)

    async def _is_acked(self, command: dict[str, Any], command_id: str) -> bool:
        await self._line.send(command, command_id)
        while True:
            frame = await self._line.frame()
            if frame["type"] in ("ack", "refused") and frame["id"] == command_id:
                assert frame["type"] == "ack" or frame["code"] == "try_again", frame
                return frame["type"] == "ack"

    async def close(self) -> None:
        """Hang up."""
        await self._line.close()


def said(url: str, match: str) -> list[str]:
    """Read what was said in a match, in order."""
    query = "SELECT payload FROM events WHERE match_id = %s ORDER BY seq"
    with psycopg.connect(url) as connection:
        events = [json.loads(text) for (text,) in connection.execute(query, (match,))]
    return [event["text"] for event in events if event["type"] == "message_said"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM])
async def test_when_one_ends_the_other_goes_on_and_loses_nothing(
    two: tuple[ServerProcess, ServerProcess], how: signal.Signals
) -> None:
    a, b = two
    made = await a.post("/api/matches", {"scenario": "sea", "pace": None}, await a.host_token())
    through = Talker(b, made["token"])
    direct = Talker(a, made["token"]) if how is signal.SIGSTOP else through
    await direct.talk(0.5)
    await through.talk(0.5)
    talking = asyncio.create_task(through.talk(LAPSE_S + 3))
    await asyncio.sleep(0.3)
    a.child.send_signal(how)
    await talking
    assert through.longest_s < TAKEN_OVER_WITHIN_S[how]
    if how is signal.SIGSTOP:
        a.child.send_signal(signal.SIGCONT)
        late = Talker(a, made["token"])
        await asyncio.gather(late.talk(1), direct.talk(1))
        await late.close()
    await through.talk(0.3)
    await through.close()
    await direct.close()
    stored = said(b.database, made["match"])
    assert len(stored) == len({*stored})
    assert {*through.acked, *direct.acked} <= {*stored}
    assert [x for x in stored if x in {*through.acked}] == through.acked or direct is not through
