"""Frames and commands that are refused, with the very code and words; and some that are not.

Three tables: what the reader of frames says, what the rules say to each role in each situation,
and what a connection is answered or closed with.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from tests.game_rules.scenes import Table, a_scenario, person
from tests.golden.project import (
    CLIENT_FRAME,
    THE_CLOCK,
    THE_FACILITATOR,
    Actor,
    CommandFrame,
    MatchId,
    PersonId,
    ProtocolViolation,
    Role,
    RuleViolation,
    Seat,
    commands,
    decide,
    events,
    read_frame,
    to_json,
)
from tests.golden.wire import WIRE
from tests.server.stage import Stage

PARSED, DECIDED, RECEIVED = (
    WIRE / f"{name}.json" for name in ("frames", "commands_by_role", "connections")
)

TERMS = {
    "parties": ["CHN", "JPN"],
    "pledges": [{"seat": "CHN", "arena": "strait", "action": "C"}],
    "transfers": [{"giver": "CHN", "taker": "JPN", "points": 0.5}],
    "rounds": 2,
    "binding": "escrow",
    "stake": 1,
    "is_conditional": True,
}
EFFECT = {"arena": "strait", "parameter": "T", "change": -1.5, "member": "CHN"}
INJECT = {"name": "storm", "title": "A storm", "text": "دیتانت", "rounds": 2, "effects": [EFFECT]}
EXAMPLES: Mapping[str, dict[str, Any]] = {
    "take_seat": {"seat": "CHN", "name": "李 明"},
    "leave_seat": {},
    "seat_bot": {"seat": "CHN", "strategy": "tit_for_tat"},
    "clear_seat": {"seat": "CHN"},
    "pass_pen": {"person": "ann"},
    "reseat": {"person": "ann", "seat": "JPN", "name": "Ann"},
    "remove_person": {"person": "ann"},
    "engage_autopilot": {"seat": "CHN"},
    "release_autopilot": {"seat": "CHN"},
    "open_inject": {"inject": INJECT},
    "close_inject": {"name": "storm"},
    "order_for": {"seat": "CHN", "round": 1, "actions": {"strait": "D"}},
    "start_match": {},
    "say": {"room": ["JPN"], "text": "Hello", "act": "promise"},
    "say_sentence": {
        "room": ["JPN"],
        "sentence": "promise",
        "arguments": {"arena": "strait", "action": "C", "round": 1},
    },
    "propose": {"round": 1, "terms": TERMS},
    "counter_proposal": {"round": 1, "number": 7, "terms": TERMS},
    "answer_proposal": {"round": 1, "number": 7, "accepts": True},
    "save_order": {"round": 1, "actions": {"strait": "C", "forum": "D"}, "is_ready": True},
    "make_move": {
        "round": 1,
        "move": {"kind": "link", "arena": "strait", "other_arena": "forum", "seats": []},
    },
    "take_back_move": {"round": 1},
    "save_forecast": {"round": 1, "arena": "strait", "actions": {"CHN": "C"}},
    "set_ready": {"round": 1, "phase": "negotiation", "is_ready": True},
    "pause_match": {},
    "resume_match": {},
    "extend_deadline": {"by_ms": 60000},
    "skip_phase": {"round": 1, "phase": "decision"},
    "end_match": {},
}
"""A frame's command of every type, with every field that it may have."""

OTHERS = (None, True, 7, -1, 1.5, "", "x", [], ["x"], {}, {"x": 1})
"""Values of every type of JSON, tried in every field."""

