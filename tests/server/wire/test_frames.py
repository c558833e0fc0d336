"""What may come in over the socket, to the letter, and what goes out."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from game_rules.games.stage_games import C, D
from game_rules.log.events import Act, Phase
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.match.clock import LONGEST_EXTENSION_MS
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.talk import LONGEST_MESSAGE
from game_rules.roles import PersonId, Seat
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
from server.wire.commands import WireCommand
from server.wire.frames import CLIENT_FRAME, CommandFrame, Hello, Ping, ServerFrame, events_text

COMMANDS: list[tuple[dict[str, Any], c.Command]] = [
    (
        {"type": "take_seat", "seat": "CHN", "name": " \u200b 李  明 "},
        c.TakeSeat(Seat("CHN"), "李 明"),
    ),
    ({"type": "leave_seat"}, c.LeaveSeat()),
    (
        {"type": "seat_bot", "seat": "CHN", "strategy": "tit_for_tat"},
        c.SeatBot(Seat("CHN"), "tit_for_tat"),
    ),
    ({"type": "clear_seat", "seat": "CHN"}, c.ClearSeat(Seat("CHN"))),
    ({"type": "pass_pen", "person": "ab12"}, c.PassPen(PersonId("ab12"))),
    (
        {"type": "reseat", "person": "ab12", "seat": "CHN", "name": "Amna"},
        c.Reseat(PersonId("ab12"), Seat("CHN"), "Amna"),
    ),
    ({"type": "remove_person", "person": "ab12"}, c.RemovePerson(PersonId("ab12"))),
    ({"type": "engage_autopilot", "seat": "CHN"}, c.EngageAutopilot(Seat("CHN"))),
    ({"type": "release_autopilot", "seat": "CHN"}, c.ReleaseAutopilot(Seat("CHN"))),
    (
        {
            "type": "open_inject",
            "inject": {
                "name": "storm",
                "title": "A storm",
                "text": "It rains.",
                "rounds": 2,
                "effects": [{"arena": "strait", "parameter": "T", "change": -1.5, "member": "CHN"}],
            },
        },
        c.OpenInject(
            Inject(
                "storm",
                "A storm",
                "It rains.",
                2,
                (InjectEffect("strait", "T", -1.5, Seat("CHN")),),
            )
        ),
    ),
    ({"type": "close_inject", "name": "storm"}, c.CloseInject("storm")),
    (
        {"type": "order_for", "seat": "CHN", "round": 1, "actions": {"strait": "C"}},
        c.OrderFor(Seat("CHN"), 1, {"strait": C}),
    ),
    ({"type": "start_match"}, c.StartMatch()),
    ({"type": "say", "room": [], "text": "Hello"}, c.Say((), "Hello", None)),
    (
        {"type": "say", "room": ["JPN", "CHN"], "text": "دیتانت", "act": "promise"},
        c.Say((Seat("JPN"), Seat("CHN")), "دیتانت", Act.PROMISE),
    ),
    (
        {
            "type": "say_sentence",
            "room": ["JPN", "CHN"],
            "sentence": "promise",
            "arguments": {
                "seat": "JPN",
                "arena": "strait",
                "action": "C",
                "round": 2,
                "number": 1.5,
            },
        },
        c.SaySentence(
            (Seat("JPN"), Seat("CHN")),
            Sentence.PROMISE,
            Arguments(Seat("JPN"), "strait", C, 2, 1.5),
        ),
    ),
    (
        {"type": "save_order", "round": 1, "actions": {"strait": "C", "forum": "D"}},
        c.SaveOrder(1, {"strait": C, "forum": D}, False),
    ),
    (
        {"type": "save_order", "round": 2, "actions": {}, "is_ready": True},
        c.SaveOrder(2, {}, True),
    ),
    (
        {
            "type": "make_move",
            "round": 1,
            "move": {"kind": "link", "arena": "strait", "other_arena": "forum"},
        },
        c.MakeMove(1, Move(MoveKind.LINK, "strait", "forum")),
    ),
    (
        {
            "type": "make_move",
            "round": 1,
            "move": {"kind": "exercise", "arena": "forum", "seats": ["CHN", "JPN"]},
        },
        c.MakeMove(1, Move(MoveKind.EXERCISE, "forum", None, (Seat("CHN"), Seat("JPN")))),
    ),
    ({"type": "take_back_move", "round": 1}, c.TakeBackMove(1)),
    (
        {"type": "save_forecast", "round": 1, "arena": "strait", "actions": {"JPN": "D"}},
        c.SaveForecast(1, "strait", {Seat("JPN"): D}),
    ),
    (
        {"type": "set_ready", "round": 1, "phase": "decision", "is_ready": False},
        c.SetReady(1, Phase.DECISION, False),
    ),
    (
        {
            "type": "propose",
            "round": 1,
            "terms": {
                "parties": ["CHN", "JPN"],
                "pledges": [{"seat": "CHN", "arena": "strait", "action": "C"}],
                "transfers": [{"giver": "JPN", "taker": "CHN", "points": 1.5}],
                "rounds": 3,
                "binding": "escrow",
                "stake": 2.5,
                "is_conditional": True,
            },
        },
        c.Propose(
            1,
            PactTerms(
                (Seat("CHN"), Seat("JPN")),
                (Pledge(Seat("CHN"), "strait", C),),
                (Transfer(Seat("JPN"), Seat("CHN"), 1.5),),
                3,
                Binding.ESCROW,
                2.5,
                True,
            ),
        ),
    ),
    (
        {
            "type": "counter_proposal",
            "round": 1,
            "number": 7,
            "terms": {
                "parties": ["JPN", "CHN"],
                "pledges": [{"seat": "JPN", "arena": "strait", "action": "D"}],
                "transfers": [],
                "rounds": 1,
                "binding": "treaty",
            },
        },
        c.CounterProposal(
            1,
            7,
            PactTerms(
                (Seat("JPN"), Seat("CHN")),
                (Pledge(Seat("JPN"), "strait", D),),
                (),
                1,
                Binding.TREATY,
            ),
        ),
    ),
    (
        {"type": "answer_proposal", "round": 1, "number": 7, "accepts": False},
        c.AnswerProposal(1, 7, False),
    ),
    ({"type": "pause_match"}, c.PauseMatch()),
    ({"type": "resume_match"}, c.ResumeMatch()),
    ({"type": "extend_deadline", "by_ms": 60_000}, c.ExtendDeadline(60_000)),
    (
        {"type": "skip_phase", "round": 0, "phase": "briefing"},
        c.SkipPhase(0, Phase.BRIEFING),
    ),
    ({"type": "end_match"}, c.EndMatch()),
]

HELLO = {"type": "hello", "protocol": 1, "token": "t", "audience": "observer", "seq": 3}
PING = {"type": "ping", "sent_ms": 1.5}
FRAMES = [HELLO, PING, *({"type": "command", "id": "c-1", "command": x} for x, _ in COMMANDS)]


def parse(frame: Any) -> Hello | CommandFrame | Ping:
    """Read a frame as a session does."""
    return CLIENT_FRAME.validate_json(json.dumps(frame))


@pytest.mark.parametrize(("wire", "command"), COMMANDS, ids=lambda x: getattr(x, "type", ""))
def test_a_command_is_read_as_the_rules_know_it(wire: dict[str, Any], command: c.Command):
    frame = parse({"type": "command", "id": "c-1", "command": wire})
    assert isinstance(frame, CommandFrame)
    assert frame.id == "c-1"
    assert frame.command == command


def test_every_command_of_people_has_its_frame_and_the_clocks_have_none():
    by_wire = {type(command) for _, command in COMMANDS}
    servers = {c.PassDeadline, c.GoOn, c.MakeUpOutage, c.BranchMatch, c.SupersedeMatch}
    assert by_wire == set(c.COMMANDS) - servers


BOUNDS = {
    "string": ({"maxLength"}, {"pattern"}, {"const"}, {"enum"}),
    "integer": ({"maximum"}, {"exclusiveMaximum"}),
    "number": ({"maximum"},),
    "array": ({"maxItems"},),
    "object": ({"maxProperties"}, {"properties"}),
}


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Find every part of a schema that has a type."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from schemas(inner)


def test_every_field_of_every_command_has_its_limit():
    parts = list(schemas(TypeAdapter(WireCommand).json_schema()))
    assert len(parts) > len(COMMANDS)
    for part in parts:
        bounds = BOUNDS.get(part["type"], (set(),))
        assert any(bound <= set(part) for bound in bounds), part


def test_a_hello_may_hold_nothing_yet():
    hello = parse({"type": "hello", "protocol": 1, "token": "t"})
    assert isinstance(hello, Hello)
    assert (hello.audience, hello.seq) == (None, 0)


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Name every place in a frame."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    found = []
    for key, value in inner:
        found.append((*path, key))
        if isinstance(value, (dict, list)):
            found += paths(value, (*path, key))
    return found


def changed(frame: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Copy a frame with another value at one place."""
    copy = json.loads(json.dumps(frame))
    node = copy
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return copy


