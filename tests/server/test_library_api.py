"""The library over HTTP: who finds what, strict parameters, and tags."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from game_rules.standing.integration import Outlook
from server.store.event_store import MatchId
from server.store.library import MOST_TAGS
from tests.server.running import without_waiting
from tests.server.seminar_scenes import Class, School, bearer, school
from tests.server.test_ended_matches import Ended, end, refusal, strangers


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("library")) as here:
        without_waiting(here.services)  # much that is asked here is refused
        yield here


async def search(here: School, token: str | None, query: str = "") -> httpx.Response:
    """Ask the library."""
    headers = bearer(token) if token else {}
    return await here.client.get(f"/api/library{query}", headers=headers)


async def found(here: School, token: str, query: str = "") -> list[dict[str, Any]]:
    """Give the matches of a page."""
    answer = await search(here, token, query)
    assert answer.status_code == 200, answer.text
    return answer.json()["matches"]


async def tagged(here: School, match: str, token: str | None, **changes: Any) -> httpx.Response:
    """Change the tags of a match."""
    headers = bearer(token) if token else {}
    return await here.client.patch(f"/api/matches/{match}/tags", json=changes, headers=headers)


async def a_class(here: School, name: str) -> Class:
    """Open a class with one match, which has begun its log."""
    made = await here.seminar(name=name)
    await made.come("Ann")
    await made.deal()
    await here.services.housekeeping.save_summaries()
    return made


async def test_how_a_match_went_is_found_when_it_has_ended_and_not_before(here: School):
    host = await here.host()
    made = await here.done("/api/matches", host, scenario="quick", pace=None)
    of_it = "?breach=false&seats=3"
    await here.services.housekeeping.save_summaries()
    (before,) = [x for x in await found(here, host) if x["match"] == made["match"]]
    assert (before["seats"], before["outlook"], before["breaches"]) == (3, None, None)
    assert made["match"] not in [x["match"] for x in await found(here, host, of_it)]
    await end(await here.services.registry.host(MatchId(made["match"])))
    await here.services.housekeeping.save_summaries()
    (after,) = [x for x in await found(here, host, of_it) if x["match"] == made["match"]]
    assert (after["breaches"], after["incidents"], after["is_over"]) == (0, [], True)
    assert after["ended_at_ms"] >= after["created_at_ms"]


async def test_the_host_finds_every_match_and_a_class_its_own(here: School):
    one, two = await a_class(here, "Quetta one"), await a_class(here, "Quetta two")
    host = await here.host()
    both = await found(here, host, "?class=quetta")
    assert [x["of_class"]["name"] for x in both] == ["Quetta two", "Quetta one"]
    assert len(await found(here, host, f"?seminar={one.id}")) == 1
    mine = await found(here, one.token)
    assert [x["of_class"]["seminar"] for x in mine] == [one.id]
    assert await found(here, one.token, "?class=two") == []
    assert refusal(await search(here, one.token, f"?seminar={two.id}")) == (403, "other_class")


async def test_nobody_else_finds_anything(here: School):
    match = await Ended(here).play(is_open_to_link=True)
    others = {**await strangers(here), **match.readers}
    of_class = others.pop("leader of a seminar")
    assert of_class is not None
    assert match.made["match"] not in [x["match"] for x in await found(here, of_class)]
    del others["host"]
    for token in others.values():
        for way in ("", "/filters"):
            assert refusal(await search(here, token, way)) == (401, "facilitator_only")


async def test_matches_of_guests_are_in_no_library(here: School):
    begun = await here.post("/api/play", scenario="quick")
    assert begun.status_code == 200
    await here.services.housekeeping.save_summaries()
    assert not [x for x in await found(here, await here.host()) if x["match"].startswith("guest-")]
    guest = begun.json()["match"]
    for token in (await here.host(), begun.json()["token"]):
        assert refusal(await tagged(here, guest, token, add=["x"])) == (401, "facilitator_only")


async def test_pages_are_followed_by_their_next(here: School):
    host = await here.host()
    for _ in range(3):
        await here.done("/api/matches", host, scenario="quick", pace=None)
    await here.services.housekeeping.save_summaries()
    every = [x["match"] for x in await found(here, host, "?most=100")]
    shown, query = [], "?most=2"
    while query:
        answer = (await search(here, host, query)).json()
        shown += [x["match"] for x in answer["matches"]]
        query = answer["next"] and f"?most=2&after={answer['next']}"
    assert shown == every


OUTLOOKS = "'optimistic', 'contested' or 'pessimistic'"
REFUSED = {
    "?outlook=sunny": f"query.outlook: Input should be {OUTLOOKS}; 'sunny' was given",
    "?seats=0": "query.seats: Input should be greater than or equal to 1; '0' was given",
    "?most=101": "query.most: Input should be less than or equal to 100; '101' was given",
    "?seats=2&seats=3": "query.seats: given 2 times; give it once",
    "?after=last": "query.after: no page begins there; give the `next` of the page before; "
    "'last' was given",
    "?after=9-": "query.after: no page begins there; give the `next` of the page before; "
    "'9-' was given",
}


@pytest.mark.parametrize("query", REFUSED)
async def test_parameters_are_strict_and_refused_in_one_line(here: School, query: str):
    answer = await search(here, await here.host(), query)
    assert refusal(answer) == (422, "invalid_request")
    assert answer.json()["message"] == REFUSED[query]


async def test_an_unknown_parameter_is_refused_with_those_there_are(here: School):
    message = (await search(here, await here.host(), "?colour=red")).json()["message"]
    assert message.startswith("query: no parameter 'colour'; choose among after, breach, class,")
    assert "\n" not in message


async def test_tags_are_changed_by_who_leads_a_match(here: School):
    led = await a_class(here, "Multan")
    (match,) = (await led.roster()).match_ids
    host = await here.host()
    answer = await tagged(here, match, led.token, add=["  Exam  2026 ", "best"], remove=[])
    assert answer.json() == {"tags": ["best", "exam 2026"]}
    assert [x["match"] for x in await found(here, host, "?tag=EXAM%202026")] == [match]
    assert "exam 2026" in (await search(here, led.token, "/filters")).json()["tags"]
    assert (await tagged(here, match, host, remove=["Best"])).json() == {"tags": ["exam 2026"]}
    others = await strangers(here)
    for token in others.values():
        assert refusal(await tagged(here, match, token, add=["x"])) == (401, "facilitator_only")
    full = [str(number) for number in range(MOST_TAGS)]
    assert refusal(await tagged(here, match, host, add=full)) == (409, "too_many_tags")
    assert refusal(await tagged(here, match, host, add=[" "])) == (422, "invalid_request")
    assert refusal(await tagged(here, "none", host, add=["x"])) == (404, "no_such_match")


async def test_a_match_that_was_undone_is_tagged_by_its_branch(here: School):
    match = await Ended(here).play()
    body = {"round": None, "phase": None}
    branch = await here.done(f"{match.path}/branch", match.made["token"], **body)
    host = await here.host()
    old = await tagged(here, match.made["match"], host, add=["x"])
    assert refusal(old) == (422, "superseded")
    await here.services.housekeeping.save_summaries()
    shown = {x["match"]: x for x in await found(here, host, "?most=100")}
    assert match.made["match"] not in shown
    assert shown[branch["match"]]["breaches"] is None
    for outlook in Outlook:
        ids = [x["match"] for x in await found(here, host, f"?outlook={outlook}&most=100")]
        assert branch["match"] not in ids


async def test_what_can_be_filtered_by_is_told(here: School):
    led = await a_class(here, "Sukkur")
    told = (await search(here, led.token, "/filters")).json()
    assert told["scenarios"] == ["quick"]
    assert (told["tags"], told["seats"]) == ([], [3])


async def test_the_list_of_the_start_page_is_as_long_as_it_is_asked_to_be(here: School):
    host = await here.host()
    for _ in range(2):
        await here.done("/api/matches", host, scenario="quick", pace=None)
    answer = await here.client.get("/api/matches?most=1", headers=bearer(host))
    every = await here.client.get("/api/matches", headers=bearer(host))
    assert answer.json() == every.json()[:1]


async def test_rehearsals_are_found_when_asked_for_or_named(here: School):
    one, lesson = await a_class(here, "Try"), await a_class(here, "Lesson")
    assert [x["of_class"]["is_rehearsal"] for x in await found(here, lesson.token)] == [False]
    trial = await here.seminar(name="Trial", is_rehearsal=True)
    await trial.come("Ann")
    await trial.deal()
    await here.services.housekeeping.save_summaries()
    host = await here.host()

    async def classes(query: str = "", token: str = host) -> set[str]:
        entries = await found(here, token, f"?most=100{query}")
        return {x["of_class"]["name"] for x in entries if x["of_class"] is not None}

    assert {"Try", "Lesson"} <= await classes()
    assert "Trial" not in await classes()
    assert {"Trial", "Try"} <= await classes("&rehearsals=with")
    assert await classes("&rehearsals=only") == {"Trial"}
    assert await classes(f"&seminar={trial.id}") == {"Trial"}
    assert await classes("", trial.token) == {"Trial"}
    assert await classes("&rehearsals=without", trial.token) == set()
    assert await classes("&rehearsals=only", one.token) == set()
