"""Play now: a guest's own match, its limits, and who else gets anything of it."""

import contextlib
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.roles import Actor, PersonId, Role
from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from server.app import create_app
from server.guests.days import FileDays
from server.guests.files import GuestFiles
from server.guests.play import CAST, ROUNDS, cast, shortened
from server.hosting.match_host import MatchHost, Sender
from server.live.session import MOST_EVENTS_OF_GUEST
from server.settings import Settings
from server.store.event_store import MatchId, NewEvent, StoreUnavailable
from server.wire.frames import CloseCode
from tests.fakes import ManualClock, fresh_database
from tests.game_rules.scenes import a_scenario
from tests.server.running import (
    WITHOUT_WAITS,
    library,
    listening,
    running,
    services_of,
    without_waiting,
)
from tests.server.seminar_scenes import School, bearer

DAY_MS = 24 * 60 * 60 * 1000
EVENING_MS = int(datetime(2026, 11, 30, 23, 59, tzinfo=UTC).timestamp() * 1000)
ME = Sender("person:p1", Actor(Role.PLAYER, person=PersonId("p1")))


@contextlib.asynccontextmanager
async def a_server(folder: Path, clock: ManualClock, **settings: Any) -> AsyncGenerator[School]:
    """Run a server whose first scenario has eight rounds, and may end by chance."""
    app = an_app(folder, clock, **settings)
    async with running(app) as client:
        without_waiting(services_of(app))
        yield School(app, client, clock)


def an_app(folder: Path, clock: ManualClock, **settings: Any) -> Starlette:
    chosen = Settings(database=fresh_database(folder), **{**WITHOUT_WAITS, **settings})
    long = a_scenario(name="plain", rounds=8, continuation=0.5)
    return create_app(chosen, clock, {**library(), "plain": long})


@pytest.fixture
async def here(tmp_path: Path) -> AsyncGenerator[School]:
    async with a_server(tmp_path, ManualClock(EVENING_MS)) as here:
        yield here


async def host_of(here: School, begun: dict[str, Any]) -> MatchHost:
    return await here.services.registry.host(MatchId(begun["match"]))


async def play_to_the_end(here: School, begun: dict[str, Any]) -> MatchHost:
    """Play by the commands that a person's page sends."""
    host = await host_of(here, begun)
    while not host.position.is_over:
        number, phase = host.position.round, host.position.phase
        await host.ask(c.SetReady(number, phase, True), ME)
        await host.settle()
    return host


@pytest.mark.slow
async def test_one_request_gives_a_seat_in_a_match_that_has_started(here: School) -> None:
    begun = await here.done("/api/play")
    host = await host_of(here, begun)
    assert begun["seat"] == "PHL"
    assert host.position.phase is Phase.NEGOTIATION
    assert host.position.deadline_ms is None
    assert host.position.seat_of(PersonId("p1")) == "PHL"
    bots = {seat: x.strategy for seat, x in host.position.holders.items() if x.is_bot}
    assert bots == {"CHN": CAST[0], "JPN": CAST[1]}
    grant = await here.grant(begun["token"])
    assert (grant.role, grant.match_id) == (Role.PLAYER, begun["match"])


@pytest.mark.slow
async def test_phases_end_when_the_person_is_done_and_five_rounds_are_played(here: School) -> None:
    host = await play_to_the_end(here, await here.done("/api/play"))
    assert host.position.round == ROUNDS == len(host.position.history)


@pytest.mark.slow(measured=True)
async def test_scenario_seat_rivals_and_name_can_be_chosen(here: School) -> None:
    rivals = {"PHL": "hedger"}
    begun = await here.done("/api/play", scenario="quick", seat="CHN", rivals=rivals, name="مہمان")
    holders = (await host_of(here, begun)).position.holders
    assert {seat: x.strategy for seat, x in holders.items()} == {
        "CHN": None,
        "JPN": CAST[0],
        "PHL": "hedger",
    }
    assert (await host_of(here, begun)).names == {"p1": "مہمان"}


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"scenario": "atlantis"}, 404, "no_such_scenario"),
        ({"seat": "USA"}, 404, "no_such_seat"),
        ({"seat": "PHL", "rivals": {"PHL": "realist"}}, 422, "invalid_input"),
        ({"rivals": {"CHN": "nobody"}}, 422, None),
        ({"rivals": {f"S{n}": "realist" for n in range(65)}}, 422, "invalid_request"),
    ],
)
async def test_what_is_not_there_is_named_and_nothing_begins(
    here: School, body: dict[str, Any], status: int, code: str | None
) -> None:
    answer = await here.post("/api/play", **body)
    assert answer.status_code == status, answer.text
    assert code in (None, answer.json()["code"])
    assert here.services.registry.hosts == ()


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_is_short_and_its_brief_stands_beside_round_1(name: str) -> None:
    whole = load_scenario(name)
    short = shortened(whole)
    assert (short.rounds, short.continuation, short.seconds.briefing) == (ROUNDS, 1.0, 0)
    assert replace(short, rounds=3) == shortened(replace(whole, rounds=3))
    for seat in whole.seats:
        assert set(cast(short, seat, {})) == set(whole.seats) - {seat}


