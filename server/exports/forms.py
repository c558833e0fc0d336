"""The forms that an export is written in: CSV, JSON Lines, Parquet and a workbook.

Rows become pieces, beside the writer and in other processes if there are any; a sink per table
takes the pieces of its matches in order, so that no more than a few matches are in memory.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from game_rules.errors import InvalidInput
from server.exports.columns import DataTable, MatchRows, whole_rows
from server.exports.pages import page
from server.exports.parquet import Parquets, packed
from server.exports.spreadsheet import BYTE_ORDER_MARK, for_spreadsheet

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet of a workbook."""
WORKBOOK = "detente.xlsx"


class Sink(Protocol):
    """A table that is being written."""

    def add(self, piece: Any) -> None:
        """Write the rows of some matches."""
        ...

    def close(self) -> None:
        """End the table."""
        ...


@dataclass(frozen=True, slots=True)
class TableForm:
    """A form of tables. piece: what is made of rows. open: a sink in a folder; close: ends all."""

    name: str
    piece: Callable[[DataTable, Sequence[MatchRows]], Any]
    open: Callable[[Path], "TableFiles"]


class TableFiles(Protocol):
    """The files of an export while they are written."""

    def sink(self, table: DataTable) -> Sink:
        """Begin a table."""
        ...

    def close(self) -> None:
        """End the files that hold several tables."""
        ...


def form_named(name: str, *, is_for_spreadsheet: bool = False) -> TableForm:
    """Find a form. Raises InvalidInput for Parquet without pyarrow."""
    if name == "parquet":
        require_parquet()
    return _SPREADSHEET if is_for_spreadsheet and name == "csv" else _FORMS[name]


def require_parquet() -> None:
    """Check that Parquet can be written. Raises InvalidInput naming the extra."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise InvalidInput(
            "Parquet needs an extra: uv run --extra parquet detente export, "
            "or pip install 'detente[parquet]'"
        )


class _Texts:
    """A file of text for each table."""

    def __init__(self, folder: Path, ending: str, begin: Callable[[DataTable], str]) -> None:
        self._folder, self._ending, self._begin = folder, ending, begin

    def sink(self, table: DataTable) -> Sink:
        path = self._folder / f"{table.name}.{self._ending}"
        file = path.open("w", encoding="utf-8", newline="")
        file.write(self._begin(table))
        return _Text(file)

    def close(self) -> None:
        """Each table has a file of its own."""


class _Text:
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, piece: str) -> None:
        self._file.write(piece)

    def close(self) -> None:
        self._file.close()


def _csv(table: DataTable, rows: Sequence[MatchRows]) -> str:
    text = page(table.header, whole_rows(rows))
    return text[text.index("\n") + 1 :]


def _guarded_csv(table: DataTable, rows: Sequence[MatchRows]) -> str:
    return for_spreadsheet(_csv(table, rows)).removeprefix(BYTE_ORDER_MARK)


def _header(table: DataTable) -> str:
    return page(table.header, ())


def _json_lines(table: DataTable, rows: Sequence[MatchRows]) -> str:
    names, every = table.header, whole_rows(rows)
    lines = (json.dumps({x: row.get(x) for x in names}, ensure_ascii=False) for row in every)
    return "".join(f"{line}\n" for line in lines)


class _Workbook:
    """One workbook with a sheet for each table, and more where a table is too long for one."""

    def __init__(self, folder: Path) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(
            str(folder / WORKBOOK), {"constant_memory": True, "tmpdir": str(folder)}
        )
        self._bold = self._book.add_format({"bold": True})

    def sink(self, table: DataTable) -> Sink:
        if len(table.columns) > MOST_COLUMNS:
            problem = f"the table {table.name} has {len(table.columns)} columns"
            raise InvalidInput(f"{problem}, a sheet {MOST_COLUMNS}; choose csv or parquet")
        return _Sheet(self._book, self._bold, table)

    def close(self) -> None:
        self._book.close()


class _Sheet:
    def __init__(self, book: Any, bold: Any, table: DataTable) -> None:
        self._book, self._bold, self._table = book, bold, table
        self._sheets = self._row = 0
        self._next_sheet()

    def add(self, piece: Iterable[Sequence[object]]) -> None:
        for cells in piece:
            if self._row == MOST_ROWS:
                self._next_sheet()
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    self._sheet.write_string(self._row, place, cell)
                elif cell is not None:
                    self._sheet.write_number(self._row, place, cell)
            self._row += 1

    def close(self) -> None:
        """The workbook writes its sheets."""

    def _next_sheet(self) -> None:
        self._sheets += 1
        more = "" if self._sheets == 1 else f" {self._sheets}"
        self._sheet = self._book.add_worksheet(f"{self._table.name}{more}")
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self._table.header):
            self._sheet.write_string(0, place, name, self._bold)
        self._row = 1


def _cells(table: DataTable, rows: Sequence[MatchRows]) -> list[tuple[object, ...]]:
    """Return the cells of a sheet, of which none is a formula."""
    names = table.header
    return [tuple(_cell(row.get(name)) for name in names) for row in whole_rows(rows)]


def _cell(value: object) -> object:
    return str(value).replace("\x00", "\ufffd") if isinstance(value, str) else value


def _csv_files(folder: Path) -> TableFiles:
    return _Texts(folder, "csv", _header)


def _guarded_files(folder: Path) -> TableFiles:
    return _Texts(folder, "csv", lambda table: for_spreadsheet(_header(table)))


def _json_files(folder: Path) -> TableFiles:
    return _Texts(folder, "jsonl", lambda table: "")


_SPREADSHEET = TableForm("csv", _guarded_csv, _guarded_files)
_FORMS: Mapping[str, TableForm] = {
    "csv": TableForm("csv", _csv, _csv_files),
    "jsonl": TableForm("jsonl", _json_lines, _json_files),
    "parquet": TableForm("parquet", packed, Parquets),
    "xlsx": TableForm("xlsx", _cells, _Workbook),
}
FORMS = tuple(_FORMS)
"""The names of the forms."""
