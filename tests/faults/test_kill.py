"""The server is killed again and again while people talk: what was acked is in the log, once."""

import asyncio
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from game_rules.log.events import Event, MessageSaid
from game_rules.records.codec import loads
from server.database import store_for
from server.store.event_store import MatchId, StoredEvent
from tests.faults.history import History, check
from tests.live_server import Line, ServerProcess

KILLS = int(os.environ.get("DETENTE_KILLS", "5"))
TALKERS = 4
FEWEST_ACKS = 60 * KILLS
NO_LIMIT = {
    "DETENTE_MESSAGES_PER_SECOND": "100000",
    "DETENTE_MESSAGE_BURST": "100000",
    "DETENTE_REQUESTS_BURST": "100000",
}


class Talker:
    """A client as ours is: it resends what was not acked and resumes by sequence."""

    def __init__(self, server: ServerProcess, token: str, name: str, history: History) -> None:
        self.line = Line(server, token)
        self.name, self.history = name, history
        self.audience: str | None = None
        self.seq = 0
        self.waiting: dict[str, str] = {}
        self.number = 0
        history.seen[name] = []

    async def talk(self, is_done: asyncio.Event) -> None:
        """Say one thing after another until told to stop, through every outage."""
        while not is_done.is_set():
            try:
                await self.line.open(self.audience, self.seq)
                for command_id, text in tuple(self.waiting.items()):
                    await self._say(command_id, text)
                await self._converse(is_done)
            except (OSError, WebSocketException):
                await asyncio.sleep(0.02)

    async def catch_up(self, last: str) -> None:
        """Connect once more and read on until the last message."""
        await self.line.open(self.audience, self.seq)
        async with asyncio.timeout(20):
            while self.history.seen[self.name][-1:] != [last]:
                self._note(await self.line.frame())
        await self.line.close()

    async def _converse(self, is_done: asyncio.Event) -> None:
        while not is_done.is_set():
            if not self.waiting:
                self.number += 1
                text = f"{self.name} {self.number}"
                command_id = text.replace(" ", "-")
                self.waiting[command_id] = text
                self.history.invoked_ns[command_id] = time.monotonic_ns()
                await self._say(command_id, text)
            self._note(await self.line.frame())
        await self.line.close()

    async def _say(self, command_id: str, text: str) -> None:
        await self.line.send({"type": "say", "room": [], "text": text}, command_id)

    def _note(self, frame: dict) -> None:
        match frame["type"]:
            case "welcome":
                self.audience = frame["audience"]
                assert frame["seq"] == self.seq + 1, "a resume begins where it was left"
            case "events":
                assert frame["seq"] == self.seq + 1, "sequences have no gap"
                self.seq += len(frame["events"])
                said = (e["text"] for e in frame["events"] if e["type"] == "message_said")
                self.history.seen[self.name] += said
            case "ack":
                self.history.acked_ns.setdefault(frame["id"], time.monotonic_ns())
                self.waiting.pop(frame["id"], None)


@pytest.mark.slow
async def test_what_was_acked_survives_every_kill_exactly_once(tmp_path: Path) -> None:
    luck = random.Random(7)
    history = History()
    server = ServerProcess(tmp_path, environment=NO_LIMIT)
    async with server:
        match, talkers = await _gather(server, history)
        is_done = asyncio.Event()
        talks = [asyncio.create_task(talker.talk(is_done)) for talker in talkers]
        for _ in range(KILLS):
            await asyncio.sleep(0.3 + luck.random())
            await server.kill()
            await server.start()
        await asyncio.sleep(0.5)
        is_done.set()
        await asyncio.gather(*talks)
        rows = await _read(tmp_path, match)
        for talker in talkers:
            await talker.catch_up(_texts(rows)[-1])
    ours = [row.command_id if "message_said" in row.payload else None for row in rows]
    assert len(history.acked_ns) >= FEWEST_ACKS, "unknown: too little happened to prove anything"
    assert check(history, ours, _texts(rows)) == {}


def test_the_check_has_teeth() -> None:
    good = History({"a": 1, "b": 3}, {"a": 2, "b": 4}, {"x": ["A", "B"]})
    assert check(good, ["a", "b"], ["A", "B"]) == {}
    assert check(good, ["a", "b", "b"], ["A", "B"]) == {"stored twice": 1}
    assert check(good, ["a"], ["A", "B"]) == {"acked but lost": 1}
    assert check(good, ["a", "b", "c"], ["A", "B"]) == {"phantom": 1}
    assert check(good, ["b", "a"], ["A", "B"]) == {"real-time order": 1}
    assert check(good, ["a", "b"], ["B", "A"]) == {"different history": 1}
    assert check(good, ["a", "b"], ["A", "B", "C"]) == {"missed the tail": 1}


async def _gather(server: ServerProcess, history: History) -> tuple[MatchId, list[Talker]]:
    """Create a match, and seat the talkers."""
    body = {"scenario": "south_china_sea", "pace": None, "seed": "7"}
    match = await server.post("/api/matches", body, await server.host_token())
    talkers = []
    for seat in ("CHN", "PHL", "VNM", "USA")[:TALKERS]:
        joined = await server.post("/api/join", {"code": match["code"], "name": seat})
        line = Line(server, joined["token"])
        await line.open()
        await line.do({"type": "take_seat", "seat": seat, "name": seat})
        await line.close()
        talkers.append(Talker(server, joined["token"], seat, history))
    return MatchId(match["match"]), talkers


async def _read(folder: Path, match: MatchId) -> Sequence[StoredEvent]:
    store = store_for(f"sqlite:///{folder}/detente.sqlite3")
    await store.open()
    try:
        return await store.read(match)
    finally:
        await store.close()


def _texts(rows: Sequence[StoredEvent]) -> list[str]:
    events = (loads(Event, row.payload) for row in rows)
    return [event.text for event in events if isinstance(event, MessageSaid)]