@pytest.mark.slow(measured=True)
async def test_nobody_else_gets_a_seat_or_the_secrets_of_a_guests_match(here: School) -> None:
    begun = await here.done("/api/play")
    path, strangers = f"/api/matches/{begun['match']}", await here.done("/api/play")
    kept = await here.services.queries.match_by_id(MatchId(begun["match"]))
    assert kept is not None
    for way in ("/api/join", "/api/watch", "/api/find"):
        body = {"code": kept.code, **({"name": "Eve"} if way == "/api/join" else {})}
        assert (await here.post(way, **body)).status_code == 404, way
    assert (await here.client.get(path)).json()["code"] is None
    for token in (None, strangers["token"], await here.host()):
        headers = bearer(token) if token else {}
        for way in ("/log", "/record", "/table", "/look"):
            assert (await here.client.get(path + way, headers=headers)).status_code in (401, 409)
        for way in ("/lead", "/branch", "/facilitators", "/people/p1/forget"):
            body = {"name": "Eve"} if way == "/facilitators" else {}
            refused = await here.post(path + way, token, **body)
            assert refused.status_code in (401, 404), f"{way}: {refused.text}"
    listed = await here.client.get("/api/matches", headers=bearer(await here.host()))
    assert listed.json() == []


@pytest.mark.slow
async def test_a_stranger_reads_a_guests_match_by_its_link_once_it_has_ended(here: School) -> None:
    begun = await here.done("/api/play")
    await play_to_the_end(here, begun)
    log = await here.client.get(f"/api/matches/{begun['match']}/log")
    assert log.status_code == 200
    assert log.json()["events"][0]["scenario"]["name"] == "plain"
    await here.services.housekeeping.save_summaries()
    summary = (await here.client.get(f"/api/matches/{begun['match']}")).json()
    assert (summary["is_over"], summary["is_open_to_link"]) == (True, True)


@pytest.mark.slow
async def test_a_guests_match_is_kept_in_a_file_of_its_own_which_is_dropped_whole(
    tmp_path: Path,
) -> None:
    clock = ManualClock(EVENING_MS)
    async with a_server(tmp_path, clock) as here:
        begun = await here.done("/api/play")
        assert guest_files(tmp_path) == ["detente.guests-20261130.sqlite3"]
        assert begun["match"].encode() not in (tmp_path / "detente.sqlite3").read_bytes()
        clock.advance(2 * 60 * 1000)  # midnight
        later = await here.done("/api/play")
        await here.services.guests.clear()
        host = await play_to_the_end(here, begun)  # across midnight, where it began
        assert host.position.is_over
        clock.advance(DAY_MS)
        await here.services.guests.clear()
        assert guest_files(tmp_path) == ["detente.guests-20261201.sqlite3"]
        for way in ("", "/log", "/record"):
            gone = await here.client.get(f"/api/matches/{begun['match']}{way}")
            assert gone.status_code == 404, way
        assert await here.services.access.authenticate(begun["token"]) is None
        assert await here.services.access.authenticate(later["token"]) is not None
        store, match = here.services.logs, MatchId(begun["match"])
        assert await store.names(match) == {}
        with pytest.raises(StoreUnavailable, match="kept for a day"):
            await store.append(match, 0, [NewEvent("{}")])


def guest_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.guests-*.sqlite3"))


