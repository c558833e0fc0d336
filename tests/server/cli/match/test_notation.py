"""A match goes to a text and back by the command line."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Run

TEXT = "detente-notation/1\nscenario: chicken\n1. ROW C; COLUMN D\n"


@pytest.mark.slow(measured=True)
def test_a_record_is_written_as_a_text_and_the_text_as_the_same(detente: Run, record: str) -> None:
    text = detente("export", record, "--format", "notation").out
    Path("match.txt").write_text(text)
    assert detente("export", "match.txt", "--format", "notation").out == text
    shown = detente("replay", record).out
    assert detente("replay", "match.txt").out == shown


def test_a_text_written_by_hand_becomes_a_record_that_holds(detente: Run) -> None:
    Path("match.txt").write_text(TEXT)
    detente("export", "match.txt", "--format", "jsonl", "--output", "match.jsonl")
    assert "match.jsonl: OK" in detente("verify", "match.jsonl").out


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (TEXT.replace("ROW", "RAW").encode(), "line 3: 'RAW C' does not begin with a seat"),
        (TEXT.encode() + b"\xff", "save it as UTF-8"),
        (
            TEXT.replace("/1", "/2").encode(),
            "line 1: 'detente-notation/2' is no heading; begin with detente-notation/1",
        ),
        (b"# Two drivers.\n\n" + TEXT.replace("/1", "").encode(), "line 3: 'detente-notation' is"),
    ],
)
def test_a_text_that_does_not_hold_is_one_line(detente: Run, raw: bytes, problem: str) -> None:
    Path("match.txt").write_bytes(raw)
    ran = detente("replay", "match.txt")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert problem in ran.err


@pytest.mark.parametrize("before", ["# Two drivers.\n\n", "\ufeff"])
def test_comments_and_a_mark_of_utf_8_may_stand_before_the_heading(
    detente: Run, before: str
) -> None:
    Path("match.txt").write_text(before + TEXT, encoding="utf-8")
    assert detente("replay", "match.txt").code == 0


def test_a_text_has_nothing_to_verify(detente: Run) -> None:
    Path("match.txt").write_text(TEXT)
    ran = detente("verify", "match.txt")
    assert ran.code == 2
    told = "a notation has no hashes; export it with --format jsonl"
    assert ran.err == f"detente: match.txt: {told}\n"


def test_a_match_of_no_round_cannot_be_forecast(detente: Run) -> None:
    Path("match.txt").write_text("detente-notation/1\nscenario: chicken\n")
    ran = detente("forecast", "match.txt", "--runs", "2", "--engine", "local")
    assert ran.code == 2
    assert ran.err == "detente: round 1 was not played; play a round of the match first\n"


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        (("m.txt", "--format", "xlsx"), "write --match m.txt and --output FOLDER"),
        (("--match", "m.txt", "--format", "text", "--output", "x"), "write `detente export MATCH`"),
        (("--all", "--format", "notation", "--output", "x"), "--format: notation is of one match"),
    ],
)
def test_a_format_of_the_other_way_to_export_is_told_as_such(
    detente: Run, asked: tuple[str, ...], remedy: str
) -> None:
    Path("m.txt").write_text(TEXT)
    ran = detente("export", *asked)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert remedy in ran.err
