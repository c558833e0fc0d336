"""A notation that is sent to be replayed: played for everybody, within bounds, and not kept."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from game_rules.notation.notation import read_notation, write_notation
from game_rules.records.record import read_record, verify
from server.analysis import questions
from server.analysis.service import Analyses
from server.api.notation import LARGEST_NOTATION
from server.engines import threads
from tests.server.running import without_waiting
from tests.server.seminar_scenes import School, school

EXAMPLE = Path(__file__).parents[3] / "client/web/src/replay/example-notation.txt"
PATH = "/api/notations/record"


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("notation")) as here:
        without_waiting(here.services)
        here.services.analyses = Analyses(threads(1), wait_s=30.0)
        yield here


async def test_the_example_of_the_page_is_played_for_a_stranger(here: School):
    text = EXAMPLE.read_text(encoding="utf-8")
    answer = await here.client.post(PATH, content=b"\xef\xbb\xbf" + text.encode())
    assert answer.status_code == 200, answer.text
    record = read_record(answer.content)
    verify(record)
    assert record.log == read_notation(text)
    assert write_notation(record.log).count("\n1. ") == 1


@pytest.mark.parametrize(
    ("text", "status", "code", "said"),
    [
        (b"", 400, "notation_unreadable", "line 1: '' is no heading; begin with detente-notation"),
        (
            b"detente-notation/1\nscenario: prisoners_dilemma\n1. RAW C; SOV C\n",
            400,
            "notation_unreadable",
            "line 3: 'RAW C",
        ),
        (b"detente-notation/1\n\xff", 400, "notation_unreadable", "not UTF-8"),
        (b"#" * (LARGEST_NOTATION + 1), 413, "too_large", str(LARGEST_NOTATION)),
    ],
)
async def test_a_wrong_text_is_refused_in_one_line(
    here: School, text: bytes, status: int, code: str, said: str
):
    answer = await here.client.post(PATH, content=text)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert said in answer.json()["message"]
    assert "\n" not in answer.json()["message"]


async def test_a_match_whose_record_could_not_be_weighed_is_refused(
    here: School, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(questions, "LARGEST_SENT", 1000)
    answer = await here.client.post(PATH, content=EXAMPLE.read_bytes() + b"# longer\n")
    assert answer.status_code == 400
    assert "more than 1000 bytes; use the command" in answer.json()["message"]


async def test_a_busy_server_says_when_to_ask_again(here: School, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(here.services.analyses, "wait_s", 0)
    async with here.services.analyses._turn:
        answer = await here.client.post(PATH, content=EXAMPLE.read_bytes() + b"# other\n")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
