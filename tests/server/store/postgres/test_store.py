"""What PostgreSQL adds to the contract: several writers, settings that lose data, restarts."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Iterator

import psycopg
import pytest
from sqlalchemy import insert
from sqlmodel import Session, col, select

from game_rules.roles import PersonId
from server.database import place, store_for
from server.store.event_store import (
    REMEDY,
    CommandRepeated,
    MatchId,
    NewEvent,
    SeqConflict,
    StoreDamaged,
    StoreRefused,
    StoreUnavailable,
)
from server.store.postgres import connections
from server.store.postgres.connections import Claim, connect, refusal
from server.store.postgres.leases import PostgresLeases
from server.store.postgres.store import PostgresStore
from server.store.queries import Queries
from server.store.tables import EventRow
from server.store.threaded import ThreadedStore
from tests.postgres import REQUIRED, Postgres, require_postgres, running_postgres

MATCH, OTHER = MatchId("match"), MatchId("other")
ROW = {"match_id": "match", "seq": 1, "payload": "{}"}


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.fresh()


@pytest.fixture
async def two(url: str) -> AsyncGenerator[tuple[ThreadedStore, ThreadedStore]]:
    """Give two stores on one database, as two programs have them."""
    both = store_for(url), store_for(url)
    for store in both:
        await store.open()
    yield both
    for store in both:
        await store.close()


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL that the tests of this module may break."""
    with running_postgres() as running:
        yield running


def events(*payloads: str) -> tuple[NewEvent, ...]:
    return tuple(map(NewEvent, payloads))


async def race(two: tuple[ThreadedStore, ThreadedStore], rounds: int) -> None:
    """Let eight writers of two programs race for each seq."""
    for seq in range(rounds):
        racing = (two[n % 2].append(MATCH, seq, events(f"{seq} by {n}")) for n in range(8))
        outcomes = await asyncio.gather(*racing, return_exceptions=True)
        losers = [outcome for outcome in outcomes if isinstance(outcome, SeqConflict)]
        assert (len(losers), [o for o in outcomes if o not in losers]) == (7, [seq + 1])
    assert [event.seq for event in await two[0].read(MATCH)] == list(range(1, rounds + 1))
    assert await two[0].read(MATCH) == await two[1].read(MATCH)


async def test_of_two_programs_that_race_one_wins(two: tuple[ThreadedStore, ThreadedStore]) -> None:
    await race(two, 30)


