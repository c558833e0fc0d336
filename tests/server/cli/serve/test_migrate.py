"""`detente migrate`: a database goes to PostgreSQL and back, and every row is equal."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from game_rules.log.events import Event
from game_rules.records.codec import loads
from game_rules.records.record import write_record
from game_rules.roles import PersonId
from server.access.tokens import Access
from server.cli.serve.prerequisites import claim_database
from server.database import migration_engine, sqlite_path, store_for
from server.store import transfer
from server.store.event_store import MatchId, NewEvent
from server.store.postgres import connections
from server.store.postgres.leases import PostgresLeases
from server.store.queries import Queries
from server.tournaments import store as tournaments
from server.tournaments.store import FileTables
from tests.fakes import ManualClock, fresh_database
from tests.golden import matches
from tests.postgres import Postgres
from tests.server.cli.conftest import Run
from tests.server.tournament_scenes import a_spec, played

FEW = ["bots_chicken", "people_chicken", "rules2_people_taiwan_strait"]


@pytest.fixture
def source(tmp_path: Path) -> str:
    folder = tmp_path / "old"
    folder.mkdir()
    return fresh_database(folder)


@pytest.fixture
def back(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/back.sqlite3"


def stored(name: str) -> tuple[list[str], dict[PersonId, str | None]]:
    """Give the events of a golden record as they stand there, and the names after them."""
    lines = matches.record_of(name).decode().splitlines()
    bodies = [line[line.index(":", 7) + 1 : line.rindex(',"hash":')] for line in lines]
    last = json.loads(lines[-1])
    return bodies[1 : -2 if "people" in last else -1], last.get("people", {})


async def fill(url: str, names: list[str]) -> None:
    """Store records as matches, and something in the other tables."""
    store = store_for(url)
    await store.open()
    queries, access = Queries(store), Access(store, ManualClock())
    for name in names:
        (first, *others), names_of_it = stored(name)
        match = MatchId(name)
        new = [NewEvent(first, "facilitator", "c1", names_of_it), *map(NewEvent, others)]
        await queries.create_match(match, "s", "حکمت — Ω", 7, 1_000)
        await store.append(match, 0, new)
        await access.admit(match, "Amna")
    await queries.write_heartbeat(1_795_400_000_000)
    await store.close()
    spec, tables = a_spec(turns=4), FileTables(url)
    tables.change(tournaments.enter(spec, 3, 1_000))
    tables.change(tournaments.keep_piece(spec.id, 0, b"\x00\xff", 1, 2_000))
    other = a_spec(turns=5)
    tables.change(tournaments.enter(other, 3, 1_000))
    tables.change(tournaments.finish(other.id, played(other), 3_000))


async def records(url: str, names: list[str]) -> list[bytes]:
    """Write the records again, from a database."""
    store = store_for(url)
    await store.open()
    written = []
    for name in map(MatchId, names):
        log = [loads(Event, row.payload) for row in await store.read(name)]
        record = write_record(log, matches.MADE_BY, await store.names(name))
        written.append(record.encode())
    await store.close()
    return written


def everything(url: str) -> list[str]:
    """Give a SQLite file as the statements that make its rows."""
    with closing(sqlite3.connect(sqlite_path(url))) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


async def payloads(url: str, names: list[str]) -> list[list[str]]:
    """Give the events of matches as they are stored."""
    store = store_for(url)
    await store.open()
    logs = [[row.payload for row in await store.read(MatchId(name))] for name in names]
    await store.close()
    return logs


@pytest.mark.slow
def test_all_golden_records_go_to_postgresql_and_back_to_the_byte(
    detente: Run, postgres: Postgres, source: str, back: str
) -> None:
    names, beyond = matches.names(), postgres.empty()
    asyncio.run(fill(source, names))
    assert detente("migrate", "--from", source, "--to", beyond).code == 0
    assert asyncio.run(payloads(beyond, names)) == [stored(name)[0] for name in names]
    assert detente("migrate", "--from", beyond, "--to", back).code == 0
    assert everything(back) == everything(source)


@pytest.mark.slow
def test_a_database_goes_to_postgresql_and_back_to_the_byte(
    detente: Run, postgres: Postgres, source: str, back: str
) -> None:
    names = FEW
    asyncio.run(fill(source, names))
    before, beyond = everything(source), postgres.empty()
    there = detente("migrate", "--from", source, "--to", beyond)
    assert (there.code, there.err) == (0, "")
    assert f"matches: {len(names)}\n" in there.out
    assert there.out.endswith("; every row is equal\n")
    assert asyncio.run(records(beyond, names)) == [matches.record_of(name) for name in names]
    assert detente("migrate", "--from", beyond, "--to", back).code == 0
    assert everything(back) == before
    assert everything(source) == before
    assert asyncio.run(records(back, names)) == [matches.record_of(name) for name in names]


@pytest.mark.slow(measured=True)
def test_a_database_with_rows_is_not_written_to(
    detente: Run, postgres: Postgres, source: str
) -> None:
    asyncio.run(fill(source, FEW[:1]))
    beyond = postgres.empty()
    assert detente("migrate", "--from", source, "--to", beyond).code == 0
    again = detente("migrate", "--from", source, "--to", beyond)
    assert again.code == 2
    assert "has rows in events; --to needs an empty database" in again.err


def test_a_database_that_a_server_uses_is_not_copied(
    detente: Run, postgres: Postgres, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "RELEASED_WITHIN_S", 0.1)
    beyond = postgres.fresh()
    with claim_database(source):
        assert (
            "in use by another server" in detente("migrate", "--from", source, "--to", beyond).err
        )

    async def serve() -> Any:
        leases = PostgresLeases(beyond, "10.0.0.1:8000")
        await leases.open()
        store = store_for(beyond, leases)
        await store.open()
        ran = await asyncio.to_thread(detente, "migrate", "--from", source, "--to", beyond)
        await store.close()
        await leases.close()
        return ran

    ran = asyncio.run(serve())
    assert (ran.code, "in use by another server" in ran.err) == (2, True)
    assert detente("migrate", "--from", source, "--to", beyond).code == 0


def test_a_row_that_comes_back_otherwise_stops_everything(source: str, tmp_path: Path) -> None:
    asyncio.run(fill(source, FEW[:1]))
    target = migration_engine(fresh_database(tmp_path))

    @event.listens_for(target, "before_cursor_execute", retval=True)
    def forget_an_event(*given: Any) -> tuple[Any, Any]:
        statement, rows = given[2], given[3]
        return statement, rows[:-1] if statement.startswith("INSERT INTO events") else rows

    with (
        migration_engine(source).connect() as read,
        pytest.raises(transfer.NotEqual, match="events"),
        target.begin() as write,
    ):
        transfer.transfer(read, write)
    with target.connect() as written:
        assert written.execute(text("SELECT count(*) FROM events")).scalar() == 0


def test_what_postgresql_cannot_hold_is_one_line_and_copies_nothing(
    detente: Run, postgres: Postgres, source: str
) -> None:
    with closing(sqlite3.connect(sqlite_path(source))) as file, file:
        file.execute("INSERT INTO people VALUES ('m', 'p1', 'a' || char(0) || 'b')")
    beyond = postgres.empty()
    ran = detente("migrate", "--from", source, "--to", beyond)
    assert ran.code == 2
    assert "NUL" in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("; nothing is copied\n")


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("mysql://u:secret@h/d", "sqlite:///x.sqlite3", "'mysql' is not supported"),
        ("sqlite:///x.sqlite3", "sqlite:///x.sqlite3", "--from and --to are both x.sqlite3"),
        ("sqlite:///x.sqlite3", "sqlite:///y.sqlite3", "there is no database x.sqlite3"),
        ("postgresql://u:secret@127.0.0.1:9/d", "sqlite:///y.sqlite3", "cannot use postgresql:"),
    ],
)
def test_a_url_that_leads_nowhere_is_one_line(
    detente: Run, source: str, target: str, told: str
) -> None:
    ran = detente("migrate", "--from", source, "--to", target)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "secret" not in ran.err
    assert ran.err.count("\n") == 1
