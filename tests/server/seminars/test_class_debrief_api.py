"""The debrief of a class over HTTP: for its facilitators, a table at a time, within limits."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR
from server.analysis import questions
from server.analysis.service import Analyses
from server.engines import threads
from server.hosting.match_host import Sender
from tests.server.running import without_waiting
from tests.server.seminar_scenes import Class, School, bearer, school

LEADER = Sender("lead", THE_FACILITATOR)


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("class")) as here:
        without_waiting(here.services)
        here.services.analyses = Analyses(threads(1), wait_s=30.0)  # on a busy machine, too
        yield here


@pytest.fixture(scope="module")
async def played(here: School) -> Class:
    """Three tables that people began and bots played; the third is still in play."""
    seminar = await here.seminar(bot="random")
    await seminar.come(*(f"Amna {number}" for number in range(3)))
    await seminar.deal(matches=3)
    refused = await ask(seminar)
    assert (refused.status_code, refused.json()["code"]) == (409, "still_playing")
    await seminar.command(type="start_match")
    for known in (await seminar.roster()).matches[:2]:
        host = await here.services.registry.host(known.match)
        await here.services.registry.settle()
        for _ in range(100):
            if host.position.history:
                break
            await host.ask(c.SkipPhase(host.position.round, host.position.phase), LEADER)
            await here.services.registry.settle()
        await host.ask(c.EndMatch(), LEADER)
    return seminar


async def ask(seminar: Class, token: str | None = "", **about: str) -> Any:
    headers = {} if token is None else bearer(token or seminar.token)
    path = f"{seminar.path}/debrief"
    return await seminar.school.client.get(path, params=about, headers=headers, timeout=30)


async def test_the_debrief_of_a_class_is_one_page_for_its_facilitators(played: Class):
    answer = await ask(played)
    assert answer.status_code == 200, answer.text
    assert answer.json()["done"] == answer.json()["of"] == 3
    found = answer.json()["found"]
    assert found["left_out"] == 1
    assert "Tables left out: 1." in found["page"]
    assert "Amna" in found["page"]
    hidden = (await ask(played, language="ur", names="false")).json()["found"]["page"]
    assert '<html lang="ur" dir="rtl">' in hidden
    assert "Amna" not in hidden


async def test_others_are_refused(here: School, played: Class):
    stranger = await ask(played, None)
    other = await ask(played, (await here.seminar()).token)
    for answer in (stranger, other):
        assert (answer.status_code, answer.json()["code"]) == (401, "facilitator_only")


async def test_a_table_is_read_at_a_time_and_what_takes_long_says_how_far_it_is(
    played: Class, monkeypatch: pytest.MonkeyPatch
):
    analyses = played.school.services.analyses
    done: list[str] = []
    answered = questions.answered

    def noted(question: Any, *about: Any) -> Any:
        done.append(question.func.__name__)
        return answered(question, *about)

    monkeypatch.setattr(questions, "answered", noted)
    monkeypatch.setattr(analyses, "wait_s", 0)
    async with analyses._turn:  # as if a question of somebody else was in work
        assert (await ask(played, language="ur")).json() == {"done": 0, "of": 3, "found": None}
    monkeypatch.setattr(analyses, "wait_s", 30.0)
    assert (await ask(played, language="ur")).json()["found"]
    assert done == ["read_table", "read_table", "found_class_page"]


async def test_a_class_whose_tables_cannot_be_told_is_refused(here: School):
    seminar = await here.seminar()
    await seminar.come("Ben")
    await seminar.deal(matches=1)
    await seminar.command(type="start_match")
    await seminar.command(type="end_match")
    answer = await ask(seminar)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