@pytest.mark.slow(measured=True)
async def test_a_restart_drops_what_is_old_or_damaged_and_keeps_the_rest(
    tmp_path: Path,
) -> None:
    clock = ManualClock(EVENING_MS)
    async with a_server(tmp_path, clock) as here:
        begun = await here.done("/api/play")
    for day in ("20261128", "20251231"):
        (tmp_path / f"detente.guests-{day}.sqlite3").write_bytes(b"old")
    (tmp_path / "detente.guests-20261129.sqlite3").write_bytes(b"damaged" * 1000)
    (tmp_path / "detente.guests-notes.sqlite3").write_bytes(b"the operator's own")
    (tmp_path / "other.guests-20251231.sqlite3").write_bytes(b"of another server")
    files = GuestFiles(FileDays(tmp_path / "detente.sqlite3"), clock)
    await files.open()
    store = files.store(MatchId(begun["match"]))
    assert store is not None
    assert len(await store.read(MatchId(begun["match"]))) > 3
    await files.close()
    assert guest_files(tmp_path) == [
        "detente.guests-20261130.sqlite3",
        "detente.guests-notes.sqlite3",
        "other.guests-20251231.sqlite3",
    ]


@pytest.mark.slow(measured=True)
async def test_one_device_may_begin_so_many_an_hour_and_an_address_ten_times_as_many(
    tmp_path: Path,
) -> None:
    clock = ManualClock(EVENING_MS - DAY_MS // 2)
    async with a_server(tmp_path, clock, guest_matches_per_hour=2) as here:

        async def begins(device: str) -> int:
            answer = await here.client.post("/api/play", json={}, headers={"user-agent": device})
            if answer.status_code != 200:
                assert answer.json()["code"] == "too_many_guests"
                assert "within an hour" in answer.json()["message"]
                assert answer.headers["retry-after"] == "120"
            return answer.status_code

        assert [await begins("phone") for _ in range(3)] == [200, 200, 429]
        assert [await begins(f"phone {n}") for n in range(19)] == [200] * 18 + [429]
        clock.advance(60 * 60 * 1000)
        assert await begins("phone") == 200


@pytest.mark.slow(measured=True)
async def test_so_many_guests_play_at_once_and_one_who_has_ended_makes_room(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS), guest_matches_at_once=1) as here:
        begun = await here.done("/api/play")
        refused = await here.post("/api/play")
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_guests")
        assert "1 guests play here now" in refused.json()["message"]
        await play_to_the_end(here, begun)
        await here.done("/api/play")


@pytest.mark.slow(measured=True)
async def test_a_days_file_has_a_limit(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS), guest_megabytes=1) as here:
        await here.done("/api/play")
        with (tmp_path / "detente.guests-20261130.sqlite3").open("ab") as file:
            file.write(bytes(1_000_000))
        refused = await here.post("/api/play")
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_guests")
        assert "fill 1 MB today" in refused.json()["message"]


async def test_an_operator_can_switch_it_off(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS), guest_play=False) as here:
        assert (await here.client.get("/api/play")).json()["is_open"] is False
        refused = await here.post("/api/play")
        assert (refused.status_code, refused.json()["code"]) == (404, "guest_play_off")
        assert guest_files(tmp_path) == []


@pytest.mark.slow
async def test_the_host_plays_alone_where_guests_do_not(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS), guest_play=False) as here:
        begun = await here.done("/api/play", await here.host())
        assert begun["seat"] == "PHL"
        refused = await here.post("/api/play", begun["token"])  # no other token will do
        assert (refused.status_code, refused.json()["code"]) == (404, "guest_play_off")


async def test_the_offer_names_what_one_click_opens(here: School) -> None:
    offer = (await here.client.get("/api/play")).json()
    assert offer == {"is_open": True, "scenario": "plain", "seat": "PHL", "rounds": ROUNDS}


@pytest.mark.slow(measured=True)
async def test_a_guest_plays_over_the_socket_until_the_match_is_as_long_as_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_EVENTS_OF_GUEST > 1_000
    clock = ManualClock(EVENING_MS)
    app = an_app(tmp_path, clock)
    async with listening(app) as line, line.http() as client:
        begun = (await client.post("/api/play", json={})).json()
        wire = await line.join(begun["token"])
        say = {"type": "say", "room": [], "text": "Hello"}
        assert (await wire.do(say, "1"))["type"] == "ack"
        monkeypatch.setattr("server.live.session.MOST_EVENTS_OF_GUEST", 5)
        refused = await wire.do(say, "2")
        assert (refused["type"], refused["code"]) == ("refused", "not_now")
        assert "begin another one" in refused["message"]
        clock.advance(2 * DAY_MS)
        await services_of(app).guests.clear()
        code, reason = await wire.closed()
        assert (code, "play again" in reason) == (CloseCode.SIGN_IN, True)
