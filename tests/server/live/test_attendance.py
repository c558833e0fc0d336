"""Who is away too long: pens that pass, programs that stand in, and seats taken back."""

from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from game_rules.log.events import AutopilotReason, Phase
from game_rules.log.position import Holder
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Role
from server.hosting.match_host import MatchHost, Sender
from server.live.attendance import LATE_MS, Attendance
from server.store.event_store import StoreUnavailable
from tests.game_rules.scenes import CHN, JPN, a_scenario
from tests.server.stage import Desk, Stage, let_go

HOST = Sender("facilitator", THE_FACILITATOR)
AFTER_MS = 60_000


class Class:
    """A match in its first round: CHN's and JPN's people are here, and time passes in seconds."""

    def __init__(self, stage: Stage, host: MatchHost, desks: Mapping[str, Desk]) -> None:
        self.stage, self.host, self.desks = stage, host, dict(desks)
        self.attendance = Attendance(stage.registry, stage.presences, stage.clock)

    async def wait(self, ms: int) -> None:
        """Let time pass, with a beat a second, as the server has it."""
        for _ in range(ms // 1000):
            self.stage.clock.advance(1000)
            await self.attendance.beat()

    def holder(self, seat=CHN) -> Holder:
        """Tell who holds a seat now."""
        return self.host.position.holders[seat]

    @property
    def told(self) -> list[str]:
        """Name what was told of autopilots and pens."""
        kinds = ("autopilot_engaged", "autopilot_released", "pen_passed")
        return [event.type for event in self.host.events if event.type in kinds]


async def in_class(delegates: int = 1, pace: float | None = None, **scenario: object) -> Class:
    """Open a match with both seats taken and the negotiation of round 1 begun."""
    stage = Stage()
    host = await stage.match(a_scenario(delegates=delegates, **scenario), pace=pace)
    desks = {str(seat): await stage.sit(seat) for seat in (CHN, JPN)}
    await host.ask(c.StartMatch(), HOST)
    await host.ask(c.SkipPhase(0, Phase.BRIEFING), HOST)
    room = Class(stage, host, desks)
    await room.attendance.beat()
    return room


async def test_whoever_is_here_plays_however_long_it_takes():
    room = await in_class()
    await room.wait(3 * AFTER_MS)
    assert room.told == []


async def test_a_seat_left_too_long_goes_on_autopilot_and_not_before():
    room = await in_class(autopilot="grudger")
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS)
    assert room.told == []
    await room.wait(1000)
    assert room.told == ["autopilot_engaged"]
    assert (room.holder().autopilot, room.holder().person) == ("grudger", "CHN")
    await room.wait(AFTER_MS)
    assert room.told == ["autopilot_engaged"]


async def test_a_blink_of_the_line_changes_nothing():
    room = await in_class()
    for _ in range(3):
        await room.desks[CHN].hang_up()
        await room.wait(AFTER_MS - 2000)
        room.desks[CHN] = again = room.stage.connect(room.desks[CHN].token)
        await again.hello()
        await room.wait(1000)
    assert room.told == []


async def test_who_returns_has_the_seat_again_at_the_next_beat():
    room = await in_class()
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS + 1000)
    again = room.stage.connect(room.desks[CHN].token)
    await again.hello()
    await room.attendance.beat()
    assert room.told == ["autopilot_engaged", "autopilot_released"]
    order = {"type": "save_order", "round": 1, "actions": {"strait": "C"}}
    assert (await again.do(order))["type"] == "ack"


async def test_an_autopilot_on_the_facilitators_word_is_not_ended_by_being_here():
    room = await in_class()
    await room.host.ask(c.EngageAutopilot(CHN), HOST)
    await room.wait(5000)
    assert room.holder().autopilot_reason is AutopilotReason.FACILITATOR
    assert (await room.desks[CHN].do({"type": "release_autopilot", "seat": "CHN"}))["type"] == "ack"


async def test_an_autopilot_plays_the_rounds_that_are_missed():
    room = await in_class(pace=1.0, seconds=a_scenario().seconds)
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS + 1000)
    while not room.host.position.history:
        position = room.host.position
        await room.host.ask(c.SkipPhase(position.round, position.phase), HOST)
        await room.stage.settle()
    assert room.host.position.history[0].results[0].sources[CHN] == "autopilot"


