"""A class goes on beside a match that the database cannot give any more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server.app import create_app
from server.settings import Settings
from tests.fakes import ManualClock
from tests.server.running import library, running
from tests.server.seminar_scenes import Class, School, bearer, school
from tests.server.seminars.test_feed import Listener, of


def damage(path: Path, match: str) -> None:
    """Make a match's first event unreadable."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_UPDATE_refused")
        change = "UPDATE events SET payload = substr(payload, 9) WHERE match_id = ? AND seq = 1"
        connection.execute(change, (match,))


@pytest.fixture
async def told(tmp_path: Path):
    """Deal five people into two matches, damage the first, and start again."""
    async with school(tmp_path) as before:
        seminar = await before.seminar()
        joined = await before_come(seminar)
        await seminar.deal()
        first, second = [known.match for known in (await seminar.roster()).matches]
    path = tmp_path / "detente.sqlite3"
    damage(path, first)
    app = create_app(Settings(database=f"sqlite:///{path}"), ManualClock(), library())
    async with running(app) as client:
        here = School(app, client, ManualClock())
        again = Class(here, seminar.id, seminar.code, seminar.token)
        yield again, joined, first, second


async def before_come(seminar: Class) -> list[str]:
    return [who["person"] for who in await seminar.come(*"ABCDE")]


@pytest.mark.slow(measured=True)
async def test_the_class_goes_on_beside_it(told):
    seminar, joined, first, second = told
    school = seminar.school
    listener = Listener(seminar)
    frames = await listener.look()
    assert [frame["card"]["match"] for frame in of("match", frames)] == [second]
    (damaged,) = of("match_damaged", frames)
    assert (damaged["match"], damaged["number"]) == (first, 1)
    assert await listener.look() == []

    answers = await seminar.command(first, second, type="start_match")
    assert [answer["ok"] for answer in answers] == [False, True]
    assert answers[0]["code"] == "match_damaged"

    host = await school.host()
    listed = (await school.client.get("/api/matches", headers=bearer(host))).json()
    problems = {each["match"]: each["problem"] for each in listed}
    assert problems[first] == "its event 1 cannot be read"
    assert problems[second] is None
    refused = await school.client.get(f"/api/matches/{first}/log")
    assert (refused.status_code, refused.json()["code"]) == (409, "match_damaged")
    assert (await school.client.get(f"/api/matches/{first}")).json()["problem"]

    lost = [x for x in joined if (await seminar.member(x)).match == first]
    move = {"match": second, "seat": None}
    await school.done(f"{seminar.path}/people/{lost[0]}/move", seminar.token, **move)
    assert (await seminar.member(lost[0])).match == second
    late = await seminar.come("Late")
    assert late[0]["match"] == second


@pytest.mark.slow
async def test_a_class_that_has_not_begun_can_be_dealt_anew(told):
    seminar, _, first, _ = told
    listener = Listener(seminar)
    await listener.look()
    await seminar.deal()
    frames = await listener.look()
    assert first in {frame["match"] for frame in of("match_gone", frames)}
    assert of("match_damaged", frames) == []
    assert len(of("match", frames)) == 2
