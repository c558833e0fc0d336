"""The migrations and the tables say the same, and a database gets there safely."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from server import database
from server.cli.shared.server_settings import prepare_database
from server.database import (
    DatabaseUrlError,
    ForeignDatabase,
    migrate,
    migration_engine,
    migrations_folder,
    newest_revision,
    sqlite_path,
    store_for,
)
from server.store import indexes  # noqa: F401  the import fills SQLModel.metadata
from server.store.event_store import MatchId, NewEvent, StoreUnavailable
from tests.fakes import fresh_database
from tests.server.revisions import config, revise

ROOT = Path(__file__).parents[2]
TABLES = {
    "matches",
    "match_tags",
    "match_notes",
    "events",
    "people",
    "tokens",
    "heartbeat",
    "tournaments",
    "tournament_pieces",
    "seminars",
    "seminar_matches",
    "seminar_people",
    "servers",
    "leases",
    "alembic_version",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "detente.sqlite3"


def shape(path: Path) -> set[tuple[str, str]]:
    """Name everything that is in a database, as (kind, name)."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name FROM sqlite_master"))


def tables(path: Path) -> set[str]:
    return {name for kind, name in shape(path) if kind == "table"}


def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    path = sqlite_path(fresh_database(tmp_path))
    with migration_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


async def test_a_new_database_gets_folder_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "50% of it" / "détente.sqlite3"
    await migrate(f"sqlite:///{path}")
    assert tables(path) == TABLES
    assert {name for kind, name in shape(path) if kind == "trigger"} == {
        "events_UPDATE_refused",
        "events_DELETE_refused",
    }


async def test_migrating_again_changes_nothing_and_keeps_the_logs(path: Path) -> None:
    url = f"sqlite:///{path}"
    for seq in range(3):
        await migrate(url)
        store = store_for(url)
        await store.open()
        assert await store.append(MatchId("match"), seq, [NewEvent("{}")]) == seq + 1
        await store.close()


async def test_one_program_may_migrate_twice_at_once(path: Path) -> None:
    await asyncio.gather(*(migrate(f"sqlite:///{path}") for _ in range(4)))
    assert tables(path) == TABLES


@pytest.mark.slow
def test_two_programs_may_start_at_once(path: Path) -> None:
    script = "import asyncio, sys; from server.database import migrate\n"
    script += "asyncio.run(migrate(sys.argv[1]))"
    given = [sys.executable, "-c", script, f"sqlite:///{path}"]
    started = [subprocess.Popen(given, cwd=ROOT) for _ in range(2)]
    assert [program.wait(60) for program in started] == [0, 0]
    assert tables(path) == TABLES


async def test_down_and_up_again(path: Path) -> None:
    await migrate(f"sqlite:///{path}")
    whole = shape(path)
    revise(f"sqlite:///{path}", command.downgrade, "base")
    assert tables(path) == {"alembic_version"}
    await migrate(f"sqlite:///{path}")
    assert shape(path) == whole


async def test_tokens_of_before_there_were_seminars_are_kept(path: Path) -> None:
    await migrate(f"sqlite:///{path}")
    revise(f"sqlite:///{path}", command.downgrade, "0002")
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute(
            "INSERT INTO tokens (token_hash, role, created_at_ms, is_revoked)"
            " VALUES ('h', 'facilitator', 7, 0)"
        )
    await migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as new:
        kept = new.execute("SELECT token_hash, created_at_ms, seminar_id FROM tokens").fetchall()
    assert kept == [("h", 7, None)]


async def test_matches_of_before_the_library_filtered_by_it_know_their_class(path: Path) -> None:
    await migrate(f"sqlite:///{path}")
    revise(f"sqlite:///{path}", command.downgrade, "0013")
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute(
            "INSERT INTO seminars (id, code, name, scenario, seed, bot, treatments, created_at_ms,"
            " is_archived, is_rehearsal, is_open_to_link)"
            " VALUES ('s', 's', 'Class', 'chicken', 's', 'random', '[]', 1, 0, 0, 0)"
        )
        old.executemany(
            "INSERT INTO matches (id, code, scenario, title, created_at_ms, rounds, round, phase,"
            " seats_held, is_over, is_open_to_link) VALUES (?, ?, '', '', 1, 1, 1, '', 2, 1, 0)",
            [(x, x) for x in ("in", "dropped", "out")],
        )
        old.executemany(
            "INSERT INTO seminar_matches (match_id, seminar_id, number, is_dropped)"
            " VALUES (?, 's', 1, ?)",
            [("in", 0), ("dropped", 1)],
        )
    await migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as new:
        kept = dict(new.execute("SELECT id, seminar_id FROM matches").fetchall())
    assert kept == {"in": "s", "dropped": None, "out": None}


def migrated(path: Path) -> Path | None:
    return asyncio.run(migrate(f"sqlite:///{path}"))


def played_on_an_old_schema(path: Path) -> None:
    """Store an event, then take the tables back to an older revision."""
    migrated(path)
    revise(f"sqlite:///{path}", command.downgrade, "0003")
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("INSERT INTO events (match_id, seq, payload) VALUES ('match', 1, 'early')")


def copies(path: Path) -> list[str]:
    """Name what lies beside a database."""
    return sorted(other.name for other in path.parent.iterdir() if other != path)


@pytest.mark.slow
def test_a_copy_is_kept_before_a_database_is_changed(path: Path) -> None:
    played_on_an_old_schema(path)
    path.chmod(0o600)
    before = shape(path)
    copy = migrated(path)
    assert copy == path.with_name("detente.sqlite3.schema-0003")
    assert copies(path) == [copy.name]
    assert shape(copy) == before
    assert copy.stat().st_mode == path.stat().st_mode
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT payload FROM events").fetchall() == [("early",)]
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
    assert migrated(path) is None
    assert copies(path) == [copy.name]


