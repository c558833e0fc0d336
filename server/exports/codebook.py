"""The codebook: every table and column of an export, from the declarations that make them."""

import json
from collections.abc import Iterable

from server.exports.catalogue import LONG
from server.exports.columns import KEYS, LINEAGE, Column, DataTable
from server.exports.wide import OWN, WIDE, patterns

INTRODUCTION = """# Codebook

Every table of an [export](exports.md), and every column. `detente export` writes the same as
`codebook.json` and `codebook.md` beside the tables, from the same declarations.

Tables are joined by the keys with which each begins: `match`, `round`, `arena`, `seat` and
`person`. A key that a table does not need is empty. Times (ms) are milliseconds since 1970 on the
server's clock. They are 0 in a match of bots alone.
"""


def as_json(tables: Iterable[DataTable]) -> str:
    """Write the codebook of some tables as JSON, for programs."""
    document = {
        "tables": [
            {"name": x.name, "row": x.row, "columns": [_entry(column) for column in x.columns]}
            for x in tables
        ]
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def as_markdown(tables: Iterable[DataTable], introduction: str = INTRODUCTION) -> str:
    """Write the codebook of some tables as Markdown; keys and lineage are told of once."""
    parts = [
        introduction,
        _section("Every table begins with these columns", "", KEYS),
        _section("Every table ends with these columns", "", LINEAGE),
    ]
    parts += [_section(f"`{x.name}`", f"One row is {x.row}.\n", x.own) for x in tables]
    return "\n".join(parts)


def documented() -> str:
    """Write the page of the documentation; the wide table's rounds are shown as a pattern."""
    wide = DataTable(WIDE.name, WIDE.row, (*OWN, *patterns()), WIDE.rows)
    return as_markdown((wide, *LONG))


def _entry(column: Column) -> dict[str, str]:
    return {
        "name": column.name,
        "type": column.kind.value,
        "unit": column.unit,
        "meaning": column.meaning,
    }


def _section(heading: str, about: str, columns: Iterable[Column]) -> str:
    lines = [f"## {heading}\n"]
    lines += [about] if about else []
    lines += ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| `{x.name}` | {x.kind} | {x.unit} | {x.meaning} |" for x in columns]
    return "\n".join(lines) + "\n"
