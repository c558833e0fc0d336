"""What is asked for over HTTP: each answer, each refusal, and what is never told."""

import asyncio
import itertools
import json
import threading
from collections.abc import AsyncGenerator
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from game_rules.log.events import Event, MatchCreated
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps, loads
from game_rules.records.record import read_record, verify
from game_rules.roles import ARCHIVE, PUBLIC, THE_FACILITATOR, Role, Seat, Viewer, seated
from game_rules.strategies import strategies
from server.api import control, ended
from server.api.ended import saved_as
from server.app import MOST_WAITING
from server.edge.headers import HEADERS
from server.exports import seen
from server.exports.catalogue import TABLES, write_table
from server.exports.spreadsheet import for_spreadsheet
from server.exports.story import About
from server.hosting import match_host
from server.hosting.match_host import MatchHost, Sender
from server.store.event_store import MatchId, StoreUnavailable
from server.store.sqlite.store import SqliteStore
from server.version import SOFTWARE_VERSION
from tests.fakes import ManualClock, breakable
from tests.server.running import make_app, running, services_of, without_waiting
from tests.server.stage import let_go

HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture(scope="module")
async def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, clock: ManualClock) -> Starlette:
    return make_app(tmp_path_factory.mktemp("api"), clock, failed_tries_burst=20)


@pytest.fixture(scope="module")
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    """An HTTP client that is nobody yet."""
    async with running(app) as client:
        yield client


@pytest.fixture(autouse=True)
def waits(app: Starlette) -> list[float]:
    """The waits that answers were put off for, in seconds; none is waited for."""
    return without_waiting(services_of(app))


@pytest.fixture(scope="module")
async def host_token(app: Starlette, client: httpx.AsyncClient) -> str:
    answer = await client.post("/api/host", json={"secret": services_of(app).host_secret})
    assert answer.status_code == 200
    return answer.json()["token"]


def bearer(token: str) -> dict[str, str]:
    """Give the header that carries a token."""
    return {"authorization": f"Bearer {token}"}


async def created(client: httpx.AsyncClient, host_token: str, **more: Any) -> dict[str, str]:
    """Create a match."""
    body = {"scenario": "quick", "pace": None, **more}
    answer = await client.post("/api/matches", json=body, headers=bearer(host_token))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def host_of(app: Starlette, match: dict[str, str]) -> MatchHost:
    return await services_of(app).registry.host(MatchId(match["match"]))


async def finished(
    app: Starlette, client: httpx.AsyncClient, host_token: str, **more: Any
) -> dict[str, str]:
    """Create a match and let bots play it to its end."""
    match = await created(client, host_token, **more)
    host = await host_of(app, match)
    for seat in ("CHN", "JPN", "PHL"):
        await host.ask(c.SeatBot(Seat(seat), "random"), HOST)
    await host.ask(c.StartMatch(), HOST)
    await host.settle()
    assert host.position.is_over
    return match


