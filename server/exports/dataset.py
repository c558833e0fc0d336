"""A data set: all tables of some matches in one folder, with their codebook, or as one zip."""

import pickle
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from game_rules.log.people import Names
from server.exports.catalogue import LONG
from server.exports.codebook import as_json, as_markdown
from server.exports.columns import Column, DataTable, MatchRows, Row
from server.exports.forms import Sink, TableFiles, TableForm
from server.exports.key import key_lines
from server.exports.story import Story
from server.exports.wide import Place, wide, wide_columns, wide_table

WIDE_ROWS = 200
"""Rows of the wide table that are in memory at once."""
UNFINISHED = ".unfinished-"
"""How the name of the folder of an export begins that is still being written."""


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of some matches.

    pieces: by table. wide: rows of the wide table, pickled, as its columns are known at the end.
    places: of their figures. key: lines of the key. unread: how many matches were damaged.
    """

    pieces: Mapping[str, Any]
    wide: Sequence[bytes]
    places: Sequence[Place]
    key: str
    unread: int


class PartMaker:
    """What a part is made of: rows of matches, each of which is forgotten then."""

    def __init__(self, form: TableForm) -> None:
        """form: what its pieces are made in."""
        self._form = form
        self._rows: dict[str, list[MatchRows]] = {table.name: [] for table in LONG}
        self._wide: list[MatchRows] = []
        self._places: dict[Place, Place] = {}
        self._keys: list[str] = []

    def add(self, story: Story, names: Names) -> None:
        """Take the rows of a match. names: of its people."""
        for table in LONG:
            self._rows[table.name].append(story.rows(table))
        self._wide.append(MatchRows(story.keys, list(wide(story, self._places))))
        self._keys.append(key_lines(story, names))

    def made(self, unread: int = 0) -> Part:
        """Make the part. unread: how many matches were damaged."""
        pieces = {table.name: self._form.piece(table, self._rows[table.name]) for table in LONG}
        return Part(
            pieces, tuple(_pickled(self._wide)), tuple(self._places), "".join(self._keys), unread
        )


def part_of(told: Iterable[tuple[Story, Names]], form: TableForm) -> Part:
    """Make the tables of some matches, and of the names of their people."""
    maker = PartMaker(form)
    for story, names in told:
        maker.add(story, names)
    return maker.made()


@contextmanager
def data_set(folder: Path, form: TableForm) -> Generator["DataSet"]:
    """Write a data set in a folder, whose files of these names are replaced.

    The files are made in a folder inside it and moved at the end. If the export ends early,
    nothing is left of them.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=UNFINISHED) as made:
        place = Path(made)
        with ExitStack() as opened:
            whole = DataSet(place, form, opened)
            yield whole
            whole.finish()
        for path in place.iterdir():
            path.replace(folder / path.name)


class DataSet:
    """The files of an export, which are given its parts one after the other."""

    def __init__(self, place: Path, form: TableForm, opened: ExitStack) -> None:
        """place: the folder of the files. opened: what is closed when all is written."""
        self._place, self._form, self._open = place, form, opened
        self._files: TableFiles = form.open(place)
        opened.callback(self._files.close)
        self._sinks = {table.name: self._sink(table) for table in LONG}
        self._wide = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self._wide_parts = 0
        self._places: dict[Place, None] = {}

    def add(self, part: Part) -> None:
        """Write a part."""
        for name, piece in part.pieces.items():
            self._sinks[name].add(piece)
        self._places.update(dict.fromkeys(part.places))
        self._wide.writelines(part.wide)
        self._wide_parts += len(part.wide)

    def finish(self) -> None:
        """Write the wide table, whose columns are known now, and the codebook."""
        tables = (self._write_wide(), *LONG)
        _write(self._place / "codebook.json", as_json(tables))
        _write(self._place / "codebook.md", as_markdown(tables))

    def _write_wide(self) -> DataTable:
        columns = wide_columns(self._places)
        table = wide_table(columns)
        sink = self._sink(table)
        self._wide.seek(0)
        for _ in range(self._wide_parts):
            every = pickle.load(self._wide)  # noqa: S301 (a file of our own, without a name)
            sink.add(self._form.piece(table, [_named(match, columns) for match in every]))
        return table

    def _sink(self, table: DataTable) -> Sink:
        sink = self._files.sink(table)
        self._open.callback(sink.close)
        return sink


def _pickled(every: Iterable[MatchRows]) -> Iterator[bytes]:
    """Pickle rows of the wide table, not too many at once."""
    waiting: list[MatchRows] = []
    for match in every:
        waiting.append(match)
        if sum(len(x.rows) for x in waiting) >= WIDE_ROWS:
            yield pickle.dumps(waiting)
            waiting.clear()
    if waiting:
        yield pickle.dumps(waiting)


def _named(match: MatchRows, columns: Mapping[Place, Column]) -> MatchRows:
    """Put the figures of rows of the wide table into their columns."""
    return MatchRows(match.keys, [_named_row(row, columns) for row in match.rows])


def _named_row(row: Row, columns: Mapping[Place, Column]) -> Row:
    own = {name: cell for name, cell in row.items() if name != "figures"}
    return own | {columns[place].name: cell for place, cell in row["figures"].items()}


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def zipped(stories: Iterable[Story], form: TableForm) -> bytes:
    """Make a data set of some matches as a zip."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with data_set(folder, form) as whole:
            for story in stories:
                whole.add(part_of([(story, {})], form))
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as file:
            for path in sorted(folder.iterdir()):
                file.write(path, path.name)
        return packed.getvalue()
