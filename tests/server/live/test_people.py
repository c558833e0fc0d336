"""People in matches of rules 2: ids in the log, names beside it, and what is left when they go."""

from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from game_rules.log.events import Phase
from game_rules.log.people import called
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.records.codec import dumps
from game_rules.records.record import read_record, verify
from game_rules.roles import THE_FACILITATOR, PersonId, Role, Seat
from server.hosting import registry
from server.hosting.match_host import Sender
from server.store.event_store import MatchId
from tests.game_rules.scenes import a_scenario
from tests.server.running import Line, listening, make_app, services_of
from tests.server.stage import MATCH, Desk, Stage
from tests.server.test_api import bearer

HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    stage = Stage()
    await stage.match(a_scenario(rivals=(), delegates=2))
    yield stage
    await stage.close()


def names(desk: Desk) -> list[dict[str, str]]:
    """Give the names that a client was told, frame by frame."""
    return [frame["names"] for frame in desk.frames if frame["type"] == "people"]


async def test_names_come_before_the_events_that_need_them(stage: Stage):
    watcher = await stage.join(Role.OBSERVER)
    await stage.sit("CHN")
    await stage.settle()
    kinds = [frame["type"] for frame in watcher.frames]
    assert kinds == ["welcome", "events", "people", "events"]
    assert names(watcher) == [{"CHN": "Ms CHN"}]
    taken = watcher.events[2]
    assert (taken["type"], taken["person"], taken["name"]) == ("seat_taken", "CHN", "")
    late = await stage.join(Role.OBSERVER)
    assert [frame["type"] for frame in late.frames] == ["welcome", "people", "events"]


async def test_nobody_is_told_the_name_of_who_has_not_been_seen(stage: Stage):
    """A co-facilitator is named to facilitators alone, and who only looks on to nobody."""
    watcher, lead = await stage.join(Role.OBSERVER), await stage.join(Role.FACILITATOR)
    token = await stage.access.issue(Role.FACILITATOR, MATCH, "c0", "Dr Co")
    co = stage.connect(token)
    await co.hello()
    await stage.join(Role.PLAYER, "shy")
    await co.do({"type": "start_match"})
    await stage.settle()
    assert names(watcher) == []
    assert names(lead) == [{"c0": "Dr Co"}]


async def test_the_store_keeps_names_beside_the_log_and_a_new_start_reads_them(stage: Stage):
    await stage.sit("CHN")
    assert await stage.store.names(MATCH) == {"CHN": "Ms CHN"}
    written = "".join(row.payload for row in await stage.store.read(MATCH))
    assert "Ms CHN" not in written
    again = Stage(stage.store, stage.clock)
    watcher = await again.join(Role.OBSERVER)
    assert names(watcher) == [{"CHN": "Ms CHN"}]
    await again.close()


async def test_who_is_forgotten_stays_so_whatever_they_send(stage: Stage):
    desk = await stage.sit("CHN")
    stage.store.people[MATCH][PersonId("CHN")] = None
    watcher = await stage.join(Role.OBSERVER)
    await desk.do({"type": "leave_seat"})
    await desk.do({"type": "take_seat", "seat": "JPN", "name": "Ms CHN"})
    await stage.settle()
    assert names(watcher) == []
    assert await stage.store.names(MATCH) == {"CHN": None}


async def test_a_speaker_is_an_id_and_a_refusal_says_the_name(stage: Stage):
    await stage.sit("CHN")
    mate = await stage.join(Role.PLAYER, "bo")
    await mate.do({"type": "take_seat", "seat": "CHN", "name": "Bo"})
    await mate.do({"type": "say", "room": [], "text": "Hello."})
    await stage.settle()
    said = [event for event in mate.events.values() if event["type"] == "message_said"]
    assert [event["speaker"] for event in said] == ["bo"]
    third = await stage.join(Role.PLAYER, "cy")
    refused = await third.do({"type": "take_seat", "seat": "CHN", "name": "Cy"})
    assert refused["message"] == "CHN is held by Ms CHN and Ms bo; choose another seat"
    refused = await mate.do({"type": "save_order", "round": 0, "actions": {}})
    assert refused["message"] == "Ms CHN holds the pen of CHN; ask for it"


async def test_a_refusal_tells_no_name_that_is_forgotten(stage: Stage):
    await stage.sit("CHN")
    mate = await stage.join(Role.PLAYER, "p2")
    await mate.do({"type": "take_seat", "seat": "CHN", "name": "Bo"})
    stage.store.people[MATCH][PersonId("p2")] = None
    await (await stage.registry.host(MATCH)).refresh_names()
    third = await stage.join(Role.PLAYER, "cy")
    refused = await third.do({"type": "take_seat", "seat": "CHN", "name": "Cy"})
    assert refused["message"] == "CHN is held by Ms CHN and Person 2; choose another seat"


