"""Advice over HTTP: which seat gets it, and that it reveals nothing hidden."""

import json
from collections.abc import AsyncGenerator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from game_rules.advice.advice_json import advice_json, people_json
from game_rules.advice.move_offers import moves_open_to
from game_rules.advice.patterns import advise_by_pattern, circumstances
from game_rules.advice.people import NoPeople
from game_rules.games.stage_games import Action, C, D
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat, seated
from game_rules.scenario_files.scenarios import shipped_scenario
from server.hosting.advice import advice_for
from server.hosting.match_host import MatchHost, Sender
from server.hosting.seat_views import SeatViews
from server.store.event_store import MatchId
from tests.fakes import ManualClock
from tests.game_rules.rulesets.second.regions import SecondTable, quad
from tests.game_rules.scenes import Table
from tests.server.running import make_app, running, services_of

MATCH = MatchId("advice-1")
CHN, PHL = Seat("CHN"), Seat("PHL")
CODE = "code_of_conduct"
HOST = Sender("facilitator", THE_FACILITATOR)


@pytest.fixture
async def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(tmp_path_factory.mktemp("advice"), ManualClock())


@pytest.fixture
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


async def playing(app: Starlette, has_advisor: bool = True, match: MatchId = MATCH) -> MatchHost:
    """Seat two people in the South China Sea, and come to the first negotiation."""
    scenario = replace(shipped_scenario("south_china_sea"), has_advisor=has_advisor)
    services = services_of(app)
    await services.queries.create_match(match, scenario.name, scenario.title, 8, 0)
    host = await services.registry.create(match, scenario, "7", 1.0)
    for seat in (CHN, PHL):
        take = c.TakeSeat(seat, "Ann")
        await host.ask(take, Sender(seat, Actor(Role.PLAYER, None, person_of(seat))))
    await host.ask(c.StartMatch(), HOST)
    await host.ask(c.SkipPhase(0, host.position.phase), HOST)
    return host


def person_of(seat: Seat) -> PersonId:
    return PersonId(f"person {seat}")


async def order(host: MatchHost, seat: Seat, action: Action) -> None:
    sender = Sender(seat, Actor(Role.PLAYER, seat, person_of(seat)))
    await host.ask(c.SaveOrder(host.position.round, {CODE: action}), sender)


async def token(app: Starlette, role: Role, seat: Seat | None = None) -> str:
    person = None if seat is None else person_of(seat)
    return await services_of(app).access.issue(role, MATCH, person=person)


async def get(client: httpx.AsyncClient, path: str, token: str) -> httpx.Response:
    return await client.get(
        f"/api/matches/{MATCH}/{path}", headers={"authorization": f"Bearer {token}"}
    )


async def test_a_seat_is_advised_on_its_own_arenas(app: Starlette, client: httpx.AsyncClient):
    host = await playing(app)
    answer = await get(client, "advice", await token(app, Role.PLAYER, CHN))
    code, *others = answer.json()["advice"]
    arena = host.position.arenas[0]
    beliefs = (1.0, 0.5, 0.5, 0.5, 0.5)
    told = advise_by_pattern(arena.game, 0, beliefs, circumstances(host.position, arena))
    assert {key: code[key] for key in code if key not in ("steps", "effort")} == {
        "arena": CODE,
        **json.loads(json.dumps(advice_json(told))),
        **people_json(NoPeople.NOT_A_PAIR),
    }
    assert [x["arena"] for x in others] == ["encounters_at_sea", "fisheries"]


async def test_moves_are_those_that_the_rules_offer(app: Starlette, client: httpx.AsyncClient):
    host = await playing(app)
    answer = await get(client, "moves", await token(app, Role.PLAYER, PHL))
    offered = [offer["move"]["kind"] for offer in answer.json()["moves"]]
    assert offered == [offer.move.kind for offer in moves_open_to(host.position, PHL)]
    assert "restraint" in offered


async def test_without_the_treatment_nobody_is_advised(app: Starlette, client: httpx.AsyncClient):
    await playing(app, has_advisor=False)
    answer = await get(client, "advice", await token(app, Role.PLAYER, CHN))
    assert (answer.status_code, answer.json()["code"]) == (409, "no_advisor")


