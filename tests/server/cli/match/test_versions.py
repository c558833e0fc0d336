"""A record that a later program wrote is refused with what to do about it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from game_rules.records.codec import dumps
from tests.server.cli.conftest import Run


def _changed(lines: list[str], number: int, change: dict[str, Any], path: str) -> None:
    """Write a record with another line, and hashes that hold."""
    bodies, previous, told = [json.loads(line) for line in lines], "", []
    for place, body in enumerate(bodies, 1):
        del body["hash"]
        if place == number:
            body.get("event", body).update(change)
        text = dumps(body)
        previous = sha256(f"{previous}\n{text}".encode()).hexdigest()
        told.append(f'{text[:-1]},"hash":"{previous}"}}\n')
    Path(path).write_text("".join(told), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["verify", "replay"])
@pytest.mark.parametrize(
    ("number", "change", "problem"),
    [
        (
            1,
            {"format": "detente-record/2"},
            "line 1: is the header of a detente-record/2 file; this program reads detente-record/1",
        ),
        (1, {"rules_version": 9}, "line 1: names rules version 9; the match was played by"),
    ],
)
def test_a_later_form_is_named(
    detente: Run, record: str, command: str, number: int, change: dict[str, Any], problem: str
) -> None:
    lines = Path(record).read_text(encoding="utf-8").splitlines()
    _changed(lines, number, change, "later.jsonl")
    ran = detente(command, "later.jsonl")
    assert problem in ran.err
    assert ran.err.count("\n") == 1


def test_later_rules_ask_for_an_update(detente: Run, record: str) -> None:
    lines = Path(record).read_text(encoding="utf-8").splitlines()
    _changed(lines, 2, {"rules_version": 9}, "one.jsonl")
    _changed(Path("one.jsonl").read_text().splitlines(), 1, {"rules_version": 9}, "later.jsonl")
    ran = detente("verify", "later.jsonl")
    assert ran.err.endswith("rules version 9; this program checks 1, 2; update détente\n")


def test_json_that_is_nested_too_deep_is_told_in_plain_words(detente: Run) -> None:
    Path("deep.jsonl").write_text("[" * 100_000 + "\n")
    assert "is no line of a record (it is nested too deep)" in detente("verify", "deep.jsonl").err