WRONG = {
    str: [None, 1, 1.5, True, [], {}],
    int: [None, "1", 1.5, True, [], {}, -1, 10**30],
    bool: [None, 0, 1, "true", [], {}],
    float: [None, "1", True, [], {}],
    list: [None, 1, "CHN", {}, {"0": "CHN"}],
    dict: [None, 1, "x", [], [["strait", "C"]]],
}


def mutants() -> list[tuple[Any, tuple[Any, ...], Any]]:
    """Put a value of every wrong type into every place of every frame."""
    made = []
    for frame in FRAMES:
        for path in paths(frame):
            node: Any = frame
            for key in path:
                node = node[key]
            made += [(frame, path, value) for value in WRONG[type(node)]]
    return [m for m in made if m[1:] not in _FITTING]


ARGUMENTS = [field.name for field in fields(Arguments)]

# Any protocol number is read, to be told which one is spoken; any count of events, to begin anew.
_FITTING = [
    (("audience",), None),
    (("command", "act"), None),
    (("command", "inject", "effects", 0, "member"), None),
    (("command", "move", "other_arena"), None),
    *((("command", "arguments", name), None) for name in ARGUMENTS),
    (("protocol",), -1),
    (("protocol",), 10**30),
    (("seq",), 10**30),
]


@pytest.mark.parametrize(("frame", "path", "value"), mutants())
def test_no_place_takes_a_value_of_another_type(frame: Any, path: tuple[Any, ...], value: Any):
    with pytest.raises(ValidationError) as refused:
        parse(changed(frame, path, value))
    assert refused.value.error_count() >= 1


