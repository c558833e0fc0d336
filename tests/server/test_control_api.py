"""Who leads a match beside its lead, and who is sent away from it."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.applications import Starlette

from game_rules.errors import NotYours
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role
from server.hosting.match_host import Sender
from server.live.removals import Removals
from server.store.event_store import MatchId, StoreUnavailable
from tests.fakes import ManualClock
from tests.game_rules.scenes import CHN
from tests.server.running import make_app, running, services_of
from tests.server.stage import MATCH, Stage
from tests.server.test_api import bearer, created

HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(tmp_path_factory.mktemp("control"), ManualClock())


@pytest.fixture(scope="module")
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


@pytest.fixture(scope="module")
async def host_token(app: Starlette, client: httpx.AsyncClient) -> str:
    answer = await client.post("/api/host", json={"secret": services_of(app).host_secret})
    return answer.json()["token"]


async def invited(client: httpx.AsyncClient, match: dict[str, str], token: str) -> httpx.Response:
    """Ask for a co-facilitator's link."""
    return await client.post(
        f"/api/matches/{match['match']}/facilitators",
        json={"name": " Dr  Co "},
        headers=bearer(token),
    )


async def test_a_co_facilitators_link_opens_once(client: httpx.AsyncClient, host_token: str):
    match = await created(client, host_token)
    secret = (await invited(client, match, match["token"])).json()["secret"]
    led = await client.post("/api/lead", json={"secret": secret})
    wanted = {**match, "seminar": None, "token": "", "name": "Dr Co"}
    assert led.json() | {"token": ""} == wanted
    again = await client.post("/api/lead", json={"secret": secret})
    assert (again.status_code, again.json()["code"]) == (403, "link_used")


async def test_the_secret_of_a_link_is_no_token(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await created(client, host_token)
    secret = (await invited(client, match, match["token"])).json()["secret"]
    assert await services_of(app).access.authenticate(secret) is None


async def test_the_creator_and_the_host_invite_and_who_was_invited_does_not(
    client: httpx.AsyncClient, host_token: str
):
    match = await created(client, host_token)
    secret = (await invited(client, match, host_token)).json()["secret"]
    led = (await client.post("/api/lead", json={"secret": secret})).json()
    refused = await invited(client, match, led["token"])
    assert (refused.status_code, refused.json()["code"]) == (403, "creator_only")


async def test_nobody_else_invites(client: httpx.AsyncClient, host_token: str):
    match, other = await created(client, host_token), await created(client, host_token)
    joined = (await client.post("/api/join", json={"code": match["code"], "name": "Ann"})).json()
    for token in (joined["token"], other["token"], ""):
        refused = await invited(client, match, token)
        assert (refused.status_code, refused.json()["code"]) == (401, "facilitator_only")
    assert (await invited(client, {"match": "none"}, host_token)).status_code == 404


async def test_the_host_is_no_facilitator_of_matches_and_a_facilitator_no_host(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await created(client, host_token)
    grant = await services_of(app).access.authenticate(host_token)
    assert grant is not None
    assert (grant.role, grant.match_id) == (Role.HOST, None)
    refused = await client.get("/api/matches", headers=bearer(match["token"]))
    assert (refused.status_code, refused.json()["code"]) == (401, "host_only")


# At the table


async def test_a_co_facilitators_act_is_signed_and_only_facilitators_read_the_name():
    stage = Stage()
    await stage.match()
    lead, ann = await stage.join(Role.FACILITATOR), await stage.sit("CHN")
    co = stage.connect(await stage.access.issue(Role.FACILITATOR, MATCH, "co", "Dr Co"))
    await co.hello()
    assert (await co.do({"type": "start_match"}))["type"] == "ack"
    signed = [x for x in lead.events.values() if x["type"] == "facilitator_acted"]
    assert [(x["person"], x["command"]) for x in signed] == [("co", "start_match")]
    told = [frame["names"] for frame in lead.frames if frame["type"] == "people"]
    assert told[-1]["co"] == "Dr Co"
    assert "Dr Co" not in "".join(ann.messages)


async def test_who_is_removed_is_cut_off_at_once_and_cannot_come_back():
    stage = Stage()
    host = await stage.match()
    removals = Removals(stage.access, stage.presences)
    stage.registry.on_change = removals.follow
    ann, other = await stage.sit("CHN"), await stage.sit("JPN")
    await host.ask(c.RemovePerson(PersonId("CHN")), HOST)
    assert ann.closed == (4001, "the facilitator removed you from this match")
    assert other.closed is None
    assert CHN not in host.position.holders
    again = stage.connect(ann.token)
    await again.hello()
    assert again.closed == (4001, "the facilitator removed you from this match")
    await removals.withdraw()
    assert await stage.access.authenticate(ann.token) is None


async def test_a_token_that_could_not_be_withdrawn_is_withdrawn_later(
    monkeypatch: pytest.MonkeyPatch,
):
    stage = Stage()
    host = await stage.match()
    removals = Removals(stage.access, stage.presences)
    stage.registry.on_change = removals.follow
    ann = await stage.sit("CHN")
    await host.ask(c.RemovePerson(PersonId("CHN")), HOST)
    with monkeypatch.context() as broken:

        async def fail(match_id: MatchId, person: str) -> None:
            raise StoreUnavailable("the disk is full")

        broken.setattr(stage.access, "revoke_person", fail)
        with pytest.raises(StoreUnavailable):
            await removals.withdraw()
    await removals.withdraw()
    assert await stage.access.authenticate(ann.token) is None


async def test_a_token_that_leads_elsewhere_by_now_ends_the_connection_with_restart():
    stage = Stage()
    await stage.match()
    ann = await stage.sit("CHN")
    stage.access.forget()

    async def moved(token: str):
        grant = await type(stage.access).authenticate(stage.access, token)
        return grant and type(grant)(grant.role, MatchId("match-2"), grant.person, grant.name)

    stage.access.authenticate = moved
    await ann.send({"type": "command", "id": "c9", "command": {"type": "leave_seat"}})
    assert ann.closed == (1012, "the match continues elsewhere; rejoin")


async def test_a_program_does_not_speak_for_people_who_have_their_seat_back():
    stage = Stage()
    host = await stage.match()
    await stage.sit("CHN")

    late = Sender("bot:CHN", Actor(Role.PLAYER, CHN))
    with pytest.raises(NotYours, match="a person plays CHN by now"):
        await host.ask(c.SetReady(0, host.position.phase, True), late)