@pytest.mark.slow
async def test_of_two_programs_that_race_one_wins_300_times(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    await race(two, 300)


async def test_what_another_program_wrote_is_a_conflict_with_the_true_seq(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    a, b = two
    await a.append(MATCH, 0, events("a"))
    await b.append(MATCH, 1, [NewEvent("b", "person:1", "c1"), NewEvent("b")])
    with pytest.raises(SeqConflict) as told:
        await a.append(MATCH, 1, events("x"))
    assert told.value.last_seq == 3
    with pytest.raises(CommandRepeated):
        await a.append(MATCH, 3, [NewEvent("again", "person:1", "c1")])
    assert await a.append(MATCH, 3, events("c")) == 4


@pytest.mark.slow
async def test_programs_that_write_the_same_matches_in_another_order_do_not_lock_each_other(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    matches = [MatchId(f"match-{n:03}") for n in range(100)]
    one_way = [two[0].append(match, 0, events("a", "b")) for match in matches]
    other_way = [two[1].append(match, 0, events("c")) for match in reversed(matches)]
    outcomes = await asyncio.gather(*one_way, *other_way, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {int, SeqConflict}
    for match in matches:
        assert [row.payload for row in await two[0].read(match)] in (["a", "b"], ["c"])


async def test_appends_that_wait_together_share_a_commit(
    postgres: Postgres, two: tuple[ThreadedStore, ThreadedStore], url: str
) -> None:
    store, _ = two
    before = commits(url)
    await asyncio.gather(*(store.append(MatchId(str(n)), 0, events("x")) for n in range(400)))
    assert commits(url) - before <= 40


def commits(url: str) -> int:
    """Count the transactions that have written, in the whole of a PostgreSQL."""
    with psycopg.connect(url, autocommit=True) as connection:
        (count,) = next(connection.execute("SELECT txid_snapshot_xmax(txid_current_snapshot())"))
        return count


@pytest.mark.parametrize(
    "verb", ["UPDATE events SET payload = 'forged'", "DELETE FROM events", "TRUNCATE events"]
)
async def test_nobody_changes_the_log(
    two: tuple[ThreadedStore, ThreadedStore], url: str, verb: str
) -> None:
    store, _ = two
    await store.append(MATCH, 0, events("true"))
    with (
        psycopg.connect(url) as stranger,
        pytest.raises(psycopg.errors.RaiseException, match="the log only grows"),
    ):
        stranger.execute(verb.encode())
    assert [event.payload for event in await store.read(MATCH)] == ["true"]


async def test_a_look_sees_one_moment_and_cannot_write(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    a, b = two
    query = select(EventRow.seq).where(col(EventRow.match_id) == MATCH)
    loop = asyncio.get_running_loop()

    def look(session: Session) -> tuple[int, int]:
        before = len(session.exec(query).all())
        asyncio.run_coroutine_threadsafe(b.append(MATCH, 0, events("late")), loop).result()
        return before, len(session.exec(query).all())

    assert await a.view(look) == (0, 0)
    with pytest.raises(StoreUnavailable, match="read-only"):
        await a.view(lambda session: session.connection().execute(insert(EventRow), ROW))


async def test_changes_of_two_programs_wait_for_each_other(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    a, b = Queries(two[0], draw=lambda: "SAME"), Queries(two[1], draw=lambda: "SAME")
    outcomes = await asyncio.gather(
        *(q.create_match(MatchId(f"m{n}"), "s", "S", 1, n) for n, q in enumerate((a, b))),
        return_exceptions=True,
    )
    assert sorted(map(type, outcomes), key=str) == [RuntimeError, str]  # no broken constraint


async def test_a_name_beside_the_log_is_stored_with_a_neighbour_that_fails(
    two: tuple[ThreadedStore, ThreadedStore],
) -> None:
    store, _ = two
    named = NewEvent("{}", names={PersonId("p1"): "Amna", PersonId("p2"): None})
    waiting = [store.append(MATCH, 0, [named]), store.append(OTHER, 0, events("\0", "b"))]
    first, second = await asyncio.gather(*waiting, return_exceptions=True)
    assert (first, type(second)) == (1, psycopg.DataError)
    assert await store.names(MATCH) == {"p1": "Amna", "p2": None}
    assert await store.read(OTHER) == []


# Servers


async def test_a_server_without_leases_has_its_database_alone(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older version asks for the whole of it."""
    monkeypatch.setattr(connections, "RELEASED_WITHIN_S", 0.1)
    leases = PostgresLeases(url, "10.0.0.1:8000"), PostgresLeases(url, "10.0.0.2:8000")
    stores = [PostgresStore(url, leases=one) for one in leases]
    for one, store in zip(leases, stores, strict=True):
        await one.open()
        await store.open()
    refused = r"in use by another server; stop that one or give"
    with pytest.raises(StoreRefused, match=refused):
        await asyncio.to_thread(connect, url, Claim.ALONE)
    beside = store_for(url)
    await beside.open()
    await beside.close()
    for store in stores:
        await store.close()
    older = await asyncio.to_thread(connect, url, Claim.ALONE)
    with pytest.raises(StoreRefused, match=refused):
        await PostgresStore(url, leases=leases[0]).open()
    older.close()
    for one in leases:
        await one.close()


async def open_again_and_again(url: str) -> None:
    """Open a store until that is refused: settings that are loaded anew take a moment."""
    while True:
        store = store_for(url)
        await store.open()
        await store.close()


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
async def test_a_postgresql_that_may_lose_what_it_acknowledged_is_refused(
    own_postgres: Postgres, setting: str
) -> None:
    url = own_postgres.fresh()
    own_postgres.run(f"ALTER SYSTEM SET {setting} = off")
    own_postgres.run("SELECT pg_reload_conf()")
    try:
        with pytest.raises(StoreRefused) as told:
            await open_again_and_again(url)
        assert f"{place(url)} has {setting} = off, so an ack" in str(told.value)
        assert f"could be lost; set {setting} = on in PostgreSQL" in str(told.value)
    finally:
        own_postgres.run(f"ALTER SYSTEM RESET {setting}")
        own_postgres.run("SELECT pg_reload_conf()")


@pytest.mark.slow(measured=True)
async def test_a_database_whose_commits_do_not_wait_for_the_disk_is_refused(
    own_postgres: Postgres,
) -> None:
    url = own_postgres.fresh()
    own_postgres.run("ALTER ROLE detente SET synchronous_commit = off")
    try:
        with pytest.raises(StoreRefused, match="synchronous_commit = off"):
            await store_for(url).open()
    finally:
        own_postgres.run("ALTER ROLE detente RESET synchronous_commit")


@pytest.mark.slow(measured=True)
async def test_a_crash_of_postgresql_is_survived(own_postgres: Postgres) -> None:
    store = store_for(own_postgres.fresh())
    await store.open()
    await store.append(MATCH, 0, events("before"))
    await store.read(MATCH)
    own_postgres.stop(signal.SIGQUIT)
    with pytest.raises(StoreUnavailable):
        await store.append(MATCH, 1, events("lost"))
    with pytest.raises(StoreUnavailable):
        await Queries(store).write_heartbeat(1)
    with pytest.raises(StoreUnavailable):
        await store.read(MATCH)
    with pytest.raises(StoreUnavailable):
        store.require_writable()
    own_postgres.start()
    assert await store.append(MATCH, 1, events("after")) == 2
    store.require_writable()
    await Queries(store).write_heartbeat(1)
    assert [row.payload for row in await store.read(MATCH)] == ["before", "after"]
    await store.close()


@pytest.mark.slow(measured=True)
async def test_an_append_beside_a_restart_is_stored_once(own_postgres: Postgres) -> None:
    store = store_for(own_postgres.fresh())
    await store.open()
    await store.append(MATCH, 0, events("before"))
    own_postgres.stop(signal.SIGQUIT)
    own_postgres.start()
    assert await store.append(MATCH, 1, events("after")) == 2
    await store.close()


async def test_nobody_there_is_told_in_one_line_without_the_password(postgres: Postgres) -> None:
    url = postgres.url("nothing").replace("detente@", "detente:secret@") + "?password=secret"
    with pytest.raises(StoreUnavailable) as told:
        await store_for(url).open()
    assert 'database "nothing" does not exist' in str(told.value)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


async def test_a_database_without_tables_is_refused(postgres: Postgres) -> None:
    with pytest.raises(StoreUnavailable, match=r'cannot use .*relation "events" does not exist'):
        await store_for(postgres.empty()).open()


@pytest.mark.slow(measured=True)
def test_a_damaged_page_is_told_as_damage() -> None:
    told = refusal("cannot read it", psycopg.errors.DataCorrupted("invalid page\nin block 7"))
    assert isinstance(told, StoreDamaged)
    assert str(told) == f"cannot read it: invalid page in block 7; {REMEDY}"


@pytest.mark.slow(measured=True)
def test_without_postgresql_tests_are_skipped_but_not_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.postgres.programs", lambda: None)
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no PostgreSQL here: apt-get install"):
        require_postgres()
    monkeypatch.setenv(REQUIRED, "required")
    with pytest.raises(AssertionError, match="no PostgreSQL here; install postgresql"):
        require_postgres()
