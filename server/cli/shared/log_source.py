"""Sources of a match's log: a record file, or a finished match in a database."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from game_rules.errors import NewerRecord, RecordError
from game_rules.log.events import Event, MatchCreated, MatchEnded
from game_rules.log.people import Names
from server.cli.shared.errors import WrongInput
from server.cli.shared.opened import opened
from server.cli.shared.server_settings import settings_of
from server.cli.shared.values import read_bytes

if TYPE_CHECKING:
    from server.store.event_store import MatchId
    from server.store.threaded import ThreadedStore


@dataclass(frozen=True, slots=True)
class Logged:
    """A whole log, which software wrote it, and what its people are called, as far as is known."""

    log: tuple[Event, ...]
    software_version: str
    names: Names = field(default_factory=dict)

    @property
    def rules_version(self) -> int:
        """The version of the rules that the match was played by."""
        created = self.log[0]
        assert isinstance(created, MatchCreated), "a checked log begins with its match"
        return created.rules_version


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
    """Read a record and check it, or read a text in notation.

    Raises WrongInput naming the line that does not hold.
    """
    from game_rules.notation.heading import is_notation
    from game_rules.records.record import LARGEST_RECORD, read_record, verify

    raw = read_bytes(path, LARGEST_RECORD + 1)
    if is_notation(raw):
        return _read_notation_file(path, raw)
    try:
        record = read_record(raw)
        verify(record)
    except RecordError as error:
        raise WrongInput(f"{path}: {told_of(error)}") from error
    return Logged(record.log, record.software_version, record.names)


def told_of(error: RecordError) -> str:
    """Say why a record is refused; one of a later program may well be the record of a match."""
    is_newer = isinstance(error, NewerRecord)
    return str(error) if is_newer else f"{error}; this is not the record of a match"


def _read_notation_file(path: str, raw: bytes) -> Logged:
    from game_rules.notation.notation import read_notation
    from game_rules.notation.words import NotationError
    from server.version import SOFTWARE_VERSION

    try:
        return Logged(read_notation(raw.decode("utf-8-sig")), SOFTWARE_VERSION)
    except NotationError as error:
        raise WrongInput(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path}: is no text in UTF-8 ({error}); save it as UTF-8") from error


def read_match(match: str, database: str | None) -> Logged:
    """Read a finished match from a database. Raises WrongInput."""
    from game_rules.records.lineage import lineage

    url = settings_of(**({} if database is None else {"database": database})).database
    first = last = _read(match, url)
    while (branch := lineage(last.log).superseded_by) is not None:
        last = _read(branch, url)  # a trunk is open when the branch it goes on in has ended
    if not any(isinstance(event, MatchEnded) for event in last.log):
        raise WrongInput(f"match {match} is still being played; its log opens when it has ended")
    return first


def read_family(match: str, url: str) -> dict[str, Logged]:
    """Read a match, its trunks and its branches, by their ids. Raises WrongInput."""
    from game_rules.records.lineage import lineage

    family = {match: _read(match, url)}
    waiting = [match]
    while waiting:
        found = lineage(family[waiting.pop()].log)
        for other in (found.replaced, found.superseded_by):
            if other is not None and other not in family:
                family[other] = _read(other, url)
                waiting.append(other)
    return family


def _read(match: str, url: str) -> Logged:
    """Read a match from a database. Raises WrongInput."""
    from functools import partial

    from server.database import shown
    from server.store.event_store import MatchId

    with opened(url) as asked:
        logged: Logged = asked(partial(_logged, MatchId(match)))
    if not logged.log:
        raise WrongInput(f"{match!r} is no file here and no match in {shown(url)}; check the name")
    return logged


async def _logged(match: "MatchId", store: "ThreadedStore") -> Logged:
    """Read a log; empty for a match that does not exist. Raises StoreError or MatchDamaged."""
    from server.hosting.damage import logged
    from server.version import SOFTWARE_VERSION

    rows = enumerate(await store.read(match), start=1)
    read = Logged(tuple(logged(match, seq, row).event for seq, row in rows), SOFTWARE_VERSION)
    if not read.log or read.rules_version == 1:
        return read
    return replace(read, names=await store.names(match))
