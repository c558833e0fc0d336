"""Composition root: creates the parts of a server and connects them."""

import asyncio
import contextlib
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Mapping,
)
from functools import partial

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from game_rules.scenario.scenario import Scenario
from server.access.limits import Hurry, LoopTime, Patience, TokenBucket, TokenBuckets
from server.access.origins import Origins
from server.access.tokens import Access
from server.api import checks
from server.api.errors import HANDLERS, on_bug
from server.branching.play_on import PlayOn
from server.clock import Clock, SystemClock
from server.database import leases_for, migrate, store_for
from server.edge import pages, seminar_ws, ws
from server.edge.forwarding import Forwarding
from server.edge.gate import MOST_GUESTS_OF_ONE_ADDRESS
from server.edge.headers import SecurityHeaders
from server.edge.kept import KeptAnswers, open_paths
from server.edge.later import Later
from server.edge.sockets import SocketsFirst
from server.engines import beside_matches
from server.guests.days import days_of
from server.guests.files import GuestFiles, Logs
from server.guests.play import GuestPlay, RoomForGuests
from server.hosting.registry import Registry
from server.hosting.rooms import Rooms
from server.live.attendance import Attendance
from server.live.branches import Branches
from server.live.digests import Digests
from server.live.housekeeping import Housekeeping
from server.live.presence import Presences
from server.live.removals import Removals
from server.live.tenancy import Tenancy
from server.logs import log
from server.scenario_library import load_scenarios
from server.seminars.feed import Feed
from server.seminars.service import Seminars
from server.seminars.store import SeminarStore
from server.seminars.together import Together
from server.services import Services
from server.settings import Settings
from server.store.endings import Endings
from server.store.event_store import MatchId, StoreError, is_of_guest
from server.store.leases import Elsewhere
from server.store.library import MatchLibrary
from server.store.queries import Queries
from server.tournaments.service import ROOM as CONTESTS
from server.tournaments.service import Tournaments
from server.wire.frames import CloseCode

SOCKETS = ws.route, seminar_ws.route

SHORT_BYTES = 1_000
"""An answer below that fits one packet, and is sent as it is."""
GZIP_LEVEL = 4
"""Records become a tenth at 4 as at 9, in a third of the time."""
TICK_S = 0.05
CHORES_S = 1.0
LOOK_S = 0.25
CLASS_LOOK_S = 0.1
DROP_S = 60.0
DIGEST_S = 1.0
BEAT_S = 0.4
"""A fifth of how long a lease lasts without one."""
CONTESTS_S = 5.0
REMEMBERED_MS = 1_000
"""How long a token is known without asking, where other servers may revoke it."""
BY_HAND = 20
"""A sender who sends a twentieth of what is allowed may be a person, and does not wait."""
LONGEST_WAIT_S = 10
SHORT_WAIT_S = 1
"""How long a wrong code waits: of the device that sends too many, and of others beside it."""
MOST_WAITING = MOST_GUESTS_OF_ONE_ADDRESS
"""Answers to what was wrong that wait: as many as one address has connections."""
CLASS = 10
"""Devices at one address that may be as wrong as one alone before any of them waits."""


def create_app(
    settings: Settings | None = None,
    clock: Clock | None = None,
    scenarios: Mapping[str, Scenario] | None = None,
) -> Starlette:
    """Create the app. Nothing runs before its lifespan starts.

    It has what a start needs: the sockets, the health checks and the pages. All else is answered by
    the API, which is imported at its first request.
    """
    settings = settings or Settings()
    services = _wire(settings, clock or SystemClock(), scenarios)
    site = pages.pages_or_hint(settings.public_url)
    is_built = isinstance(site, pages.Pages)
    app = Starlette(
        routes=[*checks.ROUTES, pages.OnlyKnown("/", site) if is_built else site],
        lifespan=_lifespan,
        exception_handlers={**HANDLERS, Exception: on_bug},
    )
    app.state.services = services
    app.state.api = Later(partial(_api, *([Mount("/", site)] if is_built else [])))
    app.router.default, app.router.redirect_slashes = app.state.api, False
    if services.registry.rooms.is_shared:
        app.add_middleware(Forwarding)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=SHORT_BYTES, compresslevel=GZIP_LEVEL)
    same = open_paths(services.scenarios) | (site.paths if is_built else frozenset())
    app.add_middleware(KeptAnswers, paths=same)
    app.add_middleware(SocketsFirst, sockets=SOCKETS)  # the last one added is asked first
    return app


