"""The tutorial: a guest's own match against the tutor, on the real table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import Phase
from game_rules.match import commands as c
from server.guests.tutorial import BOT, PERSON, TUTORIAL, tutorial
from server.hosting.match_host import MatchHost
from tests.fakes import ManualClock
from tests.server.guests.test_play import EVENING_MS, ME, a_server, host_of
from tests.server.seminar_scenes import School


async def learn(here: School) -> tuple[MatchHost, dict[str, Any]]:
    begun = await here.done("/api/play", scenario=TUTORIAL, name="Ada")
    host = await host_of(here, begun)
    await host.settle()
    return host, begun


async def play_round(host: MatchHost, action: Action) -> Mapping[Any, Any]:
    """Choose and be done, read the result and be done; return what was played.

    No offer disturbs a round but the third.
    """
    number = host.position.round
    assert number == 3 or host.position.proposals == ()
    (arena,) = host.position.arenas
    await host.ask(c.SaveOrder(number, {arena.name: action}), ME)
    for phase in (Phase.DECISION, Phase.REVEAL):
        await host.ask(c.SetReady(number, phase, True), ME)
    await host.settle()
    return host.position.history[-1].results[0].actions


@pytest.mark.slow(measured=True)
async def test_the_tutorial_begins_with_a_choice_against_the_tutor(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS)) as here:
        host, begun = await learn(here)
        position = host.position
        assert (begun["scenario"], begun["seat"]) == (TUTORIAL, PERSON)
        assert (position.phase, position.round) == (Phase.DECISION, 1)
        assert (position.deadline_ms, position.scenario.rounds) == (None, 5)
        assert position.holders[BOT].strategy == "tutor"


@pytest.mark.slow
@pytest.mark.parametrize("accepts", [True, False])
async def test_it_remembers_offers_a_treaty_and_answers_a_breach(
    tmp_path: Path, accepts: bool
) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS)) as here:
        host, _ = await learn(here)
        assert (await play_round(host, D))[BOT] is C
        assert (await play_round(host, C))[BOT] is D
        (offer,) = host.position.proposals
        assert offer.terms.parties == (PERSON, BOT)
        await host.ask(c.AnswerProposal(3, offer.number, accepts), ME)
        await host.settle()
        assert len(host.position.pacts) == int(accepts)
        assert await play_round(host, C) == {PERSON: C, BOT: C}
        assert await play_round(host, D) == {PERSON: D, BOT: C}
        breaches = host.position.history[-1].breaches
        assert [breach.seat for breach in breaches] == [PERSON] * accepts
        assert await play_round(host, C) == {PERSON: C, BOT: D}
        assert host.position.is_over


@pytest.mark.slow
async def test_it_is_played_again_from_either_seat_against_the_tutor(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS)) as here:
        rivals = {PERSON: "realist"}
        begun = await here.done("/api/play", scenario=TUTORIAL, seat=BOT, rivals=rivals)
        holders = (await host_of(here, begun)).position.holders
        assert (holders[PERSON].strategy, holders[BOT].is_bot) == ("tutor", False)


async def test_a_server_without_guests_has_no_tutorial(tmp_path: Path) -> None:
    async with a_server(tmp_path, ManualClock(EVENING_MS), guest_play=False) as here:
        refused = await here.post("/api/play", scenario=TUTORIAL)
        assert (refused.status_code, refused.json()["code"]) == (404, "guest_play_off")


def test_its_payoffs_are_those_of_the_shipped_game() -> None:
    (arena,) = tutorial().arenas
    corners = arena.game.corners(0)
    assert (corners.T, corners.R, corners.P, corners.S) == (5, 3, 1, 0)
    assert arena.game.corners(1) == corners
