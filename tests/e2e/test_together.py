"""A class of 30 bots and 4 slower people that stays together to the end, over real sockets.

One more comes late, in a browser, and sees first who they are.
"""

import asyncio
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from client.bot.joining import JoinLink
from client.rehearsal.participant import Participant
from client.rehearsal.tally import Tally
from tests.e2e.conftest import NewPerson
from tests.e2e.test_wall import Class
from tests.e2e.unhurried import SCENARIOS, UnhurriedServer, of_rounds
from tests.live_server import ServerProcess

BOTS, PEOPLE, TABLES, ROUNDS = 30, ("Ada", "Ben", "Chen", "Dina"), 6, 2
QUICK_S, SLOW_S, LONGEST_S = 0.1, 1.0, 60
PATIENCE_MS = 20_000
Log = list[dict[str, Any]]


@pytest.mark.slow
async def test_a_class_of_34_runs_together_and_a_latecomer_reads_their_brief(
    tmp_path: Path, new_person: NewPerson
) -> None:
    sea = (SCENARIOS / "south_china_sea.toml").read_text(encoding="utf-8")
    away = f"autopilot_after_s = 1\n{of_rounds(sea, ROUNDS)}"
    (tmp_path / "south_china_sea.toml").write_text(away, encoding="utf-8")
    async with UnhurriedServer(tmp_path, tmp_path) as server:
        wanted = {"name": "IR 301", "scenario": "south_china_sea", "is_together": True}
        led = await server.post("/api/seminars", wanted, await server.host_token())
        room, tally, link = Class(server, led), Tally(), JoinLink(server.url, led["code"])
        class_of_34 = [
            *(Participant(f"Bot {x}", link, tally, QUICK_S, "7") for x in range(BOTS)),
            *(Participant(name, link, tally, SLOW_S, "7") for name in PEOPLE),
        ]
        for each in class_of_34:
            await each.come()
        playing = [asyncio.create_task(each.play()) for each in class_of_34]
        await room.deal(TABLES)
        await tally.all_placed(len(class_of_34))
        await room.do(room.matches, type="start_match")
        wall = (await server.post(f"{room.path}/wall", {}, led["token"]))["token"]
        await no_table_is_briefed(server, room, wall)
        await room.do(room.matches, type="pause_match")
        async with new_person(server.url) as late:
            await late.goto(f"/#/join/{led['code']}")
            await late.get_by_label("Your name").fill("Lena")
            await late.locator("form button[type=submit]").click()
            await expect(late.locator("dialog[open]")).to_contain_text("You are")
        await room.do(room.matches, type="resume_match")
        _, left = await asyncio.wait(playing, timeout=LONGEST_S)
        logs = [
            (await server.get(f"{room.path}/tables/{match}", wall))["events"]
            for match in room.matches
        ]
        assert not left, [phases_of(log)[-1] for log in logs]
        assert tally.problems == []
    assert [rounds_of(log) for log in logs] == [ROUNDS] * TABLES
    assert ahead(logs) == []


async def no_table_is_briefed(server: ServerProcess, room: Class, wall: str) -> None:
    """Wait until every table talks: in a briefing a brief stands on the page itself."""
    async with asyncio.timeout(LONGEST_S):
        for match in room.matches:
            log: Log = []
            while not any(event.get("phase") == "negotiation" for event in log):
                await asyncio.sleep(0.05)
                log = (await server.get(f"{room.path}/tables/{match}", wall))["events"]


def rounds_of(log: Log) -> int:
    return sum(event["type"] == "round_resolved" for event in log)


def phases_of(log: Log) -> list[tuple[int, str]]:
    """Name the phases that a table has opened: where one is behind, its last is told."""
    return [(x["round"], x["phase"]) for x in log if x["type"] == "phase_opened"]


def ahead(logs: list[Log]) -> list[str]:
    """Name the rounds that a table opened before every table had resolved the last one."""
    opened: defaultdict[int, list[int]] = defaultdict(list)
    resolved: defaultdict[int, list[int]] = defaultdict(list)
    for event in (event for log in logs for event in log):
        if event["type"] == "round_resolved":
            resolved[event["round"]].append(event["at_ms"])
        elif event["type"] == "phase_opened":
            opened[event["round"]].append(event["at_ms"])
    doors = {n: (min(opened[n]), max(resolved[n - 1])) for n in opened if n > 1}
    return [f"round {n}: {door}" for n, door in doors.items() if door[0] < door[1]]


def test_a_table_that_is_a_round_ahead_is_named():
    def log(*events: tuple[str, int, int]) -> Log:
        return [{"type": kind, "round": number, "at_ms": at} for kind, number, at in events]

    first = log(("round_resolved", 1, 10), ("phase_opened", 2, 11))
    slow = log(("round_resolved", 1, 20), ("phase_opened", 2, 21))
    assert len(ahead([first, slow])) == 1
    assert ahead([slow, log(("round_resolved", 1, 19), ("phase_opened", 2, 22))]) == []
