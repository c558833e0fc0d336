"""Tournaments over HTTP: who may start what, what anybody sees, and what a restart goes on with."""

import asyncio
import csv
import threading
from collections.abc import AsyncGenerator
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.api import tournaments as api
from server.engines import Engine, threads
from server.settings import Settings
from server.store.sqlite.store import SqliteStore
from server.tournaments import service as services
from server.tournaments import store
from server.tournaments.run import Run
from server.tournaments.runner import Runner
from server.tournaments.service import Tournaments
from server.tournaments.specs.kinds import document_of, pieces_of
from server.tournaments.specs.reading import read_spec
from server.tournaments.store import FileTables
from tests.fakes import ManualClock, fresh_database
from tests.server.running import make_app, running, services_of
from tests.server.tournament_scenes import a_spec, dying, in_pieces, own_bots, played

BODY = {"entrants": ["tit_for_tat", "random", "defector"], "turns": 10, "seed": "7"}


def with_engine(app: Starlette, engine: Engine) -> Starlette:
    """Let an app's tournaments be played here, on threads, for processes are slow to begin."""
    parts = services_of(app)
    assert isinstance(parts.store, SqliteStore)
    parts.tournaments = Tournaments(parts.store, parts.clock, engine)
    return app


@pytest.fixture
async def app(tmp_path: Path) -> Starlette:
    return with_engine(make_app(tmp_path), threads(2))


@pytest.fixture
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


async def host(app: Starlette, client: httpx.AsyncClient) -> dict[str, str]:
    answer = await client.post("/api/host", json={"secret": services_of(app).host_secret})
    return {"authorization": f"Bearer {answer.json()['token']}"}


async def over(client: httpx.AsyncClient, tournament: str) -> dict[str, Any]:
    """Wait until a tournament is not being played any more."""
    async with asyncio.timeout(30):
        while True:
            shown = (await client.get(f"/api/tournaments/{tournament}")).json()
            if shown["card"]["progress"] != store.RUNNING:
                return shown
            await asyncio.sleep(0.02)


async def test_a_host_starts_one_and_anybody_with_the_link_sees_it(
    app: Starlette, client: httpx.AsyncClient
) -> None:
    headers = await host(app, client)
    started = await client.post("/api/tournaments", json=BODY, headers=headers)
    assert (started.status_code, started.json()["progress"]) == (202, store.RUNNING)
    shown = await over(client, started.json()["id"])
    spec = read_spec(BODY)
    assert shown["card"]["id"] == spec.id
    assert shown["document"] == played(spec)
    listed = await client.get("/api/tournaments", headers=headers)
    assert [card["id"] for card in listed.json()] == [spec.id]


