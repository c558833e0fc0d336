"""Who may read a match that has ended: by every way in, those who took part and strangers."""

import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from alembic import command

from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from server.analysis.service import Analyses
from server.database import migrate
from server.engines import threads
from server.hosting.match_host import MatchHost, Sender
from server.store.event_store import MatchId
from server.typescript import http_routes
from tests.server.revisions import revise
from tests.server.running import listening, make_app, services_of, without_waiting
from tests.server.seminar_scenes import Class, School, bearer, school

LEADER = Sender("facilitator", THE_FACILITATOR)
EVERY_SEAT = ("CHN", "JPN", "PHL")
QUERY = "?seat=CHN&as=archive&what=talk&round=1&arena=none&start=1"
"""What any of the routes may need to be told."""

OF_A_ROUND = ("/moments", "/beside", "/what-if", "/average", "/forecast")
FILES = ("/record", "/table", "/export")
READ_BY_ALL_WHO_TOOK_PART = ("", "/log", *FILES, "/debrief", "/duplicate", "/notes", *OF_A_ROUND)
NO_SUCH_ROUND = 422
"""What a reader is answered who asks for a round: these matches have none."""
SHUT = {(401, "facilitator_only"), (401, "player_only"), (403, "participants_only")}


def ways_in() -> list[str]:
    """Find every route that reads something of one match, as the end of its address."""
    reading = (route.path for route in http_routes() if "GET" in (route.methods or ()))
    start = "/api/matches/{match}"
    return [path.removeprefix(start) for path in reading if path.startswith(start)]


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("ended")) as here:
        without_waiting(here.services)  # most that is asked here is refused
        here.services.analyses = Analyses(threads(1), wait_s=30.0)  # on a busy machine, too
        yield here


class Ended:
    """A match that was played by Ann and looked at by some, and has ended."""

    def __init__(self, here: School) -> None:
        self.here = here
        self.made: dict[str, str] = {}
        self.readers: dict[str, str] = {}

    @property
    def path(self) -> str:
        """The address of what is told of it."""
        return f"/api/matches/{self.made['match']}"

    async def play(self, **settings: Any) -> "Ended":
        """Play it; keep the tokens of all who took part."""
        here, host = self.here, await self.here.host()
        body = {"scenario": "quick", "pace": None, **settings}
        self.made = await here.done("/api/matches", host, **body)
        code = self.made["code"]
        ann = await here.done("/api/join", code=code, name="Ann")
        bo = await here.done("/api/join", code=code, name="Bo, who took no seat")
        watching = await here.done("/api/watch", code=code)
        link = await here.done(f"{self.path}/facilitators", self.made["token"], name="Dr Co")
        co = await here.done("/api/lead", **link)
        self.readers = {
            "host": host,
            "facilitator": self.made["token"],
            "co-facilitator": co["token"],
            "player": ann["token"],
            "joined": bo["token"],
            "observer": watching["token"],
        }
        running = await self.host()
        hand = Sender("person:ann", Actor(Role.PLAYER, person=PersonId(ann["person"])))
        await running.ask(c.TakeSeat(Seat("CHN"), "Ann"), hand)
        await end(running)
        await here.services.housekeeping.save_summaries()
        return self

    async def host(self) -> MatchHost:
        """Find its host."""
        return await self.here.services.registry.host(MatchId(self.made["match"]))

    async def get(self, way: str, token: str | None = None) -> httpx.Response:
        """Ask by one of the ways in."""
        headers = bearer(token) if token else {}
        return await self.here.client.get(f"{self.path}{way}{QUERY}", headers=headers)

    async def open_to_link(self, is_open: bool) -> dict[str, Any]:
        """Open it to whoever has the link, or shut it again."""
        answer = await self.here.client.patch(
            self.path, json={"is_open_to_link": is_open}, headers=bearer(self.made["token"])
        )
        assert answer.status_code == 200, answer.text
        return answer.json()


