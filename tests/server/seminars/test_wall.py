"""The wall of a class: what it is shown, what it may read, and that it is nobody's secret."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from game_rules.games.stage_games import C, D
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.records.codec import to_json
from game_rules.roles import PUBLIC, Actor, PersonId, Role
from server.hosting.match_host import Sender
from server.seminars.seminar import SeminarMatch
from server.seminars.wall import TableCard, table_card
from server.store.event_store import MatchId
from tests.game_rules.scenes import Table, a_scenario
from tests.server.seminar_scenes import Class, School, bearer, school
from tests.server.seminars.test_feed import Listener, of, order, played


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.app.LOOK_S", 3600)
        async with school(tmp_path_factory.mktemp("school")) as running:
            yield running


async def wall_of(seminar: Class) -> str:
    """Give the wall's token."""
    return (await seminar.school.done(f"{seminar.path}/wall", seminar.token))["token"]


def on_wall(seminar: Class) -> Listener:
    return Listener(seminar, role=Role.OBSERVER)


async def test_the_wall_shows_names_as_they_come_and_then_the_tables(here: School):
    seminar = await here.seminar(is_together=True)
    listener = on_wall(seminar)
    (empty,) = await listener.look()
    assert empty["card"] == {
        "seminar": seminar.id,
        "code": seminar.code,
        "name": "Monday",
        "scenario": "quick",
        "title": here.services.scenarios["quick"].title,
        "is_together": True,
        "names": [],
    }
    await seminar.come("Zoe", "Ann")
    (come,) = await listener.look()
    assert come["card"]["names"] == ["Zoe", "Ann"]
    assert await listener.look() == []
    await seminar.deal()
    (table,) = of("table", await listener.look())
    assert (table["card"]["phase"], table["card"]["waited_for"]) == ("lobby", None)
    await seminar.deal()
    frames = await listener.look()
    assert of("match_gone", frames) == [{"type": "match_gone", "match": table["card"]["match"]}]


async def test_a_table_names_whom_it_waits_for_and_tells_how_rounds_went(here: School):
    seminar = await played(here, is_waiting_named=True)
    listener = on_wall(seminar)
    roster = await seminar.roster()
    (known,) = roster.matches
    (card,) = [frame["card"] for frame in of("table", await listener.look())]
    assert card["players"] == 3
    named = sorted(name for seat in card["waited_for"] for name in seat["names"])
    assert named == ["Person 0", "Person 1", "Person 2"]
    for member in roster.people[:2]:
        await order(seminar, member.person, known.match, is_ready=True)
    (card,) = [frame["card"] for frame in of("table", await listener.look())]
    assert [seat["names"] for seat in card["waited_for"]] == [["Person 2"]]
    await order(seminar, roster.people[2].person, known.match, is_ready=True)
    (card,) = [frame["card"] for frame in of("table", await listener.look())]
    assert card["cooperation"] == [1.0]
    assert 0 < card["index"][0] <= 100


async def test_the_facilitator_says_whether_the_wall_names_whom_a_table_waits_for(here: School):
    seminar = await played(here)
    listener = on_wall(seminar)
    headers = bearer(seminar.token)
    for is_named in (False, True, False):
        body = {"is_waiting_named": is_named}
        answer = await here.client.patch(seminar.path, json=body, headers=headers)
        assert answer.json()["is_waiting_named"] is is_named
        (card,) = [frame["card"] for frame in of("table", await listener.look())]
        assert (card["waited_for"] is not None) is is_named


async def test_fog_lies_on_the_curve_of_a_table_until_its_match_has_ended(here: School):
    """Then it counts what was, as the facilitators' card does."""
    fog = {"name": "fog", "changes": {"monitoring": 0.5}}
    seminar = await played(here, people=6, treatments=[fog, {"name": "clear", "changes": {}}])
    wall, console = on_wall(seminar), Listener(seminar)
    (known,) = [each for each in (await seminar.roster()).matches if each.treatment == "fog"]
    host = await here.services.registry.host(MatchId(known.match))

    async def cards() -> tuple[dict[str, Any], dict[str, Any]]:
        frames = [*of("table", await wall.look()), *of("match", await console.look())]
        seen, true = (x["card"] for x in frames if x["card"]["match"] == known.match)
        return seen, true

    while len(host.position.history) < 2:
        phase, number = host.position.phase, host.position.round
        await seminar.command(known.match, type="skip_phase", round=number, phase=phase)
    seen, true = await cards()
    assert (seen["index"], len(true["index"])) == ([], 2)
    await seminar.command(type="end_match")
    seen, true = await cards()
    assert seen["phase"] == "debrief"
    assert (seen["cooperation"], seen["index"]) == (true["cooperation"], true["index"])


