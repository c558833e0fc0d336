"""A CSV as spreadsheet programs open it: marked as UTF-8, with no cell that is a formula."""

import csv
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"

_STARTS_OF_FORMULAS = "=+-@\t\r＝＋－＠"


def for_spreadsheet(text: str) -> str:
    """Rewrite a CSV for a spreadsheet: a byte order mark, and an apostrophe before a formula.

    Numbers stay as they are. The plain form is the one for statistics.

    >>> for_spreadsheet("text,points\\n=1+1,-3\\n")
    "\\ufefftext,points\\n'=1+1,-3\\n"
    """
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    for row in csv.reader(StringIO(text, newline="")):
        writer.writerow([_guarded(cell) for cell in row])
    return BYTE_ORDER_MARK + page.getvalue()


def _guarded(cell: str) -> str:
    if not cell.startswith(tuple(_STARTS_OF_FORMULAS)) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and "_" not in cell
