"""One connection's conversation with its match."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from structlog.testing import capture_logs

from game_rules.log.people import named
from game_rules.match import commands as c
from game_rules.roles import THE_FACILITATOR, Role, Seat
from server.hosting.match_host import MatchHost, Sender
from server.live.outbox import Outbox
from server.live.session import EVENTS_A_FRAME
from server.store.event_store import MatchId, StoreUnavailable
from server.wire.frames import CloseCode, ProtocolViolation
from tests.server.stage import MATCH, Desk, Stage, hurry

HOST = Sender("facilitator", THE_FACILITATOR)

TAKE = {"type": "take_seat", "seat": "CHN", "name": "Ann"}
HELLO_ALL = {"type": "say", "room": [], "text": "Hello"}


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    """A server with a match in its lobby."""
    stage = Stage()
    await stage.match()
    yield stage
    await stage.close()


@pytest.fixture
async def host(stage: Stage) -> MatchHost:
    return await stage.registry.host(MATCH)


async def deciding(stage: Stage) -> tuple[Desk, Desk, Desk]:
    """The decision of round 1: people on CHN and JPN, and the facilitator."""
    chn, jpn, facilitator = (
        await stage.sit("CHN"),
        await stage.sit("JPN"),
        await stage.join(Role.FACILITATOR),
    )
    await facilitator.do({"type": "start_match"})
    for number, phase in ((0, "briefing"), (1, "negotiation")):
        await facilitator.do({"type": "skip_phase", "round": number, "phase": phase})
    return chn, jpn, facilitator


# Hello


async def test_hello_is_answered_with_welcome_and_all_that_happened(stage: Stage):
    desk = await stage.join(Role.PLAYER, "ann")
    welcome, events = desk.frames
    assert welcome == {
        "type": "welcome",
        "protocol": 1,
        "match": "match-1",
        "audience": "observer",
        "you": {"role": "player", "seat": None, "person": "ann", "name": "Ms ann"},
        "seq": 1,
        "server_now_ms": stage.clock.now_ms(),
    }
    assert (events["seq"], [x["type"] for x in events["events"]]) == (1, ["match_created"])


@pytest.mark.parametrize(
    ("role", "audience"),
    [
        (Role.OBSERVER, "observer"),
        (Role.FACILITATOR, "facilitator"),
    ],
)
async def test_a_role_is_its_audience(stage: Stage, role: Role, audience: str):
    (welcome,) = (await stage.join(role)).of("welcome")
    assert welcome["audience"] == audience
    assert welcome["you"] == {"role": role.value, "seat": None, "person": None, "name": None}


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "ping", "sent_ms": 1.0},
        {"type": "command", "id": "c1", "command": TAKE},
    ],
)
async def test_nothing_is_done_before_hello(stage: Stage, host: MatchHost, frame: dict):
    desk = stage.connect(await stage.token(Role.FACILITATOR))
    await desk.send(frame)
    assert desk.closed == (CloseCode.SIGN_IN, "say hello first")
    assert desk.frames == []
    assert host.seq == 1


async def test_a_seat_is_taken_under_the_name_that_the_person_joined_with(
    stage: Stage, host: MatchHost
):
    """Names are compared when people join; a name in the command could be anybody's."""
    ann = await stage.join(Role.PLAYER, person="ann")
    await ann.do({**TAKE, "name": "The facilitator"})
    assert named(host.position, host.names).holders[Seat("CHN")].name == "Ms ann"


async def test_an_unknown_token_is_sent_away(stage: Stage):
    desk = stage.connect("x" * 43)
    await desk.hello()
    assert desk.closed == (CloseCode.SIGN_IN, "this token is not known; join again")


async def test_a_hosts_token_opens_no_match(stage: Stage):
    desk = stage.connect(await stage.token(Role.FACILITATOR, match_id=None))
    await desk.hello()
    assert desk.closed == (CloseCode.NOT_YOUR_MATCH, "this token is for no match")


async def test_a_token_of_a_match_that_has_no_log_opens_nothing(stage: Stage):
    desk = stage.connect(await stage.token(Role.OBSERVER, match_id=MatchId("gone")))
    await desk.hello()
    assert desk.closed == (CloseCode.NOT_YOUR_MATCH, "no match gone; check the link")


