"""A whole server on PostgreSQL: its tables, a class, guests, restarts."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from game_rules.log.events import MatchEnded, Phase
from game_rules.match import commands as c
from game_rules.records.record import read_record, verify
from game_rules.roles import Actor, PersonId, Role
from game_rules.scenario_files.scenarios import load_scenario
from server.app import create_app
from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import prepare_database
from server.database import (
    ForeignDatabase,
    _run_migrations,
    migrate,
    migration_engine,
    newest_revision,
    place,
    store_for,
)
from server.hosting.requests import Sender
from server.settings import Settings
from server.store import indexes  # noqa: F401  the import fills SQLModel.metadata
from server.store.event_store import MatchId, StoreUnavailable
from server.store.postgres.schema import PostgresSchema
from tests.fakes import ManualClock
from tests.postgres import Postgres
from tests.server.revisions import revise
from tests.server.running import WITHOUT_WAITS, library, running
from tests.server.seminar_scenes import School

EVENING_MS = int(datetime(2026, 11, 30, 23, 59, tzinfo=UTC).timestamp() * 1000)
DAY_MS = 24 * 60 * 60 * 1000
ME = Sender("person:p1", Actor(Role.PLAYER, person=PersonId("p1")))


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def tables(url: str) -> set[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return {name for (name,) in rows(url, query)}


# Tables


def test_migrations_and_tables_agree(postgres: Postgres) -> None:
    with migration_engine(postgres.fresh()).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


async def test_two_programs_may_migrate_at_once_and_again(postgres: Postgres) -> None:
    url = postgres.empty()
    assert await asyncio.gather(*(migrate(url) for _ in range(3))) == [None] * 3
    assert tables(url) == {*SQLModel.metadata.tables, "alembic_version"}
    assert rows(url, "SELECT version_num FROM alembic_version") == [(newest_revision(),)]
    assert await migrate(url) is None


def test_down_and_up_again(postgres: Postgres) -> None:
    url = postgres.empty()
    asyncio.run(migrate(url))
    whole = tables(url)
    revise(url, command.downgrade, "base")
    assert tables(url) == {"alembic_version"}
    assert rows(url, "SELECT proname FROM pg_proc WHERE proname LIKE 'events%'") == []
    asyncio.run(migrate(url))
    assert tables(url) == whole


async def test_a_database_of_others_is_left_alone(postgres: Postgres) -> None:
    url = postgres.empty()
    with psycopg.connect(url) as other:
        other.execute("CREATE TABLE photos (id int)")
    with pytest.raises(ForeignDatabase, match=r"another program's database \(table 'photos'\)"):
        await migrate(url)
    assert tables(url) == {"photos"}
    newer = postgres.fresh()
    with psycopg.connect(newer) as other:
        other.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(ForeignDatabase, match=r"another version of detente \(schema 0999; this"):
        await migrate(newer)


@pytest.mark.parametrize("question", ["tables", "revision"])
def test_two_servers_may_make_the_tables_at_once(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """The other one makes them after a question of the first, and before its next."""
    url, ask = postgres.empty(), getattr(PostgresSchema, question)

    def ask_then_let_the_other(schema: PostgresSchema) -> Any:
        answer = ask(schema)
        monkeypatch.setattr(PostgresSchema, question, ask)
        _run_migrations(PostgresSchema(url))
        return answer

    monkeypatch.setattr(PostgresSchema, question, ask_then_let_the_other)
    asyncio.run(migrate(url))
    assert PostgresSchema(url).revision() == newest_revision()


def test_a_database_that_cannot_be_used_is_one_line_of_the_command(postgres: Postgres) -> None:
    url = postgres.url("nothing").replace("detente@", "detente:secret@")
    with pytest.raises(WrongInput) as told:
        prepare_database(url)
    assert str(told.value) == (
        f"cannot prepare database {place(url)}: connection failed: connection to server at"
        f' "127.0.0.1", port {postgres.port} failed: FATAL: database "nothing" does not exist;'
        " give another --database"
    )
    assert place(url) == postgres.url("nothing").replace("detente@", "detente:***@")


# A server


@asynccontextmanager
async def a_server(url: str, clock: ManualClock) -> AsyncGenerator[School]:
    app = create_app(
        Settings(database=url, **WITHOUT_WAITS),
        clock,
        {**library(), "chicken": load_scenario("chicken")},
    )
    async with running(app) as client:
        yield School(app, client, clock)


@pytest.mark.slow(measured=True)
async def test_a_class_plays_to_the_end_across_a_restart(postgres: Postgres) -> None:
    url, clock = postgres.fresh(), ManualClock(EVENING_MS)
    async with a_server(url, clock) as here:
        led = await here.seminar(scenario="chicken", pairing="fixed")
        await led.come("Amna", "Bashir")
        await led.deal()
        ((match,),) = [[known.match for known in (await led.roster()).matches]]
        await led.command(type="start_match")
    async with a_server(url, clock) as here:
        host = await here.services.registry.host(MatchId(match))
        assert host.position.phase is Phase.BRIEFING
        people = [holder.person for holder in host.position.holders.values()]
        while not host.position.is_over:
            for person in filter(None, people):
                number, phase = host.position.round, host.position.phase
                me = Sender(f"person:{person}", Actor(Role.PLAYER, person=PersonId(person)))
                await host.ask(c.SetReady(number, phase, True), me)
            await host.settle()
        answer = await here.client.get(
            f"/api/matches/{match}/record", headers={"authorization": f"Bearer {led.token}"}
        )
        record = read_record(answer.content)
        verify(record)
        assert isinstance(record.log[-1], MatchEnded)
    store = store_for(url)
    await store.open()
    assert len(await store.read(MatchId(match))) == len(record.log)
    await store.close()


@pytest.mark.slow(measured=True)
async def test_guests_have_a_schema_a_day_which_is_dropped_whole(postgres: Postgres) -> None:
    url, clock = postgres.fresh(), ManualClock(EVENING_MS)
    async with a_server(url, clock) as here:
        begun = await here.done("/api/play", scenario="chicken", seat="ROW")
        assert await here.services.guests.files.size() > 100_000
        assert schemas(url) == ["guests_20261130", "guests_20261201"]  # soon begun by others
        assert rows(url, "SELECT count(*) FROM public.events") == [(0,)]
        clock.advance(2 * 60 * 1000)  # midnight
        later = await here.done("/api/play", scenario="chicken", seat="ROW")
    clock.advance(60 * 1000)
    async with a_server(url, clock) as here:
        assert schemas(url) == ["guests_20261130", "guests_20261201"]
        host = await here.services.registry.host(MatchId(begun["match"]))
        await host.ask(c.SetReady(host.position.round, host.position.phase, True), ME)
        clock.advance(DAY_MS)
        await here.services.guests.clear()
        assert schemas(url) == ["guests_20261201", "guests_20261202"]
        assert await here.services.access.authenticate(begun["token"]) is None
        assert await here.services.access.authenticate(later["token"]) is not None
        with pytest.raises(StoreUnavailable, match="kept for a day"):
            await here.services.logs.append(MatchId(begun["match"]), 0, [])


def schemas(url: str) -> list[str]:
    query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'guests%' ORDER BY 1"
    return [name for (name,) in rows(url, query)]
