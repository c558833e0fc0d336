"""What happens to a record on its way, by mail, editors and archives, and how it is undone.

None of it changes a word: a line of a record holds no raw line end, blank or byte order mark.
"""

import zlib
from dataclasses import dataclass

from game_rules.errors import RecordError

PACKED = "was packed with gzip"
MARKED = "begins with a byte order mark"
LINE_ENDS = "has other line ends (CRLF)"
BLANK_LINES = "has blank lines"
NO_LAST_END = "has lost its last line break"

_MARK = b"\xef\xbb\xbf"
_WIDE = b"\xff\xfe", b"\xfe\xff"
_CLOSING = b'{"end":', b'{"people":'


@dataclass(frozen=True, slots=True)
class Arrived:
    """The bytes of a record as they were written. changes: what had happened to them."""

    raw: bytes
    changes: tuple[str, ...]


def undo_transit(raw: bytes, largest: int) -> Arrived:
    """Undo what mail and editors do to a text. largest: the most bytes that a file may unpack to.

    Raises RecordError for a file that is packed badly, or in another encoding.

    >>> undo_transit(b'\\xef\\xbb\\xbf{"end":1}\\r\\n', 99).changes
    ('begins with a byte order mark', 'has other line ends (CRLF)')
    """
    changes = []
    if raw.startswith(b"\x1f\x8b"):
        raw = _unpacked(raw, largest)
        changes.append(PACKED)
    if raw.startswith(_WIDE):
        raise RecordError(1, "is UTF-16; save the file as UTF-8, or ask for it again")
    if raw.startswith(_MARK):
        raw = raw.removeprefix(_MARK)
        changes.append(MARKED)
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        changes.append(LINE_ENDS)
    lines = raw.split(b"\n")
    if lines[-1].startswith(_CLOSING) and lines[-1].endswith(b"}"):
        lines.append(b"")
        changes.append(NO_LAST_END)
    whole = [line for line in lines[:-1] if line.strip()]
    if len(whole) != len(lines) - 1 or lines[-1] in (b" ", b"\t"):
        changes.append(BLANK_LINES)
    return Arrived(b"\n".join([*whole, lines[-1].strip(b" \t")]), tuple(changes))


def _unpacked(raw: bytes, largest: int) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(raw, largest)
    except zlib.error as error:
        raise RecordError(1, f"is packed with gzip, and damaged ({error}); get it again") from error
    if reader.unconsumed_tail:
        raise RecordError(1, f"unpacks to more than {largest} bytes; no match has so many")
    if not reader.eof:
        raise RecordError(1, "is packed with gzip, and cut short; get it again")
    return plain