async def test_nobody_else_starts_or_lists_them(client: httpx.AsyncClient) -> None:
    for answer in (
        await client.post("/api/tournaments", json=BODY),
        await client.get("/api/tournaments"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "host_only")


async def test_without_a_seed_one_is_drawn(app: Starlette, client: httpx.AsyncClient) -> None:
    headers = await host(app, client)
    body = {key: value for key, value in BODY.items() if key != "seed"}
    ids = {
        (await client.post("/api/tournaments", json=body, headers=headers)).json()["id"]
        for _ in range(2)
    }
    assert len(ids) == 2


async def test_a_cell_is_the_match_that_was_played(
    app: Starlette, client: httpx.AsyncClient
) -> None:
    started = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    tournament = started.json()["id"]
    await over(client, tournament)
    answer = await client.get(f"/api/tournaments/{tournament}/match?a=1&b=0&repetition=3")
    shown = answer.json()
    assert shown["places"] == [1, 0]
    assert [len(actions) for actions in shown["actions"]] == [10, 10]
    assert [sum(gains) for gains in shown["payoffs"]] == shown["scores"]
    assert shown["actions"][1][1:] == shown["actions"][0][:-1], "tit for tat repeats the other"


async def test_tables_are_downloaded(app: Starlette, client: httpx.AsyncClient) -> None:
    started = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    tournament = started.json()["id"]
    document = (await over(client, tournament))["document"]
    answer = await client.get(f"/api/tournaments/{tournament}/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert f"prisoners_dilemma-{tournament}-standings.csv" in answer.headers["content-disposition"]
    listed = [row["strategy"] for row in csv.DictReader(StringIO(answer.text))]
    assert listed == [row["strategy"] for row in document["standings"]]
    pairs = await client.get(f"/api/tournaments/{tournament}/csv?table=pairs")
    assert len(pairs.text.splitlines()) == 1 + 9


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("is_kept_rounded", [False, True])
async def test_a_large_result_comes_without_matrices_and_they_by_request(
    app: Starlette,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    is_kept_rounded: bool,
) -> None:
    started = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    address = f"/api/tournaments/{started.json()['id']}"
    whole = await over(client, started.json()["id"])
    assert whole["is_whole"]
    monkeypatch.setattr("server.api.tournaments.MOST_WHOLE", 2)
    tables = FileTables(services_of(app).settings.database)
    if is_kept_rounded:
        monkeypatch.setattr("server.tournaments.store.MOST_WHOLE", 2)
        finish = store.finish(started.json()["id"], whole["document"], 0)
        await asyncio.to_thread(tables.change, finish)
        monkeypatch.setattr("server.tournaments.store.matrices_text", lambda text: None)
    large = (await client.get(address)).json()
    assert not large["is_whole"]
    assert {*whole["document"]} - {*large["document"]} == {
        "payoff_matrix",
        "cooperation_matrix",
        "wins_matrix",
    }
    assert [row["tied_with"] for row in large["document"]["standings"]] == [[], [], []]
    matrices = (await client.get(f"{address}/matrices")).json()
    for name in ("payoff_matrix", "cooperation_matrix"):
        for shown, kept in zip(matrices[name], whole["document"][name], strict=True):
            assert shown == pytest.approx(kept, abs=5e-5)


@pytest.mark.slow(measured=True)
async def test_matrices_that_are_not_there_are_refused(
    app: Starlette, client: httpx.AsyncClient
) -> None:
    spec, league = a_spec(), a_spec(kind="league", game="chicken")
    tables = FileTables(services_of(app).settings.database)
    await asyncio.to_thread(tables.change, store.enter(spec, 1, 0))
    document = await asyncio.to_thread(played, league)
    await asyncio.to_thread(tables.change, store.enter(league, 1, 0))
    await asyncio.to_thread(tables.change, store.finish(league.id, document, 0))
    refused = await client.get(f"/api/tournaments/{league.id}/matrices")
    assert (refused.status_code, "kind league has no matrices" in refused.text) == (422, True)
    answer = await client.get(f"/api/tournaments/{spec.id}/matrices")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_playing")


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"entrants": ["tit_for_tatt"]}, 422, "did you mean tit_for_tat"),
        ({"entrants": ["bot.py:Bot"]}, 422, "bot.py:Bot"),
        ({"entrants": []}, 422, "entrants"),
        ({"entrants": ["all"]}, 422, "entrants; a browser starts at most 64: name fewer"),
        ({"noise": 1.2}, 422, "noise: 1.2 does not fit"),
        ({"turns": 0}, 422, "turns: 0 does not fit"),
        ({"turns": "5"}, 422, "turns"),
        ({"continuation": 0.5}, 422, "both given"),
        ({"game": "/etc/passwd.toml"}, 422, "no such scenario"),
        ({"kind": "moran"}, 422, "kind"),
        ({"engine": "dask://x"}, 422, "engine"),
        ({"game": "south_china_sea", "turns": None}, 422, "a browser starts round_robin or"),
        (
            {"entrants": ["random"] * 60, "repetitions": 5_000},
            422,
            "a browser starts at most 500000",
        ),
        ({"turns": 50_000_000, "repetitions": 100}, 422, "a browser starts at most 30"),
    ],
)
async def test_what_will_not_be_played_is_refused(
    app: Starlette, client: httpx.AsyncClient, more: dict[str, Any], status: int, said: str
) -> None:
    answer = await client.post(
        "/api/tournaments", json={**BODY, **more}, headers=await host(app, client)
    )
    assert answer.status_code == status, answer.text
    assert said in answer.json()["message"]


async def test_what_is_not_there_is_not_found(app: Starlette, client: httpx.AsyncClient) -> None:
    for path in ("nothing", "nothing/csv", "nothing/match?a=0&b=1"):
        answer = await client.get(f"/api/tournaments/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_tournament")
    started = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    tournament = started.json()["id"]
    await over(client, tournament)
    for query, said in (
        ("a=0&b=9", "place 9; they go from 0 to 2"),
        ("a=0&b=1&repetition=99", "99"),
    ):
        answer = await client.get(f"/api/tournaments/{tournament}/match?{query}")
        assert answer.status_code == 422
        assert said in answer.json()["message"]


async def test_a_match_that_is_too_long_is_not_made_again(
    app: Starlette, client: httpx.AsyncClient
) -> None:
    body = {**BODY, "turns": 3_000, "repetitions": 1}
    started = await client.post("/api/tournaments", json=body, headers=await host(app, client))
    await over(client, started.json()["id"])
    answer = await client.get(f"/api/tournaments/{started.json()['id']}/match?a=0&b=1")
    assert (answer.status_code, "at most 2000 are shown" in answer.text) == (422, True)