async def test_a_token_opens_its_own_match_and_no_other(stage: Stage):
    await stage.match(match_id=MatchId("match-2"))
    desk = stage.connect(await stage.token(Role.FACILITATOR, match_id=MatchId("match-2")))
    await desk.hello()
    await desk.do({"type": "start_match"})
    hosts = [await stage.registry.host(MatchId(name)) for name in ("match-1", "match-2")]
    assert [host.seq for host in hosts] == [1, 2]


@pytest.mark.parametrize("protocol", [0, 2, 10**100])
async def test_another_protocol_is_told_to_reload(stage: Stage, protocol: int):
    desk = stage.connect(await stage.token(Role.OBSERVER))
    await desk.hello(protocol=protocol)
    assert desk.closed is not None
    code, reason = desk.closed
    assert code == CloseCode.PROTOCOL_TOO_OLD
    assert reason.startswith("protocol ")
    assert len(reason.encode()) <= 123


async def test_a_second_hello_on_a_connection_asks_for_what_is_missing(stage: Stage):
    desk = await stage.join(Role.FACILITATOR)
    await desk.do({"type": "start_match"})
    desk.frames.clear()
    await desk.hello(audience="facilitator", seq=1)
    welcome, events = desk.frames
    assert (welcome["seq"], events["seq"]) == (2, 2)
    await desk.do(HELLO_ALL)
    assert sorted(desk.events) == [2, 3]


async def test_a_second_hello_leaves_only_its_own_answer_waiting(stage: Stage):
    """However often a reader who never reads asks for the past, it waits once."""
    desk = await stage.join(Role.OBSERVER)
    desk.stop_reading()
    for _ in range(300):
        await desk.hello()
    assert desk.closed is None
    waiting = await desk.outbox.take()
    assert waiting is not None
    assert [frame["type"] for frame in json.loads(waiting)] == ["welcome", "events"]


async def test_a_change_of_seat_leaves_the_past_waiting_once(stage: Stage):
    """However often a reader who never reads takes a seat and leaves it, the past waits once."""
    desk = await stage.join(Role.PLAYER, "ann")
    desk.stop_reading()
    take_seat, leave_seat = (
        {"type": "take_seat", "seat": "CHN", "name": "Ann"},
        {"type": "leave_seat"},
    )
    for number in range(40):
        for move in (take_seat, leave_seat):
            frame = {"type": "command", "id": f"{number}-{move['type']}", "command": move}
            await desk.send(frame)
    desk.outbox.close(CloseCode.NORMAL, "")
    waiting = []
    while (message := await desk.outbox.take()) is not None:
        frames = json.loads(message)
        waiting += frames if isinstance(frames, list) else [frames]
    assert sum(frame["type"] == "ack" for frame in waiting) == 80
    assert sum(len(frame.get("events", ())) for frame in waiting) <= 2 * 80


async def test_a_connection_speaks_for_one_token(stage: Stage):
    desk = await stage.join(Role.OBSERVER)
    desk.token = await stage.token(Role.FACILITATOR)
    await desk.hello()
    assert desk.closed is not None
    assert desk.closed[0] == CloseCode.POLICY


# Resuming


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER])
async def test_whoever_comes_back_gets_exactly_the_rest_from_every_cut(stage: Stage, role: Role):
    await deciding(stage)
    whole = (await stage.join(role)).events
    for seq in range(len(whole) + 1):
        desk = await stage.join(role, audience=role.value, seq=seq)
        (welcome,) = desk.of("welcome")
        assert welcome["seq"] == seq + 1
        assert desk.events == {n: event for n, event in whole.items() if n > seq}


async def test_a_seat_resumes_its_own_sequence_with_its_own_orders(stage: Stage):
    chn, _, _ = await deciding(stage)
    await chn.do({"type": "save_order", "round": 1, "actions": {"strait": "D"}})
    whole = chn.events
    back = stage.connect(chn.token)
    await back.hello(audience="seat:CHN", seq=len(whole) - 1)
    assert back.events == {len(whole): whole[len(whole)]}
    assert whole[len(whole)]["type"] == "order_saved"


@pytest.mark.parametrize(
    ("audience", "seq"),
    [("seat:CHN", 1), ("facilitator", 1), (None, 1), ("observer", 10**9), ("observer", 3)],
)
async def test_whoever_holds_something_else_begins_anew(
    stage: Stage, audience: str | None, seq: int
):
    desk = await stage.join(Role.OBSERVER, audience=audience, seq=seq)
    (welcome,) = desk.of("welcome")
    assert welcome["seq"] == 1
    assert sorted(desk.events) == [1]


