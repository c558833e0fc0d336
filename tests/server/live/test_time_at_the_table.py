"""What the clock may and may not take from people: deadlines, pauses, outages, real restarts."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from game_rules.games.stage_games import C
from game_rules.log.events import OrderSource, Phase
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from server.hosting.match_host import MatchHost, Sender
from server.hosting.registry import LATEST_MS
from tests.fakes import ManualClock, fresh_database
from tests.game_rules.scenes import CHN, JPN, a_scenario
from tests.server.running import running, services_of
from tests.server.test_app import MATCH, app_on

HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return fresh_database(tmp_path)


def hand(seat: Seat) -> Sender:
    """Act for the person who is called like a seat."""
    return Sender(f"person:{seat}", Actor(Role.PLAYER, person=PersonId(seat)))


async def deciding(app: Starlette, phase: Phase = Phase.DECISION) -> MatchHost:
    """Come to a phase of round 1: people on CHN and JPN, PHL free."""
    services = services_of(app)
    await services.queries.create_match(MATCH, "plain", "Plain", 3, services.clock.now_ms())
    host = await services.registry.create(MATCH, a_scenario(), "7", 1.0)
    for seat in (CHN, JPN):
        await host.ask(c.TakeSeat(seat, f"Ms {seat}"), hand(seat))
    await host.ask(c.StartMatch(), HOST)
    while host.position.phase is not phase:
        await host.ask(c.SkipPhase(host.position.round, host.position.phase), HOST)
    return host


def deadline_of(host: MatchHost) -> int:
    """Give the open deadline."""
    assert host.position.deadline_ms is not None
    return host.position.deadline_ms


async def come_to(app: Starlette, clock: ManualClock, at_ms: int) -> None:
    """Let the clock come to a moment, and the server's clock tick."""
    clock.advance(at_ms - clock.now_ms())
    await services_of(app).registry.tick()


async def test_a_saved_order_counts_at_the_deadline_without_ready(
    database: str, clock: ManualClock
):
    app = app_on(database, clock)
    async with running(app):
        host = await deciding(app)
        await host.ask(c.SaveOrder(1, {"strait": C}), hand(CHN))
        await come_to(app, clock, deadline_of(host) - 1)
        assert host.position.history == ()
        await come_to(app, clock, deadline_of(host))
        strait = host.position.history[0].results[0]
    assert strait.sources == {CHN: OrderSource.ORDERED, JPN: OrderSource.DEFAULTED}
    assert strait.actions[CHN] is C


async def test_all_ready_ends_a_phase_early(database: str, clock: ManualClock):
    app = app_on(database, clock)
    async with running(app):
        host = await deciding(app)
        for seat in (CHN, JPN):
            assert host.position.phase is Phase.DECISION
            await host.ask(c.SaveOrder(1, {"strait": C}, is_ready=True), hand(seat))
        assert host.position.phase is Phase.REVEAL
        assert clock.now_ms() < deadline_of(host)


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
async def test_a_pause_stops_every_clock_and_survives_a_restart(
    database: str, clock: ManualClock, phase: Phase
):
    first = app_on(database, clock)
    async with running(first):
        host = await deciding(first, phase)
        clock.advance(3_000)
        left_ms = deadline_of(host) - clock.now_ms()
        await host.ask(c.PauseMatch(), HOST)
        await come_to(first, clock, deadline_of(host) + 600_000)
        assert host.position.phase is phase
        events = host.events
    clock.advance(3_600_000)
    second = app_on(database, clock)
    async with running(second):
        again = await services_of(second).registry.host(MATCH)
        assert again.events == events
        await come_to(second, clock, clock.now_ms() + 600_000)
        assert again.position.phase is phase
        await again.ask(c.ResumeMatch(), HOST)
        assert deadline_of(again) - clock.now_ms() == left_ms
        await come_to(second, clock, deadline_of(again))
        assert again.position.phase is not phase


@pytest.mark.parametrize("phase", [Phase.BRIEFING, Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL])
@pytest.mark.parametrize("away_ms", [1, 30_000, 86_400_000])
async def test_nobody_loses_a_round_to_an_outage(
    database: str, clock: ManualClock, phase: Phase, away_ms: int
):
    first = app_on(database, clock)
    async with running(first):
        host = await deciding(first, phase)
        left_ms = deadline_of(host) - clock.now_ms()
    clock.advance(away_ms)
    second = app_on(database, clock)
    async with running(second):
        again = await services_of(second).registry.host(MATCH)
        await services_of(second).registry.tick()
        assert again.position.phase is phase
        assert deadline_of(again) - clock.now_ms() == left_ms


async def test_an_outage_puts_nobody_on_autopilot(database: str, clock: ManualClock):
    first = app_on(database, clock)
    async with running(first):
        await deciding(first)
        await services_of(first).housekeeping.do_chores()
    clock.advance(3_600_000)
    second = app_on(database, clock)
    async with running(second):
        again = await services_of(second).registry.host(MATCH)
        for _ in range(30):
            clock.advance(1000)
            await services_of(second).housekeeping.do_chores()
        assert not any(x.is_automatic for x in again.position.holders.values())


async def test_people_who_were_stood_in_for_still_are_after_a_restart(
    database: str, clock: ManualClock
):
    first = app_on(database, clock)
    async with running(first):
        host = await deciding(first)
        await host.ask(c.EngageAutopilot(CHN), HOST)
    second = app_on(database, clock)
    async with running(second):
        again = await services_of(second).registry.host(MATCH)
        await again.settle()
        assert again.position.holders[CHN].autopilot == "tit_for_tat"
        assert again.position.orders[CHN]


async def test_a_start_opens_no_match_before_anybody_comes(database: str, clock: ManualClock):
    first = app_on(database, clock)
    async with running(first):
        left_ms = deadline_of(await deciding(first)) - clock.now_ms()
        clock.advance(LATEST_MS + 1)
    clock.advance(600_000)
    second = app_on(database, clock)
    async with running(second):
        services = services_of(second)
        await services.housekeeping.do_chores()
        assert services.registry.hosts == ()
        again = await services.registry.host(MATCH)
        assert deadline_of(again) - clock.now_ms() == left_ms - LATEST_MS - 1


async def test_a_start_lists_what_a_crash_kept_from_the_lists(database: str, clock: ManualClock):
    first = app_on(database, clock)
    async with running(first):
        host = await deciding(first)
        await services_of(first).housekeeping.save_summaries()
        await host.ask(c.EndMatch(), HOST)
        services_of(first).registry.take_stale()  # as if it had been killed here
        clock.advance(600_000)
    second = app_on(database, clock)
    async with running(second):
        await services_of(second).housekeeping.do_chores()
        summary = await services_of(second).queries.match_by_id(MATCH)
    assert summary is not None
    assert summary.is_over