@pytest.mark.parametrize("frame", FRAMES)
def test_no_frame_takes_a_field_it_does_not_know(frame: Any):
    places = [(), *[p for p in paths(frame) if p == ("command",)]]
    for path in places:
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            parse(changed(frame, (*path, "is_admin"), True))


@pytest.mark.parametrize("frame", FRAMES)
def test_no_frame_does_without_what_it_needs(frame: Any):
    may_lack = {
        ("audience",),
        ("seq",),
        ("command", "act"),
        ("command", "is_ready"),
        ("command", "room", 0),
        ("command", "room", 1),
        ("command", "actions", "strait"),
        ("command", "actions", "forum"),
        ("command", "inject", "effects"),
        ("command", "inject", "effects", 0),
        ("command", "inject", "effects", 0, "member"),
        ("command", "actions", "JPN"),
        ("command", "arguments"),
        *(("command", "arguments", name) for name in ARGUMENTS),
        ("command", "move", "other_arena"),
        ("command", "move", "seats"),
        ("command", "move", "seats", 0),
        ("command", "move", "seats", 1),
        ("command", "terms", "stake"),
        ("command", "terms", "is_conditional"),
        ("command", "terms", "parties", 0),
        ("command", "terms", "parties", 1),
        ("command", "terms", "pledges", 0),
        ("command", "terms", "transfers", 0),
    }
    if frame.get("command", {}).get("type") == "reseat":
        may_lack.add(("command", "name"))
    for path in set(paths(frame)) - may_lack:
        copy = json.loads(json.dumps(frame))
        node = copy
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]
        with pytest.raises(ValidationError):
            parse(copy)


def command(**fields: Any) -> dict[str, Any]:
    """Give a command's frame."""
    return {"type": "command", "id": "c-1", "command": fields}


SAY = {"type": "say", "room": [], "text": "x"}
TAKE = {"type": "take_seat", "seat": "CHN", "name": "Ann"}
ORDER = {"type": "save_order", "round": 1, "actions": {"strait": "C"}}

