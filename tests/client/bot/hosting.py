"""A facilitator on a real server: opens matches, seats built-in bots, starts, reads records."""

import asyncio
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from client.bot.joining import JoinLink
from game_rules.log.events import Event
from game_rules.log.people import with_names
from game_rules.log.position import Position
from game_rules.records.record import read_record, verify
from tests.live_server import Line, ServerProcess


@dataclass
class Hosted:
    """A match on a server, and its facilitator's line."""

    server: ServerProcess
    match: str
    code: str
    line: Line

    @property
    def join_link(self) -> JoinLink:
        """The way in, for a bot."""
        return JoinLink(self.server.url, self.code)

    @property
    def link(self) -> str:
        """The way in, as a person gets it."""
        return f"{self.server.url}/#/join/{self.code}"

    async def until(self, event_type: str, times: int = 1) -> None:
        """Wait, a minute at most, until so many events of a type happened since the last call."""
        async with asyncio.timeout(60):
            while times > 0:
                frame = await self.line.frame()
                events = frame.get("events", ()) if frame["type"] == "events" else ()
                times -= sum(event["type"] == event_type for event in events)

    async def start_with(self, guests: int = 1) -> None:
        """Start once so many people have sat down."""
        await self.until("seat_taken", guests)
        await self.line.do({"type": "start_match"})

    def leave(self) -> None:
        """Hang up, whatever is unread."""
        self.line.socket.transport.abort()

    async def record(self) -> tuple[tuple[Event, ...], Position]:
        """Give the log of the match that has ended, with names, and its verified end."""
        record = read_record(await asyncio.to_thread(self._download))
        return with_names(record.log, record.names), verify(record)

    def _download(self) -> bytes:
        address = f"{self.server.url}/api/matches/{self.match}/record"
        head = {"authorization": f"Bearer {self.line.token}"}
        request = urllib.request.Request(address, headers=head)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.read()


async def host(
    server: ServerProcess,
    scenario: str,
    bots: Mapping[str, str] | None = None,
    seed: str = "7",
    pace: float | None = 1.0,
) -> Hosted:
    """Create a match with built-in bots on some seats; the facilitator listens."""
    body = {"scenario": scenario, "seed": seed, "is_repeatable": True, "pace": pace}
    created = await server.post("/api/matches", body, await server.host_token())
    line = Line(server, created["token"])
    await line.open()
    for seat, strategy in (bots or {}).items():
        await line.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
    return Hosted(server, created["match"], created["code"], line)
