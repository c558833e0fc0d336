"""Clocks after the server was killed: nobody loses time, or a round, to an outage of ours."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from game_rules.log.events import (
    DeadlineMoved,
    DeadlineReason,
    Event,
    MatchPaused,
    MatchResumed,
    OrderSource,
    Phase,
    PhaseOpened,
    RoundResolved,
)
from game_rules.records.codec import loads
from server.database import store_for
from server.store.event_store import MatchId
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

OUTAGE_S = 6.0
SCENARIOS = Path(__file__).with_name("scenarios")
"""In `short_table`, a decision is 5 s long at this pace: shorter than the outage."""
PATIENCE_S = 60


class Pair:
    """Ann and Bo at a table of two."""

    def __init__(self, server: ServerProcess, folder: Path) -> None:
        self.server, self._folder = server, folder
        self.match: dict[str, Any] = {}
        self.tokens: dict[str, str] = {}

    async def begin(self) -> "Pair":
        """Sit down, and come to the first decision."""
        body = {"scenario": "short_table", "pace": 0.1, "seed": "7"}
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


async def outage(server: ServerProcess) -> None:
    """Kill the server, and start it again after longer than a decision takes."""
    await server.kill()
    await asyncio.sleep(OUTAGE_S)
    await server.start()


async def test_nobody_loses_a_round_to_an_outage_that_is_longer_than_the_deadline(
    tmp_path: Path,
) -> None:
    """Ann's order was saved before, Bo's comes after it; neither says ready, and both count."""
    async with ServerProcess(tmp_path, SCENARIOS) as server:
        pair = await Pair(server, tmp_path).begin()
        await pair.orders("IND", 1)
        await outage(server)
        await pair.orders("PAK", 1)
        log = await pair.resolved()
    resolved = next(event for event in log if isinstance(event, RoundResolved))
    (result,) = resolved.results
    assert set(result.sources.values()) == {OrderSource.ORDERED}
    (moved,) = [event for event in log if isinstance(event, DeadlineMoved)]
    opened = next(x for x in log if isinstance(x, PhaseOpened) and x.phase is Phase.DECISION)
    assert moved.reason is DeadlineReason.OUTAGE
    assert moved.at_ms > (opened.deadline_ms or 0), "the outage was longer than the decision"
    assert moved.deadline_ms - moved.at_ms >= 10_000
    assert resolved.at_ms >= moved.deadline_ms, "nobody was ready: the deadline resolved it"


async def test_a_pause_survives_with_the_clock_that_was_left(tmp_path: Path) -> None:
    async with ServerProcess(tmp_path, SCENARIOS) as server:
        pair = await Pair(server, tmp_path).begin()
        await pair.leads(type="extend_deadline", by_ms=60_000)
        await pair.leads(type="pause_match")
        before = await pair.log()
        await outage(server)
        assert await pair.log() == before, "a pause stays a pause; nothing is made up in it"
        await pair.leads(type="resume_match")
        log = await pair.log()
    paused = next(event for event in log if isinstance(event, MatchPaused))
    resumed = next(event for event in log if isinstance(event, MatchResumed))
    deadline_ms = next(x for x in reversed(before) if isinstance(x, DeadlineMoved)).deadline_ms
    assert resumed.deadline_ms is not None
    assert resumed.deadline_ms - resumed.at_ms == deadline_ms - paused.at_ms
    assert resumed.at_ms - paused.at_ms >= 1000 * OUTAGE_S


async def test_who_comes_back_after_a_pause_through_a_kill_orders_in_time(tmp_path: Path) -> None:
    async with ServerProcess(tmp_path, SCENARIOS) as server:
        pair = await Pair(server, tmp_path).begin()
        await pair.leads(type="extend_deadline", by_ms=3_000)
        await pair.leads(type="pause_match")
        await outage(server)
        await pair.leads(type="resume_match")
        for seat in pair.tokens:
            await pair.orders(seat, 1)
        log = await pair.resolved()
    resolved = next(event for event in log if isinstance(event, RoundResolved))
    assert set(resolved.results[0].sources.values()) == {OrderSource.ORDERED}