def is_answered(answer: httpx.Response) -> bool:
    """Tell whether a reader was let in."""
    return answer.status_code == 200 or refusal(answer) == (NO_SUCH_ROUND, "invalid_input")


async def end(host: MatchHost) -> Position:
    """Let bots take the seats that are left, and play to the end."""
    for seat in EVERY_SEAT:
        if seat not in host.position.holders:
            await host.ask(c.SeatBot(Seat(seat), "random"), LEADER)
    await host.ask(c.StartMatch(), LEADER)
    await host.ask(c.EndMatch(), LEADER)
    await host.settle()
    return host.position


async def strangers(here: School) -> dict[str, str | None]:
    """Give the tokens of people who have nothing to do with a match, each of another kind."""
    host, seminar = await here.host(), await here.seminar()
    other = await here.done("/api/matches", host, scenario="quick", pace=None)
    (pupil,) = await seminar.come("Zed")
    waiting = pupil["seminar"]["token"]
    await seminar.deal()
    playing = (await here.done("/api/seminars/place", waiting))["token"]
    return {
        "nobody": None,
        "unknown": "x" * 43,
        "player elsewhere": (await here.done("/api/join", code=other["code"], name="Y"))["token"],
        "observer elsewhere": (await here.done("/api/watch", code=other["code"]))["token"],
        "facilitator elsewhere": other["token"],
        "leader of a seminar": seminar.token,
        "member of a seminar": waiting,
        "player of a seminar": playing,
    }


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Give what a refusal says to programs."""
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.slow(measured=True)
async def test_no_way_into_an_ended_match_is_open_to_strangers(here: School):
    match = await Ended(here).play()
    assert {*READ_BY_ALL_WHO_TOOK_PART, "/look", "/advice", "/moves"} <= set(ways_in())
    for way in ways_in():
        assert is_answered(await match.get(way, match.made["token"])), way
        for who, token in (await strangers(here)).items():
            answer = await match.get(way, token)
            assert refusal(answer) in SHUT, (way, who, answer.text)


@pytest.mark.slow
async def test_all_who_took_part_read_it(here: School):
    match = await Ended(here).play()
    for way in READ_BY_ALL_WHO_TOOK_PART:
        for who, token in match.readers.items():
            assert is_answered(await match.get(way, token)), (way, who)


async def test_the_refusal_names_the_remedy(here: School):
    answer = await (await Ended(here).play()).get("/log")
    assert answer.json()["message"] == (
        "this match is open to those who took part; "
        "ask the facilitator to open it to anyone with the link"
    )


@pytest.mark.slow
@pytest.mark.parametrize("is_set_at_once", [True, False])
async def test_its_facilitator_opens_it_to_the_link_and_shuts_it_again(
    here: School, is_set_at_once: bool
):
    match = await Ended(here).play(is_open_to_link=is_set_at_once)
    if not is_set_at_once:
        assert (await match.open_to_link(True))["is_open_to_link"] is True
    for way in READ_BY_ALL_WHO_TOOK_PART:
        for token in (await strangers(here)).values():
            assert is_answered(await match.get(way, token)), way
    assert (await match.get("")).json()["is_open_to_link"] is True
    assert (await match.open_to_link(False))["is_open_to_link"] is False
    for way in READ_BY_ALL_WHO_TOOK_PART:
        assert refusal(await match.get(way)) == (403, "participants_only")


@pytest.mark.slow
async def test_an_open_match_tells_nothing_of_what_only_its_leaders_and_players_ask(here: School):
    match = await Ended(here).play(is_open_to_link=True)
    for way in set(ways_in()) - set(READ_BY_ALL_WHO_TOOK_PART):
        for token in (await strangers(here)).values():
            assert refusal(await match.get(way, token)) in SHUT


async def test_only_who_created_a_match_opens_it(here: School):
    match = await Ended(here).play()
    for who, expected in (
        ("co-facilitator", (403, "creator_only")),
        ("player", (401, "facilitator_only")),
        ("observer", (401, "facilitator_only")),
    ):
        headers, body = bearer(match.readers[who]), {"is_open_to_link": True}
        answer = await here.client.patch(match.path, json=body, headers=headers)
        assert refusal(answer) == expected
    assert refusal(await match.get("/log")) == (403, "participants_only")


@pytest.mark.slow(measured=True)
@pytest.mark.parametrize("is_open", [True, False])
async def test_a_code_gives_no_key_after_the_end(here: School, is_open: bool):
    match = await Ended(here).play(is_open_to_link=is_open)
    code = match.made["code"]
    joining = await here.post("/api/join", code=code, name="Late")
    assert refusal(joining) == (409, "match_over")
    for token in (*(await strangers(here)).values(), match.readers["player"]):
        assert refusal(await here.post("/api/watch", token, code=code)) == (409, "match_over")
    for who in ("host", "facilitator", "co-facilitator"):
        assert (await here.done("/api/watch", match.readers[who], code=code))["token"]


async def test_a_code_tells_who_reads_what_it_opens(here: School):
    played = await here.done("/api/matches", await here.host(), scenario="quick", pace=None)
    open_class, shut_class = [await here.seminar(is_open_to_link=x) for x in (True, False)]
    ended, opened = [await Ended(here).play(is_open_to_link=x) for x in (False, True)]

    async def found(code: str) -> list[Any]:
        return list((await here.done("/api/find", code=f" {code.lower()}")).values())[:4]

    assert await found(played["code"]) == [False, False, False, None]
    assert await found(ended.made["code"]) == [False, True, False, None]
    assert await found(opened.made["code"]) == [False, True, True, opened.made["match"]]
    assert await found(open_class.code) == [True, False, True, None]
    assert await found(shut_class.code) == [True, False, False, None]
    assert refusal(await here.post("/api/find", code="ZZZZ")) == (404, "no_such_code")


async def test_who_took_part_reads_the_trunk_and_its_branch(here: School):
    match = await Ended(here).play()
    lead = match.made["token"]
    branch = (await here.done(f"{match.path}/branch", lead))["match"]
    after = await here.services.registry.host(MatchId(branch))
    for path in (match.path, f"/api/matches/{branch}"):
        assert refusal(await here.client.get(f"{path}/log")) == (409, "still_playing")
    await after.ask(c.EndMatch(), LEADER)
    for path in (match.path, f"/api/matches/{branch}"):
        for who in match.readers:
            answer = await here.client.get(f"{path}/log", headers=bearer(match.readers[who]))
            assert answer.status_code == 200, who
        assert refusal(await here.client.get(f"{path}/log")) == (403, "participants_only")
    opening = {"is_open_to_link": True}
    assert await here.client.patch(match.path, json=opening, headers=bearer(await here.host()))
    for path in (match.path, f"/api/matches/{branch}"):
        assert (await here.client.get(f"{path}/record")).status_code == 200


async def test_a_branch_is_as_open_as_its_trunk(here: School):
    match = await Ended(here).play(is_open_to_link=True)
    branch = (await here.done(f"{match.path}/branch", match.made["token"]))["match"]
    await (await here.services.registry.host(MatchId(branch))).ask(c.EndMatch(), LEADER)
    assert (await here.client.get(f"/api/matches/{branch}/log")).status_code == 200


# Seminars


async def played(seminar: Class) -> list[str]:
    """End every match of a seminar; give their ids."""
    registry = seminar.school.services.registry
    known = [one.match for one in (await seminar.roster()).matches]
    for match in known:
        await end(await registry.host(match))
    await seminar.school.services.housekeeping.save_summaries()
    return list(known)


def each_log(matches: list[str]) -> Iterator[str]:
    """Give the addresses of logs."""
    return (f"/api/matches/{match}/log" for match in matches)


@pytest.mark.slow
async def test_a_class_reads_its_own_matches_and_its_facilitators_all(here: School):
    seminar = await here.seminar()
    people = {x["person"]: x["seminar"]["token"] for x in await seminar.come(*"ABCDEF")}
    link = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    co = (await here.done("/api/lead", **link))["token"]
    await seminar.deal(matches=2)
    matches = await played(seminar)
    for person, token in people.items():
        own = (await seminar.member(person)).match
        for match, path in zip(matches, each_log(matches), strict=True):
            status = (await here.client.get(path, headers=bearer(token))).status_code
            assert status == (200 if match == own else 403)
    for token in (seminar.token, co, await here.host()):
        for path in each_log(matches):
            assert (await here.client.get(path, headers=bearer(token))).status_code == 200


async def test_who_was_moved_reads_both_matches_and_who_was_removed_none(here: School):
    seminar = await here.seminar()
    joined = await seminar.come(*"ABCDEF")
    await seminar.deal(matches=2)
    first, second = [one.match for one in (await seminar.roster()).matches]
    moved, removed = [x for x in joined if (await seminar.member(x["person"])).match == first][:2]
    people = f"{seminar.path}/people"
    await here.done(f"{people}/{moved['person']}/move", seminar.token, match=second)
    await here.done(f"{people}/{removed['person']}/remove", seminar.token)
    matches = await played(seminar)
    for who, status in ((moved, 200), (removed, 403)):
        for path in each_log(matches):
            answer = await here.client.get(path, headers=bearer(who["seminar"]["token"]))
            assert answer.status_code == status


async def test_who_comes_to_a_seminar_after_the_end_is_let_into_no_match(here: School):
    seminar = await here.seminar()
    await seminar.come(*"ABC")
    await seminar.deal()
    (path,) = each_log(await played(seminar))
    (late,) = await seminar.come("Late")
    assert (late["match"], late["token"]) == (None, None)
    token = late["seminar"]["token"]
    assert refusal(await here.client.get(path, headers=bearer(token))) == (403, "participants_only")


async def test_a_seminar_opens_the_matches_that_it_has_and_those_to_come(here: School):
    seminar = await here.seminar(is_open_to_link=True)
    await seminar.come(*"ABCDEF")
    await seminar.deal(matches=2)
    logs = list(each_log(await played(seminar)))
    lead = bearer(seminar.token)
    for is_open in (True, False, True):
        answer = await here.client.patch(
            seminar.path, json={"is_open_to_link": is_open}, headers=lead
        )
        assert answer.json()["is_open_to_link"] is is_open
        statuses = {(await here.client.get(path)).status_code for path in logs}
        assert statuses == {200 if is_open else 403}


async def test_a_seminar_is_shut_at_first_and_opened_from_its_creation_on_if_wanted(here: School):
    for is_open in (True, False):
        seminar = await here.seminar(**({"is_open_to_link": True} if is_open else {}))
        await seminar.come(*"ABC")
        await seminar.deal()
        (path,) = each_log(await played(seminar))
        assert (await here.client.get(path)).status_code == (200 if is_open else 403)


# Sockets, and stored matches


@pytest.mark.slow
async def test_who_looked_on_while_it_was_played_looks_on_after_the_end(tmp_path: Path):
    app = make_app(tmp_path)
    async with listening(app) as line, line.http() as client:
        here = School(app, client, services_of(app).clock)  # ty: ignore[invalid-argument-type]
        match = await Ended(here).play()
        for who in ("observer", "player", "facilitator"):
            wire = await line.join(match.readers[who])
            assert (await wire.until("events"))["seq"] == 1
            await wire.close()


@pytest.mark.slow
async def test_matches_of_before_the_setting_are_open_to_those_who_took_part(tmp_path: Path):
    path = tmp_path / "detente.sqlite3"
    await migrate(f"sqlite:///{path}")
    revise(f"sqlite:///{path}", command.downgrade, "0004")
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute(
            "INSERT INTO matches VALUES ('m', 'ABCD', 'chicken', 'Chicken', 7, 9, 0, 'lobby', 0, 1)"
        )
    await migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as new:
        assert new.execute("SELECT code, is_open_to_link FROM matches").fetchall() == [("ABCD", 0)]
