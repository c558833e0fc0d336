"""CSV text of rows."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

Row = dict[str, object]


def page(named: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows as CSV, under a header; the same rows give the same bytes."""
    text = StringIO()
    writer = csv.DictWriter(text, named, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().replace("\x00", "\ufffd")  # which ends a text in C, and so in R
