"""Tables as Parquet.

A piece is the columns of some rows as bytes, which are made without pyarrow: the processes that
make them need not load it, and bytes are sent to the writer faster than arrays. Nor does the
writer call `pyarrow.array`, which imports pandas where that is installed: 60 MB and a second.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from server.exports.columns import CellKind, Column, DataTable, MatchRows, Row

ROWS_OF_A_GROUP = 4_000
"""Rows of a Parquet row group: what a table keeps in memory until they are written."""
_CODES = {CellKind.WHOLE: "q", CellKind.NUMBER: "d", CellKind.FLAG: "b"}
"""Types of numbers, as the module `array` calls them."""


@dataclass(frozen=True, slots=True)
class PackedColumn:
    """A column as Arrow has it in memory. filled: a bit per cell; None if none is empty."""

    filled: bytes | None
    buffers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class PackedRows:
    """Some rows of a table, a column each in its order; None for one without a cell."""

    rows: int
    columns: tuple[PackedColumn | None, ...]


def packed(table: DataTable, every: Sequence[MatchRows]) -> PackedRows:
    """Pack the rows of some matches."""
    told = [match for match in every if match.rows]
    rows = [row for match in told for row in match.rows]
    sizes = [len(match.rows) for match in told]
    keyed = told[0].keys if told else {}
    cells = _cells_by_column(rows)
    columns = (
        _repeated(x.kind, [match.keys[x.name] for match in told], sizes)
        if x.name in keyed
        else _column(x.kind, cells(x.name))
        for x in table.columns
    )
    return PackedRows(len(rows), tuple(columns))


def _cells_by_column(rows: Sequence[Row]) -> Callable[[str], Sequence[Any]]:
    """Give the cells of a column by its name; at once if all rows have the same columns."""
    names = tuple(rows[0]) if rows else ()
    if len(names) < 2 or len(set(map(len, rows))) > 1:
        return lambda name: [row.get(name) for row in rows]
    try:
        columns = dict(zip(names, zip(*map(itemgetter(*names), rows), strict=True), strict=True))
    except KeyError:
        return lambda name: [row.get(name) for row in rows]
    return lambda name: columns.get(name, ())


def _column(kind: CellKind, cells: Sequence[Any]) -> PackedColumn | None:
    empty = cells.count(None)
    if empty == len(cells):
        return None
    blank: Any = 0 if kind in _CODES else ""
    full = [blank if cell is None else cell for cell in cells] if empty else cells
    return PackedColumn(_filled(cells) if empty else None, _buffers(kind, full))


def _repeated(kind: CellKind, cells: Sequence[Any], sizes: Sequence[int]) -> PackedColumn | None:
    """Pack a column that has one cell for all rows of a match."""
    told = list(zip(cells, sizes, strict=True))
    if None in cells:
        return _column(kind, [cell for cell, size in told for _ in range(size)])
    if (code := _CODES.get(kind)) is not None:
        return PackedColumn(None, (b"".join(bytes(array(code, [x])) * size for x, size in told),))
    texts = [(cell.encode(), size) for cell, size in told]
    lengths = chain.from_iterable(repeat(len(text), size) for text, size in texts)
    return PackedColumn(None, (_ends(lengths), b"".join(text * size for text, size in texts)))


def _buffers(kind: CellKind, cells: Sequence[Any]) -> tuple[bytes, ...]:
    if (code := _CODES.get(kind)) is not None:
        return (bytes(array(code, cells)),)
    whole = "".join(cells)
    if whole.isascii():
        return _ends(map(len, cells)), whole.encode()
    texts = [text.encode() for text in cells]
    return _ends(map(len, texts)), b"".join(texts)


def _ends(lengths: Iterable[int]) -> bytes:
    """Tell where each text begins and ends among all."""
    return bytes(array("i", accumulate(lengths, initial=0)))


def _filled(cells: Sequence[Any]) -> bytes:
    """Tell which cells are not empty, a bit each."""
    bits = "".join("0" if cell is None else "1" for cell in reversed(cells))
    return int(bits, 2).to_bytes((len(cells) + 7) // 8, "little")


class Parquets:
    """A Parquet file for each table."""

    def __init__(self, folder: Path) -> None:
        """folder: where the files are written."""
        self._folder = folder

    def sink(self, table: DataTable) -> "_Parquet":
        """Begin a table."""
        return _Parquet(self._folder / f"{table.name}.parquet", table)

    def close(self) -> None:
        """Each table has a file of its own."""


class _Parquet:
    def __init__(self, path: Path, table: DataTable) -> None:
        import pyarrow.parquet as pq

        self._schema = arrow_schema(table.columns)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._kept: list[PackedRows] = []
        self._rows = 0

    def add(self, piece: PackedRows) -> None:
        self._kept.append(piece)
        self._rows += piece.rows
        if self._rows >= ROWS_OF_A_GROUP:
            self._write()

    def close(self) -> None:
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_table(arrow_table(self._kept, self._schema))
        self._kept, self._rows = [], 0


def arrow_table(pieces: Iterable[PackedRows], schema: Any) -> Any:
    """Make an Arrow table of pieces, which keeps their bytes."""
    import pyarrow as pa

    batches = (pa.RecordBatch.from_arrays(_arrays(x, schema), schema=schema) for x in pieces)
    return pa.Table.from_batches(batches, schema)


def _arrays(piece: PackedRows, schema: Any) -> list[Any]:
    return [
        _array(column, kind, piece.rows)
        for column, kind in zip(piece.columns, schema.types, strict=True)
    ]


def _array(column: PackedColumn | None, kind: Any, rows: int) -> Any:
    import pyarrow as pa

    if column is None:
        return pa.nulls(rows, kind)
    buffers = [None if x is None else pa.py_buffer(x) for x in (column.filled, *column.buffers)]
    return pa.Array.from_buffers(kind, rows, buffers)


def _types() -> Mapping[CellKind, Any]:
    import pyarrow as pa

    return {
        CellKind.TEXT: pa.string(),
        CellKind.LIST: pa.string(),
        CellKind.WHOLE: pa.int64(),
        CellKind.NUMBER: pa.float64(),
        CellKind.FLAG: pa.int8(),
    }


def arrow_schema(columns: Iterable[Column]) -> Any:
    """Give each column its type, and what the codebook says of it."""
    import pyarrow as pa

    types = _types()
    return pa.schema(
        pa.field(x.name, types[x.kind], metadata={"meaning": x.meaning, "unit": x.unit})
        for x in columns
    )