def refused(answer: httpx.Response, status: int, code: str) -> str:
    """Check that a refusal has the one form of all refusals; give its message."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"code", "message"}
    assert body["code"] == code
    assert "\n" not in body["message"]
    return body["message"]


# The host


async def test_a_wrong_secret_opens_nothing(client: httpx.AsyncClient):
    answer = await client.post("/api/host", json={"secret": "x"})
    assert "the last start" in refused(answer, 403, "wrong_secret")


async def test_guessing_secrets_is_slowed_down_and_the_right_one_never(
    client: httpx.AsyncClient, app: Starlette, clock: ManualClock, waits: list[float]
):
    answers = [await client.post("/api/host", json={"secret": "x"}) for _ in range(23)]
    assert {answer.status_code for answer in answers} == {403}
    assert waits == [6, 10, 10]
    right = {"secret": services_of(app).host_secret}
    assert (await client.post("/api/host", json=right)).status_code == 200
    assert waits == [6, 10, 10]
    clock.advance(6_000 * 24)
    refused(await client.post("/api/host", json={"secret": "x"}), 403, "wrong_secret")
    assert waits == [6, 10, 10]


async def test_the_right_secret_is_no_failed_try(app: Starlette, client: httpx.AsyncClient):
    secret = services_of(app).host_secret
    answers = [await client.post("/api/host", json={"secret": secret}) for _ in range(25)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["token"] for answer in answers}) == 25


# Creating and listing


@pytest.mark.parametrize("scheme", ["", "Basic ", "bearer", "Token "])
async def test_matches_are_created_and_listed_by_the_host_alone(
    app: Starlette, client: httpx.AsyncClient, host_token: str, scheme: str
):
    access = services_of(app).access
    match = MatchId((await created(client, host_token))["match"])
    others = [
        await access.issue(Role.FACILITATOR, match),
        await access.issue(Role.PLAYER, match, "ann", "Ann"),
        await access.issue(Role.OBSERVER, match),
        "x" * 43,
    ]
    headers: list[dict[str, str]] = [{}, {"authorization": f"{scheme}{host_token}"}]
    for header in (*headers, *map(bearer, others)):
        for answer in (
            await client.post("/api/matches", json={"scenario": "quick"}, headers=header),
            await client.get("/api/matches", headers=header),
        ):
            assert "the host's link" in refused(answer, 401, "host_only")


async def test_a_new_match_waits_in_its_lobby(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await created(
        client, host_token, scenario="plain", pace=0.5, seed="my seed", is_repeatable=True
    )
    host = await host_of(app, match)
    (event,) = host.events
    assert isinstance(event, MatchCreated)
    assert (event.scenario.name, event.pace, event.seed) == ("plain", 0.5, "my seed")
    grant = await services_of(app).access.authenticate(match["token"])
    assert grant is not None
    assert (grant.role, grant.match_id) == (Role.FACILITATOR, match["match"])


async def test_a_seed_that_is_not_given_is_drawn_anew(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    hosts = [await host_of(app, await created(client, host_token)) for _ in range(2)]
    seeds = {host.position.seed for host in hosts}
    assert len(seeds) == 2
    assert all(seed and len(seed) == 32 for seed in seeds)


async def test_a_match_tells_nothing_of_another_for_which_the_same_seed_was_typed(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    hosts = [await host_of(app, await created(client, host_token, seed="7")) for _ in range(2)]
    seeds = {host.position.seed for host in hosts}
    assert len(seeds) == 2
    assert all(seed and len(bytes.fromhex(seed)) == 16 for seed in seeds)


async def test_a_match_is_played_again_from_its_seed_if_that_is_asked_for(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    first = await finished(app, client, host_token)
    seed = (await host_of(app, first)).position.seed
    again = await finished(app, client, host_token, seed=seed, is_repeatable=True)
    other = await finished(app, client, host_token, seed=seed)
    asked = [
        client.get(f"/api/matches/{match['match']}/table", headers=bearer(host_token))
        for match in (first, again, other)
    ]
    texts = [
        answer.text.replace(match["match"], "")
        for match, answer in zip((first, again, other), await asyncio.gather(*asked), strict=True)
    ]
    assert texts[0] == texts[1] != texts[2]


async def test_an_unknown_scenario_is_refused_with_the_choice(
    client: httpx.AsyncClient, host_token: str
):
    answer = await client.post(
        "/api/matches", json={"scenario": "nowhere"}, headers=bearer(host_token)
    )
    message = refused(answer, 404, "no_such_scenario")
    assert message == "no scenario nowhere; choose among plain, quick"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"scenario": None},
        {"scenario": 1},
        {"scenario": "x" * 65},
        {"scenario": "quick", "pace": 0.05},
        {"scenario": "quick", "pace": 10.1},
        {"scenario": "quick", "pace": "1"},
        {"scenario": "quick", "seed": ""},
        {"scenario": "quick", "seed": "x" * 65},
        {"scenario": "quick", "seed": 7},
        {"scenario": "quick", "is_repeatable": True},
        {"scenario": "quick", "is_admin": True},
    ],
)
async def test_a_match_is_created_from_what_fits_alone(
    client: httpx.AsyncClient, host_token: str, body: dict
):
    answer = await client.post("/api/matches", json=body, headers=bearer(host_token))
    assert refused(answer, 422, "invalid_request").startswith("body")


async def test_matches_are_listed_newest_first_with_their_codes(
    client: httpx.AsyncClient, host_token: str, clock: ManualClock
):
    clock.advance(1)
    older = await created(client, host_token)
    clock.advance(1)
    newer = await created(client, host_token)
    listed = (await client.get("/api/matches", headers=bearer(host_token))).json()
    assert [x["match"] for x in listed][:2] == [newer["match"], older["match"]]
    assert listed[0]["code"] == newer["code"]


async def test_the_host_leads_a_match_from_another_device(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await created(client, host_token)
    path = f"/api/matches/{match['match']}/lead"
    refused(await client.post(path, headers=bearer(match["token"])), 401, "host_only")
    answer = await client.post("/api/matches/nothing/lead", headers=bearer(host_token))
    refused(answer, 404, "no_such_match")
    led = (await client.post(path, headers=bearer(host_token))).json()
    assert (led["match"], led["code"]) == (match["match"], match["code"])
    assert led["token"] != match["token"]
    grant = await services_of(app).access.authenticate(led["token"])
    assert grant == await services_of(app).access.authenticate(match["token"])


async def test_anyone_with_the_link_sees_a_match_but_not_its_code(
    client: httpx.AsyncClient, host_token: str
):
    match = await created(client, host_token)
    shown = (await client.get(f"/api/matches/{match['match']}")).json()
    assert (shown["phase"], shown["round"], shown["rounds"]) == ("lobby", 0, 3)
    assert shown["code"] is None
    assert match["code"] not in json.dumps(shown)


async def test_a_match_that_does_not_exist_is_not_shown(client: httpx.AsyncClient):
    for path in ("", "/log", "/record", "/table"):
        answer = await client.get(f"/api/matches/nothing{path}")
        assert refused(answer, 404, "no_such_match") == "no match nothing; check the link"


# Joining


@pytest.mark.parametrize(
    "spelling", [str.upper, str.lower, lambda code: f" {code[:3]}-{code[3:]} "]
)
async def test_the_code_lets_people_in_however_it_is_typed(
    app: Starlette, client: httpx.AsyncClient, host_token: str, spelling: Any
):
    match = await created(client, host_token)
    code = spelling(match["code"])
    joined = (await client.post("/api/join", json={"code": code, "name": " Ann  of Fu "})).json()
    grant = await services_of(app).access.authenticate(joined["token"])
    assert grant is not None
    assert (grant.role, grant.match_id, grant.name) == (Role.PLAYER, match["match"], "Ann of Fu")
    assert grant.person == joined["person"]
    watching = (await client.post("/api/watch", json={"code": code})).json()
    grant = await services_of(app).access.authenticate(watching["token"])
    assert grant is not None
    assert (grant.role, grant.person, watching["person"]) == (Role.OBSERVER, None, None)


async def test_everyone_who_joins_is_somebody_else(client: httpx.AsyncClient, host_token: str):
    code = (await created(client, host_token))["code"]
    joined = [
        (await client.post("/api/join", json={"code": code, "name": name})).json()
        for name in ("Ann", "Bo")
    ]
    assert joined[0]["person"] != joined[1]["person"]
    assert joined[0]["token"] != joined[1]["token"]


@pytest.mark.slow
@pytest.mark.parametrize("twin", ["ann", "\u0410nn", "Ann\u200b", "Ａnn", " Ann "])
async def test_a_name_that_looks_like_somebodys_is_theirs(
    app: Starlette, client: httpx.AsyncClient, host_token: str, twin: str
):
    match, other = [await created(client, host_token) for _ in range(2)]
    ann = (await client.post("/api/join", json={"code": match["code"], "name": "Ann"})).json()
    again = {"code": match["code"], "name": twin}
    message = refused(await client.post("/api/join", json=again), 409, "name_taken")
    assert message.endswith("; choose another name")
    elsewhere = {"code": other["code"], "name": twin}
    assert (await client.post("/api/join", json=elsewhere)).status_code == 200
    await services_of(app).access.revoke_person(MatchId(match["match"]), ann["person"])
    assert (await client.post("/api/join", json=again)).status_code == 200


async def test_of_many_who_give_one_name_at_once_one_has_it(
    client: httpx.AsyncClient, host_token: str
):
    code = (await created(client, host_token))["code"]
    coming = (client.post("/api/join", json={"code": code, "name": "Ann"}) for _ in range(8))
    statuses = [answer.status_code for answer in await asyncio.gather(*coming)]
    assert sorted(statuses) == [200] + [409] * 7


@pytest.mark.parametrize("path", ["/api/join", "/api/watch"])
async def test_an_unknown_code_is_refused_slowly_and_a_right_one_passes(
    client: httpx.AsyncClient, host_token: str, path: str, waits: list[float]
):
    body = {"code": "ZZZZZZ"} | ({"name": "Ann"} if path == "/api/join" else {})
    answers = [await client.post(path, json=body) for _ in range(21)]
    assert "ZZZZZZ" in refused(answers[0], 404, "no_such_code")
    refused(answers[-1], 404, "no_such_code")
    assert waits == [6]
    right = await created(client, host_token)
    answer = await client.post(path, json={**body, "code": right["code"]})
    assert (answer.status_code, waits) == (200, [6])


@pytest.mark.slow
async def test_who_is_wrong_beside_one_who_guesses_waits_a_second_at_most(
    client: httpx.AsyncClient, waits: list[float]
):
    """One address, as a school has; devices go by their browser's name."""
    body, guesser = {"code": "ZZZZZZ"}, {"user-agent": "a script"}
    for _ in range(210):
        await client.post("/api/watch", json=body, headers=guesser)
    waits.clear()
    refused(await client.post("/api/watch", json=body), 404, "no_such_code")
    assert waits == [1]