async def test_a_table_of_one_that_runs_is_not_there_yet(
    app: Starlette, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    spec = a_spec()
    tables = FileTables(services_of(app).settings.database)
    await asyncio.to_thread(tables.change, store.enter(spec, 1, 0))
    answer = await client.get(f"/api/tournaments/{spec.id}/csv")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_playing")


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize(("kind", "other"), [("round_robin", 2), ("knockout", 1)])
async def test_matches_of_ones_own_bot_are_shown_and_never_run_on_a_server(
    app: Starlette, client: httpx.AsyncClient, tmp_path: Path, kind: str, other: int
) -> None:
    entrants = ["random", f"{own_bots(tmp_path)}:Breaks", "tit_for_tat"]
    given = {"entrants": entrants, "kind": kind, "turns": 5, "repetitions": 2}
    spec = read_spec(given, takes_files=True)
    tables = FileTables(services_of(app).settings.database)
    runner = Runner(spec, tables, ManualClock())
    address = f"/api/tournaments/{spec.id}/match"
    refused = await client.get(f"{address}?a=1&b=2")
    assert (refused.status_code, "was not kept" in refused.text) == (422, True)
    await asyncio.to_thread(runner.play, threads(1), lambda piece: None)
    await asyncio.to_thread(runner.finish, lambda run: document_of(spec, run.results))
    (tmp_path / "bots.py").write_text("raise SystemExit('this must not run')")
    shown = (await client.get(f"{address}?a=2&b=1&repetition=1")).json()
    assert (shown["actions"], shown["scores"]) == (["CCCDD", "CCDDD"], [8, 13])
    (fault,) = shown["faults"]
    assert fault == "bots.py:Breaks, turn 3: RuntimeError: lost my way (line 17 of bots.py)"
    further = (await client.get(f"{address}?a={other}&b=0&repetition=1")).json()
    assert len(further["actions"][0]) == 5


async def test_more_than_can_wait_is_refused(
    app: Starlette, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_WAITING", 0)
    answer = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tournaments")


async def test_one_that_fails_says_why_and_stops_nobody(tmp_path: Path) -> None:
    engine = dying(lambda call: call <= 5)
    app = with_engine(make_app(tmp_path), engine)
    async with running(app) as client:
        headers = await host(app, client)
        ids = []
        for seed in ("1", "2"):
            body = {**BODY, "seed": seed}
            answer = await client.post("/api/tournaments", json=body, headers=headers)
            ids.append(answer.json()["id"])
        failed, finished = [await over(client, tournament) for tournament in ids]
    assert failed["card"]["progress"] == store.FAILED
    assert "workers died" in failed["card"]["problem"]
    assert finished["card"]["progress"] == store.FINISHED


async def test_a_bug_is_told_in_general_words(tmp_path: Path) -> None:
    engine = Engine(dying(lambda call: call == 1).open, lambda: 1, ())
    app = with_engine(make_app(tmp_path), engine)
    async with running(app) as client:
        headers = await host(app, client)
        answer = await client.post("/api/tournaments", json=BODY, headers=headers)
        failed = await over(client, answer.json()["id"])
    assert failed["card"]["problem"] == "it failed on the server"


async def test_a_restart_goes_on_with_the_pieces_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pieces(monkeypatch)
    spec = a_spec(turns=50, repetitions=30)
    run = Run(spec)
    run.play(threads(1), lambda piece, packed: None)
    app = with_engine(make_app(tmp_path), threads(1))
    tables = FileTables(services_of(app).settings.database)
    tables.change(store.enter(spec, len(run.pieces), 0, is_hosted=True))
    for number in range(0, len(run.pieces), 2):
        tables.change(store.keep_piece(spec.id, number, run.played[number], number, 0))
    async with running(app) as client:
        shown = await over(client, spec.id)
    assert shown["document"] == played(spec)


async def test_a_server_that_stops_leaves_what_is_played_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pieces(monkeypatch)
    spec = a_spec(turns=50, repetitions=30)
    database = fresh_database(tmp_path)
    app = make_app(tmp_path)

    def stop_now() -> int:
        """Be asked for workers as the first piece is handed out: by then the server stops."""
        services_of(app).tournaments._is_stopping = True
        return 1

    with_engine(app, Engine(threads(1).open, stop_now))
    async with running(app) as client:
        headers = await host(app, client)
        body = {"entrants": list(spec.entrants), "turns": 50, "repetitions": 30, "seed": "7"}
        await client.post("/api/tournaments", json=body, headers=headers)
    tables = FileTables(database)
    card = tables.view(store.card(spec.id, ManualClock().now_ms()))
    assert card is not None
    assert card.progress == store.RUNNING, "the next server goes on"
    assert 0 < card.pieces_played < len(pieces_of(spec))
    next_app = with_engine(_app_on(database), threads(1))
    async with running(next_app) as client:
        shown = await over(client, spec.id)
    assert shown["document"] == played(spec)


def _app_on(database: str) -> Starlette:
    from server.app import create_app
    from tests.server.running import library

    return create_app(Settings(database=database), ManualClock(), library())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "work"),
    [(api, "read_spec"), (services, "pieces_of"), (services, "spec_of"), (api, "pairs_table")],
)
async def test_a_large_tournament_is_never_worked_through_on_the_loop(
    app: Starlette,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    place: ModuleType,
    work: str,
):
    real, seen = getattr(place, work), set()

    def noted(*args: Any, **more: Any) -> Any:
        seen.add(threading.get_ident())
        return real(*args, **more)

    monkeypatch.setattr(place, work, noted)
    answer = await client.post("/api/tournaments", json=BODY, headers=await host(app, client))
    path = f"/api/tournaments/{answer.json()['id']}"
    await over(client, answer.json()["id"])
    for question in ("match?a=0&b=1", "csv?table=pairs"):
        assert (await client.get(f"{path}/{question}")).status_code == 200
    assert seen
    assert threading.get_ident() not in seen
