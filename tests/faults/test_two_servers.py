"""Two servers take turns in the same matches: what one has acked, the other goes on from.

`DETENTE_TURNS=10000 uv run pytest tests/faults/test_two_servers.py` is the long form. Each command
is refused unless the one before it is known: a match that is paused cannot be paused again.
"""

import asyncio
import itertools
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from tests.faults.crowd import NO_LIMIT, sea
from tests.live_server import Line, ServerProcess
from tests.postgres import Postgres, running_postgres

pytestmark = pytest.mark.slow

TURNS = int(os.environ.get("DETENTE_TURNS", "400"))
MATCHES = 8
ANSWERED_WITHIN_S, MOST_TRIES = 10, 20


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


class Turns:
    """One facilitator of a match, connected to both servers. refused: the codes, by command."""

    def __init__(self, servers: list[ServerProcess]) -> None:
        self._servers = servers
        self._number = itertools.count(1)
        self._lines: list[Line] = []
        self.refused: list[str] = []

    async def begin(self, first: int) -> "Turns":
        """Start a match at one of the servers, and connect to both."""
        at = self._servers[first]
        body = {"scenario": "sea", "pace": None}
        made = await at.post("/api/matches", body, await at.host_token())
        self._lines = [Line(server, made["token"]) for server in self._servers]
        for line in self._lines:
            await line.open()
        joined = await at.post("/api/join", {"code": made["code"], "name": "Ann"})
        person = Line(at, joined["token"])
        await person.open()
        await self._do(person, {"type": "take_seat", "seat": "CHN", "name": "Ann"})
        await person.close()
        await self._do(self._lines[0], {"type": "start_match"})
        return self

    async def take(self, turns: int) -> None:
        """Pause and resume, at one server and the other, a command as soon as the last is acked."""
        kinds, places = itertools.cycle(("pause_match", "resume_match")), (0, 1, 1, 0)
        for _, place, kind in zip(range(turns), itertools.cycle(places), kinds, strict=False):
            await self._do(self._lines[place], {"type": kind})

    async def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            await line.close()

    async def _do(self, line: Line, command: dict[str, str]) -> None:
        """Send a command until it is decided."""
        command_id = f"{command['type']}-{next(self._number)}"
        for _ in range(MOST_TRIES):
            with suppress(OSError, WebSocketException):
                async with asyncio.timeout(ANSWERED_WITHIN_S):
                    if await self._is_decided(line, command, command_id):
                        return
            await line.close()
            with suppress(OSError, WebSocketException):
                await line.open()
        raise AssertionError(f"nobody answers {command_id}")

    async def _is_decided(self, line: Line, command: dict[str, str], command_id: str) -> bool:
        await line.send(command, command_id)
        while True:
            frame = await line.frame()
            if frame["type"] == "refused" and frame["id"] == command_id:
                self.refused.append(f"{command_id}: {frame['code']}")
                return frame["code"] != "try_again"
            if frame["type"] == "ack" and frame["id"] == command_id:
                return True


async def test_nothing_is_refused_from_a_stale_position(postgres: Postgres, tmp_path: Path) -> None:
    """A match changes hands in the middle, too: its server is stopped, and started again."""
    url, offered = postgres.fresh(), sea(tmp_path)
    servers = [ServerProcess(tmp_path, offered, NO_LIMIT, database=url) for _ in range(2)]
    async with servers[0], servers[1]:
        games = [await Turns(servers).begin(number % 2) for number in range(MATCHES)]
        half = TURNS // MATCHES // 4 * 2
        await asyncio.gather(*(game.take(half) for game in games))
        await servers[0].stop()
        await servers[0].start()
        await asyncio.gather(*(game.take(half) for game in games))
        for game in games:
            await game.close()
    stale = [told for game in games for told in game.refused if "try_again" not in told]
    assert stale == []