LIMITS: Mapping[str, tuple[Any, ...]] = {
    "seat": ("chn", "C", "CHN ", "C" * 13, "CHN\n", "ČHN"),
    "name": ("x" * 41, "x" * 10_000, "\ud800"),
    "strategy": ("Tit", "9lives", "tit-for-tat", "x" * 65),
    "person": ("a b", "x" * 65, "Ünï"),
    "round": (10_001, "1", 1.0, 2**70),
    "actions": ({"Strait": "C"}, {"strait": "c"}, {f"a{n}": "C" for n in range(65)}),
    "text": ("x" * 1001,),
    "act": ("beg", "PROMISE"),
    "sentence": ("beg", "PROMISE"),
    "arguments": (
        {"seat": "chn"},
        {"arena": "Strait"},
        {"action": "c"},
        {"round": 10_001},
        {"number": -0.5},
        {"number": 1000.5},
        {"points": 1},
    ),
    "room": (["chn"], ["CHN"] * 65, [1], "CHN"),
    "phase": ("Lobby", "night"),
    "by_ms": (0, 3_600_001),
    "number": (2**53, 7.5, "7"),
    "accepts": ("yes", 0),
    "is_ready": ("yes", 1),
    "arena": ("Strait", "x" * 65),
}
NESTED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("propose", {"round": 1, "terms": {**TERMS, "parties": ["CHN"] * 13}}),
    ("propose", {"round": 1, "terms": {**TERMS, "pledges": TERMS["pledges"] * 25}}),
    ("propose", {"round": 1, "terms": {**TERMS, "transfers": TERMS["transfers"] * 13}}),
    ("propose", {"round": 1, "terms": {**TERMS, "rounds": 0}}),
    ("propose", {"round": 1, "terms": {**TERMS, "rounds": 201}}),
    ("propose", {"round": 1, "terms": {**TERMS, "binding": "handshake"}}),
    ("propose", {"round": 1, "terms": {**TERMS, "stake": 1000.5}}),
    ("propose", {"round": 1, "terms": {**TERMS, "stake": -1}}),
    ("propose", {"round": 1, "terms": {**TERMS, "note": "x"}}),
    ("propose", {"round": 1, "terms": {**TERMS, "is_conditional": 1}}),
    ("propose", {"round": 1, "terms": {**TERMS, "pledges": [{"seat": "CHN"}]}}),
    ("propose", {"round": 1, "terms": {**TERMS, "pledges": [{**TERMS["pledges"][0], "x": 1}]}}),
    ("propose", {"round": 1, "terms": {**TERMS, "transfers": [{"giver": "CHN"}]}}),
    ("make_move", {"round": 1, "move": {"kind": "bribe", "arena": "strait"}}),
    ("make_move", {"round": 1, "move": {"kind": "fund"}}),
    ("make_move", {"round": 1, "move": {"kind": "fund", "arena": "Strait"}}),
    ("make_move", {"round": 1, "move": {"kind": "fund", "arena": "strait", "price": 1}}),
    ("make_move", {"round": 1, "move": {"kind": "fund", "arena": "strait", "seats": ["CHN"] * 13}}),
    ("save_forecast", {"round": 1, "arena": "strait", "actions": {"chn": "C"}}),
    ("save_forecast", {"round": 1, "arena": "strait", "actions": {"CHN": "E"}}),
    ("open_inject", {"inject": {**INJECT, "name": "Storm"}}),
    ("open_inject", {"inject": {**INJECT, "name": "s" * 41}}),
    ("open_inject", {"inject": {**INJECT, "title": ""}}),
    ("open_inject", {"inject": {**INJECT, "title": "x" * 500}}),
    ("open_inject", {"inject": {**INJECT, "text": ""}}),
    ("open_inject", {"inject": {**INJECT, "text": "x" * 5000}}),
    ("open_inject", {"inject": {**INJECT, "rounds": -1}}),
    ("open_inject", {"inject": {**INJECT, "rounds": 10_000}}),
    ("open_inject", {"inject": {**INJECT, "effects": [EFFECT] * 100}}),
    ("open_inject", {"inject": {**INJECT, "effects": [{**EFFECT, "parameter": "Q"}]}}),
    ("open_inject", {"inject": {**INJECT, "effects": [{**EFFECT, "change": 1e9}]}}),
    ("open_inject", {"inject": {**INJECT, "effects": [{**EFFECT, "member": "chn"}]}}),
    ("open_inject", {"inject": {**INJECT, "effects": [{"arena": "strait"}]}}),
)
RAW = (
    "",
    " ",
    "null",
    "true",
    "7",
    '"hello"',
    "[]",
    "[{}]",
    "{}",
    "{",
    "{]",
    "{'type':'ping'}",
    '{"type":"ping"',
    '{"type":"ping","sent_ms":NaN}',
    '{"type":"ping","sent_ms":Infinity}',
    '{"type":"ping","sent_ms":1e999}',
    '{"type":"ping","sent_ms":"1"}',
    '{"type":"ping","sent_ms":null}',
    '{"type":"ping"}',
    '{"type":"ping","sent_ms":1,"sent_ms":2}',
    '{"type":"ping","sent_ms":1,"more":2}',
    '{"type":"pong","sent_ms":1}',
    '{"type":null}',
    '{"type":7}',
    '{"Type":"ping","sent_ms":1}',
    '\ufeff{"type":"ping","sent_ms":1}',
    '{"type":"ping","sent_ms":1} x',
    '{"type":"ping","sent_ms":1,}',
    "[" * 5_000,
    '{"type":' * 2_000,
    '{"type":"ping","sent_ms":' + "[" * 300 + "]" * 300 + "}",
    '{"type":"hello"}',
    '{"type":"hello","protocol":"1","token":"t"}',
    '{"type":"hello","protocol":1,"token":""}',
    '{"type":"hello","protocol":1,"token":"t","seq":-1}',
    '{"type":"hello","protocol":1,"token":"t","audience":7}',
    '{"type":"hello","protocol":1,"token":"t","extra":7}',
    '{"type":"hello","protocol":1,"token":"' + "t" * 129 + '"}',
    '{"type":"command"}',
    '{"type":"command","id":"c1"}',
    '{"type":"command","id":"c1","command":null}',
    '{"type":"command","id":"c1","command":[]}',
    '{"type":"command","id":"c1","command":{}}',
    '{"type":"command","id":"c1","command":{"type":"surrender"}}',
    '{"type":"command","id":"c1","command":{"type":"pass_deadline","round":1,"phase":"lobby"}}',
    '{"type":"command","id":"c1","command":{"type":"make_up_outage","by_ms":1}}',
    '{"type":"command","id":"c1","command":{"type":"branch_match","trunk":"t","seq":1}}',
    '{"type":"command","id":"c1","command":{"type":"supersede_match","branch":"b"}}',
    '{"type":"command","id":"","command":{"type":"start_match"}}',
    '{"type":"command","id":"a b","command":{"type":"start_match"}}',
    '{"type":"command","id":7,"command":{"type":"start_match"}}',
    '{"type":"command","id":"' + "c" * 65 + '","command":{"type":"start_match"}}',
    '{"type":"command","id":"c1","command":{"type":"start_match"},"seq":1}',
    '{"type":"command","id":"c1","command":{"type":"start_match","type":"end_match"}}',
    '{"type":"command","id":"c1","command":{"type":"clear_seat","seat":"CHN","seat":"JPN"}}',
    '{"type":"command","id":"c1","command":{"type":"say","room":[],"text":"\\ud800"}}',
    '{"type":"command","id":"c1","command":{"type":"say","room":[],"text":"\\u0000"}}',
)


