"""Going back: a branch takes the place of its trunk, and nothing is rewritten."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from game_rules.games.stage_games import C
from game_rules.log.events import Branched, MatchSuperseded, Phase, RoundResolved
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import PUBLIC, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.rulesets.chosen import ruleset
from server.hosting import registry
from server.hosting.advice import advice_for
from server.hosting.match_host import MatchHost, Sender
from server.live.outbox import Outbox
from server.live.session import Session
from server.seminars.overview import before_last
from server.store.event_store import MatchId, StoreUnavailable
from server.wire.frames import Hello
from tests.fakes import ManualClock, fresh_database
from tests.game_rules.scenes import CHN
from tests.server.running import running, services_of
from tests.server.test_api import bearer, created
from tests.server.test_app import app_on

HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return fresh_database(tmp_path)


@pytest.fixture
async def app(database: str, clock: ManualClock) -> Starlette:
    return app_on(database, clock)


@pytest.fixture
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


async def host_token(app: Starlette, client: httpx.AsyncClient) -> str:
    """Open the host's link."""
    answer = await client.post("/api/host", json={"secret": services_of(app).host_secret})
    return answer.json()["token"]


class Trunk:
    """A match with Ann on CHN and bots elsewhere, in round 2 after the facilitator skipped."""

    def __init__(self, app: Starlette, client: httpx.AsyncClient) -> None:
        self.app, self.client = app, client
        self.made: dict[str, str] = {}
        self.ann: dict[str, str] = {}

    async def play(self) -> "Trunk":
        """Play until the second round."""
        token = await host_token(self.app, self.client)
        self.made = await created(self.client, token, scenario="plain", pace=1.0, seed="7")
        joined = await self.client.post(
            "/api/join", json={"code": self.made["code"], "name": "Ann"}
        )
        self.ann = joined.json()
        host = await self.host()
        person = PersonId(self.ann["person"])
        hand = Sender(f"person:{person}", Actor(Role.PLAYER, person=person))
        await host.ask(c.TakeSeat(Seat("CHN"), "Ann"), hand, "c1")
        for seat in ("JPN", "PHL"):
            await host.ask(c.SeatBot(Seat(seat), "tit_for_tat"), HOST)
        await host.ask(c.StartMatch(), HOST)
        for phase in ("briefing", "negotiation", "decision", "reveal"):
            if phase == "decision":
                await host.ask(c.SaveOrder(1, {"strait": C}), hand, "c2")
            await host.ask(c.SkipPhase(host.position.round, Phase(phase)), HOST)
            await host.settle()
        return self

    async def host(self, match: str | None = None) -> MatchHost:
        """Find the trunk's host, or another one's."""
        match_id = MatchId(match or self.made["match"])
        return await services_of(self.app).registry.host(match_id)

    async def undo(self, token: str | None = None, **body: Any) -> httpx.Response:
        """Go back."""
        return await self.client.post(
            f"/api/matches/{self.made['match']}/branch",
            json=body,
            headers=bearer(token or self.made["token"]),
        )


