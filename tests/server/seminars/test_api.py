"""Seminars over HTTP: who may do what, and what comes of it."""

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from game_rules.errors import SeatFixed
from game_rules.games.stage_games import Bimatrix, C
from game_rules.log.control_events import FacilitatorActed
from game_rules.log.events import Phase
from game_rules.log.people import with_names
from game_rules.match import commands as c
from game_rules.records.codec import dumps, to_json
from game_rules.roles import Actor, PersonId, Role, Seat
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.pairings import Pairing
from game_rules.scenario.scenario import Press
from game_rules.scenario_files.scenarios import load_scenario
from server.hosting.match_host import Sender
from server.seminars.seminar import MOST_PEOPLE
from server.store.event_store import MatchId
from tests.server.running import without_waiting
from tests.server.seminar_scenes import Class, School, bearer, school


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("school")) as running:
        yield running


@pytest.fixture(autouse=True)
def waits(here: School) -> list[float]:
    """The waits that answers were put off for, in seconds; none is waited for."""
    return without_waiting(here.services)


def refused(answer: httpx.Response, status: int, code: str) -> str:
    """Check that a refusal has the one form of all refusals; give its message."""
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code
    assert "\n" not in answer.json()["message"]
    return answer.json()["message"]


async def a_class(here: School, count: int, **more: Any) -> Class:
    """Open a seminar to which so many people come."""
    seminar = await here.seminar(**more)
    await seminar.come(*(f"Person {number}" for number in range(count)))
    return seminar


# Coming in


async def test_people_come_by_the_code_and_wait(here: School):
    seminar = await here.seminar()
    (ann,) = await seminar.come("  Ann   Lee ")
    assert (ann["match"], ann["token"]) == (None, None)
    assert ann["seminar"]["name"] == "Ann Lee"
    assert await here.done("/api/seminars/place", ann["seminar"]["token"]) == {
        "match": None,
        "token": None,
    }
    (member,) = (await seminar.roster()).people
    assert (member.name, member.person, member.match) == ("Ann Lee", ann["person"], None)


async def test_who_comes_with_a_matchs_code_still_comes_to_that_match(here: School):
    created = await here.done("/api/matches", await here.host(), scenario="quick")
    joined = await here.done("/api/join", code=created["code"], name="Ann")
    assert (joined["match"], joined["seminar"]) == (created["match"], None)


async def test_a_name_is_one_persons_whatever_its_case(here: School):
    seminar = await here.seminar()
    await seminar.come("Ann Lee")
    answer = await here.post("/api/join", code=seminar.code, name="ANN  lee")
    assert "give your key if it is you" in refused(answer, 409, "name_taken")


@pytest.mark.parametrize("twin", ["\u0410nna", "Anna\u200b", "An\u202ena", "Ａnna", "Anna\x00"])
async def test_a_name_that_looks_like_somebodys_is_theirs(here: School, twin: str):
    seminar = await here.seminar()
    await seminar.come("Anna")
    refused(await here.post("/api/join", code=seminar.code, name=twin), 409, "name_taken")


async def test_names_are_kept_as_they_can_be_seen(here: School):
    seminar = await here.seminar()
    await seminar.come(" Ａnn\u200b \u202e  Lee\x07 ")
    (member,) = (await seminar.roster()).people
    assert member.name == "Ann Lee"
    unseen = await here.post("/api/join", code=seminar.code, name="\u3164\u200b")
    assert unseen.status_code == 422


async def test_a_seed_that_cannot_be_copied_is_refused(here: School):
    answer = await here.post(
        "/api/matches", await here.host(), scenario="quick", seed="seven\u200b"
    )
    assert answer.status_code == 422


async def test_the_same_person_comes_back_to_the_same_seat_from_any_device(here: School):
    seminar = await here.seminar()
    (ann, *_) = await seminar.come("Ann", "Ben")
    await seminar.deal()
    key = ann["seminar"]["key"].lower()
    back = await here.done("/api/join", code=seminar.code, name="ann", key=f" {key[:3]}-{key[3:]}")
    assert back["person"] == ann["person"]
    position = await seminar.position(back["match"])
    assert position.seat_of(ann["person"]) is not None
    assert len((await seminar.roster()).people) == 2


@pytest.mark.slow
async def test_a_wrong_key_opens_nothing_and_the_right_one_always_passes(
    here: School, waits: list[float]
):
    seminar = await here.seminar()
    (ann,) = await seminar.come("Ann")
    body = {"code": seminar.code, "name": "Ann", "key": "000000"}
    for _ in range(21):
        refused(await here.post("/api/join", **body), 403, "wrong_key")
    assert waits == [6]
    await here.done("/api/join", **{**body, "key": ann["seminar"]["key"]})
    await here.done("/api/join", **{**body, "name": "Bo", "key": None})
    assert waits == [6]


