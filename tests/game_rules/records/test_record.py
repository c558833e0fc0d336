"""A record is read back as it was written, or the line that does not hold is named."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game_rules import RULES_VERSION
from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import RecordError
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.records.record import (
    FORMAT,
    Record,
    read_record,
    verify,
    write_record,
)
from game_rules.records.transit import undo_transit
from tests.game_rules.drawn import logs
from tests.game_rules.records.forged import (
    LINES,
    LOG,
    RAW,
    TEXT,
    bodies_of,
    check,
    forge,
    rehash,
)
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    a_scenario,
)
from tests.golden.matches import record_of

# Round trip


def test_the_plain_record_holds_and_leads_to_the_same_position():
    assert verify(read_record(RAW)) == fold(LOG)


def test_a_record_says_what_made_it():
    assert read_record(RAW).software_version == "1.2.3"
    header = json.loads(LINES[0])
    assert (header["format"], header["rules_version"]) == (FORMAT, RULES_VERSION)


@given(logs())
def test_what_is_written_is_read_back_and_holds(log: list[e.Event]):
    record = read_record(write_record(log, "v").encode())
    assert record == Record("v", tuple(log))
    assert verify(record) == fold(log)


@given(logs())
def test_writing_what_was_read_gives_the_same_bytes(log: list[e.Event]):
    text = write_record(log, "v")
    assert write_record(read_record(text.encode()).log, "v") == text


def test_a_finished_bot_match_holds():
    seats = dict.fromkeys((CHN, JPN, PHL), "tit_for_tat")
    log = play_bot_match(a_scenario(), seats, "7")
    assert verify(read_record(forge(log))).is_over


# Changed files


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
@example(len(TEXT) - 1, " ")
@example(0, "\n")
@example(TEXT.index("\n"), " ")
def test_one_flipped_character_is_found_and_its_line_named(place: int, character: str):
    if TEXT[place] == character:
        return
    flipped = TEXT[:place] + character + TEXT[place + 1 :]
    line = TEXT[:place].count("\n") + 1
    with pytest.raises(RecordError) as found:
        check(flipped.encode())
    assert found.value.line == line


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_one_flipped_byte_is_found_and_its_line_named(place: int, mask: int):
    flipped = bytearray(RAW)
    flipped[place] ^= mask
    line = RAW[:place].count(b"\n") + 1
    with pytest.raises(RecordError) as found:
        check(bytes(flipped))
    assert found.value.line == line


@given(st.integers(0, len(LINES) - 1))
def test_a_dropped_line_is_found_where_it_is_missed(number: int):
    left = LINES[:number] + LINES[number + 1 :]
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in left))
    assert found.value.line == min(number + 1, len(left))


@given(st.integers(0, len(LINES) - 1))
def test_a_line_written_twice_is_found(number: int):
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in [*LINES[: number + 1], *LINES[number:]]))
    assert found.value.line == number + 2


@given(st.integers(0, len(LINES) - 2))
def test_two_lines_swapped_are_found(number: int):
    swapped = list(LINES)
    swapped[number : number + 2] = swapped[number + 1], swapped[number]
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in swapped))
    assert found.value.line == number + 1


@given(st.integers(0, len(RAW) - 2))
def test_a_file_that_is_cut_short_is_found(length: int):
    with pytest.raises(RecordError) as found:
        check(RAW[:length])
    assert found.value.line <= RAW[:length].count(b"\n") + 1


def test_a_text_that_is_no_record_is_not_called_cut_short():
    with pytest.raises(RecordError, match="is not the header of a detente-record"):
        read_record(b"hello")


@given(st.binary(max_size=60))
def test_any_other_bytes_are_no_record(raw: bytes):
    with pytest.raises(RecordError):
        check(raw)


@example(more=b"\n", place=0)
@example(more=b"\xef\xbb\xbf", place=0)
@given(st.binary(min_size=1, max_size=20), st.integers(0, len(RAW)))
def test_bytes_put_in_anywhere_are_found(more: bytes, place: int):
    """Blank lines and a byte order mark, which editors add, are told; anything else is refused."""
    changed = RAW[:place] + more + RAW[place:]
    if undo_transit(changed, len(changed)).raw == RAW:
        assert read_record(changed).changes
        return
    with pytest.raises(RecordError):
        check(changed)


# Files made to be found out, with every hash in order


HEADER = {"format": FORMAT, "rules_version": RULES_VERSION, "software_version": "v"}


def nested(depth: int) -> bytes:
    """Give a line of arrays in arrays."""
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    "line",
    [
        nested(100_000),
        b'{"hash":' + nested(100_000) + b"}",
        b'{"x":' + nested(900) + b',"hash":"0"}',
        b'{"x":NaN,"hash":"0"}',
        b'{"x":Infinity,"hash":"0"}',
        b'{"x":1e999,"hash":"0"}',
        b'{"x":' + b"9" * 5000 + b',"hash":"0"}',
        b'{"x":' + b"9" * 4000 + b',"hash":"0"}',
        b'{"x":"\\ud800","hash":"0"}',
        b'{"\\ud800":1,"hash":"0"}',
        b'{"hash":"\\ud800"}',
        b'{"hash":1}',
        b'{"hash":null}',
        b"[]",
        b"1",
        b'"hash"',
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"\x00",
        '{"hash":"é"}'.encode("utf-16"),
        b'{"hash":"a","hash":"b"}',
    ],
    ids=lambda line: str(line[:18]),
)
@pytest.mark.parametrize("place", [0, 2, len(LINES) - 1])
def test_a_line_that_is_no_line_of_a_record_is_named(line: bytes, place: int):
    lines = list(LINES)
    lines[place] = line
    with pytest.raises(RecordError) as found:
        check(b"".join(x + b"\n" for x in lines))
    is_lost_end = not line and place == len(LINES) - 1
    assert found.value.line == place + 1 - is_lost_end


@pytest.mark.parametrize("raw", [b"", b"\n", b"\n\n\n", RAW[:-2], RAW + b"x", RAW + RAW])
def test_too_little_or_too_much_is_found(raw: bytes):
    with pytest.raises(RecordError):
        check(raw)


@pytest.mark.parametrize(
    "header", [{"x": 1}, {**HEADER, "format": "detente-record/2"}, {"format": 1}]
)
def test_a_header_of_another_format_is_named(header: dict[str, Any]):
    with pytest.raises(RecordError, match="header") as found:
        check(rehash([header, *bodies_of(RAW)[1:]]))
    assert found.value.line == 1


@pytest.mark.parametrize(
    "closing", [{"end": 1}, {"end": "x"}, {"x": 1}, {"end": len(LOG), "more": 1}]
)
def test_a_closing_line_that_does_not_close_is_named(closing: dict[str, Any]):
    with pytest.raises(RecordError, match="closing line") as found:
        check(rehash([*bodies_of(RAW)[:-1], closing]))
    assert found.value.line == len(LINES)


def test_a_record_without_events_is_none():
    with pytest.raises(RecordError):
        check(rehash([HEADER, {"end": 0}]))


@given(st.data())
def test_an_event_under_a_wrong_number_is_named(data: st.DataObject):
    number = data.draw(st.integers(1, len(LOG)))
    bodies = bodies_of(RAW)
    wrong = st.sampled_from((number + 1, 0, None, str(number), float(number), [number]))
    bodies[number]["seq"] = data.draw(wrong)
    with pytest.raises(RecordError, match=f"is not event {number}") as found:
        check(rehash(bodies))
    assert found.value.line == number + 1


def test_the_order_in_which_a_database_gives_names_does_not_change_the_bytes() -> None:
    record = read_record(record_of("rules2_people_taiwan_strait"))
    names = dict(sorted(record.names.items(), reverse=True))
    assert [*names] != [*record.names]
    assert write_record(record.log, "v", names) == write_record(record.log, "v", record.names)
