"""Bugs that are put in on purpose are seen by the checker of the kill test, each in seconds."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.crowd import LATE_MS, NO_LIMIT, Crowd
from tests.faults.seeded import BUGS, SeededServer

pytestmark = pytest.mark.slow

A_PHASE_S = 2.5
MOST_KILLS = 8
"""A kill may miss the moment that a bug needs; most are seen after the first."""
SIGNS = {
    "no_bug": set(),
    "early_ack": {"acked but lost", "acked before shown", "wrong place"},
    "early_publish": {"resumed elsewhere", "audience differs", "different history", "wrong place"},
    "no_dedupe": {"stored twice"},
    "dropped_event": {"gap or repeat", "stale copy"},
    "forgotten_deadline": {"deadline forgotten"},
    "leaked_field": {"different history", "stale copy"},
}
"""What may be seen of a bug, at least one of each."""


@pytest.mark.parametrize("bug", BUGS)
async def test_a_bug_that_was_put_in_is_seen(tmp_path: Path, bug: str) -> None:
    async with SeededServer(tmp_path, bug, NO_LIMIT) as server:
        crowd = await Crowd([server], 2).begin()
        for _ in range(1 if bug == "no_bug" else MOST_KILLS):
            await crowd.act(0.3)
            await server.kill()
            await server.start()
            await crowd.act(0.3)
            await crowd.rest(5 if bug == "no_bug" else 1)
            if bug == "forgotten_deadline":
                await asyncio.sleep(A_PHASE_S + LATE_MS / 1000)
                await crowd.rest(1)
            if crowd.check():
                break
        await crowd.leave()
    found = crowd.check()
    assert bool(found) == (bug != "no_bug"), found
    assert found.keys() & SIGNS[bug] or bug == "no_bug", found
