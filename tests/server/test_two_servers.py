"""Two servers on one PostgreSQL: a room is played by one of them, and reached through both."""

import asyncio
import contextlib
import gc
import json
from collections.abc import AsyncGenerator
from typing import Any, cast

import httpx
import psycopg
import pytest
from structlog.testing import capture_logs
from websockets.frames import Frame, Opcode

from game_rules.match import commands as c
from game_rules.roles import Actor, Role
from game_rules.scenario_files.scenarios import load_scenario
from server.app import create_app
from server.edge import relay
from server.hosting.match_host import TryAgain
from server.hosting.requests import Sender
from server.settings import Settings
from server.store.event_store import MatchId
from server.store.leases import Elsewhere
from server.store.postgres.leases import TTL_MS
from server.wire.frames import CloseCode
from tests.fakes import ManualClock
from tests.fuzz.hostile import TINY_BUFFER
from tests.fuzz.raw_line import RawLine
from tests.live_server import free_port
from tests.postgres import Postgres
from tests.server.running import WITHOUT_WAITS, Line, Wire, library, listening
from tests.server.seminar_scenes import School, bearer

LEAD = Sender("facilitator", Actor(Role.FACILITATOR))

FOR_LONG_MS = 600_000
"""So that no lease lapses while a busy machine stands still, but only where a test says so."""


class Server(School):
    """A server on a port of its own, with a clock that both share."""

    def __init__(self, line: Line, client: httpx.AsyncClient, clock: ManualClock) -> None:
        super().__init__(line.app, client, clock)
        self.line = line
        self.leases: Any = self.services.registry.rooms.leases

    async def beat(self) -> None:
        """Let it look after its leases now."""
        tenancy = self.services.housekeeping.tenancy
        await tenancy.beat()
        await tenancy.take_over()

    def plays(self, known: str) -> bool:
        """Tell whether it plays a match or a class."""
        return self.services.registry.rooms.hold_of(known) is not None


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.fresh()


@pytest.fixture
async def two(url: str) -> AsyncGenerator[tuple[Server, Server]]:
    """Run two servers; nothing happens by itself, for their chores wait."""
    clock = ManualClock()
    async with contextlib.AsyncExitStack() as stack:
        servers = []
        for _ in range(2):
            port = free_port()
            given: dict[str, Any] = {"database": url, "host": "127.0.0.1", "port": port}
            offered = {**library(), "chicken": load_scenario("chicken")}
            app = create_app(Settings(**given, **WITHOUT_WAITS), clock, offered)
            line = await stack.enter_async_context(listening(app, port))
            client = await stack.enter_async_context(line.http())
            servers.append(Server(line, client, clock))
            servers[-1].leases._row["ttl"] = FOR_LONG_MS
            await servers[-1].beat()
        yield servers[0], servers[1]
        for server in servers:
            server.leases._row["ttl"] = TTL_MS


async def begin(server: Server) -> dict[str, Any]:
    """Begin a match at a server."""
    made = await server.done("/api/matches", await server.host(), scenario="quick", pace=None)
    assert server.plays(made["match"])
    return made


async def balanced(server: Server, token: str, room: str) -> Wire:
    """Say hello where a balancer sends all of a room."""
    wire = await server.line.socket(f"/api/live?room={room}")
    await wire.send({"type": "hello", "protocol": 1, "token": token})
    await wire.until("welcome")
    return wire


async def sit(server: Server, code: str, name: str, seat: str) -> Wire:
    """Join at a server, and take a seat over its socket."""
    joined = await server.done("/api/join", code=code, name=name)
    wire = await server.line.join(joined["token"])
    answer = await wire.do({"type": "take_seat", "seat": seat, "name": name}, f"sit-{name}")
    assert answer["type"] == "ack", answer
    return wire


def lapse(url: str, server: Server) -> None:
    """Let a server's leases lapse for good; it knows nothing of it."""
    server.leases._row["ttl"] = -1
    with psycopg.connect(url) as connection:
        query = b"UPDATE servers SET expires_ms = 1 WHERE id = %s"
        connection.execute(query, (server.leases.server,))