def _api(*others: BaseRoute) -> ASGIApp:
    from server.api.served import api

    return api(*others)


def _wire(settings: Settings, clock: Clock, scenarios: Mapping[str, Scenario] | None) -> Services:
    leases = leases_for(settings.database, settings.peer, _is_beside)
    main, rooms = store_for(settings.database, leases), Rooms(leases)
    beside = GuestFiles(days_of(settings.database, leases), clock, is_shared=rooms.is_shared)
    logs = Logs(main, beside)
    queries = Queries(main, beside=beside)
    access = Access(main, clock, beside, REMEMBERED_MS if rooms.is_shared else None)
    registry, presences = Registry(logs, clock, rooms), Presences(settings.sockets_per_person)
    if scenarios is None:
        scenarios = _scenarios(settings)
    kept = SeminarStore(main)
    seminars = Seminars(kept, queries, access, registry, presences, clock, scenarios)
    removals = Removals(access, presences)
    attendance = Attendance(registry, presences, clock)
    branches = Branches(logs, queries, access, registry, presences, seminars.replace_match, clock)
    tenancy = Tenancy(rooms, queries, registry, presences, access, branches, clock)
    together = Together(registry, presences, clock)
    registry.on_change, registry.last_round = removals.follow, together.last_round
    feed = Feed(seminars, together)
    seminars.on_read, tenancy.on_lost = together.follow, seminars.let_go
    tenancy.is_followed = feed.has
    tournaments = Tournaments(main, clock, beside_matches(settings.tournament_engine))

    async def take(room: str) -> None:
        await (tournaments.resume() if room == CONTESTS else seminars.take(room))

    rooms.on_taken = take
    stored = MatchLibrary(main)
    servers = lambda: rooms.servers  # noqa: E731
    joins = TokenBuckets(clock, settings.joins_per_minute / 60, settings.joins_burst)
    return Services(
        settings=settings,
        clock=clock,
        store=main,
        logs=logs,
        queries=queries,
        access=access,
        registry=registry,
        presences=presences,
        origins=Origins.of(settings.origins),
        origin_refusals=TokenBucket(clock, per_second=1 / 60, burst=1),
        frames=TokenBuckets(clock, settings.messages_per_second, settings.message_burst),
        hurry=_hurry(settings),
        failed_tries=Patience(
            _per_minute(clock, settings, 1), LONGEST_WAIT_S, MOST_WAITING, servers
        ),
        failed_tries_of_all=Patience(
            _per_minute(clock, settings, CLASS), SHORT_WAIT_S, MOST_WAITING, servers
        ),
        joins=Patience(joins, LONGEST_WAIT_S),
        scenarios=scenarios,
        tournaments=tournaments,
        seminars=seminars,
        together=together,
        feed=feed,
        branches=branches,
        library=stored,
        digests=Digests(stored),
        guests=GuestPlay(
            beside, queries, access, registry, presences, _guest_limits(settings, clock), clock
        ),
        models=PlayOn(beside, queries, access, registry, clock),
        housekeeping=Housekeeping(
            queries,
            registry,
            presences,
            attendance,
            branches,
            removals,
            tenancy,
            Endings(main),
            together.has,
            clock,
        ),
    )


def _is_beside(match: MatchId) -> bool:
    """Tell whether a room is in no list of the main tables, and may be leased."""
    return is_of_guest(match) or match == CONTESTS