@pytest.mark.slow
async def test_more_wrong_codes_than_can_wait_are_told_to_come_back(
    app: Starlette, client: httpx.AsyncClient
):
    until, services = asyncio.Event(), services_of(app)

    async def pause(seconds: float) -> None:
        await until.wait()

    services.failed_tries.pause = pause
    guesses = [
        asyncio.create_task(client.post("/api/watch", json={"code": "ZZZZZZ"}))
        for _ in range(20 + MOST_WAITING + 1)
    ]
    coming = asyncio.as_completed(guesses)
    first = [(await next(coming)).status_code for _ in range(21)]
    assert sorted(first) == [404] * 20 + [429]
    until.set()
    assert {(await answer).status_code for answer in coming} == {404}


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/api/join", "/api/watch"])
async def test_a_class_behind_one_address_is_let_in_at_once_and_a_flood_slowly(
    client: httpx.AsyncClient, host_token: str, path: str, waits: list[float]
):
    """No time passes by the server's clock while they come."""
    numbers = itertools.count()
    match, other = [await created(client, host_token) for _ in range(2)]

    def body() -> dict[str, str]:
        return {"name": f"Pupil {next(numbers)}"} if path == "/api/join" else {}

    for _ in range(250):
        answer = await client.post(path, json={**body(), "code": match["code"]})
        assert answer.status_code == 200
    assert waits == []
    flooding = await client.post(path, json={**body(), "code": match["code"].lower()})
    assert (flooding.status_code, waits) == (200, [0.5])
    await client.post(path, json={**body(), "code": other["code"]})
    another = {"user-agent": "another phone"}
    await client.post(path, json={**body(), "code": match["code"]}, headers=another)
    assert waits == [0.5]


