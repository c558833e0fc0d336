"""`detente export` with a folder: all tables of one, several or all matches."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.opened import opened
from server.cli.shared.output_file import may_overwrite
from server.cli.shared.server_settings import settings_of
from server.cli.shared.values import write_text

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from contextlib import AbstractContextManager

    from server.cli.shared.opened import Ask
    from server.exports.dataset import Part
    from server.exports.forms import TableForm
    from server.exports.reading import Stored
    from server.exports.story import About
    from server.seminars.exported import Exported
    from server.store.threaded import ThreadedStore

PIECE = 10
"""Matches that a worker reads at a time."""
AHEAD = 2
"""Pieces that each worker may be ahead of the writer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is asked for. seminar: an id or a code. Neither, and no match: all.

    has_rehearsals: whether all matches are with those of rehearsals.
    """

    matches: tuple[str, ...]
    seminar: str | None
    form: str
    is_for_spreadsheet: bool
    database: str | None
    has_rehearsals: bool

    @property
    def url(self) -> str:
        """The database that matches are in."""
        return _url(self.database)


def export_to(wanted: Wanted, folder: str, key: str | None) -> None:
    """Write the data set. key: a file for names and pseudonyms. Raises WrongInput."""
    from server.exports.dataset import data_set
    from server.exports.forms import form_named
    from server.exports.key import KEY_COLUMNS
    from server.exports.pages import page

    form = form_named(wanted.form, is_for_spreadsheet=wanted.is_for_spreadsheet)
    keys, unread = [page(KEY_COLUMNS, ())], 0
    try:
        with _folder(folder) as place, data_set(place, form) as data:
            for part in _of_matches(wanted, form) if wanted.matches else _of_database(wanted):
                data.add(part)
                keys.append(part.key)
                unread += part.unread
    except OSError as error:
        raise WrongInput(f"{folder}: cannot be written ({error.strerror}); name another") from error
    if key is not None:
        write_text(key, "".join(keys))
    if unread:
        click.echo(f"detente: {unread} matches are damaged, and left out", err=True)


@contextmanager
def _folder(path: str) -> "Generator[Path]":
    """Make the folder of an export, which must be empty. Raises WrongInput.

    One that was made for an export that ended early is removed.
    """
    folder, was_there = Path(path), Path(path).exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_used = any(folder.iterdir())
    except OSError as error:
        raise WrongInput(f"{path}: is no folder to write in ({error.strerror})") from error
    if is_used and not may_overwrite(click.get_current_context()):
        raise WrongInput(f"{path} is not empty; name another folder, or add --overwrite")
    try:
        yield folder
    except BaseException:
        if not was_there and not any(folder.iterdir()):
            folder.rmdir()
        raise


def _of_matches(wanted: Wanted, form: "TableForm") -> "Iterator[Part]":
    """Make the tables of record files and matches that are named. Raises WrongInput."""
    from server.cli.shared.log_source import read_log
    from server.cli.shared.progress import shown_progress
    from server.exports.dataset import part_of
    from server.exports.story import Story

    known: dict[str, str] = {}
    with shown_progress(len(wanted.matches)) as told_of:
        for match in wanted.matches:
            logged, about = read_log(match, wanted.database), about_of(match, wanted.database)
            if known.setdefault(about.match, match) != match:
                other = known[about.match]
                raise WrongInput(f"{match} and {other} have one name; rename one of the files")
            yield part_of([(Story(about, logged.log), logged.names)], form)
            told_of(1)


def _of_database(wanted: Wanted) -> "Iterator[Part]":
    """Make the tables of a seminar or a whole database, in processes if they are many."""
    from server.cli.shared.progress import shown_progress
    from server.exports.reading import needed

    with opened(wanted.url) as asked:
        matches = listed(asked, wanted.seminar, has_rehearsals=wanted.has_rehearsals).matches
        pieces = [matches[x : x + PIECE] for x in range(0, len(matches), PIECE)]
        form = wanted.form, wanted.is_for_spreadsheet
        read = (asked(partial(stored, abouts)) for abouts in pieces)
        work = ((list(map(needed, each)), *form) for each in read)
        with _executor(len(pieces)) as executor, shown_progress(len(matches)) as told_of:
            for abouts, part in zip(pieces, _in_order(executor, work), strict=True):
                yield part
                told_of(len(abouts))


async def stored(abouts: "Sequence[About]", store: "ThreadedStore") -> "list[Stored]":
    """Read matches as they are stored."""
    from server.exports.reading import Stored
    from server.seminars.exported import names_of
    from server.store.event_store import MatchId

    matches = [MatchId(about.match) for about in abouts]
    names = await names_of(store, matches)
    texts = [[row.payload for row in log] for log in await store.read_each(matches)]
    return list(map(Stored, abouts, texts, names.values()))


def _executor(pieces: int) -> "AbstractContextManager[Executor | None]":
    from server.engines import cores, processes

    workers = min(cores(), pieces // 4)
    return nullcontext() if workers < 2 else processes(workers).open()


def _in_order(executor: Executor | None, work: Iterable[tuple]) -> "Iterator[Part]":
    """Make parts, a few at a time, and return them in their order."""
    from server.engines import cores
    from server.exports.reading import part_of_stored

    if executor is None:
        yield from starmap(part_of_stored, work)
        return
    waiting: deque[Future[Part]] = deque()
    for one in work:
        waiting.append(executor.submit(part_of_stored, *one))
        if len(waiting) > cores() * AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def listed(asked: "Ask", seminar: str | None, *, has_rehearsals: bool = False) -> "Exported":
    """List the matches of a seminar or of the database. Raises WrongInput.

    has_rehearsals: whether those of rehearsals are among all; a seminar is listed in any case.
    """
    from server.codes import normalise_code
    from server.seminars.exported import ended_matches

    found = None
    is_wide = has_rehearsals or seminar is not None
    for name in (None,) if seminar is None else (seminar, normalise_code(seminar)):
        found = found or asked(partial(ended_matches, seminar=name, has_rehearsals=is_wide))
    if found is None:
        raise WrongInput(f"--seminar: no class {seminar!r}; give its id or its code")
    if not found.matches and found.rehearsals:
        raise WrongInput("only matches of rehearsals have ended; add --rehearsals to export them")
    if not found.matches:
        raise WrongInput("no match has ended that could be exported; check --database")
    _tell_left_out(found)
    return found


def _tell_left_out(found: "Exported") -> None:
    if found.left_out:
        told = f"{_matches_are(found.left_out)} still being played, and left out"
        click.echo(f"detente: {told}", err=True)
    if found.rehearsals:
        them = "it" if found.rehearsals == 1 else "them"
        told = f"{_matches_are(found.rehearsals)} of a rehearsal, and left out"
        click.echo(f"detente: {told}; add --rehearsals to export {them} too", err=True)


def _matches_are(number: int) -> str:
    return "1 match is" if number == 1 else f"{number} matches are"


def about_of(match: str, database: str | None) -> "About":
    """Tell of which class a match is; a record file is called by its name. Raises WrongInput."""
    from server.exports.story import About
    from server.seminars.exported import about_match
    from server.store.event_store import MatchId

    if Path(match).is_file():
        return About(Path(match).name.split(".")[0])
    with opened(_url(database)) as asked:
        return asked(lambda store: about_match(store, MatchId(match)))


def _url(database: str | None) -> str:
    given = {} if database is None else {"database": database}
    return settings_of(**given).database
