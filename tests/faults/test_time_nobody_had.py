"""A server that stands still, or whose wall clock is set, takes no order from anybody.

`DETENTE_STOPS=25 uv run pytest tests/faults/test_time_nobody_had.py` is the long form: 25 stops of
5 to 60 s and 20 steps of the wall clock, in about 16 minutes.
"""

import asyncio
import os
import random
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from game_rules.log.events import (
    DeadlineMoved,
    DeadlineReason,
    Event,
    OrderSource,
    RoundResolved,
)
from tests.faults.pair import SCENARIOS, Pair
from tests.faults.stepped import STEP
from tests.live_server import Line, ServerProcess

pytestmark = pytest.mark.slow

STOPS = int(os.environ.get("DETENTE_STOPS", "1"))
STEPS = max(3, STOPS * 4 // 5)
TABLES = 3
SHORTEST_STOP_S, LONGEST_STOP_S = (5.0, 60.0) if STOPS > 1 else (3.2, 3.5)
SLOWEST_S = 8.0 if STOPS > 1 else 0.5
"""How long people take to come back after a stop; ten seconds are given back at least."""


class Person:
    """One who stays connected; what is sent while the server is stopped waits in the socket."""

    def __init__(self, pair: Pair, seat: str) -> None:
        self.line = Line(pair.server, pair.tokens[seat])

    async def does(self, command: Mapping[str, Any]) -> None:
        """Send a command that is granted; if the line was cut, again over a new one."""
        try:
            answer = await self.line.do(command)
        except ConnectionClosed:
            await self.line.open()
            answer = await self.line.do(command)
        assert answer["type"] == "ack", answer


class Room:
    """Tables whose people order before a stop, while it lasts, or after it."""

    def __init__(self, server: ServerProcess, folder: Path, luck: random.Random) -> None:
        self.server, self.luck = server, luck
        self.pairs = [Pair(server, folder) for _ in range(TABLES)]
        self.people: list[Person] = []
        self.round = self.step_s = 0

    async def begin(self) -> "Room":
        """Sit down at all tables, and come to the first decision."""
        await asyncio.gather(*(pair.begin("long_table") for pair in self.pairs))
        self.people = [Person(pair, seat) for pair in self.pairs for seat in pair.tokens]
        for person in self.people:
            await person.line.open()
        return self

    async def decide_through_a_stop(self) -> None:
        """Play a round in whose decision the server is stopped for longer than it had left."""
        self.round += 1
        people = self.luck.sample(self.people, len(self.people))
        third = len(people) // 3
        await self._order(people[:third])
        await asyncio.sleep(self.luck.uniform(0, 2))
        self.server.child.send_signal(signal.SIGSTOP)
        sent = asyncio.create_task(self._order(people[third : 2 * third]))
        await asyncio.sleep(self.luck.uniform(SHORTEST_STOP_S, LONGEST_STOP_S))
        self.server.child.send_signal(signal.SIGCONT)
        await asyncio.sleep(self.luck.uniform(0, SLOWEST_S))
        await self._order(people[2 * third :])
        await sent
        await self._end_round()

    async def decide_through_a_step(self, step: Path) -> None:
        """Play a round in whose decision the wall clock is set, up to an hour ahead or behind."""
        self.round += 1
        self.step_s = self.luck.randint(60, 3600) * (-1 if self.step_s > 0 else 1)
        await self._order(self.people[::2])
        step.write_text(str(self.step_s))  # noqa: ASYNC240 (a few bytes)
        await asyncio.sleep(0.1)  # two ticks of the server's clock
        await self._order(self.people[1::2])
        await self._end_round()

    async def decide_nothing(self) -> None:
        """Play a round in which nobody orders."""
        self.round += 1
        for person in self.people:
            async with asyncio.timeout(30):
                await person.line.until(f'"type":"round_resolved","round":{self.round},')

    async def _order(self, people: Sequence[Person]) -> None:
        order = {"type": "save_order", "round": self.round, "actions": {"border": "C"}}
        await asyncio.gather(*(person.does(order) for person in people))

    async def _end_round(self) -> None:
        ready = {"type": "set_ready", "round": self.round, "phase": "decision", "is_ready": True}
        await asyncio.gather(*(person.does(ready) for person in self.people))


def sources(log: Sequence[Event]) -> list[OrderSource]:
    """Tell how every order of a match came about."""
    resolved = [event for event in log if isinstance(event, RoundResolved)]
    return [source for x in resolved for result in x.results for source in result.sources.values()]


async def test_no_order_is_defaulted_by_a_stop_or_a_step_of_the_clock(tmp_path: Path) -> None:
    step, steps = tmp_path / "step", 0
    step.write_text("0")
    environment = {STEP: str(step)}
    async with ServerProcess(tmp_path, SCENARIOS, environment, "tests.faults.stepped") as server:
        room = await Room(server, tmp_path, random.Random(7)).begin()
        for stops in range(1, STOPS + 1):
            await room.decide_through_a_stop()
            while steps < STEPS * stops // STOPS:
                await room.decide_through_a_step(step)
                steps += 1
        await room.decide_nothing()
        logs = [await pair.log() for pair in room.pairs]
    for log in logs:
        ordered = [OrderSource.ORDERED] * 2 * (STOPS + STEPS)
        assert sources(log)[:-2] == ordered
        assert OrderSource.ORDERED not in sources(log)[-2:], "time goes on all the same"
        moved = [event for event in log if isinstance(event, DeadlineMoved)]
        assert len(moved) >= STOPS
        assert all(x.reason is DeadlineReason.OUTAGE for x in moved)
        assert all(10_000 <= x.deadline_ms - x.at_ms < 60_000 for x in moved), "as after a stop"
        assert [event.at_ms for event in log] == sorted(event.at_ms for event in log)
