"""Notes and chapters beside a match: facilitators write them, and who may read its replay reads."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from server.api.notes import LONGEST_TEXT, LONGEST_TITLE, MOST_NOTES
from tests.server.running import without_waiting
from tests.server.seminar_scenes import Class, School, bearer, school

CHAPTER = {"at": "r1", "title": "The first round", "text": "Who began?", "is_chapter": True}
NOTE = {"at": "r1.2", "title": "", "text": "Look at the pact.", "is_chapter": False}


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("notes")) as here:
        without_waiting(here.services)
        yield here


@pytest.fixture
async def ended(here: School) -> tuple[str, str, str]:
    """Let a class play a match and end it; give its notes' address and two tokens."""
    led: Class = await here.seminar()
    player, *_ = await led.come("Ann", "Bo", "Cy")
    await led.deal()
    (match,) = [known.match for known in (await led.roster()).matches]
    await led.command(type="start_match")
    await led.command(type="end_match")
    return f"/api/matches/{match}/notes", led.token, player["seminar"]["token"]


async def put(here: School, path: str, token: str, version: int, *notes: Any) -> httpx.Response:
    body = {"version": version, "notes": notes}
    return await here.client.put(path, json=body, headers=bearer(token))


async def read(here: School, path: str, token: str) -> Any:
    answer = await here.client.get(path, headers=bearer(token))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_facilitators_write_notes_and_players_read_them(here: School, ended: Any):
    path, leader, player = ended
    assert await read(here, path, leader) == {"version": 0, "notes": [], "may_write": True}
    kept = await put(here, path, leader, 0, CHAPTER, NOTE)
    assert kept.json() == {"version": 1, "notes": [CHAPTER, NOTE], "may_write": True}
    again = await put(here, path, leader, 1, NOTE, CHAPTER)  # another order
    assert again.json()["notes"] == [NOTE, CHAPTER]
    seen = await read(here, path, player)
    assert seen == {"version": 2, "notes": [NOTE, CHAPTER], "may_write": False}
    refused = await put(here, path, player, 2)
    assert (refused.status_code, refused.json()["code"]) == (401, "facilitator_only")
    stranger = await here.client.get(path)
    assert stranger.status_code == 403


async def test_two_who_write_at_once_lose_nothing(here: School, ended: Any):
    path, leader, _ = ended
    await put(here, path, leader, 0, CHAPTER)
    late = await put(here, path, leader, 0, NOTE)
    assert (late.status_code, late.json()["code"]) == (409, "notes_changed")
    assert (await read(here, path, leader))["notes"] == [CHAPTER]


async def test_a_note_is_cleaned_and_no_event_of_the_log(here: School, ended: Any):
    path, leader, _ = ended
    log = path.replace("/notes", "/log")
    before = (await here.client.get(log, headers=bearer(leader))).json()
    odd = {**CHAPTER, "title": " A\u202eb\n", "text": "one\r\ntwo\u200b"}
    kept = await put(here, path, leader, 0, odd)
    note = kept.json()["notes"][0]
    assert (note["title"], note["text"]) == ("Ab", "one\ntwo")
    assert (await here.client.get(log, headers=bearer(leader))).json() == before


@pytest.mark.parametrize(
    "wrong",
    [
        [{**CHAPTER, "at": "t5"}],
        [{**CHAPTER, "title": " "}],
        [{**NOTE, "text": "\u200b"}],
        [{**CHAPTER, "title": "x" * (LONGEST_TITLE + 1)}],
        [{**NOTE, "text": "x" * (LONGEST_TEXT + 1)}],
        [{**NOTE, "more": 1}],
        [NOTE] * (MOST_NOTES + 1),
    ],
)
async def test_a_note_beyond_its_bounds_is_refused(here: School, ended: Any, wrong: Any):
    path, leader, _ = ended
    refused = await put(here, path, leader, 0, *wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


async def test_a_match_in_play_has_no_notes(here: School):
    led = await here.seminar()
    await led.come("Ann", "Bo", "Cy")
    await led.deal()
    (match,) = [known.match for known in (await led.roster()).matches]
    refused = await put(here, f"/api/matches/{match}/notes", led.token, 0, CHAPTER)
    assert (refused.status_code, refused.json()["code"]) == (409, "still_playing")