@pytest.mark.parametrize("name", ["", "   ", "\n", "x" * (LONGEST_NAME + 1), None, 5])
async def test_a_name_of_no_or_too_many_letters_is_refused(
    client: httpx.AsyncClient, host_token: str, name: Any
):
    code = (await created(client, host_token))["code"]
    answer = await client.post("/api/join", json={"code": code, "name": name})
    refused(answer, 422, "invalid_request")


# Logs and records


@pytest.mark.parametrize("path", ["log", "log?as=public", "log?as=CHN", "record"])
async def test_nothing_of_a_running_match_is_handed_out(
    app: Starlette, client: httpx.AsyncClient, host_token: str, path: str
):
    match = await created(client, host_token)
    await (await host_of(app, match)).ask(c.StartMatch(), HOST)
    answer = await client.get(f"/api/matches/{match['match']}/{path}")
    assert "when the match has ended" in refused(answer, 409, "still_playing")


@pytest.mark.parametrize(
    ("view", "viewer"),
    [
        ("", ARCHIVE),
        ("?as=archive", ARCHIVE),
        ("?as=public", PUBLIC),
        ("?as=JPN", seated(Seat("JPN"))),
    ],
)
async def test_a_finished_match_is_told_as_anybody_saw_it(
    app: Starlette, client: httpx.AsyncClient, host_token: str, view: str, viewer: Viewer
):
    match = await finished(app, client, host_token)
    host = await host_of(app, match)
    answer = await client.get(
        f"/api/matches/{match['match']}/log{view}", headers=bearer(match["token"])
    )
    seen = (redact(event, viewer, host.position.scenario) for event in host.events)
    assert answer.headers["content-type"] == "application/json"
    assert [loads(Event, json.dumps(event)) for event in answer.json()["events"]] == [
        event for event in seen if event is not None
    ]