async def test_the_pen_goes_to_the_delegate_who_is_here():
    room = await in_class(delegates=3)
    for name in ("away", "bo"):
        desk = await room.stage.join(Role.PLAYER, name)
        await desk.do({"type": "take_seat", "seat": "CHN", "name": name})
        room.desks[name] = desk
    for name in (CHN, "away"):
        await room.desks[name].hang_up()
    await room.wait(AFTER_MS + 1000)
    assert room.told == ["pen_passed"]
    assert room.holder().person == "bo"


async def test_a_delegation_is_on_autopilot_when_its_last_is_away():
    room = await in_class(delegates=2)
    bo = await room.stage.join(Role.PLAYER, "bo")
    await bo.do({"type": "take_seat", "seat": "CHN", "name": "Bo"})
    for desk in (room.desks[CHN], bo):
        await desk.hang_up()
    await room.wait(AFTER_MS + 1000)
    assert room.told == ["autopilot_engaged"]
    again = room.stage.connect(bo.token)
    await again.hello()
    await room.wait(1000)
    assert room.told == ["autopilot_engaged", "autopilot_released", "pen_passed"]
    assert room.holder().person == "bo"


async def test_when_everybody_is_gone_it_is_the_network_and_nobody_is_replaced():
    room = await in_class()
    for desk in room.desks.values():
        await desk.hang_up()
    await room.wait(5 * AFTER_MS)
    assert room.told == []


async def test_after_a_start_everybody_has_the_whole_time_to_come_back():
    room = await in_class()
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS - 1000)
    room.attendance = Attendance(room.stage.registry, room.stage.presences, room.stage.clock)
    await room.attendance.beat()
    await room.wait(AFTER_MS - 1000)
    assert room.told == []
    await room.wait(1000)
    assert room.told == ["autopilot_engaged"]


async def test_a_standstill_of_the_server_counts_for_nobodys_absence():
    room = await in_class()
    await room.desks[CHN].hang_up()
    await room.wait(1000)
    room.stage.clock.advance(AFTER_MS + LATE_MS)
    await room.attendance.beat()
    assert room.told == []


async def test_a_short_standstill_starts_the_absence_anew():
    room = await in_class()
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS - 1000)
    room.stage.clock.stand_still(3_000)
    await room.wait(AFTER_MS)
    assert room.told == []
    await room.wait(1000)
    assert room.told == ["autopilot_engaged"]


async def test_a_pause_counts_for_nobodys_absence():
    room = await in_class()
    await room.desks[CHN].hang_up()
    await room.wait(AFTER_MS - 1000)
    await room.host.ask(c.PauseMatch(), HOST)
    await room.wait(AFTER_MS)
    await room.host.ask(c.ResumeMatch(), HOST)
    await room.wait(AFTER_MS)
    assert room.told == []
    await room.wait(1000)
    assert room.told == ["autopilot_engaged"]


async def test_in_the_lobby_nobody_is_replaced():
    stage = Stage()
    host = await stage.match(a_scenario())
    desks = {str(seat): await stage.sit(seat) for seat in (CHN, JPN)}
    room = Class(stage, host, desks)
    await desks[CHN].hang_up()
    await room.wait(2 * AFTER_MS)
    assert room.told == []


async def test_a_scenario_may_leave_it_to_the_facilitator():
    room = await in_class(autopilot_after_s=0)
    await room.desks[CHN].hang_up()
    await room.wait(5 * AFTER_MS)
    assert room.told == []


@pytest.mark.parametrize(
    ("error", "word"),
    [(StoreUnavailable("the disk is full"), "attendance_postponed"), (KeyError("x"), "failed")],
)
async def test_what_could_not_be_stored_is_asked_again(error: Exception, word: str, monkeypatch):
    room = await in_class()
    await room.desks[CHN].hang_up()
    with capture_logs() as logs, monkeypatch.context() as broken:

        def fail(*args: object) -> None:
            raise error

        broken.setattr(room.host, "ask", fail)
        await room.wait(AFTER_MS + 1000)
    assert any(word in entry["event"] for entry in logs)
    await room.wait(1000)
    assert room.told == ["autopilot_engaged"]


async def test_matches_that_are_let_go_are_forgotten():
    room = await in_class()
    for desk in room.desks.values():
        await desk.hang_up()
    await room.wait(2000)
    let_go(room.stage.registry, room.stage.clock)
    await room.attendance.beat()
    assert room.attendance._away == {}
