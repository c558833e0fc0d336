"""A class that stays together: no table is ever a round ahead, and nobody holds it for ever."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from game_rules.log.events import Phase
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.records.record import Record, verify
from game_rules.roles import Actor, PersonId, Role
from server.app import create_app
from server.hosting.match_host import MatchHost, Sender
from server.seminars.together import Neighbour, holds
from server.settings import Settings
from tests.fakes import ManualClock
from tests.game_rules.scenes import Table, a_scenario
from tests.server.live.test_presence import Window
from tests.server.running import library, running, services_of
from tests.server.seminar_scenes import Class, School, school
from tests.server.seminars.test_feed import Listener, of

NOW_MS = 10_000
PLAYING = Table(a_scenario()).seat(*a_scenario().seats).start().position


def at(phase: Phase, number: int, **changes: Any) -> Position:
    """Give a position in a phase; its clock runs for another second unless told otherwise."""
    return replace(PLAYING, **{"phase": phase, "round": number, "deadline_ms": 11_000, **changes})


HOLDING = {
    "it is in the same round": (at(Phase.DECISION, 2), False, True),
    "it is in the same round, with people": (at(Phase.NEGOTIATION, 2), True, True),
    "it has resolved the round": (at(Phase.REVEAL, 2), True, False),
    "it is a round ahead": (at(Phase.NEGOTIATION, 3), True, False),
    "it resolved the round before": (at(Phase.REVEAL, 1), True, True),
    "it is far behind, with people": (at(Phase.DECISION, 1), True, True),
    "it is behind, and nobody is there": (at(Phase.DECISION, 1), False, False),
    "its clock has ended before the first round": (
        at(Phase.BRIEFING, 0, deadline_ms=NOW_MS),
        True,
        True,
    ),
    "it has no clock, and somebody is there": (
        at(Phase.DECISION, 2, deadline_ms=None),
        True,
        True,
    ),
    "it has no clock, and nobody is there": (
        at(Phase.DECISION, 2, deadline_ms=None),
        False,
        False,
    ),
    "it is paused, and somebody is there": (at(Phase.DECISION, 2, paused_at_ms=1), True, True),
    "it is paused, and nobody is there": (at(Phase.DECISION, 2, paused_at_ms=1), False, False),
    "it has not started": (at(Phase.LOBBY, 0), True, False),
    "it has ended": (at(Phase.DEBRIEF, 2), True, False),
    "it goes on in a branch": (at(Phase.DECISION, 2, superseded_by="branch"), True, False),
}


@pytest.mark.parametrize(("position", "is_attended", "expected"), HOLDING.values(), ids=HOLDING)
def test_a_table_holds_the_others_in_round_2_if(
    position: Position, is_attended: bool, expected: bool
):
    assert holds(Neighbour(position, is_attended), 2, NOW_MS) is expected


def test_the_briefing_holds_the_others_until_it_waits_for_nobody():
    reading = at(Phase.BRIEFING, 0)
    assert holds(Neighbour(reading, True), 0, NOW_MS)
    assert not holds(Neighbour(replace(reading, deadline_ms=NOW_MS), True), 0, NOW_MS)


@dataclass
class Room:
    """A class that was dealt into tables of three, all started. windows: one for each person."""

    seminar: Class
    windows: dict[str, Window]

    @property
    def school(self) -> School:
        return self.seminar.school

    async def hosts(self) -> list[MatchHost]:
        """Give the tables in order."""
        registry = self.school.services.registry
        roster = await self.seminar.roster()
        return [await registry.host(known.match) for known in roster.matches]

    async def rounds(self) -> list[int]:
        """Look, and say in which round each table is."""
        await self.school.services.together.look()
        return [host.position.round for host in await self.hosts()]

    async def ready(self, *tables: int) -> list[int]:
        """Let everybody at some tables be done with the open phase; give the rounds after it."""
        hosts = await self.hosts()
        for number in tables:
            await be_ready(hosts[number - 1])
        return await self.rounds()

    async def to_reveal(self, *tables: int) -> list[int]:
        """Let some tables play their round up to its results."""
        for _ in ("negotiation", "decision"):
            await self.ready(*tables)
        return await self.rounds()

    async def command(self, table: int, **command: Any) -> dict[str, Any]:
        """Command a table as its facilitator does."""
        match = (await self.seminar.roster()).matches[table - 1].match
        (outcome,) = await self.seminar.command(match, **command)
        return outcome

    async def connect(self, table: int) -> None:
        """Let everybody at a table be connected."""
        host = (await self.hosts())[table - 1]
        for person in people_at(host):
            window = Window(host.match_id, person=person)
            self.windows[person] = window
            self.school.services.presences.join(window)

    async def told(self, table: int) -> list[list[int]]:
        """Give what somebody at a table was told of those it waits for."""
        window = self.windows[people_at((await self.hosts())[table - 1])[0]]
        window.outbox.put('{"type":"end"}')
        message = await asyncio.wait_for(window.outbox.take(), 1)
        frames = json.loads(message or "[]")
        frames = frames if isinstance(frames, list) else [frames]
        return [frame["tables"] for frame in frames if frame["type"] == "class_waits"]


def people_at(host: MatchHost) -> list[PersonId]:
    """List the people who play at a table."""
    return [x.person for holder in host.position.holders.values() for x in holder.people]


async def be_ready(host: MatchHost) -> None:
    """Let everybody at a table be done with the open phase."""
    number, phase = host.position.round, host.position.phase
    for person in people_at(host):
        seat = host.position.seat_of(person)
        sender = Sender(f"person:{person}", Actor(Role.PLAYER, seat, person))
        if (host.position.round, host.position.phase) == (number, phase):
            await host.ask(c.SetReady(number, phase, True), sender)


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[School]:
    """A school whose server looks at its classes only where a test asks for it."""
    monkeypatch.setattr("server.app.CLASS_LOOK_S", 3600)
    async with school(tmp_path) as running_school:
        yield running_school


async def room(here: School, people: int = 6, **more: Any) -> Room:
    """Seat a class at tables of three, connect everybody and start them all."""
    seminar = await here.seminar(**{"scenario": "plain", "is_together": True, **more})
    await seminar.come(*(f"Person {number}" for number in range(people)))
    await seminar.deal(matches=-(-people // 3))
    made = Room(seminar, {})
    for table in range(1, len(await made.hosts()) + 1):
        await made.connect(table)
    await seminar.command(type="start_match")
    return made


async def test_no_table_opens_a_round_before_all_have_resolved_the_last(here: School):
    made = await room(here)
    assert await made.ready(1) == [0, 0]
    assert await made.ready(2) == [1, 1]
    assert await made.to_reveal(1) == [1, 1]
    assert await made.ready(1) == [1, 1]
    assert await made.to_reveal(2) == [2, 1]
    assert await made.ready(2) == [2, 2]


@pytest.mark.slow(measured=True)
async def test_whoever_waits_is_told_for_which_tables(here: School):
    made = await room(here, 9)
    await made.ready(1, 2, 3)
    await made.told(1)
    await made.to_reveal(1)
    assert await made.told(1) == []
    await made.ready(1)
    assert await made.told(1) == [[2, 3]]
    await made.rounds()
    assert await made.told(1) == []
    await made.to_reveal(3)
    assert await made.told(1) == [[2]]
    await made.connect(1)
    assert await made.told(1) == [[2]]
    await made.to_reveal(2)
    assert await made.told(1) == [[]]
    await made.connect(1)
    assert await made.told(1) == []


async def test_its_card_says_for_which_tables_it_waits(here: School):
    made = await room(here)
    await made.ready(1)
    cards = [frame["card"] for frame in of("match", await Listener(made.seminar).look())]
    assert [card["waits_for"] for card in cards] == [[2], []]
    await made.ready(2)
    cards = [frame["card"] for frame in of("match", await Listener(made.seminar).look())]
    assert [card["waits_for"] for card in cards] == [[], []]


async def test_a_table_without_anybody_holds_the_class_no_longer_than_its_clock(here: School):
    made = await room(here, pace=1.0)
    await made.ready(1, 2)
    for person in people_at((await made.hosts())[1]):
        here.services.presences.leave(made.windows[person])
    await made.to_reveal(1)
    assert await made.ready(1) == [1, 1]
    for seconds in (29, 1, 19):
        here.clock.advance(seconds * 1000)
        await here.services.registry.tick()
        assert await made.rounds() == [1, 1]
    here.clock.advance(1000)
    await here.services.registry.tick()
    assert (await made.hosts())[1].position.phase is Phase.REVEAL
    assert await made.rounds() == [2, 1]


async def test_a_deadline_that_passes_opens_no_round_ahead_of_the_class(here: School):
    made = await room(here, pace=1.0)
    await made.ready(1, 2)
    await made.to_reveal(1)
    await made.command(2, type="extend_deadline", by_ms=600_000)
    here.clock.advance(60_000)
    await here.services.registry.tick()
    assert await made.rounds() == [1, 1]
    await made.to_reveal(2)
    assert await made.rounds() == [2, 1]


async def test_without_a_clock_a_table_without_anybody_holds_nobody(here: School):
    made = await room(here)
    await made.ready(1, 2)
    await made.to_reveal(1)
    assert await made.ready(1) == [1, 1]
    for person in people_at((await made.hosts())[1]):
        here.services.presences.leave(made.windows[person])
    assert await made.rounds() == [2, 1]


@pytest.mark.slow
async def test_a_phase_that_the_facilitator_ends_at_one_table_ends_when_the_class_may_go_on(
    here: School,
):
    made = await room(here)
    noted = await made.command(1, type="skip_phase", round=0, phase="briefing")
    assert (noted["ok"], noted["is_noted"]) == (True, True)
    assert await made.rounds() == [0, 0]
    assert await made.told(1) == [[2]]
    await made.ready(2)
    assert await made.rounds() == [1, 1]
    await made.to_reveal(2)
    await made.command(2, type="skip_phase", round=1, phase="reveal")
    assert await made.rounds() == [1, 1]
    await made.to_reveal(1)
    assert await made.rounds() == [1, 2]


async def test_the_facilitator_ends_a_phase_in_all_tables_at_once(here: School):
    made = await room(here)
    outcomes = await made.seminar.command(type="skip_phase", round=0, phase="briefing")
    assert [(x["ok"], x["is_noted"]) for x in outcomes] == [(True, False)] * 2
    assert await made.rounds() == [1, 1]


@pytest.mark.slow
async def test_a_paused_table_holds_and_an_ended_one_does_not(here: School):
    made = await room(here)
    await made.ready(1, 2)
    await made.command(2, type="pause_match")
    await made.to_reveal(1)
    assert await made.ready(1) == [1, 1]
    await made.command(2, type="end_match")
    assert await made.rounds() == [2, 1]


@pytest.mark.slow
async def test_a_table_that_has_not_started_holds_nobody_until_it_has(here: School):
    seminar = await here.seminar(scenario="plain", is_together=True)
    await seminar.come(*(f"Person {number}" for number in range(6)))
    await seminar.deal(matches=2)
    late = Room(seminar, {})
    await late.connect(1)
    await late.connect(2)
    await late.command(1, type="start_match")
    assert await late.ready(1) == [1, 0]
    await late.to_reveal(1)
    await late.command(2, type="start_match")
    assert await late.ready(1) == [1, 0]
    await late.ready(2)
    await late.to_reveal(2)
    assert await late.rounds() == [2, 1]


@pytest.mark.slow
async def test_the_class_waits_for_a_table_that_was_undone(here: School):
    made = await room(here)
    await made.ready(1, 2)
    await made.to_reveal(1, 2)
    match = (await made.hosts())[1].match_id
    body = {"round": 1, "phase": "negotiation"}
    await here.done(f"/api/matches/{match}/branch", made.seminar.token, **body)
    await made.connect(2)
    assert await made.ready(1) == [1, 0]
    await made.command(2, type="resume_match")
    await made.ready(2)
    await made.to_reveal(2)
    assert await made.rounds() == [2, 1]


@pytest.mark.slow(measured=True)
async def test_the_setting_can_be_changed_while_tables_wait(here: School):
    made = await room(here)
    await made.ready(1)
    path, headers = made.seminar.path, {"authorization": f"Bearer {made.seminar.token}"}
    for is_together, rounds in ((False, [1, 0]), (True, [1, 0])):
        answer = await here.client.patch(path, json={"is_together": is_together}, headers=headers)
        assert answer.json()["is_together"] is is_together
        assert await made.rounds() == rounds
    await made.to_reveal(1)
    assert await made.ready(1) == [1, 0]
    await made.ready(2)
    assert await made.to_reveal(2) == [2, 1]


@pytest.mark.slow
async def test_a_class_at_its_own_pace_waits_for_nobody(here: School):
    made = await room(here, is_together=False)
    assert await made.ready(1) == [1, 0]
    assert await made.to_reveal(1) == [1, 0]
    assert await made.ready(1) == [2, 0]


async def test_the_record_of_a_table_that_waited_verifies(here: School):
    made = await room(here)
    await made.ready(1)
    await made.ready(2)
    await made.to_reveal(1)
    await made.ready(1)
    await made.to_reveal(2)
    await made.seminar.command(type="end_match")
    for host in await made.hosts():
        assert verify(Record("test", tuple(host.events), (), host.names)) == host.position


@pytest.mark.slow(measured=True)
async def test_a_class_that_waits_still_waits_after_a_restart(tmp_path: Path):
    async with school(tmp_path) as before:
        made = await room(before)
        await made.ready(1)
        seminar = made.seminar
    path = tmp_path / "detente.sqlite3"
    app = create_app(Settings(database=f"sqlite:///{path}"), ManualClock(), library())
    async with running(app) as client:
        tables = {host.match_id for host in services_of(app).registry.hosts}
        assert len(tables) == 2, "a table holds the others, so each has to be open at once"
        again = School(app, client, ManualClock())
        later = Room(Class(again, seminar.id, seminar.code, seminar.token), {})
        await later.connect(2)
        assert await later.rounds() == [0, 0]
        assert await later.ready(2) == [1, 1]