AT_THE_LIMIT = [
    ({**HELLO, "token": "x" * 128}, {**HELLO, "token": "x" * 129}),
    ({**HELLO, "token": "x"}, {**HELLO, "token": ""}),
    ({**HELLO, "audience": "x" * 64}, {**HELLO, "audience": "x" * 65}),
    ({**HELLO, "seq": 0}, {**HELLO, "seq": -1}),
    ({**FRAMES[2], "id": "x" * 64}, {**FRAMES[2], "id": "x" * 65}),
    ({**FRAMES[2], "id": "x"}, {**FRAMES[2], "id": ""}),
    ({**FRAMES[2], "id": "A-z_9"}, {**FRAMES[2], "id": "a b"}),
    ({**FRAMES[2], "id": "x"}, {**FRAMES[2], "id": "x\n"}),
    (command(**{**TAKE, "name": "x" * LONGEST_NAME}), command(**{**TAKE, "name": "x" * 41})),
    (command(**{**TAKE, "name": "x"}), command(**{**TAKE, "name": ""})),
    (command(**{**TAKE, "seat": "X2"}), command(**{**TAKE, "seat": "X"})),
    (command(**{**TAKE, "seat": "X" * 12}), command(**{**TAKE, "seat": "X" * 13})),
    (command(**{**TAKE, "seat": "CHN"}), command(**{**TAKE, "seat": "chn"})),
    (command(**{**TAKE, "seat": "CHN"}), command(**{**TAKE, "seat": "CHN\n"})),
    (command(**{**SAY, "text": "x" * LONGEST_MESSAGE}), command(**{**SAY, "text": "x" * 1001})),
    (command(**SAY), command(**{**SAY, "text": ""})),
    (command(**{**SAY, "room": ["CHN"] * 64}), command(**{**SAY, "room": ["CHN"] * 65})),
    (command(**{**SAY, "act": "assure"}), command(**{**SAY, "act": "insult"})),
    (command(**{**ORDER, "round": 10_000}), command(**{**ORDER, "round": 10_001})),
    (command(**{**ORDER, "actions": {"a": "D"}}), command(**{**ORDER, "actions": {"a": "c"}})),
    (command(**{**ORDER, "actions": {"a": "D"}}), command(**{**ORDER, "actions": {"A": "C"}})),
    (
        command(**{**ORDER, "actions": {f"a{n}": "C" for n in range(64)}}),
        command(**{**ORDER, "actions": {f"a{n}": "C" for n in range(65)}}),
    ),
    (
        command(type="extend_deadline", by_ms=LONGEST_EXTENSION_MS),
        command(type="extend_deadline", by_ms=LONGEST_EXTENSION_MS + 1),
    ),
    (command(type="extend_deadline", by_ms=1), command(type="extend_deadline", by_ms=0)),
    (
        command(type="skip_phase", round=1, phase="reveal"),
        command(type="skip_phase", round=1, phase="dinner"),
    ),
    (
        command(type="seat_bot", seat="CHN", strategy="x" * 64),
        command(type="seat_bot", seat="CHN", strategy="x" * 65),
    ),
    (command(type="leave_seat"), command(type="pass_deadline", round=1, phase="decision")),
    (command(type="leave_seat"), command(type="make_up_outage", by_ms=1)),
    (PING, {"type": "pong", "sent_ms": 1}),
    (PING, {"type": "events", "seq": 1, "events": []}),
]


@pytest.mark.parametrize(("within", "beyond"), AT_THE_LIMIT)
def test_a_limit_is_where_it_is_said_to_be(within: Any, beyond: Any):
    assert parse(within)
    with pytest.raises(ValidationError):
        parse(beyond)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "1",
        '"hello"',
        "{",
        '{"type":"ping","sent_ms":NaN}',
        '{"type":"ping","sent_ms":Infinity}',
        '{"type":"ping","sent_ms":1e999}',
        '{"type":"ping","sent_ms":1}{"type":"ping","sent_ms":1}',
        "{'type':'ping','sent_ms':1}",
        '{"type":["ping"],"sent_ms":1}',
        '{"type":"Ping","sent_ms":1}',
        '[{"type":"ping","sent_ms":1}]',
        '{"type":"command","id":"c","command":{"type":"say","room":[],"text":"\\ud800"}}',
        '{"\\ud800":1,"type":"ping","sent_ms":1}',
        "[" * 100_000,
        '{"type":"ping","sent_ms":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"type":"ping","sent_ms":' + "9" * 5000 + "}",
        '{"type":"hello","protocol":' + "9" * 5000 + ',"token":"t"}',
    ],
    ids=lambda text: text[:40] or "empty",
)
def test_what_is_no_frame_is_refused_and_nothing_else_happens(text: str):
    with pytest.raises(ValidationError):
        CLIENT_FRAME.validate_json(text)


@given(st.text(max_size=200))
def test_any_text_is_a_frame_or_refused(text: str):
    try:
        CLIENT_FRAME.validate_json(text)
    except ValidationError as refused:
        told = refused.errors(include_url=False, include_input=False, include_context=False)
    else:
        return
    assert told


def test_events_are_sent_as_they_are_stored():
    text = events_text(7, ['{"a":1}', '{"b":"دیتانت"}'])
    assert json.loads(text) == {
        "type": "events",
        "seq": 7,
        "events": [{"a": 1}, {"b": "دیتانت"}],
    }
    TypeAdapter(ServerFrame).validate_json(text)