async def test_a_view_that_nobody_has_is_refused_with_the_choice(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await finished(app, client, host_token)
    answer = await client.get(
        f"/api/matches/{match['match']}/log?as=facilitator", headers=bearer(match["token"])
    )
    message = refused(answer, 404, "no_such_view")
    assert message == "view facilitator; choose archive, public, or one of CHN, JPN, PHL"


async def test_the_record_of_a_finished_match_holds(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await finished(app, client, host_token)
    answer = await client.get(
        f"/api/matches/{match['match']}/record", headers=bearer(match["token"])
    )
    record = read_record(answer.content)
    assert verify(record) == fold((await host_of(app, match)).events)
    assert record.software_version == SOFTWARE_VERSION
    name = f'attachment; filename="quick-{match["match"]}.jsonl"'
    assert answer.headers["content-disposition"] == name


@pytest.mark.parametrize("what", TABLES)
async def test_no_table_of_a_match_is_opened_while_it_or_its_branch_is_played(
    app: Starlette, client: httpx.AsyncClient, host_token: str, what: str
):
    match = await created(client, host_token, scenario="quick", pace=None, seed="7")
    path = f"/api/matches/{match['match']}/table?what={what}"
    host = await host_of(app, match)
    refused(await client.get(path), 409, "still_playing")
    await host.ask(c.StartMatch(), HOST)
    refused(await client.get(path), 409, "still_playing")
    await host.ask(c.EndMatch(), HOST)
    reader = bearer(match["token"])
    assert (await client.get(path, headers=reader)).status_code == 200
    url = f"/api/matches/{match['match']}/branch"
    undone = await client.post(url, json={}, headers=reader)
    for shut in (match["match"], undone.json()["match"]):
        answer = await client.get(f"/api/matches/{shut}/table?what={what}", headers=reader)
        refused(answer, 409, "still_playing")


@pytest.mark.parametrize("what", TABLES)
async def test_the_tables_of_a_finished_match_can_be_downloaded(
    app: Starlette, client: httpx.AsyncClient, host_token: str, what: str
):
    match = await finished(app, client, host_token)
    reader = bearer(match["token"])
    answer = await client.get(f"/api/matches/{match['match']}/table?what={what}", headers=reader)
    log = (await host_of(app, match)).events
    assert answer.text == write_table(log, what, About(match["match"]))
    assert answer.headers["content-type"].startswith("text/csv")
    path = f"/api/matches/{match['match']}/table?what={what}&form=spreadsheet"
    spread = await client.get(path, headers=reader)
    assert spread.content == for_spreadsheet(answer.text).encode()


@pytest.mark.parametrize("name", ["plain.csv", "جنوبی سمندر.csv", 'süd".csv'])
def test_a_download_may_be_named_in_any_script(name: str):
    (header,) = saved_as(name).values()
    assert header.isascii()
    assert name in (unquote(header.partition("''")[2]), header.partition('"')[2][:-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "place", "work"),
    [
        ("log", seen, "redact"),
        ("record", ended, "write_record"),
        ("table", ended, "write_table"),
        ("table?form=spreadsheet", ended, "for_spreadsheet"),
        ("look", control, "redact"),
        ("record", match_host, "fold"),
    ],
)
async def test_a_long_log_is_never_worked_through_on_the_loop(
    app: Starlette,
    client: httpx.AsyncClient,
    host_token: str,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    place: ModuleType,
    work: str,
):
    match = await finished(app, client, host_token)
    let_go(services_of(app).registry, clock)
    threads = noting_threads(monkeypatch, place, work)
    url = f"/api/matches/{match['match']}/{path}"
    assert (await client.get(url, headers=bearer(host_token))).status_code == 200
    assert threads
    assert threading.get_ident() not in threads


def noting_threads(monkeypatch: pytest.MonkeyPatch, place: ModuleType, work: str) -> set[int]:
    """Note from now on which threads call a function."""
    real, threads = getattr(place, work), set()

    def noted(*args: Any, **more: Any) -> Any:
        threads.add(threading.get_ident())
        return real(*args, **more)

    monkeypatch.setattr(place, work, noted)
    return threads


async def test_a_record_is_the_same_bytes_after_a_restart(
    app: Starlette, client: httpx.AsyncClient, host_token: str, clock: ManualClock
):
    match = await finished(app, client, host_token)
    path = f"/api/matches/{match['match']}/record"
    reader = bearer(match["token"])
    before = (await client.get(path, headers=reader)).content
    let_go(services_of(app).registry, clock)
    assert services_of(app).registry.hosts == ()
    assert (await client.get(path, headers=reader)).content == before


# What can be played


async def test_scenarios_are_listed_and_shown_whole(client: httpx.AsyncClient):
    listed = (await client.get("/api/scenarios")).json()
    assert [(x["name"], x["seats"], x["rounds"], x["minutes"]) for x in listed] == [
        ("plain", 3, 3, 4),
        ("quick", 3, 3, 1),
    ]
    shown = (await client.get("/api/scenarios/plain")).json()
    assert [arena["name"] for arena in shown["arenas"]] == ["strait", "forum"]
    refused(await client.get("/api/scenarios/nothing"), 404, "no_such_scenario")


async def test_bots_are_listed_with_their_sources(client: httpx.AsyncClient):
    listed = (await client.get("/api/strategies")).json()
    assert [bot["name"] for bot in listed] == [bot.name for bot in strategies()]
    assert all(bot["source"] and bot["about"] for bot in listed)


# Health and errors


async def test_a_healthy_server_says_so(client: httpx.AsyncClient):
    for probe in ("live", "ready"):
        answer = await client.get(f"/api/health/{probe}")
        assert answer.json() == {"status": "ok", "version": SOFTWARE_VERSION}


async def test_a_server_without_its_database_is_alive_and_not_ready(
    app: Starlette, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    async def fail(*asked: Any) -> None:
        raise StoreUnavailable("the disk /secret/path is full")

    monkeypatch.setattr(services_of(app).store, "view", fail)
    assert (await client.get("/api/health/live")).status_code == 200
    message = refused(await client.get("/api/health/ready"), 503, "try_again")
    assert "secret" not in message


async def test_a_server_that_cannot_write_is_alive_and_not_ready_until_it_can(
    app: Starlette, client: httpx.AsyncClient
):
    services = services_of(app)
    assert isinstance(services.store, SqliteStore)
    broken = await breakable(services.store)
    broken.append("disk")
    with pytest.raises(StoreUnavailable):
        await services.queries.write_heartbeat(1)
    assert (await client.get("/api/health/live")).status_code == 200
    message = refused(await client.get("/api/health/ready"), 503, "try_again")
    assert "sqlite" not in message
    broken.clear()
    await services.queries.write_heartbeat(1)
    assert (await client.get("/api/health/ready")).status_code == 200


async def test_a_match_that_cannot_be_stored_is_to_be_tried_again(
    app: Starlette, client: httpx.AsyncClient, host_token: str, monkeypatch: pytest.MonkeyPatch
):
    async def fail(*asked: Any) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(services_of(app).store, "append", fail)
    answer = await client.post(
        "/api/matches", json={"scenario": "quick"}, headers=bearer(host_token)
    )
    refused(answer, 503, "try_again")
    monkeypatch.undo()
    listed = (await client.get("/api/matches", headers=bearer(host_token))).json()
    assert all(x["phase"] for x in listed)


async def test_a_bug_is_told_without_detail(
    app: Starlette, client: httpx.AsyncClient, host_token: str, monkeypatch: pytest.MonkeyPatch
):
    async def break_down(*asked: Any) -> None:
        raise ZeroDivisionError("the secret is 42")

    monkeypatch.setattr(services_of(app).queries, "list_matches", break_down)
    with capture_logs() as logs:
        answer = await client.get("/api/matches", headers=bearer(host_token))
    assert [line["event"] for line in logs] == ["request_failed"]
    assert "42" not in refused(answer, 500, "internal_error")
    assert HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/nothing", 404), ("PUT", "/api/join", 405), ("DELETE", "/api/matches", 405)],
)
async def test_what_does_not_exist_is_refused_in_the_same_form(
    client: httpx.AsyncClient, method: str, path: str, status: int
):
    message = refused(await client.request(method, path), status, "http_error")
    assert message.startswith(f"{method} {path}: ")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"\x00",
        b'{"code":"ABC","name":NaN}',
        b'{"code":"ABC","name":"\\ud800"}',
        b'{"code":"\\ud800","name":"Ann"}',
        b'{"code":"ABC","name":"Ann","\\ud800":1}',
        b'{"code":"ABC","name":"Ann","x":1}',
        b'{"code":' + b"9" * 5000 + b',"name":"Ann"}',
        b"[" * 100_000,
        b'{"code":' + b"[" * 100_000 + b"]" * 100_000 + b',"name":"Ann"}',
    ],
    ids=lambda content: repr(content[:32]),
)
async def test_a_body_that_makes_no_sense_is_refused_in_the_same_form(
    client: httpx.AsyncClient, content: bytes
):
    answer = await client.post(
        "/api/join", content=content, headers={"content-type": "application/json"}
    )
    assert answer.status_code in (400, 413, 422), answer.text
    assert set(answer.json()) == {"code", "message"}
    assert len(answer.json()["message"]) < 300


async def test_no_token_or_secret_reaches_a_log(app: Starlette, client: httpx.AsyncClient):
    with capture_logs() as logs:
        secret = services_of(app).host_secret
        token = (await client.post("/api/host", json={"secret": secret})).json()["token"]
        match = await created(client, token)
        join = {"code": match["code"], "name": "Ann"}
        joined = (await client.post("/api/join", json=join)).json()
    told = repr(logs)
    for word in (secret, token, match["token"], joined["token"]):
        assert word not in told


async def test_everything_written_is_read_from_the_log_alone(
    app: Starlette, client: httpx.AsyncClient, host_token: str
):
    match = await finished(app, client, host_token)
    host = await host_of(app, match)
    stored = await services_of(app).store.read(MatchId(match["match"]))
    assert [row.payload for row in stored] == [dumps(event) for event in host.events]
