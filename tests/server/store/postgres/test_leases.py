"""Leases: a match has one server; the database refuses whoever has lost its lease."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import psycopg
import pytest

from game_rules.roles import PersonId
from server.store.event_store import (
    LeaseLost,
    MatchId,
    NewEvent,
    SeqConflict,
    StoreError,
    StoreUnavailable,
)
from server.store.leases import Elsewhere, Hold, SoleServer
from server.store.postgres import writer
from server.store.postgres.leases import PostgresLeases
from server.store.postgres.store import PostgresStore
from server.store.queries import Queries
from tests.postgres import Postgres

MATCH, CLASS = MatchId("match"), "class"
RACES = int(os.environ.get("DETENTE_LEASE_RACES", "12"))
"""Of eight servers each; 300 in the long form."""
LONG_MS = 600_000
"""A lease that lapses when a test says so."""


@dataclass(frozen=True)
class Server:
    """What a server has of a database: its leases and its store."""

    leases: PostgresLeases
    store: PostgresStore

    async def append(self, seq: int, payload: str, match: MatchId = MATCH) -> int:
        """Append under the lease that this server believes to have."""
        return await self.store.append(match, seq, [NewEvent(payload)])

    async def take(self, seq: int) -> int:
        """Take the lease if it is free, then append."""
        await self.leases.hold(MATCH)
        return await self.append(seq, self.leases.server)


Opener = Callable[[], Awaitable[Server]]


@asynccontextmanager
async def opening(url: str) -> AsyncGenerator[Opener]:
    """Give a function that opens one more server on a database."""
    opened: list[Server] = []

    async def opener() -> Server:
        leases = PostgresLeases(url, f"10.0.0.{len(opened) + 1}:8000", ttl_ms=LONG_MS)
        await leases.open("secret")
        store = PostgresStore(url, leases=leases)
        await store.open()
        opened.append(Server(leases, store))
        return opened[-1]

    yield opener
    for server in opened:
        await server.store.close()
        await server.leases.close()
        await server.leases.close()


@pytest.fixture
def url(postgres: Postgres) -> str:
    found = postgres.fresh()
    listed = "INSERT INTO matches (id, code, scenario, title, created_at_ms, rounds, round, phase,"
    listed += " seats_held, is_over, is_open_to_link, room) VALUES"
    rest = "'s', 'S', 1, 5, 0, 'lobby', 0, false, false"
    ask(found, f"{listed} ('match', 'A', {rest}, NULL), ('inside', 'B', {rest}, 'class')")
    return found


@pytest.fixture
async def opened(url: str) -> AsyncGenerator[Opener]:
    async with opening(url) as opener:
        yield opener


def ask(url: str, query: str, *given: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), given)
        return cursor.fetchall() if cursor.description else []


def expire(url: str, server: Server) -> None:
    """Let time pass for a server that stands still; it knows nothing of it."""
    ask(url, "UPDATE servers SET expires_ms = 1 WHERE id = %s", server.leases.server)


def owner(url: str) -> tuple[object, ...]:
    return ask(url, "SELECT owner, epoch FROM leases WHERE room = 'match'")[0]


# Who has a lease


async def test_a_match_has_one_owner_and_the_others_are_told_where(opened: Opener) -> None:
    a, b = await opened(), await opened()
    assert await a.leases.hold(MATCH) == Hold("match", 1)
    with pytest.raises(Elsewhere) as told:
        await b.leases.hold(MATCH)
    assert (told.value.address, b.leases.of(MATCH)) == ("10.0.0.1:8000", None)
    assert await a.leases.hold(MATCH) == a.leases.of(MATCH) == Hold("match", 1)


async def test_a_class_is_one_room_with_its_matches(opened: Opener, url: str) -> None:
    ask(
        url,
        "INSERT INTO seminars (id, code, name, scenario, seed, bot, treatments, created_at_ms,"
        " is_archived, is_rehearsal, is_open_to_link, is_together, is_waiting_named)"
        " VALUES ('class', 'C', 'n', 's', '1', 'b', '[]', 1, false, false, false, false, false)",
    )
    a, b = await opened(), await opened()
    assert await a.leases.hold(CLASS) == Hold("class", 1)
    with pytest.raises(Elsewhere):
        await b.leases.hold("inside")
    assert await a.leases.hold("inside") == Hold("class", 1)


async def test_what_is_in_no_list_is_not_leased_but_may_be_played_with_another(
    opened: Opener,
) -> None:
    a = await opened()
    assert await a.leases.hold("nothing") is None
    a.leases.share("branch", MATCH)
    assert a.leases.of("branch") is None
    await a.leases.hold(MATCH)
    a.leases.share("branch", MATCH)
    assert await a.append(0, "of a branch", MatchId("branch")) == 1


async def test_a_lease_that_lapsed_is_taken_over_with_a_new_epoch(opened: Opener, url: str) -> None:
    a, b = await opened(), await opened()
    await a.leases.hold(MATCH)
    assert await a.leases.beat(7_000) == frozenset()
    expire(url, a)
    assert await b.leases.hold(MATCH) == Hold("match", 2, down_since_ms=7_000)
    assert owner(url) == (b.leases.server, 2)
    assert await a.leases.beat(9_000) == {"match"}
    assert a.leases.of(MATCH) is None


async def test_a_server_that_stood_still_keeps_what_nobody_took(opened: Opener, url: str) -> None:
    a = await opened()
    await a.leases.hold(MATCH)
    await a.append(0, "before")
    expire(url, a)
    with pytest.raises(LeaseLost, match="send the command again"):
        await a.append(1, "lapsed")
    with pytest.raises(StoreUnavailable, match="has stood still"):
        await Queries(a.store).write_heartbeat(1)
    assert await a.leases.beat(1) == frozenset()
    await Queries(a.store).write_heartbeat(1)
    assert await a.append(1, "again") == 2


async def test_leases_that_are_left_are_free_at_once(opened: Opener) -> None:
    a, b = await opened(), await opened()
    await a.leases.hold(MATCH)
    await a.append(0, "a")
    assert await b.leases.orphans() == []
    await a.leases.leave(5_000)
    assert await b.leases.orphans() == [MATCH]
    assert await b.leases.hold(MATCH) == Hold("match", 2, down_since_ms=5_000)
    with pytest.raises(LeaseLost):
        await a.append(1, "late")
    with pytest.raises(StoreUnavailable, match="another one continues"):
        await a.leases.hold(MATCH)
    await Queries(a.store).write_heartbeat(1)  # it may still say what it did


async def test_servers_know_each_others_links(opened: Opener, url: str) -> None:
    a, b = await opened(), await opened()
    assert await b.leases.knows_host("secret")
    assert not await b.leases.knows_host("guessed")
    assert not await b.leases.knows_host("")
    expire(url, a)
    expire(url, b)
    assert not await b.leases.knows_host("secret")


async def test_a_database_that_does_not_answer_is_one_line(postgres: Postgres) -> None:
    nowhere = PostgresLeases(postgres.url("nothing"), "10.0.0.1:8000")
    with pytest.raises(StoreUnavailable, match=r'does not lease: .*"nothing" does not exist'):
        await nowhere.open()
    await nowhere.close()


async def test_a_file_has_one_server_which_plays_everything() -> None:
    alone = SoleServer()
    await alone.open()
    alone.share("branch", MATCH)
    assert await alone.hold(MATCH) == alone.of("anything") is not None
    assert (await alone.beat(1), list(await alone.orphans())) == (frozenset(), [])
    await alone.leave(1)
    await alone.close()


# The fence


async def test_a_stale_owner_is_refused_and_its_neighbours_are_stored(
    opened: Opener, url: str
) -> None:
    a, b = await opened(), await opened()
    await a.leases.hold(MATCH)
    a.leases.share("mine", MATCH)
    expire(url, a)
    await b.leases.hold(MATCH)
    ask(url, "UPDATE servers SET expires_ms = 9e15 WHERE id = %s", a.leases.server)
    ask(url, "INSERT INTO leases (room, owner, epoch) VALUES ('own', %s, 1)", a.leases.server)
    a.leases._holds["own"], a.leases._rooms["own"] = Hold("own", 1), "own"
    named = NewEvent("{}", names={PersonId("p1"): "Amna"})
    told = await asyncio.gather(
        a.store.append(MATCH, 0, [named]),
        a.store.append(MatchId("own"), 0, [named]),
        return_exceptions=True,
    )
    assert [type(told[0]), told[1]] == [LeaseLost, 1]
    assert await b.store.read(MATCH) == []
    assert (await b.store.names(MATCH), await b.store.names(MatchId("own"))) == ({}, {"p1": "Amna"})
    assert await b.append(0, "b") == 1


async def race(opened: Opener, url: str, races: int) -> Sequence[str]:
    """Let the lease of eight servers' match lapse again and again; return what went wrong.

    Seven take it over and append, while the last owner appends without asking anybody.
    """
    servers = [await opened() for _ in range(8)]
    faults = list[str]()
    last = servers[0]
    await last.take(0)
    for seq in range(1, races + 1):
        expire(url, last)
        taking = (x.take(seq) for x in servers if x is not last)
        believed = asyncio.create_task(last.append(seq, last.leases.server))
        outcomes = [*await asyncio.gather(*taking, return_exceptions=True)]
        outcomes += await asyncio.gather(believed, return_exceptions=True)
        won = [outcome for outcome in outcomes if outcome == seq + 1]
        refused = [x for x in outcomes if isinstance(x, Elsewhere | LeaseLost | SeqConflict)]
        if len(won) != 1 or len(refused) != 7:
            faults.append(f"{seq}: {len(won)} won, {len(refused)} were refused")
        stored = (await servers[0].store.read(MATCH))[-1]
        if (stored.payload, seq + 1) != owner(url):
            faults.append(f"{seq}: stored by {stored.payload}, owned by {owner(url)}")
        if faults:
            break
        last = next(x for x in servers if x.leases.server == stored.payload)
        for server in servers:
            await server.leases.beat(seq)
    return faults


async def test_of_eight_servers_the_new_owner_alone_writes(opened: Opener, url: str) -> None:
    assert await race(opened, url, RACES) == []


async def test_a_lease_that_is_not_fenced_is_seen(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug that was put in: the statement does not ask whose the lease is, nor since when."""
    held = "SELECT room, epoch FROM unnest(%(rooms)s::text[], %(epochs)s::bigint[])"
    monkeypatch.setattr(writer, "_HELD", f"{held} AS mine (room, epoch)")
    async with opening(url) as opened:
        assert await race(opened, url, RACES) != []