@pytest.mark.parametrize("path", ["advice", "moves"])
async def test_only_ones_own_seat_is_advised(app: Starlette, client: httpx.AsyncClient, path: str):
    await playing(app)
    await services_of(app).queries.create_match(MatchId("other"), "quick", "Quick", 3, 0)
    player = await token(app, Role.PLAYER, CHN)
    standing_by = await services_of(app).access.issue(Role.PLAYER, MATCH, person="nobody")
    elsewhere = await services_of(app).access.issue(Role.PLAYER, MatchId("other"), person="x")
    refusals = [
        await get(client, f"{path}?seat=PHL", player),
        await get(client, path, standing_by),
        await get(client, path, elsewhere),
        await get(client, path, await token(app, Role.OBSERVER)),
        await get(client, path, "no token"),
    ]
    told = [(answer.status_code, answer.json()["code"]) for answer in refusals]
    assert told == [
        (403, "not_yours"),
        (409, "no_seat"),
        (401, "player_only"),
        (401, "player_only"),
        (401, "player_only"),
    ]


async def test_a_facilitator_names_the_seat(app: Starlette, client: httpx.AsyncClient):
    await playing(app)
    facilitator = await token(app, Role.FACILITATOR)
    unnamed, unknown, named = [
        await get(client, path, facilitator)
        for path in ("advice", "advice?seat=XYZ", "advice?seat=PHL")
    ]
    assert [unnamed.json()["code"], unknown.json()["code"]] == ["no_such_seat"] * 2
    assert [entry["arena"] for entry in named.json()["advice"]] == [
        CODE,
        "us_philippines_treaty",
        "fisheries",
    ]


@pytest.mark.slow
async def test_a_sealed_order_changes_no_byte_of_anothers_advice(
    app: Starlette, client: httpx.AsyncClient
):
    host = await playing(app)
    china = await token(app, Role.PLAYER, CHN)
    told = []
    for action in (C, D):
        await order(host, PHL, action)
        told.append([(await get(client, path, china)).content for path in ("advice", "moves")])
    assert told[0] == told[1]


async def test_too_many_questions_are_refused(app: Starlette, client: httpx.AsyncClient):
    await playing(app)
    china = await token(app, Role.PLAYER, CHN)
    codes = {(await get(client, "moves", china)).status_code for _ in range(200)}
    assert codes == {200, 429}


async def test_a_view_grows_with_the_log_and_is_what_the_seat_was_shown(
    app: Starlette, client: httpx.AsyncClient
):
    host, views = await playing(app), SeatViews()
    views.most_kept = 1
    views.of(MATCH, host, seated(CHN))
    await order(host, PHL, C)
    await order(host, CHN, D)
    for seat in (CHN, PHL, CHN):
        log = (redact(event, seated(seat), host.position.scenario) for event in host.events)
        assert views.of(MATCH, host, seated(seat)) == fold(
            [event for event in log if event is not None]
        )
    assert views.of(MATCH, host, seated(CHN)) != host.position


def test_in_rules_2_advice_carries_the_pattern_the_terms_and_the_effort():
    table = SecondTable(quad())
    told = {x["arena"]: x for x in advice_for(table.round("C"), Seat("CHN"))}
    summit = told["east_asia_summit"]
    shadow = [x for x in summit.get("steps", []) if x["cause"] == "shadow"]
    assert [(x["parameter"], x["because"]) for x in shadow] == [("c", ["quad", "aukus"])]
    assert summit["pattern"]["cases"] == 32
    assert summit.get("effort") == {"price": 0.0, "is_given_up": False}


def test_a_seat_is_told_what_people_did_where_its_game_is_a_dilemma_that_chance_ends():
    scenario = replace(shipped_scenario("prisoners_dilemma"), continuation=0.75)
    position = Table(scenario).start().position
    (entry,) = advice_for(position, scenario.seats[0])
    assert entry["people"] == {
        "first_round": 0.6238,
        "low": 0.4188,
        "high": 0.8288,
        "basin": 0.2,
        "delta_rd": 0.6,
    }
    assert entry["people_reason"] is None