@pytest.mark.slow
async def test_forty_behind_one_address_are_let_in_beside_one_who_types_wrong_codes(
    here: School, waits: list[float]
):
    """A second passes between two of them; every fourth mistypes once, and comes back by key."""
    seminar = await here.seminar()
    wrong = {"code": "ZZZZ-ZZZZ", "name": "x"}
    for number in range(40):
        for _ in range(3):
            await here.client.post("/api/join", json=wrong, headers={"user-agent": "a prankster"})
        here.clock.advance(1_000)
        waits.clear()
        phone = {"user-agent": f"phone {number}"}
        right = {"code": seminar.code, "name": f"Student {number}"}
        if number % 4 == 0:
            answer = await here.client.post("/api/join", json=wrong, headers=phone)
            refused(answer, 404, "no_such_code")
        came = await here.client.post("/api/join", json=right, headers=phone)
        assert came.status_code == 200
        key = came.json()["seminar"]["key"]
        back = await here.client.post("/api/join", json={**right, "key": key}, headers=phone)
        assert (back.status_code, waits) == (200, [])
    assert (await here.post("/api/host", secret=here.services.host_secret)).status_code == 200


async def test_a_key_is_good_only_for_its_own_name(here: School):
    seminar = await here.seminar()
    ann, _ = await seminar.come("Ann", "Ben")
    body = {"code": seminar.code, "name": "Ben", "key": ann["seminar"]["key"]}
    refused(await here.post("/api/join", **body), 403, "wrong_key")


async def test_a_new_key_makes_the_old_one_useless(here: School):
    seminar = await here.seminar()
    (ann,) = await seminar.come("Ann")
    path = f"{seminar.path}/people/{ann['person']}/key"
    key = (await here.done(path, seminar.token))["key"]
    body = {"code": seminar.code, "name": "Ann"}
    refused(await here.post("/api/join", **body, key=ann["seminar"]["key"]), 403, "wrong_key")
    assert (await here.done("/api/join", **body, key=key))["person"] == ann["person"]