@pytest.mark.slow
def test_a_copy_holds_what_is_only_in_the_write_ahead_log(path: Path) -> None:
    played_on_an_old_schema(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO events (match_id, seq, payload) VALUES ('match', 2, 'late')")
        copy = migrated(path)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT count(*) FROM events").fetchone() == (2,)


@pytest.mark.slow(measured=True)
def test_an_older_copy_is_never_overwritten(path: Path) -> None:
    played_on_an_old_schema(path)
    first = path.with_name("detente.sqlite3.schema-0003")
    first.write_text("what somebody keeps here")
    copy = migrated(path)
    assert copy == path.with_name("detente.sqlite3.schema-0003.2")
    assert first.read_text() == "what somebody keeps here"


@pytest.mark.slow(measured=True)
def test_a_migration_that_fails_again_and_again_keeps_one_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played_on_an_old_schema(path)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(database, "_run_migrations", fail)
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="disk full"):
            migrated(path)
    assert copies(path) == ["detente.sqlite3.schema-0003"]


@pytest.mark.slow(measured=True)
def test_without_room_for_a_copy_nothing_is_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played_on_an_old_schema(path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.store.sqlite.copies._backup", full)
    with pytest.raises(StoreUnavailable, match="No space left"):
        migrated(path)
    assert path.read_bytes() == before
    assert copies(path) == []


def test_a_new_database_needs_no_copy(path: Path) -> None:
    path.touch()
    assert migrated(path) is None
    assert copies(path) == []


@pytest.mark.slow(measured=True)
def test_the_command_line_says_where_the_copy_is(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played_on_an_old_schema(path)
    prepare_database(f"sqlite:///{path}")
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert f"{path}.schema-0003" in told.err


FAILS_HALFWAY = """
from alembic import op
revision, down_revision = "0099", "{newest}"

def upgrade():
    op.execute("CREATE TABLE treaties (id INTEGER)")
    raise LookupError
"""


def test_a_migration_that_fails_halfway_changes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_halfway = FAILS_HALFWAY.replace("{newest}", newest_revision())
    folder = tmp_path / "50% of it"
    shutil.copytree(migrations_folder(), folder)
    monkeypatch.setattr(database, "migrations_folder", lambda: folder)
    second = folder / "versions" / "0099_treaties.py"
    second.write_text(fails_halfway)
    with pytest.raises(LookupError):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert tables(path) == set()
    second.write_text(fails_halfway.replace("raise LookupError", "pass"))
    asyncio.run(migrate(f"sqlite:///{path}"))
    assert tables(path) == {*TABLES, "treaties"}


def test_the_newest_file_is_the_head() -> None:
    """`newest_revision` goes by file names so that a start need not load Alembic."""
    assert newest_revision() == ScriptDirectory.from_config(config()).get_current_head()


def test_a_start_on_a_migrated_database_does_not_load_alembic(path: Path) -> None:
    """It takes longer to load than all else that a later start does."""
    asyncio.run(migrate(f"sqlite:///{path}"))
    script = (
        "import asyncio, sys; from server.database import migrate\n"
        "asyncio.run(migrate(sys.argv[1])); print('alembic' in sys.modules)"
    )
    given = [sys.executable, "-c", script, f"sqlite:///{path}"]
    assert subprocess.check_output(given, cwd=ROOT, text=True) == "False\n"


@pytest.mark.slow
def test_migrating_prints_nothing(path: Path) -> None:
    script = (
        "import asyncio, logging, sys; logging.basicConfig(level=logging.INFO)\n"
        "from server.database import migrate; asyncio.run(migrate(sys.argv[1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, f"sqlite:///{path}"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert (ran.stdout, ran.stderr) == (b"", b"")
    assert tables(path) == TABLES


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    asyncio.run(migrate(f"sqlite:///{path}"))
    assert tables(path) == TABLES


async def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match="file/detente"):
        await migrate(f"sqlite:///{tmp_path}/file/detente.sqlite3")


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert path.read_text() == "Dear diary, " * 100


def test_a_database_of_another_version_is_told_in_one_line(path: Path) -> None:
    asyncio.run(migrate(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase) as told:
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert "another version of detente (schema ffffffffffff; this one knows up to" in str(
        told.value
    )
    assert "\n" not in str(told.value)
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase, match=r"another program's database \(table 'photos'\)"):
        asyncio.run(migrate(f"sqlite:///{path}"))
    assert path.read_bytes() == before


async def test_a_database_that_is_locked_is_told(path: Path, tmp_path: Path) -> None:
    await migrate(f"sqlite:///{path}")
    revise(f"sqlite:///{path}", command.downgrade, "base")
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="locked"):
            await migrate(f"sqlite:///{path}", busy_ms=1)


def test_a_wheel_carries_its_migrations_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert migrations_folder() == ROOT / "migrations"
    (tmp_path / "server" / "migrations").mkdir(parents=True)
    monkeypatch.setattr(database, "SERVER", tmp_path / "server")
    assert migrations_folder() == tmp_path / "server" / "migrations"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("detente.sqlite3", "is not given as a URL"),
        ("", "is not given as a URL"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://localhost/detente", "'mysql' is not supported"),
        ("postgresql://localhost", "names no database"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_with_the_remedy(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=rf"{reason}.*write sqlite:///FILE or postgresql://"):
        sqlite_path(url)


@pytest.mark.slow
def test_alembic_itself_finds_the_database_of_the_settings(path: Path) -> None:
    """What a developer types to draft a revision."""
    asyncio.run(migrate(f"sqlite:///{path}"))
    ran = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        cwd=ROOT,
        env={**os.environ, "DETENTE_DATABASE": f"sqlite:///{path}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