# A whole server


@pytest.fixture
async def line(tmp_path: Any) -> AsyncGenerator[Line]:
    app: Starlette = make_app(tmp_path)
    library = {"plain": a_scenario(rivals=(), delegates=2)}
    services_of(app).scenarios = services_of(app).seminars.scenarios = library
    async with listening(app) as line:
        yield line


async def created(line: Line, client: httpx.AsyncClient) -> dict[str, str]:
    """Create a match; give its id, code and the facilitator's token."""
    secret = services_of(line.app).host_secret
    host = (await client.post("/api/host", json={"secret": secret})).json()["token"]
    body = {"scenario": "plain", "pace": None}
    return (await client.post("/api/matches", json=body, headers=bearer(host))).json()


async def joined(client: httpx.AsyncClient, code: str, name: str) -> dict[str, str]:
    answer = await client.post("/api/join", json={"code": code, "name": name})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.slow(measured=True)
async def test_who_created_a_match_forgets_a_person_over_http(line: Line):
    services = services_of(line.app)
    async with line.http() as client:
        made = await created(line, client)
        amna = await joined(client, made["code"], "Amna")
        wire = await line.join(amna["token"])
        command = {"type": "take_seat", "seat": "CHN", "name": "Amna"}
        assert (await wire.do(command, "1"))["type"] == "ack"
        host = await services.registry.host(MatchId(made["match"]))
        for seat in ("JPN", "PHL"):
            await host.ask(c.SeatBot(Seat(seat), "tit_for_tat"), HOST)
        await host.ask(c.StartMatch(), HOST)
        for number, phase in ((0, Phase.BRIEFING), (1, Phase.NEGOTIATION)):
            await host.ask(c.SkipPhase(number, phase), HOST)
        path = f"/api/matches/{made['match']}"
        lead = bearer(made["token"])
        invited = await client.post(f"{path}/facilitators", json={"name": "Co"}, headers=lead)
        co = (await client.post("/api/lead", json=invited.json())).json()["token"]
        branch = (await client.post(f"{path}/branch", json={}, headers=lead)).json()["match"]

        async def forget(person: str, token: str | None) -> httpx.Response:
            headers = {} if token is None else bearer(token)
            own = f"/api/matches/{branch}/people/{person}/forget"
            return await client.post(own, headers=headers)

        for person, token, refused in (
            ("p1", None, (401, "facilitator_only")),
            ("p1", amna["token"], (401, "facilitator_only")),
            ("p1", co, (403, "creator_only")),
            ("p9", made["token"], (404, "no_such_person")),
        ):
            answer = await forget(person, token)
            assert (answer.status_code, answer.json()["code"]) == refused
        assert host.names[PersonId("p1")] == "Amna"
        answer = await forget("p1", made["token"])
        assert answer.json() == {"name": "Person 1", "matches": [branch, made["match"]]}
        for match in (made["match"], branch):
            loaded = await services.registry.host(MatchId(match))
            assert loaded.names[PersonId("p1")] is None
            assert await services.store.names(MatchId(match)) == {"p1": None}
        assert "Amna" not in (await client.get(f"/api/matches/{branch}/look", headers=lead)).text


async def test_a_match_of_rules_1_forgets_nobody(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "create_match", partial(create_match, version=1))
    async with line.http() as client:
        made = await created(line, client)
        path = f"/api/matches/{made['match']}/people/ann/forget"
        answer = await client.post(path, headers=bearer(made["token"]))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


