"""The one place where the parts are wired."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping

import structlog
from fastapi import FastAPI

from game_rules.log.position import Position
from game_rules.scenario.scenario import Scenario
from server.access.limits import TokenBuckets
from server.access.origins import Origins
from server.access.tokens import Access
from server.api import control, counsel, errors, health, matches, scenarios, seminars, tournaments
from server.api.bodies import BodyLimit
from server.clock import Clock, SystemClock
from server.database import migrate, store_for
from server.edge import pages, seminar_ws, ws
from server.edge.headers import SecurityHeaders
from server.hosting.registry import Registry
from server.live.attendance import Attendance
from server.live.branches import Branches
from server.live.presence import Presences
from server.live.removals import Removals
from server.scenario_shelf import load_scenarios
from server.seminars.feed import Feed
from server.seminars.service import Seminars
from server.seminars.store import SeminarStore
from server.services import Services
from server.settings import Settings
from server.store.event_store import MatchId, StoreError
from server.store.queries import Queries, Standing
from server.tournaments.service import Tournaments
from server.version import SOFTWARE_VERSION
from server.wire.frames import CloseCode

log = structlog.get_logger()

TICK_S = 0.05
CHORES_S = 1.0
LOOK_S = 0.25


def create_app(
    settings: Settings | None = None,
    clock: Clock | None = None,
    shelf: Mapping[str, Scenario] | None = None,
) -> FastAPI:
    """Wire a server. Nothing runs before the app's lifespan begins."""
    settings = settings or Settings()
    services = _wire(settings, clock or SystemClock(), shelf)
    app = FastAPI(
        title="Détente", version=SOFTWARE_VERSION, lifespan=_lifespan, docs_url=None, redoc_url=None
    )
    app.state.services = services
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)  # the outer one, so that refusals get them too
    errors.install(app)
    for part in (
        scenarios,
        matches,
        control,
        counsel,
        seminars,
        tournaments,
        health,
        ws,
        seminar_ws,
    ):
        app.include_router(part.router)
    pages.install(app)
    return app


def _wire(settings: Settings, clock: Clock, shelf: Mapping[str, Scenario] | None) -> Services:
    store = store_for(settings.database)
    queries, access = Queries(store), Access(store, clock)
    registry, presences = Registry(store, clock), Presences(settings.sockets_per_person)
    scenarios = load_scenarios(settings.scenario_folder) if shelf is None else shelf
    kept = SeminarStore(store)
    seminars = Seminars(kept, queries, access, registry, presences, clock, scenarios)
    removals = Removals(access, presences)
    registry.on_change = removals.follow
    return Services(
        settings=settings,
        clock=clock,
        store=store,
        queries=queries,
        access=access,
        registry=registry,
        presences=presences,
        origins=Origins.of(settings.allowed_origins),
        frames=TokenBuckets(clock, settings.messages_per_second, settings.message_burst),
        failed_tries=TokenBuckets(
            clock, settings.failed_tries_per_minute / 60, settings.failed_tries_burst
        ),
        joins=TokenBuckets(clock, settings.joins_per_minute / 60, settings.joins_burst),
        scenarios=scenarios,
        tournaments=Tournaments(store, clock),
        seminars=seminars,
        feed=Feed(seminars),
        attendance=Attendance(registry, presences, clock),
        branches=Branches(
            store, queries, access, registry, presences, seminars.replace_match, clock
        ),
        removals=removals,
    )


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    services: Services = app.state.services
    await migrate(services.settings.database)
    await services.store.open()
    await _recover(services)
    await services.tournaments.open()
    chores = [asyncio.create_task(work(services)) for work in (_do_chores, _tick, _look)]
    try:
        yield
    finally:
        for task in chores:
            task.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        await services.tournaments.close()
        await services.registry.settle()
        await save_summaries(services)
        await services.queries.write_heartbeat(services.clock.now_ms())
        await services.store.close()


def say_goodbye(app: FastAPI) -> None:
    """End every connection with `restart`, so that clients come back by themselves."""
    for outbox in tuple(app.state.services.outboxes):
        outbox.close(CloseCode.RESTART, "the server restarts; reconnecting")


async def _recover(services: Services) -> None:
    live = await services.queries.live_match_ids()
    down_since_ms = await services.queries.read_heartbeat()
    await services.registry.recover(live, down_since_ms)
    for host in services.registry.hosts:
        if host.position.superseded_by is not None:
            services.branches.under_way.add(host.match_id)
        elif host.position.is_over:  # ended, and a crash came before the lists knew
            services.registry.stale_summaries.add(host.match_id)
    await services.branches.finish()


async def _tick(services: Services) -> None:
    """Pass deadlines, for as long as the server runs."""
    while True:
        try:
            await services.registry.tick()
        except Exception:  # one match's bug must not stop every other match's clock
            log.exception("tick_failed")
        await asyncio.sleep(TICK_S)


async def _look(services: Services) -> None:
    """Show seminars to those who follow them, for as long as the server runs."""
    while True:
        try:
            await services.feed.look()
        except StoreError as error:
            log.warning("look_postponed", reason=str(error))
        except Exception:  # one seminar's bug must not blind every other one's console
            log.exception("look_failed")
        await asyncio.sleep(LOOK_S)


async def _do_chores(services: Services) -> None:
    """Once a second: heartbeat, presence, summaries, sleepy bots, idle matches."""
    while True:
        try:
            services.presences.announce()
            services.registry.wake_bots()
            await services.removals.withdraw()
            await services.attendance.beat()
            services.registry.sweep()
            await services.queries.write_heartbeat(services.clock.now_ms())
            await save_summaries(services)
            await services.branches.finish()
        except StoreError as error:
            log.warning("chores_postponed", reason=str(error))
        except Exception:  # without a heartbeat, the next start would make up too much time
            log.exception("chores_failed")
        await asyncio.sleep(CHORES_S)


async def save_summaries(services: Services) -> None:
    """Note in the lists how far matches have come. Raises StoreError; then they stay stale."""
    registry = services.registry
    stale = tuple(registry.stale_summaries)
    registry.stale_summaries.clear()  # what changes from here on is stale again
    try:
        hosts = [(match_id, await registry.host(match_id)) for match_id in stale]
        await services.queries.update_summaries(
            _standing(match_id, host.position, match_id in services.branches.under_way)
            for match_id, host in hosts
        )
    except StoreError:
        registry.stale_summaries.update(stale)
        raise


def _standing(match_id: MatchId, position: Position, is_branching: bool) -> Standing:
    """Say how far a match has come; a trunk is not over before its branch has taken over."""
    return Standing(
        match=match_id,
        phase=position.phase.value,
        round=position.round,
        seats_held=len(position.holders),
        is_over=position.is_over and not is_branching,
    )
