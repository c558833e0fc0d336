"""A database of another revision than this version's: each command that reads one says so."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from server.database import migration_engine, newest_revision, shown
from tests.fakes import fresh_database
from tests.server.cli.conftest import Run
from tests.server.revisions import revise

READERS = {
    "replay": ("replay", "m1"),
    "forecast": ("forecast", "m1"),
    "debrief": ("debrief", "m1"),
    "debrief of a class": ("debrief", "--seminar", "s1"),
    "export of a record": ("export", "m1", "--format", "jsonl"),
    "export of a table": ("export", "m1", "--format", "csv"),
    "export of matches": ("export", "--match", "m1", "--format", "csv", "--output", "o"),
    "export of a class": ("export", "--seminar", "s1", "--format", "csv", "--output", "o"),
    "export of all": ("export", "--all", "--format", "csv", "--output", "o"),
    "forget": ("forget", "m1", "p1"),
}


@pytest.mark.parametrize("reader", READERS)
def test_older_tables_are_told_with_the_command_that_updates_them(
    detente: Run, tmp_path: Path, reader: str
) -> None:
    url = fresh_database(tmp_path)
    revise(url, command.downgrade, "-1")
    refuses_older(detente, url, reader)
    assert not Path("o").exists()


def test_older_tables_in_postgresql_too(detente: Run, any_database: str) -> None:
    revise(any_database, command.downgrade, "-1")
    refuses_older(detente, any_database, "export of all")
    refuses_older(detente, any_database, "replay")


def refuses_older(detente: Run, url: str, reader: str) -> None:
    newest = int(newest_revision())
    ran = detente(*READERS[reader], "--database", url)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"has older tables (schema {newest - 1:04}; this version reads {newest:04})" in ran.err
    assert f"detente migrate --from {shown(url)}" in ran.err


@pytest.mark.parametrize("reader", READERS)
def test_newer_tables_are_told(detente: Run, tmp_path: Path, reader: str) -> None:
    url = fresh_database(tmp_path)
    with closing(sqlite3.connect(tmp_path / "detente.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '0999'")
    refuses_newer(detente, url, reader)


def test_newer_tables_in_postgresql_too(detente: Run, any_database: str) -> None:
    with migration_engine(any_database).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    refuses_newer(detente, any_database, "export of all")
    refuses_newer(detente, any_database, "replay")


def refuses_newer(detente: Run, url: str, reader: str) -> None:
    ran = detente(*READERS[reader], "--database", url)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"(schema 0999; this one knows up to {newest_revision()}); install" in ran.err


def test_a_file_without_tables_is_told(detente: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    ran = detente("replay", "m1", "--database", "sqlite:///empty.sqlite3")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "empty.sqlite3 holds no tables of detente; check --database" in ran.err


def test_a_file_of_another_program_is_told(detente: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "photos.sqlite3")) as file, file:
        file.execute("CREATE TABLE photos (id int)")
    ran = detente("replay", "m1", "--database", "sqlite:///photos.sqlite3")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "another program's database (table 'photos')" in ran.err


def test_migrate_with_one_url_updates_the_tables_where_they_are(
    detente: Run, any_database: str
) -> None:
    revise(any_database, command.downgrade, "-1")
    ran = detente("migrate", "--from", any_database)
    assert (ran.code, ran.out) == (0, f"{shown_place(any_database)} has the newest tables\n")
    assert "is no file here and no match" in detente("replay", "m1", "--database", any_database).err
    assert detente("migrate", "--from", any_database).code == 0


def shown_place(url: str) -> str:
    return shown(url).removeprefix("sqlite:///")