@pytest.mark.slow(measured=True)
async def test_a_person_is_forgotten_over_real_sockets_and_the_record_holds(line: Line):
    services = services_of(line.app)
    async with line.http() as client:
        made = await created(line, client)
        amna, bashir = [await joined(client, made["code"], x) for x in ("Amna", "Bashir")]
        assert (amna["person"], bashir["person"]) == ("p1", "p2")
        look_alike = await client.post("/api/join", json={"code": made["code"], "name": "аmna"})
        assert look_alike.json()["code"] == "name_taken"
        for person, seat in ((amna, "CHN"), (bashir, "JPN")):
            wire = await line.join(person["token"])
            command = {"type": "take_seat", "seat": seat, "name": "Somebody else"}
            assert (await wire.do(command, "1"))["type"] == "ack"
            await wire.close()
        match = MatchId(made["match"])
        assert await services.store.names(match) == {"p1": "Amna", "p2": "Bashir"}
        lead = await line.join(made["token"])
        assert (await lead.until("people"))["names"] == {"p1": "Amna", "p2": "Bashir"}
        assert (await lead.do({"type": "end_match"}, "2"))["type"] == "ack"
        before = await read(client, made)
        assert await services.queries.forget_person([match], PersonId("p1"))
        again = await line.join(made["token"])
        assert (await again.until("people"))["names"] == {"p2": "Bashir"}
        after = await read(client, made)
    for log, record in (before, after):
        assert verify(read_record(record.encode())).phase == "debrief"
        assert verify(read_record(without_names(record).encode())).phase == "debrief"
        assert "Amna" not in dumps(log["events"])
    assert before[0]["names"] == {"p1": "Amna", "p2": "Bashir"}
    assert after[0]["names"] == read_record(after[1].encode()).names == {"p2": "Bashir"}
    assert without_names(before[1]) == without_names(after[1])
    assert "Amna" not in after[1]
    assert called(PersonId("p1"), after[0]["names"]) == "Person 1"


async def read(client: httpx.AsyncClient, made: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Download the log and the record."""
    texts = [
        await client.get(f"/api/matches/{made['match']}/{what}", headers=bearer(made["token"]))
        for what in ("log", "record")
    ]
    return texts[0].json(), texts[1].text


def without_names(record: str) -> str:
    """Take the line of names away."""
    lines = record.splitlines(keepends=True)
    return "".join(text for text in lines if not text.startswith('{"people"'))


@pytest.mark.slow
async def test_a_branch_keeps_the_names_and_who_is_forgotten(line: Line):
    services = services_of(line.app)
    async with line.http() as client:
        made = await created(line, client)
        people = [await joined(client, made["code"], x) for x in ("Amna", "Bashir")]
        for person, seat in zip(people, ("CHN", "JPN"), strict=True):
            wire = await line.join(person["token"])
            await wire.do({"type": "take_seat", "seat": seat, "name": "x"}, "1")
            await wire.close()
        trunk = MatchId(made["match"])
        host = await services.registry.host(trunk)
        for command in (c.StartMatch(), c.SkipPhase(0, Phase.BRIEFING)):
            await host.ask(command, HOST)
        await services.queries.forget_person([trunk], PersonId("p2"))
        await host.refresh_names()
        path = f"/api/matches/{trunk}/branch"
        await host.ask(c.SkipPhase(1, Phase.NEGOTIATION), HOST)
        body = {"round": 1, "phase": "decision"}
        answer = await client.post(path, json=body, headers=bearer(made["token"]))
        assert answer.status_code == 200, answer.text
        branch = MatchId(answer.json()["match"])
        assert await services.store.names(branch) == {"p1": "Amna", "p2": None}
        third = await joined(client, made["code"], "Chanda")
        assert third["person"] == "p3"


@pytest.mark.slow
async def test_people_of_a_class_are_forgotten_in_all_its_matches(line: Line):
    services = services_of(line.app)
    async with line.http() as client:
        secret = services.host_secret
        host = (await client.post("/api/host", json={"secret": secret})).json()["token"]
        body = {"name": "Class", "scenario": "plain"}
        led = (await client.post("/api/seminars", json=body, headers=bearer(host))).json()
        people = [await joined(client, led["code"], x) for x in ("Amna", "Bashir")]
        assert [each["person"] for each in people] == ["c1", "c2"]
        lead, path = bearer(led["token"]), f"/api/seminars/{led['seminar']}"
        dealt = await client.post(f"{path}/deal", json={"matches": 2}, headers=lead)
        assert dealt.status_code == 200, dealt.text
        roster = await services.seminars.roster(led["seminar"])
        first, second = roster.match_ids
        moved = next(x for x in roster.people if x.match == first)
        target = {"match": second, "seat": None}
        await client.post(f"{path}/people/{moved.person}/move", json=target, headers=lead)
        held = [await services.store.names(match) for match in (first, second)]
        assert held[0] == {moved.person: moved.name}
        assert held[1] == {"c1": "Amna", "c2": "Bashir"}
        assert await services.queries.forget_person([first], moved.person)
        services.seminars.forget(led["seminar"])
        for match in (first, second):
            assert (await services.store.names(match))[moved.person] is None
        member = (await services.seminars.roster(led["seminar"])).member(moved.person)
        assert member is not None
        assert member.name == called(moved.person, {})
        assert not await services.queries.forget_person([first], PersonId("c9"))
