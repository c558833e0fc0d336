"""Shared parts of a match's tables: CSV text, columns that name the match, iteration."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from game_rules.log import events as e
from game_rules.log.evolve import evolve
from game_rules.log.position import Position
from game_rules.records.lineage import lineage
from game_rules.roles import Seat

Row = dict[str, object]

MATCH_COLUMNS = ("scenario", "rules_version", "seed")
LINEAGE_COLUMNS = ("trunk", "is_shared", "superseded_by")


def columns(own: str) -> tuple[str, ...]:
    """Add the columns of every table to those of one, which are separated by spaces."""
    return (*MATCH_COLUMNS, *own.split(), *LINEAGE_COLUMNS)


def page(named: Sequence[str], rows: Iterable[Row]) -> str:
    """Write rows as CSV, under a header; the same rows give the same bytes."""
    text = StringIO()
    writer = csv.DictWriter(text, named, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().replace("\x00", "\ufffd")  # which ends a text in C, and so in R


def moments(log: Sequence[e.Event]) -> Iterator[tuple[e.Event, Position, Row]]:
    """Yield every event but the first, the position just before it, and the match's columns."""
    found = lineage(log)
    position: Position | None = None
    for place, event in enumerate(log):
        if position is not None:
            yield (
                event,
                position,
                {
                    "scenario": position.scenario.name,
                    "rules_version": position.rules_version,
                    "seed": position.seed,
                    "trunk": found.trunk,
                    "is_shared": int(place < found.shared),
                    "superseded_by": found.superseded_by,
                },
            )
        position = evolve(position, event)


def holder_columns(position: Position, seat: Seat) -> Row:
    """Describe the holder of a seat: a person, a bot and its strategy, or nobody."""
    holder = position.holders.get(seat)
    if holder is None:
        return {"holder": "nobody", "strategy": None}
    return {"holder": "bot" if holder.is_bot else "person", "strategy": holder.strategy}