@pytest.mark.slow
@pytest.mark.parametrize("action", [C, D, None])
async def test_the_wall_is_told_nothing_of_orders_and_private_talk(here: School, action: Any):
    """Neither which nor whether: what the wall is sent is the same, to the byte."""
    seminar = await played(here)
    listener = on_wall(seminar)
    await listener.look()
    roster = await seminar.roster()
    (known,) = roster.matches
    if action is not None:
        await order(seminar, roster.people[0].person, known.match, is_ready=False, action=action)
        await order(seminar, roster.people[1].person, known.match, is_ready=True, action=action)
    assert await listener.look() == []


async def test_a_class_under_neutral_names_is_not_told_what_it_plays(here: School):
    masked = {"name": "Neutral", "changes": {"is_masked": True}}
    seminar = await here.seminar(treatments=[masked, {"name": "Plain", "changes": {}}])
    (frame,) = await on_wall(seminar).look()
    assert (frame["card"]["scenario"], frame["card"]["title"]) == (None, None)


PLAYING = Table(a_scenario(shows_ready=True)).seat(*a_scenario().seats).start().position


def card_of(position: Position) -> TableCard:
    return table_card(SeminarMatch(MatchId("m"), "ABCD-EFGH", 1, None), position, {})


def test_a_table_that_keeps_readiness_to_itself_names_nobody():
    assert card_of(PLAYING).waited_for
    secret = replace(PLAYING, scenario=replace(PLAYING.scenario, shows_ready=False))
    assert card_of(secret).waited_for is None


def test_programs_are_not_waited_for():
    seat, *others = PLAYING.scenario.seats
    program = replace(PLAYING.holders[seat], autopilot="tit_for_tat")
    card = card_of(replace(PLAYING, holders={**PLAYING.holders, seat: program}))
    assert [waited.seat for waited in card.waited_for or ()] == others
    assert card.players == len(others)


# What its token opens


async def test_only_those_who_lead_a_class_open_its_wall(here: School):
    seminar, other = await here.seminar(), await here.seminar()
    (ann,) = await seminar.come("Ann")
    for token in (None, ann["seminar"]["token"], other.token, await wall_of(seminar)):
        answer = await here.post(f"{seminar.path}/wall", token)
        assert (answer.status_code, answer.json()["code"]) == (401, "facilitator_only")


async def test_the_wall_reads_a_table_as_the_public_sees_it(here: School):
    seminar = await played(here)
    (known,) = (await seminar.roster()).matches
    person = PersonId((await seminar.roster()).people[0].person)
    await order(seminar, person, known.match, is_ready=False, action=D)
    host = await here.services.registry.host(MatchId(known.match))
    sender = Sender(f"person:{person}", Actor(Role.PLAYER, person=person))
    await host.ask(c.SetReady(host.position.round, host.position.phase, True), sender)
    log = await read(here, seminar, known.match, await wall_of(seminar))
    seen = (redact(event, PUBLIC, host.position.scenario) for event in host.events)
    assert log["events"] == [to_json(event) for event in seen if event is not None]
    assert len(log["events"]) < len(host.events)
    assert sorted(log["names"].values()) == ["Person 0", "Person 1", "Person 2"]


async def read(here: School, seminar: Class, match: str, token: str) -> dict[str, Any]:
    answer = await got(here, f"{seminar.path}/tables/{match}", token)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def got(here: School, path: str, token: str) -> httpx.Response:
    return await here.client.get(path, headers=bearer(token))


@pytest.mark.slow(measured=True)
async def test_the_wall_does_nothing_and_reads_nothing_else(here: School):
    seminar, other = await played(here), await played(here)
    (known,) = (await seminar.roster()).matches
    (foreign,) = (await other.roster()).matches
    wall = await wall_of(seminar)
    elsewhere = await got(here, f"{seminar.path}/tables/{foreign.match}", wall)
    assert elsewhere.json()["code"] == "no_such_match"
    theirs = await got(here, f"{other.path}/tables/{foreign.match}", wall)
    assert theirs.json()["code"] == "wall_only"
    for path in ("", "/scenario", "/luck"):
        assert (await got(here, f"{seminar.path}{path}", wall)).status_code == 401
    for path in ("look?as=public", "advice", "moves"):
        assert (await got(here, f"/api/matches/{known.match}/{path}", wall)).status_code == 401
    for path in ("deal", "commands", "facilitators", f"matches/{known.match}/lead"):
        body = {"commands": []} if path == "commands" else {"name": "x"}
        assert (await here.post(f"{seminar.path}/{path}", wall, **body)).status_code in (401, 422)
    placed = await here.post("/api/seminars/place", wall)
    assert placed.json()["code"] == "member_only"
    await seminar.command(type="end_match")
    log = await got(here, f"/api/matches/{known.match}/log", wall)
    assert log.json()["code"] == "participants_only"