async def test_a_seminar_takes_so_many_and_no_more(here: School, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.seminars.service.MOST_PEOPLE", 2)
    seminar = await a_class(here, 2)
    answer = await here.post("/api/join", code=seminar.code, name="One too many")
    assert str(MOST_PEOPLE) in refused(answer, 409, "seminar_full")


async def test_a_whole_class_may_come_at_once(here: School):
    seminar = await here.seminar()
    coming = (here.done("/api/join", code=seminar.code, name=f"{n}") for n in range(30))
    joined = await asyncio.gather(*coming)
    assert len({one["person"] for one in joined}) == 30
    assert len((await seminar.roster()).people) == 30


async def test_an_archived_seminar_lets_nobody_in_until_it_is_brought_back(here: School):
    seminar = await here.seminar()
    changed = await here.client.patch(
        seminar.path, json={"is_archived": True, "name": "Old"}, headers=bearer(seminar.token)
    )
    assert (changed.json()["is_archived"], changed.json()["name"]) == (True, "Old")
    refused(await here.post("/api/join", code=seminar.code, name="Ann"), 404, "no_such_code")
    back = {"is_archived": False}
    await here.client.patch(seminar.path, json=back, headers=bearer(seminar.token))
    assert await seminar.come("Ann")


async def test_a_change_of_nothing_changes_nothing(here: School):
    seminar = await here.seminar()
    answer = await here.client.patch(seminar.path, json={}, headers=bearer(seminar.token))
    assert answer.json()["name"] == "Monday"


# Making the matches


@pytest.mark.parametrize(
    ("people", "matches", "sizes", "bots"),
    [
        (5, None, [3, 2], 1),
        (9, None, [3, 3, 3], 0),
        (7, None, [3, 2, 2], 2),
        (2, 2, [1, 1], 4),
    ],
)
async def test_a_class_is_dealt_into_matches_with_one_click(
    here: School, people: int, matches: int | None, sizes: list[int], bots: int
):
    seminar = await a_class(here, people)
    preview = await seminar.deal(matches=matches, is_preview=True)
    assert (await seminar.roster()).matches == ()
    assert await seminar.deal(matches=matches) == preview
    assert (preview["sizes"], preview["bots"]) == (sizes, bots)
    held = [position.holders.values() for position in await seminar.positions()]
    assert [sum(not x.is_bot for x in holders) for holders in held] == sizes
    assert [len(holders) for holders in held] == [3] * len(sizes)
    roster = await seminar.roster()
    for member in roster.people:
        assert member.match is not None
        assert (await seminar.position(member.match)).seat_of(member.person) is not None


async def test_a_hundred_people_are_dealt(here: School):
    seminar = await a_class(here, 100)
    assert sum((await seminar.deal())["sizes"]) == 100
    assert len((await seminar.roster()).matches) == 34


async def test_nobody_cannot_be_dealt(here: School):
    seminar = await here.seminar()
    answer = await here.post(f"{seminar.path}/deal", seminar.token)
    assert "show the code" in refused(answer, 422, "no_place")


async def test_more_matches_than_people_are_refused(here: School):
    seminar = await a_class(here, 2)
    answer = await here.post(f"{seminar.path}/deal", seminar.token, matches=3)
    assert "3 matches for 2 people; make 1 to 2" in refused(answer, 422, "no_place")


async def test_what_has_not_begun_is_dealt_anew(here: School):
    seminar = await a_class(here, 5)
    await seminar.deal()
    old = [known.match for known in (await seminar.roster()).matches]
    await seminar.come("Late")
    await seminar.deal(matches=1)
    (new,) = [known.match for known in (await seminar.roster()).matches]
    assert new not in old
    assert {member.match for member in (await seminar.roster()).people} == {new}
    assert all([(await seminar.position(match)).is_over for match in old])


async def test_what_has_begun_is_not_dealt_anew(here: School):
    seminar = await a_class(here, 5)
    await seminar.deal()
    first, second = (known.match for known in (await seminar.roster()).matches)
    await seminar.command(first, type="start_match")
    answer = await here.post(f"{seminar.path}/deal", seminar.token)
    assert "1 of 2 matches have started" in refused(answer, 409, "already_playing")
    assert (await seminar.position(second)).phase is Phase.LOBBY


async def test_what_was_played_to_its_end_is_not_dealt_anew(here: School):
    seminar = await here.seminar()
    await seminar.come("Ann", "Bo", "Cy")
    await seminar.deal()
    await seminar.command(type="start_match")
    await seminar.command(type="end_match")
    (played,) = await seminar.positions()
    assert played.is_over
    answer = await here.post(f"{seminar.path}/deal", seminar.token)
    assert "1 of 1 matches have started" in refused(answer, 409, "already_playing")


async def test_what_was_ended_in_its_lobby_is_dealt_anew(here: School):
    seminar = await here.seminar()
    await seminar.come("Ann", "Bo", "Cy")
    await seminar.deal()
    await seminar.command(type="end_match")
    assert (await seminar.deal())["sizes"] == [3]


async def test_treatments_go_round_and_change_the_scenario(here: School):
    treatments = [
        {"name": "talk", "changes": {}},
        {"name": "silence", "changes": {"press": "none", "monitoring": 0.9, "continuation": 0.5}},
    ]
    seminar = await a_class(here, 9, treatments=treatments)
    await seminar.deal()
    assert [x.treatment for x in (await seminar.roster()).matches] == ["talk", "silence", "talk"]
    talk, silence, _ = [position.scenario for position in await seminar.positions()]
    assert (talk.press, talk.monitoring) == (Press.FULL, 1.0)
    assert (silence.press, silence.monitoring, silence.continuation) == (Press.NONE, 0.9, 0.5)


async def test_a_treatment_may_list_the_moves_that_are_allowed(here: School):
    treatments = [
        {"name": "none", "changes": {"moves": []}},
        {"name": "two", "changes": {"moves": ["restraint", "fund"]}},
    ]
    seminar = await a_class(here, 6, scenario="quick", treatments=treatments)
    await seminar.deal()
    none, two = [position.scenario.moves.allowed for position in await seminar.positions()]
    assert (none, [kind.value for kind in two]) == ((), ["restraint", "fund"])


async def test_a_treatment_with_a_move_twice_or_unknown_is_refused(here: School):
    for moves in (["fund", "fund"], ["castle"], "fund"):
        treatments = [{"name": "a", "changes": {"moves": moves}}]
        body = {"name": "x", "scenario": "quick", "treatments": treatments}
        answer = await here.post("/api/seminars", await here.host(), **body)
        assert answer.status_code == 422


async def test_a_few_people_still_get_every_treatment(here: School):
    treatments = [{"name": name, "changes": {}} for name in ("a", "b")]
    seminar = await a_class(here, 3, treatments=treatments)
    assert (await seminar.deal())["sizes"] == [2, 1]


async def test_two_treatments_of_one_name_are_refused(here: School):
    treatments = [{"name": "a", "changes": {}}] * 2
    body = {"name": "x", "scenario": "quick", "treatments": treatments}
    answer = await here.post("/api/seminars", await here.host(), **body)
    refused(answer, 422, "same_treatment")


# Dyads


async def test_fixed_dyads_get_a_match_each(here: School):
    seminar = await a_class(here, 5, scenario="chicken", pairing="fixed")
    assert (await seminar.deal())["seats"] == [2, 2, 2]
    assert all(position.scenario.population is None for position in await seminar.positions())


@pytest.mark.parametrize("pairing", ["random", "round_robin"])
async def test_drawn_dyads_share_a_match_and_an_odd_one_plays_a_bot(here: School, pairing: str):
    seminar = await a_class(here, 5, scenario="chicken", pairing=pairing)
    assert await seminar.deal() == {"sizes": [5], "seats": [6], "bots": 1}
    (position,) = await seminar.positions()
    assert position.scenario.population is not None
    assert position.scenario.population.pairing is Pairing(pairing)
    assert [arena.members for arena in position.arenas] != []
    assert [len(arena.members) for arena in position.arenas] == [2, 2, 2]


async def test_a_whole_class_is_paired_in_one_match_and_news_reaches_every_pair(here: School):
    seminar = await a_class(here, 41, scenario="chicken", pairing="random")
    assert await seminar.deal() == {"sizes": [41], "seats": [42], "bots": 1}
    (known,) = (await seminar.roster()).matches
    await seminar.command(known.match, type="start_match")
    effect = {"arena": "chicken", "parameter": "P", "change": -1.5}
    news = {"name": "storm", "title": "A storm", "text": "It rains.", "rounds": 2}
    (told,) = await seminar.command(
        known.match, type="open_inject", inject={**news, "effects": [effect]}
    )
    assert told["ok"]
    before = (await seminar.position(known.match)).scenario.arenas[0].game
    await seminar.command(known.match, type="skip_phase", round=0, phase="briefing")
    position = await seminar.position(known.match)
    assert position.round == 1
    assert len(position.arenas) == 21
    assert isinstance(before, Bimatrix)
    for arena in position.arenas:
        assert isinstance(arena.game, Bimatrix)
        assert arena.game.row.P == before.row.P - 1.5
        assert arena.game.column.P == before.column.P - 1.5


async def test_a_facilitator_may_split_a_paired_class(here: School):
    seminar = await a_class(here, 30, scenario="chicken", pairing="random")
    assert await seminar.deal(matches=3) == {"sizes": [10, 10, 10], "seats": [10] * 3, "bots": 0}


async def test_pairs_are_drawn_for_scenarios_of_two(here: School):
    body = {"name": "x", "scenario": "quick", "pairing": "random"}
    answer = await here.post("/api/seminars", await here.host(), **body)
    assert "has 3 seats; pairs are drawn for 2" in refused(answer, 422, "no_pairs")


# Delegations


async def test_more_people_than_seats_share_them_evenly(here: School):
    seminar = await a_class(here, 7)
    assert await seminar.deal(matches=1) == {"sizes": [7], "seats": [3], "bots": 0}
    (position,) = await seminar.positions()
    assert sorted(len(holder.people) for holder in position.holders.values()) == [2, 2, 3]


async def test_who_comes_late_to_full_seats_joins_the_smallest_delegation(here: School):
    seminar = await a_class(here, 5)
    await seminar.deal(matches=1)
    (late,) = await seminar.come("Late")
    holders = (await seminar.position(late["match"])).holders.values()
    assert [len(holder.people) for holder in holders] == [2, 2, 2]


# Seats that were dealt


async def _sender(here: School, seminar: Class, joined: dict[str, Any]) -> tuple[Sender, Seat]:
    """Return what a student's socket would send as, and where the student sits."""
    place = await here.done("/api/seminars/place", joined["seminar"]["token"])
    member = await seminar.member(joined["person"])
    return Sender.of(await here.grant(place["token"])), await seminar.seat_of(member)


@pytest.mark.parametrize("has_begun", [False, True])
async def test_a_dealt_seat_is_neither_left_nor_changed(here: School, has_begun: bool):
    seminar = await here.seminar()
    ann, _ = await seminar.come("Ann", "Ben")
    await seminar.deal()
    if has_begun:
        await seminar.command(type="start_match")
    sender, seat = await _sender(here, seminar, ann)
    (known,) = (await seminar.roster()).matches
    host = await here.services.registry.host(known.match)
    (bots,) = [seat for seat, holder in host.position.holders.items() if holder.is_bot]
    await host.settle()  # until the bot has spoken
    before = host.seq
    for command in (c.LeaveSeat(), c.TakeSeat(bots, "Ann"), c.TakeSeat(seat, "Ann")):
        with pytest.raises(SeatFixed, match="ask the facilitator to move you"):
            await host.ask(command, sender)
    assert host.seq == before


async def test_a_dealt_seat_is_kept_however_quickly_one_asks(here: School):
    """Whoever has no seat may take one; the second of two in one turn is a change."""
    seminar = await here.seminar()
    ann, _ = await seminar.come("Ann", "Ben")
    await seminar.deal()
    sender, seat = await _sender(here, seminar, ann)
    await seminar.command(type="clear_seat", seat=seat)
    (known,) = (await seminar.roster()).matches
    host = await here.services.registry.host(known.match)
    taken = host.ask(c.TakeSeat(seat, "Ann"), sender)
    left = host.ask(c.LeaveSeat(), sender)
    await taken
    with pytest.raises(SeatFixed):
        await left
    assert host.position.seat_of(PersonId(ann["person"])) == seat


async def test_who_joins_a_match_by_its_own_code_chooses_freely(here: School):
    created = await here.done("/api/matches", await here.host(), scenario="quick")
    joined = await here.done("/api/join", code=created["code"], name="Ann")
    sender = Sender.of(await here.grant(joined["token"]))
    host = await here.services.registry.host(MatchId(created["match"]))
    for command in (c.TakeSeat(Seat("CHN"), "Ann"), c.TakeSeat(Seat("PHL"), "Ann"), c.LeaveSeat()):
        await host.ask(command, sender)
    assert host.position.holders == {}


async def test_a_start_puts_the_seminars_bot_on_empty_seats(here: School):
    seminar = await a_class(here, 5, bot="grudger")
    await seminar.deal()
    first, _ = await seminar.positions()
    people = [seat for seat, holder in first.holders.items() if not holder.is_bot]
    roster = await seminar.roster()
    await seminar.command(roster.matches[0].match, type="clear_seat", seat=people[0])
    outcomes = await seminar.command(type="start_match")
    assert [outcome["ok"] for outcome in outcomes] == [True, True]
    for position in await seminar.positions():
        assert position.phase is not Phase.LOBBY
        assert set(position.holders) == set(position.scenario.seats)
    filled = (await seminar.positions())[0].holders[people[0]]
    assert (filled.is_bot, filled.strategy) == (True, "grudger")


async def test_a_second_start_fills_no_seat_of_a_match_that_runs(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    await seminar.command(type="start_match")
    (position,) = await seminar.positions()
    seat = position.scenario.seats[0]
    await seminar.command(type="clear_seat", seat=seat)
    (outcome,) = await seminar.command(type="start_match")
    assert (outcome["ok"], outcome["code"]) == (False, "not_now")
    assert seat not in (await seminar.position(outcome["match"])).holders


# Coming late, moving, leaving


async def test_who_comes_late_takes_a_bots_seat_at_once(here: School):
    seminar = await a_class(here, 5)
    await seminar.deal()
    await seminar.command(type="start_match")
    (late,) = await seminar.come("Late")
    position = await seminar.position(late["match"])
    assert position.phase is not Phase.LOBBY
    assert position.seat_of(late["person"]) is not None
    assert len([x for x in position.holders.values() if not x.is_bot]) == 3


async def test_somebody_is_moved_and_a_bot_takes_the_seat(here: School):
    seminar = await a_class(here, 5)
    await seminar.deal()
    roster = await seminar.roster()
    first, second = (known.match for known in roster.matches)
    ann = roster.in_match(first)[0]
    seat = await seminar.seat_of(ann)
    body = {"match": second}
    await here.done(f"{seminar.path}/people/{ann.person}/move", seminar.token, **body)
    assert (await seminar.position(first)).holders[seat].is_bot
    assert (await seminar.position(second)).seat_of(ann.person) is not None
    assert (await seminar.member(ann.person)).match == second


async def test_somebody_is_given_another_seat_of_the_same_match(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    roster = await seminar.roster()
    (match,), ann = [known.match for known in roster.matches], roster.people[0]
    position = await seminar.position(match)
    (free,) = [seat for seat, holder in position.holders.items() if holder.is_bot]
    path = f"{seminar.path}/people/{ann.person}/move"
    await here.done(path, seminar.token, match=match, seat=free)
    assert (await seminar.position(match)).seat_of(ann.person) == free


async def test_whoever_is_moved_loses_the_old_place_and_finds_the_new_one(here: School):
    seminar = await a_class(here, 4)
    await seminar.deal()
    (ann,) = await seminar.come("Late")
    roster = await seminar.roster()
    other = next(x.match for x in roster.matches if x.match != ann["match"])
    await here.done(f"{seminar.path}/people/{ann['person']}/move", seminar.token, match=other)
    access = here.services.access
    assert await access.authenticate(ann["token"]) is None
    found = await here.done("/api/seminars/place", ann["seminar"]["token"])
    assert found["match"] == other
    assert (await here.grant(found["token"])).match_id == other


async def test_one_who_asks_for_a_place_without_end_is_stopped_and_nobody_else(here: School):
    """Every place is a token that is kept; no time passes by the server's clock."""
    seminar = await here.seminar()
    ann, bo = [came["seminar"]["token"] for came in await seminar.come("Ann", "Bo")]
    await seminar.deal()
    answers = [await here.post("/api/seminars/place", ann) for _ in range(41)]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429]
    refused(answers[-1], 429, "too_many_requests")
    assert answers[-1].headers["retry-after"] == "1"
    assert (await here.done("/api/seminars/place", bo))["token"]


async def test_whoever_is_removed_is_gone_and_the_name_is_free(here: School):
    seminar = await a_class(here, 3)
    await seminar.deal()
    (late,) = await seminar.come("Trouble")
    await here.done(f"{seminar.path}/people/{late['person']}/remove", seminar.token)
    answer = await here.post("/api/seminars/place", late["seminar"]["token"])
    refused(answer, 401, "member_only")
    assert await here.services.access.authenticate(late["token"]) is None
    assert await seminar.come("Trouble")


async def test_whoever_waits_can_be_removed(here: School):
    seminar = await here.seminar()
    (ann,) = await seminar.come("Ann")
    await here.done(f"{seminar.path}/people/{ann['person']}/remove", seminar.token)
    assert (await seminar.roster()).people == ()


@pytest.mark.parametrize("what", ["key", "remove", "move"])
async def test_nobody_known_cannot_be_dealt_with(here: School, what: str):
    seminar = await here.seminar()
    body = {"match": "x"} if what == "move" else {}
    answer = await here.post(f"{seminar.path}/people/stranger/{what}", seminar.token, **body)
    refused(answer, 404, "no_such_person")


async def test_nobody_is_moved_to_a_match_of_others(here: School):
    seminar, other = await a_class(here, 2), await a_class(here, 2)
    await seminar.deal()
    await other.deal()
    person, (foreign,) = (await seminar.roster()).people[0].person, (await other.roster()).matches
    path = f"{seminar.path}/people/{person}/move"
    answer = await here.post(path, seminar.token, match=foreign.match)
    refused(answer, 404, "no_such_match")


async def test_who_finds_no_seat_comes_to_a_match_that_is_over_to_look(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    await seminar.command(type="end_match")
    (late,) = await seminar.come("Late")
    assert late["match"] is None, "no match is open, so there is nothing to join"
    first = (await seminar.roster()).people[0]
    place = await here.services.seminars.place(seminar.id, first.person)
    assert place is not None
    assert place.match == first.match


# Leading


async def test_all_matches_are_commanded_at_once(here: School):
    seminar = await a_class(here, 7)
    await seminar.deal()
    answers = await seminar.command(type="start_match")
    assert [answer["ok"] for answer in answers] == [True] * 3
    again = await seminar.command(type="start_match")
    assert {answer["code"] for answer in again} == {"not_now"}


async def test_a_command_that_comes_twice_counts_once(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    (match,) = [known.match for known in (await seminar.roster()).matches]
    one = {"match": match, "id": "once", "command": {"type": "start_match"}}
    for _ in range(2):
        path = f"{seminar.path}/commands"
        (answer,) = await here.done(path, seminar.token, commands=[one])
        assert answer["ok"]


async def test_no_match_of_others_is_commanded(here: School):
    seminar, other = await a_class(here, 2), await a_class(here, 2)
    await other.deal()
    (foreign,) = (await other.roster()).matches
    (answer,) = await seminar.command(foreign.match, type="end_match")
    assert (answer["ok"], answer["code"]) == (False, "no_such_match")
    assert not (await other.position(foreign.match)).is_over


async def test_the_deck_is_for_those_who_lead_alone(here: School, monkeypatch: pytest.MonkeyPatch):
    scenario = load_scenario("india_pakistan")
    scenarios = here.services.scenarios
    assert isinstance(scenarios, dict)
    monkeypatch.setitem(scenarios, scenario.name, scenario)
    led = await here.seminar(scenario=scenario.name)
    path = f"{led.path}/scenario"
    deck = (await here.client.get(path, headers=bearer(led.token))).json()["deck"]
    assert [card["name"] for card in deck] == [card.name for card in scenario.deck] != []
    [joined] = await led.come("Ada")
    answer = await here.client.get(path, headers=bearer(joined["seminar"]["token"]))
    refused(answer, 401, "facilitator_only")


async def test_a_match_can_be_led_by_itself(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    (known,) = (await seminar.roster()).matches
    led = await here.done(f"{seminar.path}/matches/{known.match}/lead", seminar.token)
    grant = await here.grant(led["token"])
    assert (grant.role, grant.match_id, led["code"]) == ("facilitator", known.match, known.code)
    answer = await here.post(f"{seminar.path}/matches/none/lead", seminar.token)
    refused(answer, 404, "no_such_match")


async def test_a_facilitator_sees_any_seats_view_but_never_an_open_order(here: School):
    seminar = await a_class(here, 3)
    await seminar.deal()
    (known,) = (await seminar.roster()).matches
    await seminar.command(type="start_match")
    path, headers = f"/api/matches/{known.match}/look", bearer(seminar.token)
    before = (await here.client.get(f"{path}?as=CHN", headers=headers)).json()
    host = await here.services.registry.host(MatchId(known.match))
    arenas = host.position.arenas_of(Seat("CHN"))
    order = c.SaveOrder(host.position.round, {arena.name: C for arena in arenas})
    person = host.position.holders[Seat("CHN")].person
    await host.ask(order, Sender("test", Actor(Role.PLAYER, person=person)))
    assert (await here.client.get(f"{path}?as=CHN", headers=headers)).json() == before
    await seminar.command(type="say", room=["JPN"], text="Only for you.")
    for seat, hears in (("CHN", False), ("JPN", True), ("archive", True), ("public", False)):
        answer = await here.client.get(f"{path}?as={seat}", headers=headers)
        assert ("Only for you." in answer.text) == hears, seat
    refused(await here.client.get(f"{path}?as=XXX", headers=headers), 404, "no_such_view")
    other = await here.seminar()
    refused(await here.client.get(path, headers=bearer(other.token)), 401, "facilitator_only")
    ann = (await seminar.come("Late"))[0]["seminar"]["token"]
    refused(await here.client.get(path, headers=bearer(ann)), 401, "facilitator_only")


async def test_a_co_facilitators_link_opens_once(here: School):
    seminar = await here.seminar()
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr  Co")
    led = await here.done("/api/lead", secret=invited["secret"])
    assert (led["seminar"], led["code"]) == (seminar.id, seminar.code)
    grant = await here.grant(led["token"])
    assert (grant.name, grant.seminar_id) == ("Dr Co", seminar.id)
    again = await here.post("/api/lead", secret=invited["secret"])
    refused(again, 403, "link_used")


async def test_a_co_facilitator_signs_what_they_do_in_the_log(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal()
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    led = await here.done("/api/lead", secret=invited["secret"])
    seminar.token = led["token"]
    await seminar.command(type="start_match")
    (known,) = (await seminar.roster()).matches
    host = await here.services.registry.host(known.match)
    log = with_names(host.events, host.names)
    signed = [event for event in log if isinstance(event, FacilitatorActed)]
    assert [(x.name, x.command) for x in signed] == [("Dr Co", "start_match")]


async def test_a_co_facilitator_signs_where_people_sit_and_who_is_sent_away(here: School):
    seminar = await a_class(here, 2)
    await seminar.deal(matches=2)
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    led = await here.done("/api/lead", secret=invited["secret"])
    await seminar.command(type="start_match")
    ann = (await seminar.roster()).people[0]
    here_id, other = (await seminar.roster()).matches
    target = other.match if ann.match == here_id.match else here_id.match
    path = f"{seminar.path}/people/{ann.person}"
    await here.done(f"{path}/move", led["token"], match=target)
    free = next(
        seat for seat, holder in (await seminar.position(target)).holders.items() if holder.is_bot
    )
    await here.done(f"{path}/move", led["token"], match=target, seat=free)
    await here.done(f"{path}/remove", led["token"])
    host = await here.services.registry.host(MatchId(target))
    log = with_names(host.events, host.names)
    signed = [(x.name, x.command) for x in log if isinstance(x, FacilitatorActed)]
    assert signed == [("Dr Co", "reseat"), ("Dr Co", "reseat"), ("Dr Co", "remove_person")]


async def test_two_who_open_a_co_facilitators_link_at_once_get_one_token(here: School):
    seminar = await here.seminar()
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    assert await here.services.access.authenticate(invited["secret"]) is None
    tries = [here.post("/api/lead", secret=invited["secret"]) for _ in range(5)]
    answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403, 403]


async def test_what_is_the_creators_a_co_facilitator_may_not(here: School):
    seminar = await a_class(here, 2)
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    led = await here.done("/api/lead", secret=invited["secret"])
    again = await here.post(f"{seminar.path}/facilitators", led["token"], name="Dr Third")
    refused(again, 403, "creator_only")
    for change in ({"name": "Mine"}, {"is_archived": True}):
        answer = await here.client.patch(seminar.path, json=change, headers=bearer(led["token"]))
        refused(answer, 403, "creator_only")
    card = (await here.client.get(seminar.path, headers=bearer(led["token"]))).json()
    assert (card["name"], card["is_archived"]) == ("Monday", False)
    await here.done(f"{seminar.path}/deal", led["token"])
    (known,) = (await seminar.roster()).matches
    one = await here.done(f"{seminar.path}/matches/{known.match}/lead", led["token"])
    answer = await here.post(f"/api/matches/{known.match}/facilitators", one["token"], name="Third")
    refused(answer, 403, "creator_only")


MASKED = {"name": "masked", "changes": {"is_masked": True}}
PLAIN = {"name": "plain", "changes": {}}
CABLE = {"name": "own_1", "title": "A cable", "text": "The line is cut.", "rounds": 1}


async def _playing(
    here: School, treatments: list[Any], scenario: str = "india_pakistan", **more: Any
) -> Class:
    """A class that plays under conditions, past the briefing."""
    seminar = await a_class(here, 4, scenario=scenario, treatments=treatments, **more)
    await seminar.deal()
    await seminar.command(type="start_match")
    await seminar.command(type="skip_phase", round=0, phase="briefing")
    return seminar


async def _told(here: School, seminar: Class, match: str, view: str) -> str:
    """Give all that a viewer of a match is sent."""
    path = f"/api/matches/{match}/look?as={view}"
    return (await here.client.get(path, headers=bearer(seminar.token))).text


async def test_news_of_the_deck_is_brought_to_a_masked_match_under_its_mask(here: School):
    seminar = await _playing(here, [PLAIN, MASKED])
    scenario = here.services.scenarios["india_pakistan"]
    card = to_json(replace(scenario.deck[0], round=None))
    before = {arena.name: arena.game for arena in (await seminar.positions())[1].arenas}
    answers = await seminar.command(type="open_inject", inject=card)
    assert [answer["ok"] for answer in answers] == [True, True]
    plain, hidden = await seminar.positions()
    assert plain.injects[0].inject == replace(scenario.deck[0], round=None)
    assert hidden.injects[0].inject.title == "News 1"
    changed = {arena.name for arena in hidden.arenas if arena.game != before[arena.name]}
    assert changed == {effect.arena for effect in hidden.injects[0].inject.effects} != set()


async def test_news_names_nobody_to_a_masked_match(here: School):
    """No viewer of it is sent a name that the mask hides: of a country, an arena or the news."""
    seminar = await _playing(here, [MASKED])
    scenario = here.services.scenarios["india_pakistan"]
    arena = scenario.arenas[0]
    own = {
        **CABLE,
        "effects": [
            {"arena": arena.name, "parameter": "b", "change": 1.0, "member": arena.members[0]}
        ],
    }
    for inject in (to_json(replace(scenario.deck[0], round=None)), own):
        answers = await seminar.command(type="open_inject", inject=inject)
        assert {answer["ok"] for answer in answers} == {True}, answers
    names = [x for arena in scenario.arenas for x in (arena.name, arena.title)]
    names += [player.name for player in scenario.players] + [scenario.name, scenario.title]
    names += [text for card in scenario.deck for text in (card.name, card.title, card.text)]
    for known in (await seminar.roster()).matches:
        for view in ("XA", "XB", "public", "archive"):
            told = (await _told(here, seminar, known.match, view)).casefold()
            assert "the line is cut" in told
            assert [name for name in names if dumps(name).casefold().strip('"') in told] == []
            assert not re.search(r'"(ind|pak)"', told)


async def test_news_of_the_deck_reaches_masked_pairs(here: School, monkeypatch: pytest.MonkeyPatch):
    news = Inject("fog", "Fog", "Nobody sees far.", 1, (InjectEffect("chicken", "P", -2.0),))
    scenario = replace(load_scenario("chicken"), deck=(news,))
    scenarios = here.services.scenarios
    assert isinstance(scenarios, dict)
    monkeypatch.setitem(scenarios, scenario.name, scenario)
    seminar = await _playing(here, [MASKED], scenario.name, pairing="round_robin")
    card = to_json(scenario.deck[0])
    (answer,) = await seminar.command(type="open_inject", inject=card)
    assert answer["ok"], answer
    (position,) = await seminar.positions()
    assert position.scenario.population is not None
    plain = position.scenario.population.arenas[0].game
    assert len(position.arenas) == 2
    assert all(arena.game != plain for arena in position.arenas)


async def test_news_that_names_what_is_not_there_is_refused_and_changes_nothing(here: School):
    seminar = await _playing(here, [PLAIN, MASKED])
    effect = {"arena": "moon", "parameter": "b", "change": 1.0, "member": None}
    answers = await seminar.command(type="open_inject", inject={**CABLE, "effects": [effect]})
    assert {answer["code"] for answer in answers} == {"inject_not_allowed"}
    assert [position.injects for position in await seminar.positions()] == [(), ()]


async def test_the_host_finds_every_seminar_and_leads_it(here: School):
    seminar, host = await here.seminar(), await here.host()
    listed = (await here.client.get("/api/seminars", headers=bearer(host))).json()
    (card,) = [card for card in listed if card["seminar"] == seminar.id]
    assert (card["name"], card["seats"]) == ("Monday", 3)
    led = await here.done(f"{seminar.path}/lead", host)
    assert (await here.client.get(seminar.path, headers=bearer(led["token"]))).status_code == 200


async def test_seminars_are_led_by_their_own_facilitators_alone(here: School):
    seminar, other = await here.seminar(), await here.seminar()
    (ann,) = await seminar.come("Ann")
    for token in (None, "x" * 43, other.token, ann["seminar"]["token"]):
        for what in ("deal", "commands", "facilitators", "people/x/key"):
            answer = await here.post(f"{seminar.path}/{what}", token)
            assert answer.status_code in (401, 422)
            if what in ("deal", "people/x/key"):
                refused(answer, 401, "facilitator_only")
    for token in (seminar.token, ann["seminar"]["token"]):
        answer = await here.client.get("/api/seminars", headers=bearer(token))
        refused(answer, 401, "host_only")
        body = {"name": "x", "scenario": "quick"}
        refused(await here.post("/api/seminars", token, **body), 401, "host_only")


async def test_a_seminar_whose_scenario_is_offered_no_more_keeps_its_name(
    here: School, monkeypatch: pytest.MonkeyPatch
):
    seminar, host = await here.seminar(), await here.host()
    monkeypatch.setattr(here.services.seminars, "scenarios", {})
    listed = (await here.client.get("/api/seminars", headers=bearer(host))).json()
    (card,) = [card for card in listed if card["seminar"] == seminar.id]
    assert (card["title"], card["seats"]) == ("quick", 0)


async def test_a_seminars_token_is_no_token_of_a_match(here: School):
    seminar = await here.seminar()
    refused(await here.post("/api/matches", seminar.token, scenario="quick"), 401, "host_only")


async def test_what_is_not_there_is_told(here: School):
    host = await here.host()
    refused(
        await here.client.get("/api/seminars/none", headers=bearer(host)), 404, "no_such_seminar"
    )
    body = {"name": "x", "scenario": "none"}
    refused(await here.post("/api/seminars", host, **body), 404, "no_such_scenario")
    body = {"name": "x", "scenario": "quick", "bot": "none"}
    refused(await here.post("/api/seminars", host, **body), 422, "unknown_strategy")
