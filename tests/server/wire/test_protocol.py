"""docs/protocol.md says what the code does, down to names and numbers."""

import importlib
import json
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

import game_rules
from game_rules.errors import RuleViolation
from game_rules.log.events import Act, Event, Phase
from game_rules.match.clock import LONGEST_EXTENSION_MS
from game_rules.match.seating import LONGEST_NAME
from game_rules.match.talk import LONGEST_MESSAGE
from game_rules.records.codec import from_json
from game_rules.scenario.moves import MOST_INVITED
from server.analysis import questions
from server.api import errors, tournaments
from server.api.served import PARTS
from server.edge.connection import CLOSE_WITHIN_S
from server.hosting.damage import MatchDamaged
from server.live.session import EVENTS_A_FRAME, MOST_EVENTS_OF_GUEST
from server.seminars.frames import Shown
from server.seminars.overview import MatchCard, PersonCard, SeminarCard
from server.settings import Settings
from server.wire.commands import WIRE_COMMANDS
from server.wire.frames import (
    CLIENT_FRAME,
    LONGEST_REASON,
    PROTOCOL,
    CloseCode,
    CommandFrame,
    ServerFrame,
)

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")


def section(title: str) -> str:
    """Give what stands under a heading."""
    found = re.search(rf"^##+ {title}\n(.*?)(?=^#+ |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found.group(1)


def rows(title: str) -> list[list[str]]:
    """Give the rows of a section's tables, cell by cell, without their heads."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-", " "}]


def named(title: str, column: int = 0) -> set[str]:
    """Give the code words of a column."""
    return {word for row in rows(title) for word in CODE.findall(row[column])}


def members(union: Any) -> tuple[type, ...]:
    """Give the classes of an annotated union."""
    return typing.get_args(typing.get_args(union)[0])


def type_of(frame: Any) -> str:
    """Give the word by which a frame is told from others."""
    return typing.get_args(frame.model_fields["type"].annotation)[0]


def examples() -> list[dict[str, Any]]:
    """Give every example on the page."""
    blocks = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    return [json.loads(line) for block in blocks for line in block.splitlines()]


def violations(kind: type[RuleViolation] = RuleViolation) -> Iterator[type[RuleViolation]]:
    """Find every kind of refusal, wherever it is written."""
    for subclass in kind.__subclasses__():
        yield subclass
        yield from violations(subclass)


CLIENT_TYPES = {"hello", "command", "ping"}
SERVER_TYPES = {type_of(frame) for frame in members(ServerFrame)}
COMMANDS = {kind.type for kind in WIRE_COMMANDS}


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["type"])
def test_every_example_is_a_frame_as_it_stands(example: dict[str, Any]):
    if example["type"] in CLIENT_TYPES:
        CLIENT_FRAME.validate_json(json.dumps(example))
    else:
        TypeAdapter(ServerFrame).validate_json(json.dumps(example))


def test_every_frame_of_a_seminar_is_named():
    shown = {frame.type for frame in typing.get_args(Shown)}
    assert {"welcome", "pong", *shown} == named("Seminars")
    cards = {"seminar": SeminarCard, "match": MatchCard, "people": PersonCard}
    told = {row[0].strip("`"): row[2] for row in rows("Seminars")}
    for kind, card in cards.items():
        for field in fields(card):
            assert f"`{field.name}`" in told[kind], (kind, field.name)


def test_every_frame_and_command_has_an_example():
    shown = {example["type"] for example in examples()}
    assert shown == CLIENT_TYPES | SERVER_TYPES
    asked = {example["command"]["type"] for example in examples() if "command" in example}
    assert asked == COMMANDS


def test_the_example_of_an_event_is_an_event():
    (events,) = [example["events"] for example in examples() if example["type"] == "events"]
    assert [from_json(Event, event) for event in events]


def test_every_command_is_listed_with_who_may_ask_for_it():
    listed = {CODE.findall(row[0])[0]: row[1] for row in rows("Commands")[1:]}
    roles = {kind.type: [x.value for x in kind.by] for kind in WIRE_COMMANDS}
    assert listed == {name: ", ".join(roles[name]) for name in COMMANDS}


def test_every_type_of_event_is_listed():
    assert named("Events") == {event.type for event in typing.get_args(Event)}


def test_every_phase_and_act_is_named():
    text = section("Commands")
    for word in (*Phase, *Act):
        assert f"`{word.value}`" in text


def test_every_close_code_is_listed_with_its_name():
    listed = {int(row[0]): row[1] for row in rows("Close codes")[1:]}
    from_the_websocket = {1007: ""}
    assert listed == {code.value: code.name.lower() for code in CloseCode} | from_the_websocket
    assert f"waits {CLOSE_WITHIN_S} s" in section("Close codes")


def test_every_refusal_of_a_command_is_listed():
    for module in pkgutil.walk_packages(game_rules.__path__, "game_rules."):
        if "contests" not in module.name:
            importlib.import_module(module.name)
    ours = {v.code for v in violations() if v.__module__.startswith("game_rules")}
    of_commands = {row[0] for row in rows("Refusals") if len(row) == 2}
    listed = {word for cell in of_commands for word in CODE.findall(cell)}
    assert listed == ours | {"try_again", "internal_error", MatchDamaged.code}


def test_every_refusal_over_http_is_listed_with_its_status():
    code = "\n".join(path.read_text() for path in (ROOT / "server" / "api").glob("*.py"))
    refusals = {
        (status, name) for status, name in re.findall(r'Refusal\(\s*(\d+),\s*"([a-z_]+)"', code)
    }
    answers = set(re.findall(r'answer_with\((\d+), "([a-z_]+)"', code))
    analysis = (ROOT / "server" / "analysis" / "service.py").read_text()
    answers |= {("409", name) for name in re.findall(r'QuestionRefused\("([a-z_]+)"', analysis)}
    answers |= {("409", name) for _, name in questions._CODES}
    answers |= {(f"{status}", name) for status, name in errors._OF_SEMINARS.values()}
    listed = {
        (row[0], word) for row in rows("Refusals") if len(row) == 3 for word in CODE.findall(row[1])
    }
    assert refusals | answers <= listed
    assert {name for _, name in listed} - {name for _, name in refusals | answers} == {
        "internal_error",
        "invalid_input",
        "http_error",
    }


def test_every_limit_is_listed_with_its_value():
    listed = {row[3].strip("`"): row[1] for row in rows("Limits")[1:] if row[3]}
    for name, shown in listed.items():
        assert float(shown.split()[0]) == Settings.model_fields[name].default, name
    assert set(listed) == set(LIMITS)


LIMITS = (
    "hello_within_s",
    "message_bytes",
    "messages_per_second",
    "message_burst",
    "hurried_messages_per_second",
    "requests_per_second",
    "requests_burst",
    "outbox_messages",
    "outbox_bytes",
    "sockets_per_person",
    "failed_tries_per_minute",
    "failed_tries_burst",
    "joins_per_minute",
    "joins_burst",
    "guest_matches_per_hour",
    "guest_matches_at_once",
    "guest_megabytes",
)


def test_every_length_is_listed_with_its_value():
    values = {row[0]: row[1] for row in rows("Limits")[1:]}
    assert values["a message to others"] == f"1 to {LONGEST_MESSAGE} letters"
    assert values["events of a guest's match"] == f"{MOST_EVENTS_OF_GUEST}"
    assert values["a name"] == f"1 to {LONGEST_NAME} letters"
    assert values["an extension of a deadline"] == f"1 to {LONGEST_EXTENSION_MS} ms"
    assert values["a reason of a close code"] == f"{LONGEST_REASON} bytes"
    hello = CLIENT_FRAME.json_schema()["$defs"]["Hello"]["properties"]["token"]
    assert values["a token"] == f"{hello['minLength']} to {hello['maxLength']} letters"
    order = CLIENT_FRAME.json_schema()["$defs"]["SaveOrder"]["properties"]["actions"]
    assert values["seats of a room, arenas of an order"] == f"{order['maxProperties']}"
    assert values["seats of a move"] == f"{MOST_INVITED}"
    forecast = CLIENT_FRAME.json_schema()["$defs"]["SaveForecast"]["properties"]["actions"]
    assert values["seats of a forecast"] == f"{forecast['maxProperties']}"
    ids = CommandFrame.model_json_schema()["properties"]["id"]["maxLength"]
    assert f"up to {ids} letters" in section("Client frames")
    assert f"frames of {EVENTS_A_FRAME} events" in section("Server frames")
    assert f"The protocol's number is {PROTOCOL}." in section("Sockets")


def test_every_route_of_a_match_is_listed():
    listed = {word.split("?")[0] for row in rows("HTTP") for word in CODE.findall(row[0])}
    routes = {
        f"{method} {route.path}"
        for part in PARTS
        if part is not tournaments  # told in docs/tournaments.md
        for route in part.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert listed == routes
