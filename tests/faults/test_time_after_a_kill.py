"""Clocks after the server was killed: nobody loses time, or a round, to an outage of ours."""

import asyncio
from pathlib import Path

import pytest

from game_rules.log.events import (
    DeadlineMoved,
    DeadlineReason,
    MatchPaused,
    MatchResumed,
    OrderSource,
    Phase,
    PhaseOpened,
    RoundResolved,
)
from tests.faults.pair import SCENARIOS, Pair
from tests.live_server import ServerProcess

pytestmark = pytest.mark.slow

OUTAGE_S = 6.0
"""Longer than a decision takes."""


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