async def test_the_last_advance_is_undone_in_a_branch_that_stands_paused(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    answer = (await trunk.undo()).json()
    old, new = await trunk.host(), await trunk.host(answer["match"])
    assert isinstance(old.events[-1], MatchSuperseded)
    seq = len(new.events) - 1
    assert new.events[:seq] == old.events[:seq]
    assert isinstance(new.events[-1], Branched)
    assert (new.position.phase, new.position.round) == (Phase.REVEAL, 1)
    assert new.position.paused_at_ms is not None
    assert services_of(app).registry.has_deadlines is False


@pytest.mark.parametrize(
    ("undone", "stands"),
    [
        ({"round": 1, "phase": "reveal"}, ("decision", 1)),
        ({"round": 1, "phase": "decision"}, ("negotiation", 1)),
        ({"round": 2}, ("reveal", 1)),
        ({"phase": "negotiation"}, ("reveal", 1)),
        ({"round": 1, "phase": "negotiation"}, ("briefing", 0)),
    ],
)
async def test_any_opening_of_a_phase_can_be_undone(
    app: Starlette, client: httpx.AsyncClient, undone: dict, stands: tuple[str, int]
):
    trunk = await Trunk(app, client).play()
    branch = await trunk.host((await trunk.undo(**undone)).json()["match"])
    assert (branch.position.phase.value, branch.position.round) == stands


async def test_a_match_tells_beforehand_where_its_undo_leads(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    match, told = trunk.made["match"], []
    while (moment := before_last((await trunk.host(match)).events)) is not None:
        told.append((moment.phase.value, moment.round))
        headers = bearer(trunk.made["token"])
        undone = await client.post(f"/api/matches/{match}/branch", json={}, headers=headers)
        match = undone.json()["match"]
        position = (await trunk.host(match)).position
        assert (position.phase.value, position.round) == told[-1]
    assert told == [("reveal", 1), ("decision", 1), ("negotiation", 1), ("briefing", 0)]
    refused = await client.post(f"/api/matches/{match}/branch", json={}, headers=headers)
    assert refused.json()["code"] == "nothing_to_undo"


async def test_the_hosts_list_says_what_took_the_place_of_a_trunk(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    branch = (await trunk.undo()).json()["match"]
    host = bearer(await host_token(app, client))
    listed = {x["match"]: x for x in (await client.get("/api/matches", headers=host)).json()}
    assert listed[trunk.made["match"]]["replaced_by"] == branch
    assert listed[branch]["replaced_by"] is None
    seen = await client.get(f"/api/matches/{branch}")
    assert seen.json()["replaced_by"] is None


async def test_a_branch_of_a_match_of_rules_1_goes_on_by_rules_1(
    app: Starlette, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    """A match that an earlier server began keeps its people, advice and record."""
    monkeypatch.setattr(registry, "create_match", partial(create_match, version=1))
    trunk = await Trunk(app, client).play()
    old = await trunk.host()
    branch = await trunk.host((await trunk.undo(round=1, phase="reveal")).json()["match"])
    assert branch.events[0] == old.events[0]
    assert (branch.position.rules_version, ruleset().version) == (1, 2)
    assert branch.position.holders[CHN].name == "Ann"
    await branch.ask(c.ResumeMatch(), HOST)
    person = PersonId(trunk.ann["person"])
    hand = Sender(f"person:{person}", Actor(Role.PLAYER, person=person))
    await branch.ask(c.SaveOrder(1, {"strait": C}), hand, "c3")
    await branch.settle()
    while not branch.position.is_over:
        await branch.ask(c.SkipPhase(branch.position.round, branch.position.phase), HOST)
        await branch.settle()
    (first, *_) = (x for x in branch.events if isinstance(x, RoundResolved))
    assert (first.change, first.standing.rounds) == (None, 1)
    assert all("pattern" not in x for x in advice_for(branch.position, CHN))
    played = read_record(write_record(branch.events, "test", branch.names).encode())
    assert verify(played).rules_version == 1


async def test_orders_that_were_saved_before_stand_in_the_branch(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    branch = await trunk.host((await trunk.undo(round=1, phase="reveal")).json()["match"])
    assert branch.position.orders[CHN] == {"strait": C}
    assert branch.position.history == ()


@pytest.mark.parametrize(
    "body", [{"round": 9}, {"phase": "debrief"}, {"round": 0, "phase": "briefing"}]
)
async def test_what_was_not_played_is_not_undone(
    app: Starlette, client: httpx.AsyncClient, body: dict
):
    trunk = await Trunk(app, client).play()
    refused = await trunk.undo(**body)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")
    assert (await trunk.host()).position.superseded_by is None


async def test_code_and_tokens_lead_to_the_branch(app: Starlette, client: httpx.AsyncClient):
    trunk = await Trunk(app, client).play()
    services = services_of(app)
    before = await services.access.authenticate(trunk.ann["token"])
    assert before is not None
    answer = (await trunk.undo()).json()
    assert answer["code"] == trunk.made["code"]
    for token in (trunk.ann["token"], trunk.made["token"]):
        grant = await services.access.authenticate(token)
        assert grant is not None
        assert grant.match_id == answer["match"]
    late = await client.post("/api/join", json={"code": trunk.made["code"], "name": "Late"})
    assert late.json()["match"] == answer["match"]


async def test_trunk_and_branch_are_shut_until_the_branch_ends_and_then_both_verify(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    branch = (await trunk.undo(round=1, phase="reveal")).json()["match"]
    for match in (trunk.made["match"], branch):
        shut = await client.get(f"/api/matches/{match}/record")
        assert (shut.status_code, shut.json()["code"]) == (409, "still_playing")
    await (await trunk.host(branch)).ask(c.EndMatch(), HOST)
    for match in (trunk.made["match"], branch):
        opened = await client.get(
            f"/api/matches/{match}/record", headers=bearer(trunk.ann["token"])
        )
        assert opened.status_code == 200
        position = verify(read_record(opened.content))
        assert position == (await trunk.host(match)).position


async def test_who_leads_another_match_or_none_cannot_go_back(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    other = await created(client, await host_token(app, client))
    for token in (trunk.ann["token"], other["token"], "x" * 43):
        refused = await trunk.undo(token)
        assert (refused.status_code, refused.json()["code"]) == (401, "facilitator_only")


async def test_a_trunk_is_given_up_once(app: Starlette, client: httpx.AsyncClient):
    trunk = await Trunk(app, client).play()
    host = await host_token(app, client)
    assert (await trunk.undo(host)).status_code == 200
    again = await trunk.undo(host)
    assert (again.status_code, again.json()["code"]) == (422, "superseded")


async def test_a_crash_between_giving_up_and_taking_over_is_made_good_at_the_start(
    app: Starlette, database: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    async with running(app) as client:
        trunk = await Trunk(app, client).play()

        async def crash(*args: object) -> None:
            raise RuntimeError("the plug is pulled")

        monkeypatch.setattr(services_of(app).queries, "take_over", crash)
        assert (await trunk.undo()).status_code == 500
    branch = (await trunk.host()).position.superseded_by
    for _ in range(2):  # and once more, with nothing left to do
        second = app_on(database, clock)
        async with running(second):
            services = services_of(second)
            grant = await services.access.authenticate(trunk.ann["token"])
            assert grant is not None
            assert grant.match_id == branch
            assert await services.queries.live_match_ids() == [branch]


async def test_people_of_a_seminar_play_on_in_the_branch(app: Starlette, client: httpx.AsyncClient):
    token = await host_token(app, client)
    body = {"name": "IR 101", "scenario": "plain", "bot": "tit_for_tat"}
    led = (await client.post("/api/seminars", json=body, headers=bearer(token))).json()
    joined = (await client.post("/api/join", json={"code": led["code"], "name": "Ann"})).json()
    url = f"/api/seminars/{led['seminar']}"
    await client.post(f"{url}/deal", json={"matches": 1}, headers=bearer(led["token"]))
    services = services_of(app)
    roster = await services.seminars.roster(led["seminar"])
    match = roster.matches[0].match
    host = await services.registry.host(match)
    await host.ask(c.StartMatch(), HOST)
    await host.ask(c.SkipPhase(0, Phase.BRIEFING), HOST)
    undone = await client.post(
        f"/api/matches/{match}/branch", json={}, headers=bearer(led["token"])
    )
    assert undone.status_code == 200
    placed = await client.post("/api/seminars/place", headers=bearer(joined["seminar"]["token"]))
    assert placed.json()["match"] == undone.json()["match"]


def sitting(name: str) -> Sender:
    """Somebody who sits down by hand."""
    return Sender(f"person:{name}", Actor(Role.PLAYER, person=PersonId(name)))


async def test_everybody_keeps_the_seat_they_have_now(app: Starlette, client: httpx.AsyncClient):
    trunk = await Trunk(app, client).play()
    host = await trunk.host()
    ann = PersonId(trunk.ann["person"])
    await host.ask(c.TakeSeat(Seat("PHL"), "Bo"), sitting("bo"))  # came after the cut
    await host.ask(c.Reseat(ann, Seat("JPN")), HOST)  # so that CHN is free
    await host.ask(c.EngageAutopilot(Seat("JPN")), HOST)
    await host.ask(c.RemovePerson(PersonId("cy")), HOST)
    answer = (await trunk.undo(round=1, phase="decision")).json()
    branch = (await trunk.host(answer["match"])).position
    assert branch.holders == host.position.holders
    assert branch.seat_of(ann) == "JPN"
    assert branch.removed == (PersonId("cy"),)
    assert (branch.phase, branch.round) == (Phase.NEGOTIATION, 1)


async def test_an_ending_is_undone_and_the_match_goes_on_with_other_luck(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    host = await trunk.host()
    await host.ask(c.EndMatch(), HOST)
    await services_of(app).housekeeping.save_summaries()
    undone = (await trunk.undo()).json()
    branch = await trunk.host(undone["match"])
    position = branch.position
    assert (position.phase, position.round) == (Phase.NEGOTIATION, 2)
    assert position.paused_at_ms is not None
    assert position.seed != host.position.seed
    told = branch.audience(PUBLIC).payloads
    assert position.seed is not None
    assert not [payload for payload in told if position.seed in payload or '"7"' in payload]
    for match in (trunk.made["match"], undone["match"]):
        shut = await client.get(f"/api/matches/{match}/log")
        assert (shut.status_code, shut.json()["code"]) == (409, "still_playing")
    await branch.ask(c.ResumeMatch(), HOST)
    await branch.ask(c.SkipPhase(2, Phase.NEGOTIATION), HOST)
    assert branch.position.phase is Phase.DECISION
    await branch.ask(c.EndMatch(), HOST)
    for match in (trunk.made["match"], undone["match"]):
        given = await client.get(f"/api/matches/{match}/record", headers=bearer(trunk.ann["token"]))
        record = read_record(given.content)
        assert verify(record) == (await trunk.host(match)).position


@pytest.mark.slow
async def test_a_branch_never_takes_up_a_seed_that_was_told(
    app: Starlette, client: httpx.AsyncClient
):
    """A branch that goes back further than to where its trunk got a new seed would do so."""
    trunk = await Trunk(app, client).play()
    await (await trunk.host()).ask(c.EndMatch(), HOST)
    undone = (await trunk.undo()).json()["match"]
    first = await trunk.host(undone)
    answer = await client.post(
        f"/api/matches/{undone}/branch",
        json={"round": 1, "phase": "decision"},
        headers=bearer(trunk.made["token"]),
    )
    second = await trunk.host(answer.json()["match"])
    seeds = {first.position.seed, second.position.seed, "7"}
    assert len(seeds) == 3


async def test_a_match_that_was_played_to_its_end_goes_back_to_its_last_reveal_or_before(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    host = await trunk.host()
    while not host.position.is_over:
        await host.ask(c.SkipPhase(host.position.round, host.position.phase), HOST)
        await host.settle()
    last = await trunk.host((await trunk.undo(phase="debrief")).json()["match"])
    assert (last.position.phase, last.position.round) == (Phase.REVEAL, 3)


async def test_an_end_before_the_start_is_not_undone(app: Starlette, client: httpx.AsyncClient):
    made = await created(client, await host_token(app, client), scenario="plain", pace=1.0)
    host = await services_of(app).registry.host(MatchId(made["match"]))
    await host.ask(c.EndMatch(), HOST)
    url = f"/api/matches/{made['match']}/branch"
    refused = await client.post(url, json={}, headers=bearer(made["token"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")


async def test_a_trunk_is_led_and_greeted_in_its_branch(app: Starlette, client: httpx.AsyncClient):
    trunk = await Trunk(app, client).play()
    services = services_of(app)
    branch = (await trunk.undo()).json()["match"]
    late = await services.access.issue(Role.OBSERVER, MatchId(trunk.made["match"]))
    host = await services.registry.host_in_play(MatchId(trunk.made["match"]))
    assert host.match_id == branch
    token = await host_token(app, client)
    led = await client.post(f"/api/matches/{trunk.made['match']}/lead", headers=bearer(token))
    assert led.json()["match"] == branch
    outbox = Outbox(1000, 10**6)
    session = Session(
        services.registry,
        services.access,
        services.presences,
        services.clock,
        outbox,
        services.frames,
        services.hurry,
    )
    await session.receive(Hello(type="hello", protocol=1, token=late).model_dump_json())
    assert session.match_id == branch
    session.leave()


async def test_bots_of_a_trunk_that_was_given_up_ask_for_nothing(
    app: Starlette, client: httpx.AsyncClient
):
    trunk = await Trunk(app, client).play()
    host = await trunk.host()
    await host.ask(c.SkipPhase(2, Phase.NEGOTIATION), HOST)
    await trunk.undo()
    again = MatchHost(host.match_id, services_of(app).store, services_of(app).clock)
    await again.open()
    with capture_logs() as logs:
        again.wake()
        await again.settle()
    assert logs == []


@pytest.mark.parametrize("has_ended", [False, True])
async def test_whatever_write_a_crash_comes_after_a_start_makes_it_good(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, has_ended: bool
):
    """The store takes so many writes more, then none, as if the plug was pulled."""
    monkeypatch.setattr("server.app.CHORES_S", 1000)
    taken_over = []
    for writes in range(9):
        folder = tmp_path / str(writes)
        folder.mkdir()
        database = fresh_database(folder)
        app = app_on(database, clock)
        with contextlib.suppress(StoreUnavailable):  # it cannot say goodbye either
            async with running(app) as client:
                trunk = await Trunk(app, client).play()
                await (await trunk.host()).ask(c.TakeSeat(Seat("PHL"), "Bo"), sitting("bo"))
                if has_ended:
                    await (await trunk.host()).ask(c.EndMatch(), HOST)
                    await services_of(app).housekeeping.save_summaries()
                die_after(app, writes, monkeypatch)
                undone = await trunk.undo()
        await services_of(app).store.close()
        second = app_on(database, clock)
        async with running(second):
            taken_over.append(await took_over(second, trunk, undone.status_code == 200))
    assert taken_over[0] is False
    assert taken_over[-1] is True
    assert taken_over == sorted(taken_over), "once the trunk is given up, the branch takes over"


def die_after(app: Starlette, writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a server's store take so many writes more."""
    store, left = services_of(app).store, [writes]

    def counted(write: Any) -> Any:
        async def count(*arguments: Any) -> Any:
            if left[0] == 0:
                raise StoreUnavailable("the plug is pulled")
            left[0] -= 1
            return await write(*arguments)

        return count

    for name in ("append", "change"):
        monkeypatch.setattr(store, name, counted(getattr(store, name)))


async def took_over(app: Starlette, trunk: Trunk, is_promised: bool) -> bool:
    """Tell whether a branch plays on after a restart; else the trunk must, as it was."""
    services = services_of(app)
    grant = await services.access.authenticate(trunk.ann["token"])
    assert grant is not None
    assert grant.match_id is not None
    match = grant.match_id
    position = (await services.registry.host(match)).position
    assert position.seat_of(PersonId("bo")) == "PHL"
    by_code = await services.queries.match_by_code(trunk.made["code"])
    assert by_code is not None
    assert by_code.match == match
    is_branch = position.trunk is not None
    assert is_branch == (match != trunk.made["match"])
    assert position.superseded_by is None
    assert is_branch or not is_promised
    await services.housekeeping.save_summaries()
    expected = [] if position.is_over else [match]
    async with asyncio.timeout(30):  # the chores of the start may be writing it just now
        while await services.queries.live_match_ids() != expected:  # noqa: ASYNC110 (see above)
            await asyncio.sleep(0.01)
    return is_branch
