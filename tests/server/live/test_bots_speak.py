"""Bots of a real server: they speak as soon as talk is open, and answer who speaks to them."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from game_rules.bots.casts import DOCTRINES
from tests.live_server import Line, ServerProcess

SCENARIO = "south_china_sea"
MINE, BOT = "PHL", "CHN"
BEARABLE_S = 3.0
"""How long the first words may take; on a quiet machine they come within 50 ms."""
MOST_ANSWERS = 4


class Caught(Line):
    """A line that keeps every event."""

    def __init__(self, server: ServerProcess, token: str) -> None:
        super().__init__(server, token)
        self.events: list[dict[str, Any]] = []

    async def frame(self) -> dict[str, Any]:
        frame = await super().frame()
        if frame["type"] == "events":
            self.events += frame["events"]
        return frame

    async def said(self, count: int, by: str | None = None) -> list[dict[str, Any]]:
        """Wait until so many messages of bots, or of one, have come."""
        while len(found := self.of_bots(by)) < count:
            await self.frame()
        return found

    def of_bots(self, by: str | None = None) -> list[dict[str, Any]]:
        """Give the messages of bots, or of one."""
        said = [x for x in self.events if x["type"] == "message_said" and x["sender"] != MINE]
        return [x for x in said if by in (None, x["sender"])]

    def private_of(self, bot: str) -> list[dict[str, Any]]:
        """Give what a bot said to the person alone."""
        return [x for x in self.of_bots(bot) if set(x["room"]) == {bot, MINE}]


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    async with ServerProcess(tmp_path_factory.mktemp("spoken")) as running:
        yield running


async def at_the_table(server: ServerProcess) -> Caught:
    """Sit down among doctrines, and come to the first negotiation."""
    body = {"scenario": SCENARIO, "pace": None, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    joined = await server.post("/api/join", {"code": match["code"], "name": "Ann"})
    line, lead = Caught(server, joined["token"]), Line(server, match["token"])
    await line.open()
    await lead.open()
    await granted(line, type="take_seat", seat=MINE, name="Ann")
    for seat, strategy in zip(("CHN", "VNM", "MYS", "IDN", "USA"), DOCTRINES, strict=True):
        await granted(lead, type="seat_bot", seat=seat, strategy=strategy)
    await granted(lead, type="start_match")
    await lead.close()
    return line


async def granted(line: Line, **command: Any) -> None:
    """Ask for something that must be granted."""
    answer = await line.do(command)
    assert answer["type"] == "ack", answer


@pytest.mark.slow
async def test_the_first_words_come_at_once_and_every_sentence_to_a_bot_is_answered(
    server: ServerProcess,
):
    line = await at_the_table(server)
    async with asyncio.timeout(60):
        await granted(line, type="set_ready", round=0, phase="briefing", is_ready=True)
        began = time.perf_counter()
        await line.said(1)
        assert time.perf_counter() - began < BEARABLE_S
        for sentence in ("ask", "threaten", "assure", "promise_if"):
            before = len(line.of_bots(BOT))
            about = {"seat": BOT, "arena": "code_of_conduct"}
            await granted(line, type="say_sentence", room=[BOT], sentence=sentence, arguments=about)
            answers = (await line.said(before + 1, BOT))[before:]
            assert any(set(x["room"]) == {BOT, MINE} for x in answers), json.dumps(answers)
    await line.close()


@pytest.mark.slow
async def test_nobody_makes_a_bot_flood(server: ServerProcess):
    line = await at_the_table(server)
    async with asyncio.timeout(60):
        await granted(line, type="set_ready", round=0, phase="briefing", is_ready=True)
        for _ in range(12):
            about = {"seat": BOT, "arena": "code_of_conduct"}
            await granted(line, type="say_sentence", room=[BOT], sentence="ask", arguments=about)
        await granted(line, type="set_ready", round=1, phase="negotiation", is_ready=True)
        while line.events[-1].get("phase") != "decision":
            await line.frame()
    private = [x["sentence"] for x in line.private_of(BOT)]
    answers = [x for x in private if x not in ("propose", "offer")]
    assert 1 <= len(answers) <= MOST_ANSWERS
    await line.close()


@pytest.mark.slow
async def test_a_bot_answers_a_tagged_text_and_counters_a_proposal_in_the_same_negotiation(
    server: ServerProcess,
):
    line, hedger = await at_the_table(server), "IDN"
    async with asyncio.timeout(60):
        await granted(line, type="set_ready", round=0, phase="briefing", is_ready=True)
        before = len(line.private_of(BOT))
        await granted(line, type="say", room=[BOT], text="We keep to the code.", act="promise")
        while len(line.private_of(BOT)) == before:
            await line.frame()
        await granted(line, type="propose", round=1, terms=executed_with(hedger))
        while "counter" not in [x["sentence"] for x in line.private_of(hedger)]:
            await line.frame()
        countered = next(x for x in line.events if x["type"] == "proposal_countered")
        made = next(x for x in line.events if x.get("number") == countered["counter"])
        assert (made["proposer"], made["terms"]["binding"]) == (hedger, "treaty")
        yes = {"round": 1, "number": made["number"], "accepts": True}
        await granted(line, type="answer_proposal", **yes)
        while "pact_concluded" not in [x["type"] for x in line.events]:
            await line.frame()
    assert not [x for x in line.events if x.get("phase") == "decision"]
    await line.close()


def executed_with(bot: str) -> dict[str, Any]:
    """Propose what a hedger does not sign: the system plays both for four rounds."""
    parties = [bot, MINE]
    pledges = [{"seat": seat, "arena": "code_of_conduct", "action": "C"} for seat in parties]
    terms = {"parties": parties, "pledges": pledges, "transfers": [], "rounds": 4}
    return {**terms, "binding": "executed", "stake": 0.0, "is_conditional": False}
