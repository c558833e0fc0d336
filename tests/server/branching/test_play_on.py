"""Play on: a model of a match that has ended or of a record; who may, and what it leaves alone."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.position import Model
from game_rules.match import commands as c
from game_rules.match.visibility import shown
from game_rules.records.codec import dumps
from game_rules.records.lineage import lineage
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role, Seat
from server.analysis.service import Analyses
from server.branching.trunks import name_of, require_usual_size
from server.engines import threads
from server.guests.play import CAST
from server.hosting.match_host import MatchHost, Sender
from server.store.event_store import MatchId, is_of_guest
from tests.game_rules.scenes import a_scenario
from tests.server.running import without_waiting
from tests.server.seminar_scenes import School, bearer, school

CHN, JPN, PHL = Seat("CHN"), Seat("JPN"), Seat("PHL")
LEADER = Sender("facilitator", THE_FACILITATOR)
SECRETS = "we shall both defect", "we shall both cooperate"


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("models")) as here:
        without_waiting(here.services)
        here.services.analyses = Analyses(threads(1), wait_s=30.0)  # on a busy machine, too
        yield here


class Played:
    """A match of two people and a bot, who talk in private; it has ended."""

    def __init__(self, here: School) -> None:
        self.here = here
        self.made: dict[str, str] = {}
        self.ann = ""
        self.host: MatchHost

    @property
    def path(self) -> str:
        """Its address."""
        return f"/api/matches/{self.made['match']}"

    async def play(self, secret: str = "") -> "Played":
        """Play three rounds; in the first, the two say a secret to each other."""
        body = {"scenario": "plain", "pace": 1.0, "seed": "luck", "is_repeatable": True}
        self.made = await self.here.done("/api/matches", await self.here.host(), **body)
        self.host = await self.here.services.registry.host(MatchId(self.made["match"]))
        for seat, name in ((CHN, "Ann"), (JPN, "Bo")):
            came = await self.here.done("/api/join", code=self.made["code"], name=name)
            self.ann = self.ann or came["token"]
            hand = Sender(f"person:{came['person']}", _person(came["person"]))
            await self.host.ask(c.TakeSeat(seat, name), hand)
        await self.host.ask(c.SeatBot(PHL, "alternator"), LEADER)
        await self.host.ask(c.StartMatch(), LEADER)
        while not self.host.position.is_over:
            position = self.host.position
            if (position.round, position.phase) == (1, e.Phase.NEGOTIATION) and secret:
                hand = Sender("person:p1", _person("p1"))
                await self.host.ask(c.Say((CHN, JPN), secret), hand)
            await self.host.ask(c.SkipPhase(position.round, position.phase), LEADER)
            await self.host.settle()
        await self.here.services.housekeeping.save_summaries()
        return self

    async def play_on(self, token: str | None = None, **body: Any) -> httpx.Response:
        """Ask to play on as a guest."""
        asked = {"round": 2, "seat": PHL, **body}
        return await self.here.post(f"{self.path}/play-on", token or self.ann, **asked)


def _person(person: str) -> Actor:
    return Actor(Role.PLAYER, person=PersonId(person))


async def model_of(here: School, answer: httpx.Response) -> MatchHost:
    assert answer.status_code == 200, answer.text
    return await here.services.registry.host(MatchId(answer.json()["match"]))


async def play_out(here: School, host: MatchHost, person: str = "m1") -> MatchHost:
    hand = Sender(f"person:{person}", _person(person))
    while not host.position.is_over:
        number, phase = host.position.round, host.position.phase
        await host.ask(c.SetReady(number, phase, True), hand)
        await host.settle()
    await here.services.housekeeping.save_summaries()
    return host


@pytest.fixture(scope="module")
async def played(here: School) -> Played:
    return await Played(here).play(SECRETS[0])


async def test_a_guest_plays_on_in_one_request_and_the_trunk_stays_what_it_was(
    here: School, played: Played
) -> None:
    before = await here.services.logs.read(played.host.match_id)
    answer = await played.play_on()
    model = await model_of(here, answer)
    position = model.position
    assert is_of_guest(model.match_id)
    assert position.model == Model(played.made["match"], 2)
    assert (position.round, position.phase) == (2, e.Phase.NEGOTIATION)
    assert (position.pace, position.deadline_ms, position.paused_at_ms) == (None, None, None)
    assert position.seed == played.host.position.seed
    holders = {seat: x.strategy or x.person for seat, x in position.holders.items()}
    assert holders == {CHN: CAST[0], JPN: CAST[1], PHL: "m1"}
    shared = lineage(model.events).shared
    assert model.events[:shared] == played.host.events[:shared]
    await play_out(here, model)
    assert len(model.position.history) == 3
    assert model.position.history[0] == played.host.position.history[0]
    assert await here.services.logs.read(played.host.match_id) == before
    for way in ("log", "record", "moments"):
        ann = await here.client.get(f"{played.path}/{way}", headers=bearer(played.ann))
        assert ann.status_code == 200
    summary = await here.services.queries.match_by_id(model.match_id)
    assert summary is not None
    assert (summary.model_of, summary.model_from) == (played.made["match"], 2)
    verify(read_record(write_record(model.events, "0").encode()))


async def test_bots_of_the_trunk_stay_and_others_can_be_asked_for(
    here: School, played: Played
) -> None:
    answer = await played.play_on(seat=CHN, round=3, bots={JPN: "hedger"})
    model = await model_of(here, answer)
    holders = {seat: x.strategy or x.person for seat, x in model.position.holders.items()}
    assert holders == {CHN: "m1", JPN: "hedger", PHL: "alternator"}
    assert model.names == {PersonId("m1"): "Guest"}  # names of the trunk's people stay there


async def test_who_may_not_read_the_trunk_cannot_play_on_from_it(
    here: School, played: Played
) -> None:
    stranger = await here.post(f"{played.path}/play-on", round=2, seat=PHL)
    assert (stranger.status_code, stranger.json()["code"]) == (403, "participants_only")
    guest = await played.play_on()
    model = await model_of(here, guest)
    await play_out(here, model)
    closed = await here.client.get(f"/api/matches/{model.match_id}/log")
    assert closed.status_code == 403  # its archive holds the trunk's, which is not open either
    own = bearer(guest.json()["token"])
    assert (await here.client.get(f"/api/matches/{model.match_id}/log", headers=own)).is_success
    assert (await here.client.get(f"{played.path}/log", headers=own)).status_code == 403


async def test_a_match_that_is_played_is_not_played_on(here: School, played: Played) -> None:
    model = await model_of(here, await played.play_on())
    still = await here.post(
        f"/api/matches/{model.match_id}/play-on", await here.host(), round=2, seat=PHL
    )
    assert (still.status_code, still.json()["code"]) == (409, "still_playing")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"round": 9}, 422, "invalid_input"),
        ({"seat": "USA"}, 422, "invalid_input"),
        ({"bots": {"PHL": "realist"}}, 422, "invalid_input"),
        ({"bots": {"CHN": "nobody"}}, 422, "unknown_strategy"),
        ({"round": 0}, 422, "invalid_request"),
    ],
)
async def test_what_is_not_there_is_named_and_nothing_begins(
    played: Played, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await played.play_on(**body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_limits_of_guests_hold_for_models(
    here: School, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = here.services
    closed = services.settings.model_copy(update={"guest_play": False})
    monkeypatch.setattr(services, "settings", closed)
    off = await played.play_on()
    assert (off.status_code, off.json()["code"]) == (404, "guest_play_off")
    monkeypatch.undo()
    monkeypatch.setattr("server.branching.play_on.MOST_EVENTS_OF_GUEST", 2)
    long = await played.play_on()
    assert (long.status_code, long.json()["code"]) == (422, "invalid_input")
    assert "play on from an earlier round" in long.json()["message"]
    monkeypatch.undo()
    full = replace(services.guests, limits=replace(services.guests.limits, at_once=0))
    monkeypatch.setattr(services, "guests", full)
    answer = await played.play_on()
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_guests")


async def test_two_trunks_that_differ_in_a_secret_of_others_look_the_same_to_a_guest(
    here: School,
) -> None:
    seen = []
    for secret in SECRETS:
        trunk = await Played(here).play(secret)
        model = await model_of(here, await trunk.play_on())
        told = [dumps(x) for x in shown(model.events, PHL, model.position.scenario)]
        assert not any(secret in text for text in told)
        assert any(secret in dumps(x) for x in model.events)
        seen.append([text.replace(trunk.made["match"], "TRUNK") for text in told])
    assert seen[0] == seen[1]


async def test_a_facilitator_lets_people_in_by_a_code(here: School, played: Played) -> None:
    body = {"round": 2, "people": [CHN, PHL], "bots": {JPN: "realist"}}
    refused = await here.post(f"{played.path}/model", played.ann, **body)
    assert (refused.status_code, refused.json()["code"]) == (401, "facilitator_only")
    led = await here.done(f"{played.path}/model", played.made["token"], **body)
    host = await here.services.registry.host(MatchId(led["match"]))
    assert not is_of_guest(host.match_id)
    assert {seat: x.strategy for seat, x in host.position.holders.items()} == {JPN: "realist"}
    assert host.position.paused_at_ms is not None
    back = await here.post(f"/api/matches/{host.match_id}/branch", led["token"])
    assert (back.status_code, back.json()["code"]) == (409, "nothing_to_undo")
    came = await here.done("/api/join", code=led["code"], name="Cho")
    assert came["person"] == "m1"  # p1 and p2 are people of the trunk
    hand = Sender("person:m1", _person("m1"))
    await host.ask(c.TakeSeat(CHN, "Cho"), hand)
    await host.ask(c.ResumeMatch(), LEADER)
    await host.ask(c.SkipPhase(2, e.Phase.NEGOTIATION), LEADER)
    strait = {"strait": C, "forum": C}
    await host.ask(c.SaveOrder(2, strait), hand)
    listed = {x.match: x for x in await here.services.queries.list_matches()}
    assert listed[host.match_id].model_from == 2
    grant = await here.grant(led["token"])
    assert (grant.role, grant.match_id) == (Role.FACILITATOR, led["match"])
    family = await here.services.registry.family(host.match_id)
    assert [x.match_id for x in family] == [host.match_id]  # the trunk is none of its kin
    undone = await here.done(f"/api/matches/{host.match_id}/branch", led["token"])
    branch = await here.services.registry.host(MatchId(undone["match"]))
    assert branch.position.model == Model(played.made["match"], 2)
    assert branch.position.trunk == led["match"]


async def test_a_record_is_played_on_and_named_by_its_events(here: School, played: Played) -> None:
    record = write_record(played.host.events, "0", {PersonId("p1"): "Ann"})
    stranger = await here.post("/api/records/play-on", round=2, seat=PHL, record="{}")
    assert (stranger.status_code, stranger.json()["code"]) == (401, "token_only")
    body = {"round": 2, "record": record}
    begun = await here.post("/api/records/play-on", played.ann, seat=PHL, **body)
    model = await model_of(here, begun)
    trunk = name_of(played.host.events)
    assert model.position.model == Model(trunk, 2)
    assert trunk.startswith("record-")
    led = await here.post("/api/records/model", await here.host(), people=[CHN], **body)
    assert (await model_of(here, led)).position.model == Model(trunk, 2)
    of_ann = await here.post("/api/records/model", played.ann, people=[CHN], **body)
    assert (of_ann.status_code, of_ann.json()["code"]) == (401, "host_only")
    broken = await here.post(
        "/api/records/play-on", played.ann, round=2, seat=PHL, record="no record"
    )
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid_input")


async def test_what_takes_long_to_read_is_asked_for_again(
    here: School, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here.services.analyses, "wait_s", 0)
    async with here.services.analyses._turn:  # as if a question of somebody else was in work
        answer = await played.play_on(round=3, seat=JPN)
        again = await here.services.analyses.cut(_other(played), 1, "another")
    assert again.answer is None
    assert answer.status_code in (200, 429)


def _other(played: Played) -> Any:
    from server.analysis.questions import Source

    return Source("another key", tuple(played.host.events))


def test_a_record_larger_than_all_that_is_played_here_is_refused() -> None:
    small = a_scenario()
    require_usual_size(small, [small])
    with pytest.raises(InvalidInput, match="3 seats; a record is played on here with at most 0"):
        require_usual_size(small, [])


async def test_the_settings_of_a_trunk_decide_whether_a_link_opens_its_model(
    tmp_path: Path, here: School, played: Played
) -> None:
    changed = await here.client.patch(
        played.path, json={"is_open_to_link": True}, headers=bearer(played.made["token"])
    )
    assert changed.is_success
    model = await model_of(here, await here.post(f"{played.path}/play-on", round=3, seat=PHL))
    await play_out(here, model)
    assert (await here.client.get(f"/api/matches/{model.match_id}/log")).is_success


async def test_a_model_stands_beside_its_trunk_for_who_may_read_it(
    here: School, played: Played
) -> None:
    begun = (await played.play_on(seat=CHN, round=2)).json()
    own, path = bearer(begun["token"]), f"/api/matches/{begun['match']}/beside"
    early = await here.client.get(path, headers=own)
    assert (early.status_code, early.json()["code"]) == (409, "still_playing")
    model = await here.services.registry.host(MatchId(begun["match"]))
    await play_out(here, model)
    found = (await here.client.get(path, headers=own, timeout=30)).json()["found"]
    assert found["start"] == 2
    assert found["fell"][0] == found["other"][0]
    assert {x["seat"] for x in found["points"]} == {CHN, JPN, PHL}
    assert found["told"]
    no_model = await here.client.get(f"{played.path}/beside", headers=bearer(played.ann))
    assert (no_model.status_code, no_model.json()["code"]) == (422, "invalid_input")


async def test_a_model_of_a_record_is_compared_with_that_record_alone(
    here: School, played: Played
) -> None:
    record = write_record(played.host.events, "0")
    begun = await here.done("/api/records/play-on", played.ann, round=2, seat=CHN, record=record)
    path = f"/api/matches/{begun['match']}/beside"
    await play_out(here, await here.services.registry.host(MatchId(begun["match"])))
    without = await here.client.get(path, headers=bearer(begun["token"]))
    assert (without.status_code, without.json()["code"]) == (409, "record_needed")
    answer = await here.post(path, begun["token"], record=record)
    assert answer.json()["found"]["start"] == 2
    other = write_record((await Played(here).play("another word")).host.events, "0")
    wrong = await here.post(path, begun["token"], record=other)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_input")
    assert "open that one" in wrong.json()["message"]