async def waits_for_a_lock(url: str) -> None:
    """Wait until something in the database waits for a lock."""
    query = b"SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(10):
        with psycopg.connect(url, autocommit=True) as connection:
            while connection.execute(query).fetchone() == (0,):  # noqa: ASYNC110 (another process)
                await asyncio.sleep(0.01)


async def lets_go(server: Server) -> None:
    """Wait until a server has no match open. Its first look for matches that nobody plays may have
    opened one just as it gave the room up; the next beat lets go of that."""
    async with asyncio.timeout(10):
        while server.services.registry.hosts:
            await server.beat()
            await asyncio.sleep(0.01)


async def seen(wire: Wire, word: str) -> None:
    """Wait until a socket has shown something."""
    while not any(word in text for text in wire.texts):
        await wire.frame()


async def both_present(wire: Wire) -> None:
    """Wait until a socket has shown two seats as present."""
    while not any(
        frame["type"] == "presence" and len(frame["seats"]) == 2
        for frame in map(json.loads, wire.texts)
    ):
        await wire.frame()


async def test_a_match_is_played_by_one_and_reached_through_both(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    made = await begin(a)
    here, beyond = await sit(a, made["code"], "Ann", "CHN"), await sit(b, made["code"], "Bo", "JPN")
    assert (a.plays(made["match"]), b.plays(made["match"])) == (True, False)
    await seen(beyond, '"Ann"')
    await seen(here, '"Bo"')
    await beyond.do({"type": "say", "room": [], "text": "from beyond"}, "say-1")
    await seen(here, "from beyond")
    assert b.services.registry.hosts == ()
    await both_present(here)
    again = await beyond.do({"type": "say", "room": [], "text": "from beyond"}, "say-1")
    assert again["type"] == "ack"
    shown = await b.client.get(f"/api/matches/{made['match']}", headers=bearer(made["token"]))
    assert shown.status_code == 200
    assert (await b.client.get("/api/matches/nothing/record")).status_code in (401, 404)
    await beyond.close()
    await here.close()


async def test_a_room_is_played_where_the_balancer_sends_its_people(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    made = await begin(a)
    joined = await a.done("/api/join", code=made["code"], name="Ann")
    wire = await balanced(b, joined["token"], made["match"])
    assert (a.plays(made["match"]), b.plays(made["match"])) == (False, True)
    await lets_go(a)
    seated = await wire.do({"type": "take_seat", "seat": "CHN", "name": "Ann"}, "sit")
    assert seated["type"] == "ack"
    beyond = await a.line.join(made["token"])
    await seen(beyond, '"Ann"')
    assert b.plays(made["match"])
    await beyond.close()
    await wire.close()


async def test_a_class_is_played_where_the_balancer_sends_its_people(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    led = await a.seminar(scenario="chicken", pairing="fixed")
    console = await b.line.socket(f"/api/seminars/live?room={led.id}")
    await console.send({"type": "hello", "protocol": 1, "token": led.token})
    await console.until("welcome")
    assert (a.plays(led.id), b.plays(led.id)) == (False, True)
    again = await a.line.socket(f"/api/seminars/live?room={led.id}")
    await again.send({"type": "hello", "protocol": 1, "token": led.token})
    await again.until("welcome")
    assert b.plays(led.id)
    await again.close()
    await console.close()


@pytest.mark.parametrize("keeps", ["people", "clock"])
async def test_a_room_in_which_something_happens_stays_where_it_is(
    two: tuple[Server, Server], keeps: str
) -> None:
    a, b = two
    made = await a.done("/api/matches", await a.host(), scenario="quick", pace=1)
    people = [await sit(a, made["code"], x, x) for x in ("CHN", "JPN", "PHL")]
    if keeps == "clock":
        host = await a.services.registry.host(MatchId(made["match"]))
        await host.ask(c.StartMatch(), LEAD)
        for wire in people:
            await wire.close()
        while a.services.presences.has(host.match_id):  # noqa: ASYNC110 (the server notices)
            await asyncio.sleep(0.01)
    lead = await balanced(b, made["token"], made["match"])
    assert (a.plays(made["match"]), b.plays(made["match"])) == (True, False)
    for wire in (*people, lead):
        await wire.close()


async def test_the_link_of_one_opens_the_page_of_the_other(two: tuple[Server, Server]) -> None:
    a, b = two
    token = (await b.done("/api/host", secret=a.services.host_secret))["token"]
    assert (await a.client.get("/api/matches", headers=bearer(token))).status_code == 200
    wrong = await b.post("/api/host", secret="x" * 32)
    assert wrong.status_code == 403


async def test_a_class_joins_and_is_dealt_and_watched_through_both(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    led = await a.seminar(scenario="chicken", pairing="fixed")
    people = await led.come("Amna")
    people.append(await b.done("/api/join", code=led.code, name="Bashir"))
    assert (a.plays(led.id), b.plays(led.id)) == (True, False)
    console = await b.line.socket("/api/seminars/live")
    await console.send({"type": "hello", "protocol": 1, "token": led.token})
    await console.until("welcome")
    await b.done(f"{led.path}/deal", led.token)
    await seen(console, '"people"')
    (known,) = (await led.roster()).matches
    assert a.plays(known.match)
    placed = await b.done("/api/seminars/place", people[1]["seminar"]["token"])
    wire = await b.line.join(placed["token"])
    assert a.services.presences.people(known.match) == {people[1]["person"]}
    await wire.close()
    await console.close()


async def test_a_guest_of_one_goes_on_through_the_other(two: tuple[Server, Server]) -> None:
    a, b = two
    begun = await a.done("/api/play", scenario="chicken", seat="ROW")
    wire = await b.line.join(begun["token"])
    answer = await wire.do(
        {"type": "set_ready", "round": 1, "phase": "decision", "is_ready": True}, "1"
    )
    assert answer["type"] in ("ack", "refused")
    assert a.plays(begun["match"])
    unknown = MatchId(begun["match"][:-3] + "xyz")
    assert (await b.client.get(f"/api/matches/{unknown}")).status_code in (401, 404)
    assert not b.plays(unknown)
    await wire.close()


async def test_a_server_that_leaves_hands_its_matches_over_at_once(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    made = await begin(a)
    wire = await sit(a, made["code"], "Ann", "CHN")
    await a.services.housekeeping.hand_over()
    refused = await wire.do({"type": "say", "room": [], "text": "late"}, "late")
    assert refused["code"] == "try_again"
    await b.beat()
    assert b.plays(made["match"])
    other = await sit(b, made["code"], "Bo", "JPN")
    await other.close()
    await wire.close()


async def test_what_a_server_loses_is_played_elsewhere_and_its_people_connect_again(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await begin(a)
    match = MatchId(made["match"])
    wire, through = (
        await sit(a, made["code"], "Ann", "CHN"),
        await sit(b, made["code"], "Bo", "JPN"),
    )
    led = await a.seminar(scenario="chicken", pairing="fixed")
    console = await a.line.socket("/api/seminars/live")
    await console.send({"type": "hello", "protocol": 1, "token": led.token})
    await console.until("welcome")
    stale = await a.services.registry.host(match)
    lapse(url, a)
    await b.services.registry.rooms.enter(match)
    await b.services.registry.rooms.enter(led.id)
    with pytest.raises(TryAgain):
        await stale.ask(c.Say((), "stale"), LEAD)
    await b.beat()  # the leases of a have lapsed, so what b passes on to it is cut
    assert (await through.closed())[0] == CloseCode.RESTART
    await a.beat()
    assert (await wire.closed())[0] == CloseCode.RESTART
    assert (await console.closed())[0] == CloseCode.RESTART
    assert (a.plays(match), b.plays(match)) == (False, True)
    with pytest.raises(Elsewhere):
        await a.services.registry.host(match)
    back = await a.line.join(made["token"])
    await back.do({"type": "say", "room": [], "text": "again"}, "again")
    host = await b.services.registry.host(match)
    assert "again" in str(host.events[-1])
    assert "stale" not in str(host.events)
    await back.close()


async def test_a_match_that_many_ask_for_while_it_is_taken_over_has_one_host(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    match = MatchId((await begin(a))["match"])
    lapse(url, a)
    asked = (b.services.registry.host(match) for _ in range(40))
    assert len({id(host) for host in await asyncio.gather(*asked)}) == 1


async def test_who_comes_while_a_match_is_lost_plays_it_at_its_new_server(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await begin(a)
    with psycopg.connect(url) as slow:
        slow.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        greeting = asyncio.create_task(a.line.join(made["token"]))
        await waits_for_a_lock(url)
        lapse(url, a)
        await b.services.registry.rooms.enter(MatchId(made["match"]))
        await a.beat()
    wire = await greeting
    said = await wire.do({"type": "say", "room": [], "text": "Hello"}, "say")
    assert said["type"] == "ack"
    assert b.plays(made["match"])
    await wire.close()


async def test_a_server_passes_no_deadline_of_a_match_that_it_lost(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await a.done("/api/matches", await a.host(), scenario="quick", pace=1)
    match = MatchId(made["match"])
    people = [await sit(a, made["code"], x, x) for x in ("CHN", "JPN", "PHL")]
    stale = await a.services.registry.host(match)
    await stale.ask(c.StartMatch(), LEAD)
    lapse(url, a)
    taken = (await b.services.registry.rooms.enter(match), await b.services.registry.host(match))[1]
    await a.beat()
    await taken.ask(c.ExtendDeadline(60_000), LEAD)
    for _ in range(2):  # refused, then decided anew from what is stored
        with pytest.raises(TryAgain):
            await stale.ask(c.Say((), "stale"), LEAD)
    a.clock.advance(600_000)
    with capture_logs() as logs:
        await a.services.registry.tick()
    assert [line["event"] for line in logs if "failed" in line["event"]] == []
    for wire in people:
        await wire.close()


async def test_a_server_that_is_gone_is_waited_for_until_its_lease_lapses(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await begin(a)
    with psycopg.connect(url, autocommit=True) as connection:  # as if a had been killed
        connection.execute("UPDATE servers SET address = '127.0.0.1:1'")
    b.leases._row["address"] = "127.0.0.1:1"
    joining = asyncio.create_task(b.done("/api/join", code=made["code"], name="Ann"))
    greeting = asyncio.create_task(b.line.join(made["token"]))
    await asyncio.sleep(0.4)
    assert not joining.done()
    assert not greeting.done()
    lapse(url, a)
    await joining
    await (await greeting).close()
    assert b.plays(made["match"])


async def test_a_server_that_stands_still_is_not_waited_for_once_its_lease_has_lapsed(
    two: tuple[Server, Server], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    monkeypatch.setattr(relay, "CONNECT_S", 1000)
    made = await begin(a)
    came = asyncio.Event()
    still = await asyncio.start_server(lambda reader, writer: came.set(), "127.0.0.1", 0)
    port = still.sockets[0].getsockname()[1]
    with psycopg.connect(url, autocommit=True) as connection:
        moved = b"UPDATE servers SET address = '127.0.0.1:' || %s WHERE id = %s"
        connection.execute(moved, (str(port), a.leases.server))
    greeting = asyncio.create_task(b.line.join(made["token"]))
    await came.wait()
    lapse(url, a)
    await b.beat()
    await (await greeting).close()
    assert b.plays(made["match"])
    still.close()


async def test_a_server_that_says_nothing_is_missed_at_the_moment_its_lease_lapses(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    tenancy = b.services.housekeeping.tenancy
    taking_over = asyncio.create_task(tenancy.wait_for_take_over(600))
    a.leases._row["ttl"] = 300
    await a.beat()
    await b.beat()
    a.leases._row["ttl"] = -1
    assert tenancy.rooms.lapse_s <= 0.3
    async with asyncio.timeout(30):
        while tenancy.rooms.servers > 1:  # a beat of its own may have been under way
            await tenancy.wait_for_beat(600)
            await tenancy.beat()
        await taking_over


async def test_an_attempt_to_connect_may_be_cut_while_it_ends() -> None:
    async def connect() -> None:
        async with asyncio.timeout(60) as limit:
            knock = relay.Knock("127.0.0.1:1", limit)
            knock.cut()
            try:
                await asyncio.sleep(60)
            finally:
                knock.cut()

    with pytest.raises(TimeoutError):
        await connect()


async def test_leases_are_renewed_while_matches_are_taken_over(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await begin(a)
    wire = await sit(a, made["code"], "Ann", "CHN")
    with psycopg.connect(url) as slow:
        lapse(url, a)
        slow.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        taking = asyncio.create_task(b.services.housekeeping.tenancy.take_over())
        await waits_for_a_lock(url)
        async with asyncio.timeout(10):
            await b.services.housekeeping.tenancy.beat()
        assert not taking.done()
    await taking
    assert b.services.registry.loaded(MatchId(made["match"])) is not None
    await wire.close()


@pytest.mark.slow
async def test_who_vanishes_with_messages_unread_leaves_no_error(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    made, errors = await begin(a), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: errors.append(told))
    deaf = await asyncio.to_thread(RawLine, b.line.port, made["token"], TINY_BUFFER)
    while not b.services.housekeeping.tenancy.passed:  # noqa: ASYNC110 (the other server's turn)
        await asyncio.sleep(0.01)
    host = await a.services.registry.host(MatchId(made["match"]))
    await asyncio.gather(*(host.ask(c.Say((), "x" * 999), LEAD) for _ in range(6_000)))
    await asyncio.sleep(0.1)
    deaf.reset()
    while b.services.outboxes:  # noqa: ASYNC110 (connections end by themselves)
        await asyncio.sleep(0.01)
    gc.collect()
    assert errors == []


async def test_no_message_overtakes_one_that_its_reader_was_not_ready_for(
    two: tuple[Server, Server],
) -> None:
    a, b = two
    wire = await b.line.join((await begin(a))["token"])
    (passed,) = b.services.housekeeping.tenancy.passed
    beyond = cast("relay.Relay", passed)._beyond
    take, beyond.take = beyond.take, lambda text: False
    beyond.process_event(Frame(Opcode.TEXT, b'{"type":"first"}'))
    beyond.take = take
    beyond.process_event(Frame(Opcode.TEXT, b'{"type":"second"}'))
    assert (await wire.until("first", "second"))["type"] == "first"
    assert (await wire.until("first", "second"))["type"] == "second"
    await wire.close()


async def test_a_deadline_is_moved_by_the_time_in_which_nobody_played(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await a.done("/api/matches", await a.host(), scenario="quick", pace=1)
    match = MatchId(made["match"])
    people = [await sit(a, made["code"], x, x) for x in ("CHN", "JPN", "PHL")]
    facilitator = await a.line.join(made["token"])
    assert (await facilitator.do({"type": "start_match"}, "start"))["type"] == "ack"
    host = await a.services.registry.host(match)
    before_ms = host.position.deadline_ms
    assert before_ms is not None
    await a.beat()
    a.clock.advance(3_000)
    lapse(url, a)
    await b.beat()
    taken = b.services.registry.loaded(match)
    assert taken is not None
    assert taken.position.deadline_ms == before_ms + 3_000
    for wire in (*people, facilitator):
        await wire.close()


async def test_a_branch_is_played_in_the_room_of_its_trunk(
    two: tuple[Server, Server], url: str
) -> None:
    a, b = two
    made = await begin(a)
    people = [await sit(a, made["code"], x, x) for x in ("CHN", "JPN", "PHL")]
    facilitator = await b.line.join(made["token"])
    assert (await facilitator.do({"type": "start_match"}, "start"))["type"] == "ack"
    begun = (await a.services.registry.host(MatchId(made["match"]))).position
    skip = {"type": "skip_phase", "round": begun.round, "phase": begun.phase.value}
    assert (await facilitator.do(skip, "skip"))["type"] == "ack"
    undone = await b.done(f"/api/matches/{made['match']}/branch", made["token"])
    assert (await facilitator.closed())[0] == CloseCode.RESTART
    assert (a.plays(undone["match"]), b.plays(undone["match"])) == (True, False)
    lapse(url, a)
    await b.beat()
    await a.beat()
    back = await a.line.join(made["token"])
    said = await back.do({"type": "say", "room": [], "text": "in the branch"}, "say")
    assert said["type"] == "ack"
    assert b.plays(undone["match"])
    loaded = b.services.registry.loaded(MatchId(undone["match"]))
    assert loaded is not None
    assert "in the branch" in str(loaded.events[-1])
    for wire in (*people, back):
        await wire.close()