async def test_a_take_over_waits_for_an_append_that_is_being_stored(
    opened: Opener, url: str
) -> None:
    a, b = await opened(), await opened()
    await a.leases.hold(MATCH)
    with psycopg.connect(url) as slow:
        held = writer._in_schema(writer._HELD, a.leases)
        mine = {"rooms": ["match"], "epochs": [1], "me": a.leases.server}
        assert slow.execute(held.encode(), mine).fetchall() == [("match", 1)]
        expire(url, a)
        taking = asyncio.create_task(b.leases.hold(MATCH))
        done, _ = await asyncio.wait({taking}, timeout=0.3)
        assert not done
    assert await taking == Hold("match", 2, 0)


async def test_a_crash_between_beats_is_a_store_error(opened: Opener, url: str) -> None:
    a = await opened()
    await a.leases.hold(MATCH)
    ask(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(StoreError):
        await a.leases.beat(1)
    assert await a.leases.beat(1) == frozenset()


async def test_a_connection_that_was_left_within_a_command_is_replaced(opened: Opener) -> None:
    """As a crash can leave it: it is not closed, and takes no further command."""
    a = await opened()
    await a.leases.hold(MATCH)
    assert a.leases._connection is not None
    a.leases._connection.pgconn.send_query(b"SELECT 1")
    with pytest.raises(StoreError, match="another command is already in progress"):
        await a.leases.beat(1)
    assert await a.leases.beat(1) == frozenset()
