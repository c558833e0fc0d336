"""What SQLite adds to the contract: syncing, other programs, full disks, foreign files."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from server.store.event_store import MatchId, NewEvent, SeqConflict, StoreUnavailable
from server.store.sqlite.store import SqliteStore
from server.store.tables import EventRow, HeartbeatRow
from tests.fakes import breakable, fresh_database

MATCH = MatchId("match")
BUSY_MS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(fresh_database(tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
async def store(path: Path) -> AsyncGenerator[SqliteStore]:
    store = SqliteStore(path, busy_ms=BUSY_MS)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the same file open."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def events(*payloads: str) -> tuple[NewEvent, ...]:
    return tuple(map(NewEvent, payloads))


async def pragma(store: SqliteStore, text: str) -> Any:
    """Set or ask something of the writing connection."""
    return await store.change(
        lambda session: session.connection().exec_driver_sql(f"PRAGMA {text}").scalar()
    )


async def test_the_writing_connection_syncs_every_commit(store: SqliteStore) -> None:
    assert await pragma(store, "synchronous") == 2
    assert await pragma(store, "journal_mode") == "wal"
    assert await pragma(store, "foreign_keys") == 1


async def test_appends_that_wait_together_share_a_commit(store: SqliteStore) -> None:
    statements: list[str] = []

    def trace(session: Session) -> None:
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(statements.append)

    await store.change(trace)
    await asyncio.gather(*(store.append(MatchId(str(n)), 0, events("x")) for n in range(400)))
    assert statements.count("COMMIT") <= 1 + 40


@pytest.mark.parametrize("verb", ["UPDATE events SET payload = 'forged'", "DELETE FROM events"])
async def test_nobody_changes_the_log(
    store: SqliteStore, stranger: sqlite3.Connection, verb: str
) -> None:
    await store.append(MATCH, 0, events("true"))
    with pytest.raises(sqlite3.IntegrityError, match="the log only grows"):
        stranger.execute(verb)
    assert [event.payload for event in await store.read(MATCH)] == ["true"]


async def test_a_full_disk_is_survived(store: SqliteStore) -> None:
    await store.append(MATCH, 0, events("before"))
    pages = await pragma(store, "page_count")
    await pragma(store, f"max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        await store.append(MATCH, 1, events("x" * 100_000))
    with pytest.raises(StoreUnavailable, match="full"):
        await store.change(lambda session: session.add(_big_row()))
    await pragma(store, f"max_page_count = {pages + 1000}")
    assert await store.append(MATCH, 1, events("after")) == 2
    assert [event.payload for event in await store.read(MATCH)] == ["before", "after"]


async def test_a_store_that_cannot_write_says_so_until_it_can(store: SqliteStore) -> None:
    await store.append(MATCH, 0, events("before"))
    store.require_writable()
    broken = await breakable(store)
    broken.append("disk")
    with pytest.raises(StoreUnavailable):
        await store.append(MATCH, 1, events("lost"))
    assert len(await store.read(MATCH)) == 1
    with pytest.raises(StoreUnavailable):
        store.require_writable()
    broken.clear()
    await store.append(MATCH, 1, events("after"))
    store.require_writable()


async def test_a_write_that_is_refused_for_its_contents_is_no_failure(store: SqliteStore) -> None:
    await store.append(MATCH, 0, events("before"))
    with pytest.raises(SeqConflict):
        await store.append(MATCH, 0, events("again"))
    store.require_writable()


async def test_everyone_waiting_for_a_full_disk_is_told(store: SqliteStore) -> None:
    await pragma(store, f"max_page_count = {await pragma(store, 'page_count')}")
    big = events("x" * 100_000)
    waiting = (store.append(MatchId(str(n)), 0, big) for n in range(20))
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}


async def test_a_table_that_goes_missing_is_told_and_survived(
    store: SqliteStore, stranger: sqlite3.Connection
) -> None:
    stranger.execute("ALTER TABLE events RENAME TO elsewhere")
    with pytest.raises(StoreUnavailable, match="no such table"):
        await store.append(MATCH, 0, events("x"))
    stranger.execute("ALTER TABLE elsewhere RENAME TO events")
    assert await store.append(MATCH, 0, events("x")) == 1


async def test_a_lock_that_stays_is_told_and_survived(
    store: SqliteStore, stranger: sqlite3.Connection
) -> None:
    stranger.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.append(MATCH, 0, events("x"))
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.change(lambda session: session.add(HeartbeatRow(at_ms=1)))
    assert await store.read(MATCH) == []
    stranger.execute("ROLLBACK")
    assert await store.append(MATCH, 0, events("x")) == 1


async def test_a_lock_that_passes_is_waited_for(path: Path, stranger: sqlite3.Connection) -> None:
    store = SqliteStore(path, busy_ms=30_000)
    await store.open()
    stranger.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(store.append(MATCH, 0, events("x")))
    assert await store.read(MATCH) == []
    stranger.execute("ROLLBACK")
    assert await waiting == 1
    await store.close()


async def test_who_gives_up_waiting_holds_up_nobody(
    path: Path, stranger: sqlite3.Connection
) -> None:
    store = SqliteStore(path, busy_ms=30_000)
    await store.open()
    stranger.execute("BEGIN IMMEDIATE")
    waiting = [asyncio.create_task(store.append(MatchId(n), 0, events("x"))) for n in "abcd"]
    await asyncio.sleep(0)
    waiting[1].cancel()
    await asyncio.sleep(0)
    stranger.execute("ROLLBACK")
    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        await store.close()
    assert [str(outcome) for outcome in outcomes] == ["1", "", "1", "1"]


async def _insist(store: SqliteStore, seq: int) -> int:
    """Append one event; on a machine that stands still for seconds, once more."""
    try:
        return await store.append(MATCH, seq, events("x"))
    except StoreUnavailable:
        return await store.append(MATCH, seq, events("x"))


async def test_two_servers_on_one_file_fork_no_log(store: SqliteStore, path: Path) -> None:
    second = SqliteStore(path)
    await second.open()
    for seq in range(20):
        racing = (_insist(each, seq) for each in (store, second))
        outcomes = await asyncio.gather(*racing, return_exceptions=True)
        assert sorted(map(str, map(type, outcomes))) == sorted(map(str, (int, SeqConflict)))
    await second.close()


async def test_another_program_s_events_are_found_though_this_one_wrote_the_log_last(
    store: SqliteStore, path: Path
) -> None:
    other, neighbour = SqliteStore(path), MatchId("neighbour")
    await other.open()
    for match in (MATCH, neighbour):
        await store.append(match, 0, events("mine"))
    await other.append(MATCH, 1, events("theirs"))
    late, in_time = await asyncio.gather(
        store.append(MATCH, 1, events("late")),
        store.append(neighbour, 1, events("in time")),
        return_exceptions=True,
    )
    assert isinstance(late, SeqConflict)
    assert in_time == 2
    assert await store.append(MATCH, 2, events("after all")) == 3
    assert [row.payload for row in await store.read(MATCH)] == ["mine", "theirs", "after all"]
    await other.close()


@pytest.mark.parametrize("known", [5, 1000])
@pytest.mark.parametrize("each", [1, 40])
async def test_logs_that_grow_are_stored_together(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, each: int, known: int
) -> None:
    monkeypatch.setattr("server.store.sqlite.writer.MOST_KNOWN", known)
    matches = [MatchId(str(number)) for number in range(10)]
    for seq in (0, each):
        texts = [str(number) for number in range(each)]
        await asyncio.gather(*(store.append(x, seq, events(*texts)) for x in matches))
    for match in matches:
        assert [row.payload for row in await store.read(match)] == texts * 2
        assert [row.seq for row in await store.read(match)] == list(range(1, 2 * each + 1))


async def test_text_that_is_no_unicode_is_refused_alone(store: SqliteStore) -> None:
    neighbour = MatchId("neighbour")
    for match in (MATCH, neighbour):
        await store.append(match, 0, events("first"))
    bad, good = await asyncio.gather(
        store.append(MATCH, 1, events("\ud800")),
        store.append(neighbour, 1, events("second")),
        return_exceptions=True,
    )
    assert isinstance(bad, ValueError)
    assert good == 2


async def test_more_than_may_wait_are_stored_too(path: Path) -> None:
    store = SqliteStore(path, most_waiting=2)
    await store.open()
    waiting = (store.append(MatchId(str(n)), 0, events("x")) for n in range(30))
    assert await asyncio.gather(*waiting) == [1] * 30
    await store.close()


async def test_who_waits_for_room_when_the_store_closes_is_refused(path: Path) -> None:
    store = SqliteStore(path, most_waiting=1)
    await store.open()
    waiting = [asyncio.create_task(store.append(MATCH, n, events("x"))) for n in range(2)]
    await asyncio.sleep(0)
    await store.close()
    accepted, refused = await asyncio.gather(*waiting, return_exceptions=True)
    assert accepted == 1
    assert isinstance(refused, StoreUnavailable)


async def test_a_change_that_fails_changes_nothing(store: SqliteStore) -> None:
    def fail(session: Session) -> None:
        session.add(HeartbeatRow(at_ms=1))
        session.flush()
        raise LookupError("halfway")

    with pytest.raises(LookupError, match="halfway"):
        await store.change(fail)
    with pytest.raises(IntegrityError):
        await store.change(lambda session: session.add(HeartbeatRow(id=2, at_ms=1)))
    assert await store.view(lambda session: session.exec(select(HeartbeatRow)).all()) == []


async def test_what_waits_is_stored_in_the_order_it_came(store: SqliteStore) -> None:
    def count(session: Session) -> int:
        return len(session.exec(select(col(EventRow.seq))).all())

    appends = [store.append(MATCH, 0, events("a")), store.append(MATCH, 1, events("b"))]
    assert await asyncio.gather(*appends, store.change(count)) == [1, 2, 2]


async def test_a_view_sees_one_moment(store: SqliteStore, path: Path) -> None:
    def look_twice(session: Session) -> list[int]:
        seen = [len(session.exec(select(HeartbeatRow.at_ms)).all())]
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as stranger:
            stranger.execute("INSERT INTO heartbeat VALUES (1, 5)")
        return [*seen, len(session.exec(select(HeartbeatRow.at_ms)).all())]

    assert await store.view(look_twice) == [0, 0]


async def test_a_view_cannot_write(store: SqliteStore) -> None:
    def write(session: Session) -> None:
        session.add(HeartbeatRow(at_ms=1))
        session.flush()

    with pytest.raises(StoreUnavailable, match="readonly"):
        await store.view(write)


@pytest.mark.parametrize("content", [None, b"", b"this is a letter, not a database. " * 100])
async def test_a_file_that_is_no_database_of_ours_is_named(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "letter.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=r"letter\.txt"):
        await SqliteStore(path).open()
    assert path.exists() is (content is not None)


async def test_a_file_system_without_shared_memory_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on some network folders; SQLite has one such file system built in."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda url, **more: connect(f"{url}&vfs=unix-dotfile", **more)
    )
    with pytest.raises(StoreUnavailable, match="put the file on a local disk"):
        await SqliteStore(path).open()


def test_a_loop_that_ends_without_closing_leaves_a_whole_log(
    path: Path, stranger: sqlite3.Connection
) -> None:
    async def leave() -> None:
        store = SqliteStore(path)
        await store.open()
        stranger.execute("BEGIN IMMEDIATE")
        works = store.append(MATCH, 0, events("x")), store.change(beat)
        for task in [asyncio.create_task(work) for work in works]:
            await asyncio.sleep(0)
            task.cancel()

    def beat(session: Session) -> None:
        session.add(HeartbeatRow(at_ms=1))

    failures: list[object] = []
    threading.excepthook, previous = failures.append, threading.excepthook
    try:
        asyncio.run(leave())
        stranger.execute("ROLLBACK")
        # The second is stored only by a thread that got over telling nobody of the first.
        while stranger.execute("SELECT count(*) FROM heartbeat").fetchone() == (0,):
            assert failures == []
    finally:
        threading.excepthook = previous
    assert stranger.execute("SELECT count(*) FROM events").fetchone() == (1,)


def _big_row() -> EventRow:
    return EventRow(match_id="big", seq=1, payload="x" * 100_000)