async def test_a_long_past_comes_in_frames_of_a_hundred(stage: Stage, host: MatchHost):
    for number in range(2 * EVENTS_A_FRAME + 5):
        await host.ask(c.Say((), f"{number}", None), HOST)
    desk = await stage.join(Role.OBSERVER)
    assert [len(frame["events"]) for frame in desk.of("events")] == [100, 100, 6]
    assert len(desk.events) == host.seq


async def test_a_past_longer_than_the_outbox_is_no_reason_to_be_sent_away(
    stage: Stage, host: MatchHost
):
    for number in range(50):
        await host.ask(c.Say((), f"{number}", None), HOST)
    desk = stage.connect(await stage.token(Role.OBSERVER), Outbox(4, 1500))
    await desk.hello()
    assert desk.closed is None
    assert len(desk.events) == 51


# Commands


async def test_a_command_is_acked_after_its_events(stage: Stage):
    desk = await stage.join(Role.FACILITATOR)
    ack = await desk.do({"type": "start_match"}, "c1")
    assert ack == {"type": "ack", "id": "c1", "seq": 2}
    assert [frame["type"] for frame in desk.frames[-2:]] == ["events", "ack"]


async def test_a_refusal_says_why_and_nothing_happens(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.PLAYER, "ann")
    refused = await desk.do({"type": "start_match"}, "c1")
    assert refused == {
        "type": "refused",
        "id": "c1",
        "code": "not_yours",
        "message": "start_match is for the facilitator; you are player",
    }
    assert host.seq == 1


async def test_a_repeated_command_gets_the_same_ack(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.PLAYER, "ann")
    first = await desk.do(TAKE, "c1")
    await desk.do(HELLO_ALL, "c2")
    assert await desk.do(TAKE, "c1") == first
    assert host.seq == 3


async def test_a_command_repeated_on_another_connection_is_the_same_command(
    stage: Stage, host: MatchHost
):
    desk = await stage.join(Role.PLAYER, "ann")
    await desk.do(TAKE, "c1")
    again = stage.connect(desk.token)
    await again.hello()
    assert (await again.do(TAKE, "c1"))["type"] == "ack"
    assert host.seq == 2


async def test_an_ack_counts_what_its_own_audience_sees(stage: Stage):
    chn, jpn, _ = await deciding(stage)
    before = len(jpn.events)
    await chn.do({"type": "save_order", "round": 1, "actions": {"strait": "D"}})
    ack = await jpn.do({"type": "save_order", "round": 1, "actions": {"strait": "C"}})
    assert ack["seq"] == before + 1 == len(jpn.events)


async def test_what_cannot_be_stored_is_to_be_tried_again(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.FACILITATOR)
    stage.store.outage = StoreUnavailable("the disk is full")
    refused = await desk.do({"type": "start_match"}, "c1")
    assert refused["code"] == "try_again"
    assert desk.events.keys() == {1}
    stage.store.outage = None
    ack = await desk.do({"type": "start_match"}, "c1")
    assert ack == {"type": "ack", "id": "c1", "seq": 2}


