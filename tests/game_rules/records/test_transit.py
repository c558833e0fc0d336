"""Damage in transit is named and undone; a packed record is unpacked to a bound, and no further."""

import gzip
from typing import Any

import pytest

from game_rules.errors import RecordError
from game_rules.records import transit
from game_rules.records.record import read_record, verify
from tests.game_rules.records.odd_records import FORGED, NAMED, ODD_RECORDS, SOUND

CHANGES = {
    transit.PACKED: "packed",
    transit.MARKED: "marked",
    transit.LINE_ENDS: "line_ends",
    transit.BLANK_LINES: "blank_lines",
    transit.NO_LAST_END: "no_last_end",
}
WHOLE = {
    "sound": set(),
    "crlf": {"line_ends"},
    "cr": {"line_ends"},
    "byte order mark": {"marked"},
    "blank last line": {"blank_lines"},
    "blank lines": {"blank_lines"},
    "no last line break": {"no_last_end"},
    "all of mail and editor": {"marked", "line_ends", "blank_lines"},
    "gzip": {"packed"},
    "gzip of crlf": {"packed", "line_ends"},
    "with names": set(),
    "with names, crlf": {"line_ends"},
    "with names, no last line break": {"no_last_end"},
    "names taken away": set(),
}


def judged(raw: bytes) -> dict[str, Any]:
    """Do what `detente verify` does."""
    try:
        record = read_record(raw)
        verify(record)
    except RecordError as error:
        return {"line": error.line, "changes": []}
    return {"line": 0, "changes": [CHANGES[change] for change in record.changes]}


@pytest.mark.parametrize("name", ODD_RECORDS)
def test_damage_in_transit_is_named_and_all_else_refused(name: str) -> None:
    verdict = judged(ODD_RECORDS[name])
    assert (verdict["line"] == 0) == (name in WHOLE)
    assert set(verdict["changes"]) == WHOLE.get(name, set())
    if name in WHOLE:
        whole = NAMED if "names" in name else SOUND
        assert read_record(ODD_RECORDS[name]).log == read_record(whole).log


def test_names_are_read_from_the_last_line_and_are_none_without_it():
    assert read_record(NAMED).names == {"CHN": "Ms CHN", "JPN": "Ms JPN"}
    assert read_record(ODD_RECORDS["names taken away"]).names == {}


@pytest.mark.parametrize("name", FORGED)
def test_a_forgery_whose_hashes_are_in_order_is_found_by_the_rules(name: str) -> None:
    assert read_record(FORGED[name])
    assert judged(FORGED[name])["line"] > 0


def test_a_file_that_unpacks_to_too_much_is_refused():
    with pytest.raises(RecordError, match="unpacks to more than 10 bytes"):
        transit.undo_transit(gzip.compress(b"x" * 100), 10)