def _hurry(settings: Settings) -> Hurry:
    """Make what tells people from programs, on the time of the loop: it has to pass."""
    calm_per_second, calm_burst = settings.messages_per_second / BY_HAND, settings.message_burst
    rate = settings.hurried_messages_per_second
    calm = TokenBuckets(LoopTime(), calm_per_second, max(1, calm_burst // 2))
    return Hurry(calm, TokenBucket(LoopTime(), rate, max(1, int(rate))))


def _guest_limits(settings: Settings, clock: Clock) -> RoomForGuests:
    """Make the limits of guests; all devices of one address together have those of a class."""
    most = settings.guest_matches_per_hour

    def buckets(devices: int) -> TokenBuckets:
        return TokenBuckets(clock, devices * most / 3600, devices * most)

    return RoomForGuests(
        settings.guest_matches_at_once, settings.guest_megabytes, buckets(1), buckets(CLASS)
    )


def _per_minute(clock: Clock, settings: Settings, devices: int) -> TokenBuckets:
    """Make the buckets of wrong codes, for so many devices at one address."""
    per_second = settings.failed_tries_per_minute / 60
    return TokenBuckets(clock, devices * per_second, devices * settings.failed_tries_burst)


def _scenarios(settings: Settings) -> Mapping[str, Scenario]:
    library = load_scenarios(settings.scenario_folder)
    for remark in library.remarks:
        log.warning("scenario_folder", remark=remark)
    return library.scenarios


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncGenerator[None]:
    services: Services = app.state.services
    keeper = services.housekeeping
    if (copy := await migrate(services.settings.database)) is not None:
        log.warning("database_migrated", copy=str(copy))
    async with contextlib.AsyncExitStack() as ending:
        await services.registry.rooms.leases.open(services.host_secret)
        ending.push_async_callback(services.registry.rooms.leases.close)
        await services.logs.open()
        ending.push_async_callback(services.logs.close)
        await services.seminars.open()
        if services.registry.rooms.is_shared:
            tenancy = keeper.tenancy
            beats = _repeat("beat", tenancy.beat, BEAT_S, tenancy.wait_for_beat)
            await ending.enter_async_context(_meanwhile([beats]))
        await keeper.recover()
        await services.tournaments.open()
        await _resume_contests(services)
        ending.push_async_callback(keeper.close)
        ending.push_async_callback(services.close)
        async with _chores(services):
            yield


@contextlib.asynccontextmanager
async def _chores(services: Services) -> AsyncGenerator[None]:
    """Repeat what a server does by itself, until it stops."""
    keeper, tenancy = services.housekeeping, services.housekeeping.tenancy
    loops = (
        _repeat("tick", lambda: services.registry.tick(), TICK_S),
        _repeat("chores", keeper.do_chores, CHORES_S),
        _repeat("look", lambda: services.feed.look(), LOOK_S),
        _repeat("class", lambda: services.together.look(), CLASS_LOOK_S),
        _repeat("drop_guests", services.guests.clear, DROP_S),
        _repeat("digest", services.digests.make_some, DIGEST_S),
    )
    if services.registry.rooms.is_shared:
        loops += (
            _repeat("take_over", tenancy.take_over, BEAT_S, tenancy.wait_for_take_over),
            _repeat("contests", lambda: _resume_contests(services), CONTESTS_S),
        )
    async with _meanwhile(loops):
        yield


@contextlib.asynccontextmanager
async def _meanwhile(loops: Iterable[Coroutine[None, None, None]]) -> AsyncGenerator[None]:
    """Let something be repeated, until the end."""
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _resume_contests(services: Services) -> None:
    """Resume unfinished tournaments, unless another server is there that does."""
    rooms = services.registry.rooms
    if not rooms.is_shared:
        await services.tournaments.resume()
        return
    with contextlib.suppress(Elsewhere):
        await rooms.enter(CONTESTS)


async def _repeat(
    name: str,
    work: Callable[[], Awaitable[None]],
    pause_s: float,
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Repeat a chore until the server stops; retry after an error."""
    while True:
        try:
            await work()
        except StoreError as error:
            log.warning(f"{name}_postponed", reason=str(error))
        except Exception:  # an error in one match must not stop the clock of the others
            log.exception(f"{name}_failed")
        await wait(pause_s)


def say_goodbye(app: Starlette) -> None:
    """Close every connection with `restart`, so that clients reconnect; let no answer wait."""
    services: Services = app.state.services
    for patience in (services.failed_tries, services.failed_tries_of_all, services.joins):
        patience.close()
    for outbox in tuple(services.outboxes):
        outbox.close(CloseCode.RESTART, "the server restarts; reconnecting")
