"""The running server: what it does by itself, and what it finds again after a restart."""

import asyncio
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from starlette.applications import Starlette
from structlog.testing import capture_logs

from game_rules.log.events import DeadlineMoved, Phase
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from server.app import create_app
from server.hosting.match_host import MatchHost, Sender
from server.scenario_library import load_scenarios
from server.settings import Settings
from server.store.event_store import MatchId, StoreUnavailable
from tests.fakes import ManualClock, fresh_database
from tests.server.running import library, running, services_of

HOST = Sender("facilitator", THE_FACILITATOR)
MATCH = MatchId("m")
ANN = Sender("person:ann", Actor(Role.PLAYER, person=PersonId("ann")))
PATIENCE_S = 10


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chores and clock run a hundred times a second."""
    monkeypatch.setattr("server.app.CHORES_S", 0.01)
    monkeypatch.setattr("server.app.TICK_S", 0.01)


def app_on(database: str, clock: ManualClock) -> Starlette:
    """Wire a server on a database that may hold matches already."""
    return create_app(Settings(database=database), clock, library())


async def begun(app: Starlette) -> MatchHost:
    """Create a match and open its briefing."""
    services = services_of(app)
    await services.queries.create_match(MATCH, "plain", "Plain", 3, services.clock.now_ms())
    host = await services.registry.create(MATCH, library()["plain"], "7", 1.0)
    await host.ask(c.StartMatch(), HOST)
    return host


async def shown_phase(client: AsyncClient) -> str:
    """Give the phase that the lists show."""
    return (await client.get(f"/api/matches/{MATCH}")).json()["phase"]


async def until(is_so: Callable[[], Any]) -> None:
    """Wait for something that the server does by itself."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 (the server has no event for it)
            await asyncio.sleep(0.005)


async def test_deadlines_pass_while_the_server_runs(tmp_path: Path, clock: ManualClock):
    app = app_on(fresh_database(tmp_path), clock)
    async with running(app):
        host = await begun(app)
        clock.advance(60_000)
        await until(lambda: host.position.phase is Phase.NEGOTIATION)


async def test_after_a_restart_everything_is_there_and_lost_time_is_given_back(
    tmp_path: Path, clock: ManualClock
):
    database = fresh_database(tmp_path)
    first = app_on(database, clock)
    async with running(first):
        host = await begun(first)
        await host.ask(c.TakeSeat(Seat("CHN"), "Ann"), ANN, "c1")
        clock.advance(10_000)
    events, deadline_ms = host.events, host.position.deadline_ms
    clock.advance(90_000)
    second = app_on(database, clock)
    with capture_logs() as logs:
        async with running(second) as client:
            again = await services_of(second).registry.host(MATCH)
            *known, moved = again.events
            assert known == events
            assert isinstance(moved, DeadlineMoved)
            assert deadline_ms is not None
            assert moved.deadline_ms == deadline_ms + 90_000
            assert await again.ask(c.TakeSeat(Seat("CHN"), "Ann"), ANN, "c1") == 3
            shown = (await client.get(f"/api/matches/{MATCH}")).json()
    assert (shown["phase"], shown["seats_held"]) == ("briefing", 1)
    assert [x["event"] for x in logs] == ["outage_made_up"]


@pytest.mark.usefixtures("quick")
async def test_lists_follow_the_matches(tmp_path: Path, clock: ManualClock):
    app = app_on(fresh_database(tmp_path), clock)
    async with running(app) as client:
        await begun(app)
        async with asyncio.timeout(PATIENCE_S):
            while await shown_phase(client) != "briefing":  # noqa: ASYNC110
                await asyncio.sleep(0.005)


@pytest.mark.usefixtures("quick")
async def test_chores_go_on_after_an_outage_and_after_a_bug(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    app = app_on(fresh_database(tmp_path), clock)
    services = services_of(app)
    with capture_logs() as logs:
        async with running(app):
            for error, word in (
                (StoreUnavailable("the disk is full"), "chores_postponed"),
                (ZeroDivisionError(), "chores_failed"),
            ):

                async def fail(now_ms: int, error: Exception = error) -> None:
                    raise error

                monkeypatch.setattr(services.queries, "write_heartbeat", fail)
                await until(lambda word=word: word in {x["event"] for x in logs})
            monkeypatch.undo()
            clock.advance(777)
            async with asyncio.timeout(PATIENCE_S):
                while await services.queries.read_heartbeat() != clock.now_ms():  # noqa: ASYNC110
                    await asyncio.sleep(0.005)


@pytest.mark.usefixtures("quick")
async def test_the_clock_goes_on_after_a_bug(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    app = app_on(fresh_database(tmp_path), clock)
    async with running(app):
        host = await begun(app)

        async def break_down() -> None:
            raise ZeroDivisionError

        with capture_logs() as logs:
            with monkeypatch.context() as patch:
                patch.setattr(services_of(app).registry, "tick", break_down)
                await until(lambda: logs)
            assert logs[0]["event"] == "tick_failed"
        clock.advance(60_000)
        await until(lambda: host.position.phase is Phase.NEGOTIATION)


async def test_what_could_not_be_noted_in_the_lists_is_noted_later(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    app = app_on(fresh_database(tmp_path), clock)
    services = services_of(app)
    async with running(app):
        await begun(app)

        async def fail(standings: object) -> None:
            raise StoreUnavailable("the disk is full")

        services.registry.note_stale(MATCH)
        with monkeypatch.context() as patch:
            patch.setattr(services.queries, "update_summaries", fail)
            with pytest.raises(StoreUnavailable):
                await services.housekeeping.save_summaries()
        assert services.registry.take_stale() == {MATCH}


def test_a_folder_of_ones_own_adds_scenarios_and_replaces_built_in_ones(tmp_path: Path):
    built_in = load_scenarios().scenarios
    shipped = resources.files("game_rules") / "scenarios" / "chicken.toml"
    source = shipped.read_text(encoding="utf-8")
    (tmp_path / "chicken.toml").write_text(source.replace("rounds = ", "rounds = 1", 1))
    (tmp_path / "our_own.toml").write_text(source)
    library = load_scenarios(tmp_path)
    ours = library.scenarios
    assert library.remarks == ("chicken.toml replaces the built-in scenario chicken",)
    assert set(ours) == {*built_in, "our_own"}
    assert ours["chicken"].rounds != built_in["chicken"].rounds


def test_files_of_a_folder_that_cannot_be_offered_are_named_and_the_rest_is(tmp_path: Path):
    shipped = resources.files("game_rules") / "scenarios" / "chicken.toml"
    source = shipped.read_text(encoding="utf-8")
    for name in ("süd", "säd", "南海", "جنوبی سمندر", "two words", "two-words"):
        (tmp_path / f"{name}.toml").write_text(source, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("rounds =")
    (tmp_path / "._süd.toml").write_bytes(b"\x00\x05\x16\x07\x00")
    (tmp_path / "folder.toml").mkdir()
    library = load_scenarios(tmp_path)
    own = set(library.scenarios) - set(load_scenarios().scenarios)
    assert own == {"süd", "säd", "南海", "جنوبی_سمندر", "two_words"}
    broken, folder, twice = library.remarks
    assert "broken.toml" in broken
    assert "is not TOML" in broken
    assert "folder.toml" in folder
    assert twice == (
        "left out: two-words.toml: two words.toml has the name 'two_words' too; rename one"
    )
