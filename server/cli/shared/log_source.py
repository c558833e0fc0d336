"""Sources of a match's log: a record file, or a finished match in a database."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from game_rules.errors import RecordError
from game_rules.log.events import Event, MatchEnded
from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import settings_of
from server.cli.shared.values import read_bytes

if TYPE_CHECKING:
    from server.store.event_store import MatchId


@dataclass(frozen=True, slots=True)
class Logged:
    """A whole log, and which software wrote it."""

    log: tuple[Event, ...]
    software_version: str


def read_log(record_or_match: str, database: str | None) -> Logged:
    """Read and check a record file, or read a finished match by its id.

    database: where to look for a match; None takes the server's setting.
    Raises WrongInput if there is neither, or the match is still being played.
    """
    if Path(record_or_match).is_file():
        return read_record_file(record_or_match)
    if Path(record_or_match).name != record_or_match or record_or_match.endswith(".jsonl"):
        raise WrongInput(f"{record_or_match}: there is no such file; check the path")
    return read_match(record_or_match, database)


def read_record_file(path: str) -> Logged:
    """Read a record and check it. Raises WrongInput naming the line that does not hold."""
    from game_rules.records.record import LARGEST_RECORD, read_record, verify

    try:
        record = read_record(read_bytes(path, LARGEST_RECORD + 1))
        verify(record)
    except RecordError as error:
        raise WrongInput(f"{path}: {error}; this is not the record of a match") from error
    return Logged(record.log, record.software_version)


def read_match(match: str, database: str | None) -> Logged:
    """Read a finished match from a database. Raises WrongInput."""
    import asyncio

    from game_rules.records.lineage import lineage
    from server.store.event_store import MatchId, StoreDamaged, StoreError
    from server.version import SOFTWARE_VERSION

    url = settings_of(**({} if database is None else {"database": database})).database

    def read(name: str) -> tuple[Event, ...]:
        try:
            events = asyncio.run(_events(MatchId(name), url))
        except StoreDamaged as error:
            raise WrongInput(f"{error}, or give another --database") from error
        except StoreError as error:
            raise WrongInput(f"{error}; check --database") from error
        if not events:
            raise WrongInput(f"{name!r} is no file here and no match in {url}; check the name")
        return events

    log = last = read(match)
    while (branch := lineage(last).superseded_by) is not None:
        last = read(branch)  # a trunk is open when the branch it goes on in has ended
    if not any(isinstance(event, MatchEnded) for event in last):
        raise WrongInput(f"match {match} is still being played; its log opens when it has ended")
    return Logged(log, SOFTWARE_VERSION)


async def _events(match: "MatchId", url: str) -> tuple[Event, ...]:
    """Read a log; none for a match that does not exist. Raises StoreError or MatchDamaged."""
    from server.database import sqlite_path
    from server.hosting.damage import logged
    from server.store.sqlite.store import SqliteStore

    path = sqlite_path(url)
    if not path.is_file():
        raise WrongInput(f"there is no database {path}; check --database, or give a record file")
    store = SqliteStore(path)
    await store.open()
    try:
        rows = enumerate(await store.read(match), start=1)
        return tuple(logged(match, seq, row).event for seq, row in rows)
    finally:
        await store.close()
