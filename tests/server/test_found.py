"""What a code opens, by name: told to who has the code, and hidden where a condition hides it."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from tests.server.seminar_scenes import School, school

MASKED = {"name": "Neutral", "changes": {"is_masked": True}}
PLAIN = {"name": "Silent", "changes": {"press": "none"}}


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("found")) as here:
        yield here


async def names(here: School, code: str) -> list[Any]:
    found = await here.done("/api/find", code=code)
    return [found[key] for key in ("name", "scenario", "title")]


@pytest.mark.slow(measured=True)
async def test_a_code_tells_what_it_opens_by_name(here: School) -> None:
    match = await here.done("/api/matches", await here.host(), scenario="quick", pace=None)
    of_class = await here.seminar(treatments=[PLAIN])
    title = here.services.scenarios["quick"].title
    assert await names(here, match["code"]) == [None, "quick", title]
    assert await names(here, of_class.code) == ["Monday", "quick", title]


async def test_a_class_with_neutral_names_tells_its_own_name_alone(here: School) -> None:
    seminar = await here.seminar(treatments=[PLAIN, MASKED])
    assert await names(here, seminar.code) == ["Monday", None, None]


async def test_anybody_reads_the_brief_of_every_seat_as_the_docs_say(here: School) -> None:
    answer = await here.client.get("/api/scenarios/quick")
    told = [player["brief"] for player in answer.json()["players"]]
    assert told == [player.brief for player in here.services.scenarios["quick"].players]
    docs = Path(__file__).parents[2] / "docs" / "scenarios.md"
    rows = [x for x in docs.read_text(encoding="utf-8").splitlines() if x.startswith("| `brief` ")]
    assert len(rows) == 1
    assert "everyone can read" in rows[0]
    assert "private" not in rows[0]