def frame_of(kind: str, body: Mapping[str, Any]) -> str:
    """Write the frame of a command."""
    frame = {"type": "command", "id": "c1", "command": {"type": kind, **body}}
    return json.dumps(frame)


def frames() -> Iterator[str]:
    """Give frames of which most break the protocol."""
    yield from RAW
    for kind, body in EXAMPLES.items():
        yield frame_of(kind, body)
        yield frame_of(kind, {**body, "extra": 1})
        for field in body:
            yield frame_of(kind, {name: x for name, x in body.items() if name != field})
            for other in (*OTHERS, *LIMITS.get(field, ())):
                yield frame_of(kind, {**body, field: other})
    for kind, body in NESTED:
        yield frame_of(kind, body)


def parsed() -> list[list[Any]]:
    """Read every frame: the frame, and the close code and words, or the command it holds."""
    return [[text, *read(text)] for text in frames()]


def read(text: str) -> tuple[Any, ...]:
    """Read one frame."""
    try:
        frame = read_frame(CLIENT_FRAME, text.encode(errors="surrogatepass"))
    except ProtocolViolation as violation:
        return int(violation.code), violation.reason
    if isinstance(frame, CommandFrame):
        return 0, to_json(frame.command)
    return 0, frame.model_dump()


def decided() -> dict[str, dict[str, Any]]:
    """Have every example decided for every role in every situation, and what the clock asks."""
    asked = [_command(kind, body) for kind, body in EXAMPLES.items()]
    asked += [
        commands.PassDeadline(1, events.Phase.NEGOTIATION),
        commands.MakeUpOutage(5_000, 1_000),
        commands.BranchMatch("trunk", 3),
        commands.SupersedeMatch("branch"),
    ]
    return {
        f"{situation}, {who}": {each.type: _decided(table, each, actor) for each in asked}
        for situation, table in situations()
        for who, actor in ACTORS.items()
    }


