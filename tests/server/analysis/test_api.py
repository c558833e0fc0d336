"""The analysis board over HTTP: of a stored match for who may read it, of a record with a token."""

import gzip
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from game_rules.match import commands as c
from game_rules.records.record import write_record
from game_rules.roles import THE_FACILITATOR, Seat
from server.analysis import service
from server.analysis.service import Analyses
from server.engines import threads
from server.hosting.match_host import MatchHost, Sender
from server.store.event_store import MatchId
from tests.server.running import without_waiting
from tests.server.seminar_scenes import School, bearer, school

LEADER = Sender("facilitator", THE_FACILITATOR)
OF_RULES_1 = Path(__file__).parents[2] / "golden" / "records" / "all_defector.jsonl.gz"
SEATS = ("CHN", "JPN", "PHL")


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("analysis")) as here:
        without_waiting(here.services)
        here.services.analyses = Analyses(threads(1), wait_s=30.0)  # on a busy machine, too
        yield here


@pytest.fixture(scope="module")
async def match(here: School) -> tuple[str, str, MatchHost]:
    """Let bots play a match; give its address, a facilitator's token and its host."""
    made = await here.done("/api/matches", await here.host(), scenario="quick", pace=None, seed="7")
    host = await here.services.registry.host(MatchId(made["match"]))
    for seat in SEATS:
        await host.ask(c.SeatBot(Seat(seat), "random"), LEADER)
    await host.ask(c.StartMatch(), LEADER)
    await here.services.registry.settle()
    if not host.position.is_over:
        await host.ask(c.EndMatch(), LEADER)
    assert host.position.history
    return f"/api/matches/{made['match']}", made["token"], host


def record_of(host: MatchHost) -> str:
    return write_record(host.events, "0")


async def found(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["found"]


async def send(
    here: School, way: str, token: str | None, record: str, **about: Any
) -> httpx.Response:
    """Send a record with a question."""
    headers = bearer(token) if token else {}
    path = f"/api/records/{way}"
    return await here.client.post(path, content=record, params=about, headers=headers, timeout=30)


@pytest.mark.slow(measured=True)
async def test_a_match_and_its_record_have_the_same_answers(here: School, match: Any):
    path, token, host = match
    record, headers = record_of(host), bearer(token)
    resolved = host.position.history[0].results[0]
    seat, arena = next(iter(resolved.actions)), resolved.arena
    asked = (
        ("moments", {}),
        ("what-if", {"round": 1, "seat": seat, "arena": arena}),
        ("average", {"round": 1, "seat": seat, "arena": arena}),
        ("forecast", {"start": 1}),
    )
    for way, about in asked:
        told = await found(
            await here.client.get(f"{path}/{way}", params=about, headers=headers, timeout=30)
        )
        again = await send(here, way, token, record, **about)
        assert await found(again) == told
        assert told
    seen = await send(here, "log", token, record, **{"as": "CHN"})
    log = await here.client.get(f"{path}/log?as=CHN", headers=headers)
    assert seen.json() == log.json()


async def test_a_record_needs_a_token_and_has_a_limit(here: School, match: Any):
    _, token, host = match
    record = record_of(host)
    stranger = await send(here, "moments", None, record[:2_000])
    assert (stranger.status_code, stranger.json()["code"]) == (401, "token_only")
    larger = await send(here, "moments", None, record)
    assert (larger.status_code, larger.json()["code"]) == (401, "token_only")
    huge = await send(here, "moments", token, "x" * (2 * 1024 * 1024 + 1))
    assert (huge.status_code, huge.json()["code"]) == (413, "too_large")
    broken = await send(here, "moments", token, "no record")
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid_input")
    assert broken.json()["message"].startswith("line 1")


async def test_what_is_asked_too_often_or_takes_long_is_told_so(
    here: School, match: Any, monkeypatch: pytest.MonkeyPatch
):
    path, token, host = match
    record = record_of(host)
    monkeypatch.setattr(here.services.analyses, "wait_s", 0)
    monkeypatch.setattr(service, "MOST_AT_ONCE", 1)
    other = record.replace("quick", "other")
    async with here.services.analyses._turn:  # as if a question of somebody else was in work
        unread = await send(here, "log", token, other, **{"as": "CHN"})
        second = await here.client.get(f"{path}/forecast?start=2", headers=bearer(token))
    for answer in (unread, second):
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_questions")


async def test_a_refusal_of_the_rules_keeps_its_code(here: School, match: Any):
    path, token, _ = match
    late = await here.client.get(f"{path}/forecast?start=900", headers=bearer(token))
    assert (late.status_code, late.json()["code"]) == (422, "invalid_input")
    record = gzip.decompress(OF_RULES_1.read_bytes()).decode()
    refused = await send(here, "moments", token, record)
    assert (refused.status_code, refused.json()["code"]) == (409, "older_rules")


async def test_the_debrief_of_a_match_is_told_and_comes_as_a_page(here: School, match: Any):
    path, token, _ = match
    told = await here.client.get(f"{path}/debrief", headers=bearer(token), timeout=30)
    debrief = await found(told)
    assert [part["name"] for part in debrief["parts"]][:2] == ["verdict", "story"]
    rows = {row["id"] for table in debrief["tables"] for row in table["rows"]}
    linked = {x for part in debrief["parts"] for y in part["sentences"] for x in y["evidence"]}
    assert linked <= rows
    assert 'class="people"' in debrief["page"]
    about = {"language": "ur", "names": "false"}
    answer = await here.client.get(f"{path}/debrief", params=about, headers=bearer(token))
    page = (await found(answer))["page"]
    assert '<html lang="ur" dir="rtl">' in page
    assert 'class="people"' not in page
