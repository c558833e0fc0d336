"""A data set: all tables of some matches in one folder, with their codebook, or as one zip."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from game_rules.log.people import Names
from server.exports.catalogue import LONG
from server.exports.codebook import as_json, as_markdown
from server.exports.columns import Column, DataTable, Row
from server.exports.forms import Sink, TableFiles, TableForm
from server.exports.key import write_key
from server.exports.story import Story
from server.exports.wide import WIDE, Place, wide_columns, wide_table

WIDE_ROWS = 200
"""Rows of the wide table that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of some matches.

    pieces: by table. wide: rows, whose columns are known at the end. key: lines of the key. unread:
    how many matches were damaged.
    """

    pieces: Mapping[str, Any]
    wide: Sequence[Row]
    key: str
    unread: int


def part_of(told: Sequence[tuple[Story, Names]], form: TableForm, unread: int = 0) -> Part:
    """Make the tables of some matches, and of the names of their people."""
    stories = [story for story, _ in told]
    pieces = {table.name: form.piece(table, list(_rows(table, stories))) for table in LONG}
    key = write_key(told)
    return Part(pieces, list(_rows(WIDE, stories)), key[key.index("\n") + 1 :], unread)


def _rows(table: DataTable, stories: Sequence[Story]) -> Iterator[Row]:
    for story in stories:
        keys = story.keys
        for row in table.rows(story):
            yield {**keys, **row}


class DataSet:
    """A folder that is given the parts of an export one after the other."""

    def __init__(self, folder: Path, form: TableForm) -> None:
        """folder: is there, and its files are replaced."""
        self._folder, self._form = folder, form
        self._open = ExitStack()
        self._files: TableFiles = form.open(folder)
        self._open.callback(self._files.close)
        self._sinks = {table.name: self._sink(table) for table in LONG}
        self._wide = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self._wide_parts = 0
        self._places: dict[Place, None] = {}

    def add(self, part: Part) -> None:
        """Write a part."""
        for name, piece in part.pieces.items():
            self._sinks[name].add(piece)
        for place in range(0, len(part.wide), WIDE_ROWS):
            rows = part.wide[place : place + WIDE_ROWS]
            self._places.update((at, None) for row in rows for at in row["figures"])
            pickle.dump(rows, self._wide)
            self._wide_parts += 1

    def close(self) -> None:
        """Write the wide table and the codebook, and end all files."""
        with self._open:
            columns = wide_columns(self._places)
            table = wide_table(columns)
            sink = self._sink(table)
            self._wide.seek(0)
            for _ in range(self._wide_parts):
                rows = pickle.load(self._wide)  # noqa: S301 (a file of our own, without a name)
                named = [_named(row, columns) for row in rows]
                sink.add(self._form.piece(table, named))
            tables = (table, *LONG)
            _write(self._folder / "codebook.json", as_json(tables))
            _write(self._folder / "codebook.md", as_markdown(tables))

    def _sink(self, table: DataTable) -> Sink:
        sink = self._files.sink(table)
        self._open.callback(sink.close)
        return sink


def _named(row: Row, columns: Mapping[Place, Column]) -> Row:
    """Put the figures of a row of the wide table into its columns."""
    named = {columns[place].name: cell for place, cell in row["figures"].items()}
    return {**{name: cell for name, cell in row.items() if name != "figures"}, **named}


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def zipped(stories: Iterable[Story], form: TableForm) -> bytes:
    """Make a data set of some matches as a zip."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        whole = DataSet(folder, form)
        for story in stories:
            whole.add(part_of([(story, {})], form))
        whole.close()
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as file:
            for path in sorted(folder.iterdir()):
                file.write(path, path.name)
        return packed.getvalue()