ACTORS: Mapping[str, Actor] = {
    "facilitator": THE_FACILITATOR,
    "co-facilitator": Actor(Role.FACILITATOR, None, PersonId("co"), "Dr Co"),
    "clock": THE_CLOCK,
    "CHN": person("CHN", Seat("CHN")),
    "JPN's delegate without the pen": person("del", Seat("JPN")),
    "seatless": person("nobody"),
    "observer": Actor(Role.OBSERVER),
    "host": Actor(Role.HOST),
}


def situations() -> Iterator[tuple[str, Table]]:
    """Give one match in each situation that commands meet."""
    for name in ("lobby", "briefing", "negotiation", "decision", "reveal", "paused", "over"):
        table = Table(a_scenario(delegates=2)).seat(*a_scenario().seats)
        table.do(commands.TakeSeat(Seat("JPN"), "Del"), person("del"))
        if name != "lobby":
            table.start()
        if name in ("negotiation", "decision", "reveal"):
            table.skip_to(events.Phase(name))
        elif name == "paused":
            table.skip_to(events.Phase.DECISION)
            table.do(commands.PauseMatch())
        elif name == "over":
            table.do(commands.EndMatch())
        yield name, table


def _decided(table: Table, command: commands.Command, actor: Actor) -> list[Any]:
    try:
        made = decide(table.position, command, actor, table.now_ms + 500)
    except RuleViolation as refusal:
        return [refusal.code, str(refusal)]
    return [event.type for event in made]


def _command(kind: str, body: Mapping[str, Any]) -> commands.Command:
    frame = read_frame(CLIENT_FRAME, frame_of(kind, body))
    assert isinstance(frame, CommandFrame)
    return frame.command


PING = '{"type":"ping","sent_ms":1}'
HELLO = {"type": "hello", "protocol": 1, "token": "TOKEN"}


def conversations() -> Iterator[tuple[str, list[str]]]:
    """Give what connections send, by role; TOKEN stands for the connection's own."""
    hello = json.dumps(HELLO)
    yield "player", [PING]
    yield "player", [frame_of("start_match", {})]
    yield "player", [json.dumps({**HELLO, "protocol": 2})]
    yield "player", [json.dumps({**HELLO, "token": "x" * 43})]
    yield "player", [hello, json.dumps({**HELLO, "token": "x" * 43})]
    yield "player", [hello, json.dumps({**HELLO, "protocol": 0})]
    yield "player", [hello, hello, PING]
    yield "player", [json.dumps({**HELLO, "audience": "observer", "seq": 1}), PING]
    yield "player", [json.dumps({**HELLO, "audience": "observer", "seq": 99}), PING]
    yield "matchless", [hello]
    for raw in RAW:
        yield "player", [hello, raw]
    for role in ("player", "facilitator", "co", "observer"):
        for kind, body in EXAMPLES.items():
            frame = frame_of(kind, body)
            yield role, [hello, frame, frame]


async def received() -> list[list[Any]]:
    """Hold every conversation with a match of its own: what was sent, came back, and the close."""
    answers = list[list[Any]]()
    for some in batched(conversations(), 25):
        stage = Stage()
        for number, (role, sent) in enumerate(some):
            heard = await _held(stage, MatchId(f"match-{number}"), role, sent)
            answers.append([role, sent, *heard])
        await stage.close()
    return answers


async def _held(
    stage: Stage, match: MatchId, role: str, sent: list[str]
) -> tuple[list[Any], list[Any] | None]:
    await stage.match(match_id=match)
    token = await _token(stage, match, role)
    desk = stage.connect(token)
    for text in sent:
        await desk.send(text.replace("TOKEN", token))
        if desk.closed is not None:
            break
    frames = [x for x in desk.frames if x["type"] not in ("welcome", "events")]
    closed = None if desk.closed is None else list(desk.closed)
    await desk.hang_up()
    return frames, closed


async def _token(stage: Stage, match: MatchId, role: str) -> str:
    match role:
        case "matchless":
            return await stage.token(Role.PLAYER, "ann", None)
        case "co":
            return await stage.token(Role.FACILITATOR, "co", match)
        case "player":
            return await stage.token(Role.PLAYER, "ann", match)
    return await stage.token(Role(role), match_id=match)


def batched(
    every: Iterable[tuple[str, list[str]]], size: int
) -> Iterator[list[tuple[str, list[str]]]]:
    """Give so many at a time."""
    rest = iter(every)
    while some := list(islice(rest, size)):
        yield some