async def test_a_bug_is_told_without_detail(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    desk = await stage.join(Role.FACILITATOR)

    def break_down(*asked: Any) -> Any:
        raise ZeroDivisionError("the secret is 42")

    monkeypatch.setattr("server.hosting.match_host.step", break_down)
    with capture_logs() as logs:
        refused = await desk.do({"type": "start_match"})
    assert [line["event"] for line in logs] == ["decide_failed"]
    assert refused["code"] == "internal_error"
    assert "42" not in refused["message"]


async def test_who_hangs_up_is_served_to_the_end(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.FACILITATOR)
    await desk.session.receive(
        json.dumps({"type": "command", "id": "c1", "command": {"type": "start_match"}})
    )
    await desk.hang_up()
    await stage.settle()
    assert host.seq == 2
    assert host.is_idle


async def test_commands_of_one_connection_are_done_in_their_order(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.FACILITATOR)
    for number in range(10):
        command = {**HELLO_ALL, "text": f"{number}"}
        frame = {"type": "command", "id": f"c{number}", "command": command}
        await desk.session.receive(json.dumps(frame))
    await stage.settle()
    assert [event["text"] for n, event in desk.events.items() if n > 1] == list("0123456789")


async def test_a_ping_tells_the_servers_time(stage: Stage):
    desk = await stage.join(Role.OBSERVER)
    await desk.send({"type": "ping", "sent_ms": 12.5})
    assert desk.of("pong") == [
        {"type": "pong", "sent_ms": 12.5, "server_now_ms": stage.clock.now_ms()}
    ]


async def test_an_observer_may_ask_for_nothing(stage: Stage, host: MatchHost):
    desk = await stage.join(Role.OBSERVER)
    for command in (TAKE, HELLO_ALL, {"type": "start_match"}):
        assert (await desk.do(command))["code"] == "not_yours"
    assert host.seq == 1


# Seats


async def test_taking_a_seat_brings_a_new_audience_from_its_beginning(stage: Stage):
    desk = await stage.join(Role.PLAYER, "ann")
    ack = await desk.do(TAKE)
    first, second = desk.of("welcome")
    assert (first["audience"], second["audience"]) == ("observer", "seat:CHN")
    assert (second["seq"], second["you"]["seat"]) == (1, "CHN")
    assert [event["type"] for event in desk.events.values()] == ["match_created", "seat_taken"]
    assert ack["seq"] == 2
    assert desk.frames[-1] == ack


async def test_every_window_of_a_person_changes_seats(stage: Stage):
    one = await stage.join(Role.PLAYER, "ann")
    other = stage.connect(one.token)
    await other.hello()
    await one.do(TAKE)
    assert [x["audience"] for x in other.of("welcome")] == ["observer", "seat:CHN"]
    assert one.events == other.events


async def test_who_loses_the_seat_is_of_the_public_again(stage: Stage):
    chn, _, facilitator = await deciding(stage)
    await facilitator.do({"type": "clear_seat", "seat": "CHN"})
    assert [x["audience"] for x in chn.of("welcome")] == ["observer", "seat:CHN", "observer"]
    await facilitator.do({"type": "say", "room": ["CHN"], "text": "psst"})
    assert "psst" not in "".join(chn.messages)


async def test_whoever_returns_has_the_same_seat(stage: Stage):
    chn, _, _ = await deciding(stage)
    await chn.hang_up()
    back = stage.connect(chn.token)
    await back.hello()
    assert back.of("welcome")[0]["you"]["seat"] == "CHN"


async def test_two_people_who_change_places_are_told_without_a_gap(stage: Stage):
    ann, bo = await stage.sit("CHN"), await stage.sit("JPN")
    phl = {"type": "take_seat", "seat": "PHL", "name": "Ann"}
    await ann.do(phl)
    await bo.do({"type": "take_seat", "seat": "CHN", "name": "Bo"})
    await ann.do({"type": "take_seat", "seat": "JPN", "name": "Ann"})
    for desk, audience in ((ann, "seat:JPN"), (bo, "seat:CHN")):
        assert desk.of("welcome")[-1]["audience"] == audience
        assert sorted(desk.events) == list(range(1, len(desk.events) + 1))
    assert ann.events == bo.events


async def test_a_command_speaks_for_the_seat_held_now_and_no_other(stage: Stage, host: MatchHost):
    chn, jpn, facilitator = await deciding(stage)
    await facilitator.do({"type": "clear_seat", "seat": "CHN"})
    refused = await chn.do({"type": "save_order", "round": 1, "actions": {"strait": "C"}})
    assert refused["code"] == "not_yours"
    forged = {"type": "save_order", "round": 1, "actions": {"strait": "C"}, "seat": "CHN"}
    await jpn.send({"type": "command", "id": "x", "command": forged})
    assert jpn.closed is not None
    assert jpn.closed[0] == CloseCode.POLICY
    assert host.position.orders == {}


# Taken at once, or received


def as_bytes(frame: dict[str, Any]) -> bytes:
    return json.dumps(frame).encode()


def a_say(command_id: str) -> bytes:
    return as_bytes({"type": "command", "id": command_id, "command": HELLO_ALL})


async def test_a_plain_command_is_taken_at_once(stage: Stage):
    desk = await stage.join(Role.FACILITATOR)
    assert desk.session.take(a_say("c1"))
    await stage.settle()
    assert [x["type"] for x in desk.answers("c1")] == ["ack"]


@pytest.mark.parametrize(
    "frame", [{"type": "ping", "sent_ms": 1}, {"type": "hello", "protocol": 1, "token": "x"}, {}]
)
async def test_every_other_frame_is_left_to_be_received(stage: Stage, frame: dict[str, Any]):
    desk = await stage.join(Role.FACILITATOR)
    seen = len(desk.frames)
    assert not desk.session.take(as_bytes(frame))
    await stage.settle()
    assert (len(desk.frames), desk.closed) == (seen, None)


TWICE = (
    ('{"type":"ping","sent_ms":1,"sent_ms":2}', "sent_ms"),
    (
        '{"type":"command","id":"c1","command":{"type":"say","room":[],"text":"a","text":"b"}}',
        "text",
    ),
    ('{"type":"command","id":"c1","id":"c2","command":{"type":"start_match"}}', "id"),
    (
        '{"type":"command","id":"c1","command":{"type":"order_for","seat":"CHN","round":1,'
        '"actions":{"strait":"C","strait":"D"}}}',
        "strait",
    ),
)


@pytest.mark.parametrize(("text", "key"), TWICE)
async def test_a_frame_that_says_a_thing_twice_ends_the_connection(
    stage: Stage, host: MatchHost, text: str, key: str
):
    desk = await stage.join(Role.FACILITATOR)
    assert not desk.session.take(text.encode()), "nor is it taken the short way"
    with pytest.raises(ProtocolViolation) as violation:
        await desk.session.receive(text)
    assert violation.value.code is CloseCode.POLICY
    assert violation.value.reason == f"frame: the key '{key}' is there twice; give it once"
    await stage.settle()
    assert host.seq == 1


async def test_a_number_that_cannot_be_read_again_breaks_the_protocol_and_nothing_else(
    stage: Stage,
):
    """Python refuses to read numbers of more than 4,300 digits."""
    desk = await stage.join(Role.FACILITATOR)
    with pytest.raises(ProtocolViolation):
        await desk.session.receive('{"type":"ping","sent_ms":' + "0.1" + "0" * 5000 + "e-9999x}")
    with pytest.raises(ProtocolViolation):
        await desk.session.receive('{"type":"ping","sent_ms":' + "1" * 5000 + "}")


async def test_no_command_is_taken_before_a_hello_or_after_the_end(stage: Stage, host: MatchHost):
    desk = stage.connect(await stage.token(Role.FACILITATOR))
    assert not desk.session.take(a_say("c1"))
    await desk.hello()
    desk.outbox.close(CloseCode.RESTART, "back soon")
    assert not desk.session.take(a_say("c1"))
    await stage.settle()
    assert host.seq == 1


async def test_no_command_overtakes_a_hello(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    desk = await stage.join(Role.FACILITATOR)
    known, gate = stage.access.authenticate, asyncio.Event()

    async def slowly(token: str) -> Any:
        await gate.wait()
        return await known(token)

    monkeypatch.setattr(stage.access, "authenticate", slowly)
    hello = json.dumps({"type": "hello", "protocol": 1, "token": desk.token})
    greeting = asyncio.create_task(desk.session.receive(hello))
    await asyncio.sleep(0)
    assert not desk.session.take(a_say("c1"))
    gate.set()
    await greeting
    assert desk.session.take(a_say("c1"))


async def test_no_command_is_taken_beyond_what_a_client_may_ask_for(stage: Stage):
    desk = stage.connect(await stage.token(Role.FACILITATOR), burst=2)
    await desk.hello()
    assert [desk.session.take(a_say(f"c{n}")) for n in range(2)] == [True, False]


# Tokens that are withdrawn


async def test_a_withdrawn_token_bites_at_the_next_command(stage: Stage, host: MatchHost):
    chn, jpn, _ = await deciding(stage)
    await stage.access.revoke(chn.token)
    seq = host.seq
    await chn.send({"type": "command", "id": "x", "command": HELLO_ALL})
    assert chn.closed == (CloseCode.SIGN_IN, "this token was withdrawn; join again")
    assert host.seq == seq
    assert (await jpn.do(HELLO_ALL))["type"] == "ack"


async def test_a_withdrawn_token_says_hello_to_nobody(stage: Stage):
    desk = await stage.join(Role.OBSERVER)
    await stage.access.revoke(desk.token)
    again = stage.connect(desk.token)
    await again.hello()
    assert again.closed is not None
    assert again.closed[0] == CloseCode.SIGN_IN


# Limits


async def test_too_many_frames_end_the_connection(stage: Stage):
    desk = stage.connect(await stage.token(Role.OBSERVER), burst=3)
    await desk.hello()
    for _ in range(2):
        await desk.send({"type": "ping", "sent_ms": 1})
    assert desk.closed is None
    await desk.send({"type": "ping", "sent_ms": 1})
    assert desk.closed == (CloseCode.POLICY, "too many frames; slow down and reconnect")


async def test_a_slow_reader_is_sent_away_and_hurts_nobody_else(stage: Stage):
    slow = stage.connect(await stage.token(Role.OBSERVER), Outbox(8, 10**6))
    await slow.hello()
    slow.stop_reading()
    facilitator = await stage.join(Role.FACILITATOR)
    for _ in range(9):
        assert (await facilitator.do(HELLO_ALL))["type"] == "ack"
    assert slow.closed == (CloseCode.TOO_SLOW, "frames were not read in time; connect again")
    assert len(facilitator.events) == 10


async def test_a_sixth_window_of_a_person_closes_the_first(stage: Stage):
    first = await stage.join(Role.PLAYER, "ann")
    windows = [first]
    for _ in range(5):
        window = stage.connect(first.token)
        await window.hello()
        windows.append(window)
    assert [window.closed is not None for window in windows] == [True] + [False] * 5
    assert first.closed == (CloseCode.REPLACED, "opened in a newer window; go on there")


# Bots and the clock, as people see them


async def test_bots_answer_in_their_seats(stage: Stage):
    chn, _, facilitator = await deciding(stage)
    await facilitator.do({"type": "seat_bot", "seat": "PHL", "strategy": "cooperator"})
    for desk in stage.desks[:2]:
        await desk.do(
            {
                "type": "save_order",
                "round": 1,
                "actions": {"strait": "C", "forum": "C"},
                "is_ready": True,
            }
        )
    (resolved,) = [x for x in chn.events.values() if x["type"] == "round_resolved"]
    forum = resolved["results"][1]
    assert forum["sources"] == {"CHN": "ordered", "JPN": "ordered", "PHL": "ordered"}
    assert "cooperator" not in "".join(chn.messages)


async def test_the_clock_moves_everyone_on(stage: Stage):
    chn, jpn, _ = await deciding(stage)
    await stage.pass_time(20_000)
    for desk in (chn, jpn):
        assert [x["type"] for x in desk.events.values()][-2:] == ["round_resolved", "phase_opened"]


async def test_who_hurries_is_answered_later_in_order_and_nobody_else_is(stage: Stage):
    """200 phones in one hand send as fast as they may; somebody else sends now and then."""
    stage.hurry = hurry(calm=5, hurried=5)
    hasty, calm = await stage.sit("CHN"), await stage.sit("JPN")
    frames = [
        json.dumps({"type": "command", "id": f"h{n}", "command": HELLO_ALL}) for n in range(12)
    ]
    passed = [hasty.session.take(frame.encode()) for frame in frames]
    assert passed == [True] * 8 + [False] * 4  # two were used to come in and to sit down
    assert calm.session.take(frames[0].encode())
    waiting = asyncio.create_task(hasty.session.receive(frames[8]))
    await stage.settle()
    assert not waiting.done()
    waiting.cancel()


async def test_who_comes_in_over_and_over_waits_as_well(stage: Stage):
    """Each time the whole past is sent, which costs more than any frame."""
    stage.hurry = hurry(calm=2, hurried=1)
    token = await stage.token(Role.PLAYER, "ann")
    for _ in range(3):
        assert (await welcomed(stage, token))[0]
    was_welcomed, coming = await welcomed(stage, token)
    assert not was_welcomed
    coming.cancel()


async def welcomed(stage: Stage, token: str) -> tuple[bool, asyncio.Task[None]]:
    """Come in, and tell whether that was answered at once."""
    desk = stage.connect(token)
    coming = asyncio.create_task(desk.hello())
    await stage.settle()
    return bool(desk.of("welcome")), coming
