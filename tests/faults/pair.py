"""Two people at a table of two, each on a socket of their own."""

import asyncio
from pathlib import Path
from typing import Any

from game_rules.log.events import Event
from game_rules.records.codec import loads
from server.database import store_for
from server.store.event_store import MatchId
from tests.live_server import Line, ServerProcess

SCENARIOS = Path(__file__).with_name("scenarios")
"""At a pace of 0.1, a decision of `short_table` is 5 s long, one of `long_table` 3 s."""
PATIENCE_S = 60


class Pair:
    """Ann and Bo at a table of two."""

    def __init__(self, server: ServerProcess, folder: Path) -> None:
        self.server, self._folder = server, folder
        self.match: dict[str, Any] = {}
        self.tokens: dict[str, str] = {}

    async def begin(self, scenario: str = "short_table") -> "Pair":
        """Sit down, and come to the first decision."""
        body = {"scenario": scenario, "pace": 0.1, "seed": "7", "is_repeatable": True}
        self.match = await self.server.post("/api/matches", body, await self.server.host_token())
        for name, seat in (("Ann", "IND"), ("Bo", "PAK")):
            body = {"code": self.match["code"], "name": name}
            self.tokens[seat] = (await self.server.post("/api/join", body))["token"]
            await self.asks(self.tokens[seat], type="take_seat", seat=seat, name=name)
        await self.leads(type="start_match")
        return self

    async def asks(self, token: str, **command: Any) -> None:
        """Ask for something that is granted, over a connection of its own."""
        line = Line(self.server, token)
        await line.open()
        assert (await line.do(command))["type"] == "ack"
        await line.close()

    async def leads(self, **command: Any) -> None:
        """Ask as the facilitator."""
        await self.asks(self.match["token"], **command)

    async def orders(self, seat: str, number: int) -> None:
        """Save an order, and do not say ready."""
        order = {"round": number, "actions": {"border": "C"}}
        await self.asks(self.tokens[seat], type="save_order", **order)

    async def log(self) -> list[Event]:
        """Read the log in the database."""
        store = store_for(f"sqlite:///{self._folder}/detente.sqlite3")
        await store.open()
        rows = await store.read(MatchId(self.match["match"]))
        await store.close()
        return [loads(Event, row.payload) for row in rows]

    async def resolved(self) -> list[Event]:
        """Wait until a round is resolved; give the log with it."""
        line = Line(self.server, self.match["token"])
        await line.open()
        async with asyncio.timeout(PATIENCE_S):
            await line.until('"type":"round_resolved"')
        await line.close()
        return await self.log()
