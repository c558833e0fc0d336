"""The protocol of the live socket: hello, ordered events, and commands until their answers.

Knows frames, not sockets. After a reconnection it sends hello with the last number seen; a command
keeps its id until its answer arrives. Source: docs/bots.md.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from game_rules.log.events import Event, MatchResumed
from game_rules.log.evolve import fold
from game_rules.log.people import named
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.records.codec import from_json, to_json
from game_rules.roles import PersonId

PROTOCOL = 1


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The server accepted the token. seat: the one it holds, if any."""

    seat: str | None
    server_now_ms: int


@dataclass(frozen=True, slots=True)
class Happened:
    """New events, and the position after them, with the names that stand beside the events."""

    events: tuple[Event, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a command. code: of the refusal; None if it was accepted."""

    command: Command
    code: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """All past events have been received."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """The server could not store a command; `retry` sends it again."""


Notice = Welcomed | Happened | Answered | CaughtUp | Postponed


class Conversation:
    """The conversation of one token with its match. outgoing: frames to send."""

    def __init__(self, token: str) -> None:
        self.outgoing: list[str] = []
        self._token = token
        self._audience: str | None = None
        self._seq = 0
        self._is_welcome = False
        self._told: dict[str, list[Event]] = {}
        self._position: Position | None = None
        self._names: dict[PersonId, str] = {}
        self._unanswered: dict[str, Command] = {}

    def begin(self) -> None:
        """Send hello on a new connection; the ping's answer follows all past events."""
        self.outgoing.clear()
        self._hello()
        self._write({"type": "ping", "sent_ms": 0})
        self.retry()

    def ask(self, command: Command) -> None:
        """Send a command, now and on every new connection until it is answered."""
        command_id = uuid4().hex
        self._unanswered[command_id] = command
        self._send(command_id)

    def retry(self) -> None:
        """Send unanswered commands again, under the same ids."""
        for command_id in self._unanswered:
            self._send(command_id)

    def hear(self, message: str | bytes) -> Iterator[Notice]:
        """Read a message, one frame or an array of them, and yield what it means."""
        document = json.loads(message)
        for frame in document if isinstance(document, list) else [document]:
            yield from self._heed(frame)

    def _heed(self, frame: dict[str, Any]) -> Iterator[Notice]:
        match frame["type"]:
            case "welcome":
                yield from self._welcomed(frame)
            case "people":
                self._names = frame["names"]
            case "events" if self._is_welcome:
                yield from self._happened(frame["seq"], frame["events"])
            case "ack":
                yield from self._answered(frame["id"])
            case "refused":
                yield from self._refused(frame["id"], frame["code"], frame["message"])
            case "pong":
                yield CaughtUp()

    def _welcomed(self, frame: dict[str, Any]) -> Iterator[Notice]:
        audience, is_next = frame["audience"], frame["seq"] == self._seq + 1
        if frame["seq"] != 1 and not (is_next and audience == self._audience):
            self._begin_anew()
            return
        if frame["seq"] == 1:
            self._audience, self._seq, self._position = audience, 0, None
        self._is_welcome = True
        yield Welcomed(frame["you"]["seat"], frame["server_now_ms"])

    def _happened(self, first_seq: int, frames: list[Any]) -> Iterator[Notice]:
        if first_seq > self._seq + 1:
            self._begin_anew()
            return
        events = tuple(from_json(Event, frame) for frame in frames[self._seq + 1 - first_seq :])
        if not events:
            return
        self._position = fold(events, self._position)
        fresh = self._fresh(events)
        self._seq += len(events)
        if any(isinstance(event, MatchResumed) for event in events):
            self.retry()
        yield Happened(fresh, named(self._position, self._names))

    def _fresh(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return the new events of this audience; a branch repeats the start of its trunk."""
        assert self._audience is not None
        told, place = self._told.setdefault(self._audience.partition("@")[0], []), self._seq
        for number, event in enumerate(events):
            if place + number >= len(told) or told[place + number] != event:
                told[place + number :] = events[number:]
                return tuple(events[number:])
        return ()

    def _answered(self, command_id: str, *refusal: str) -> Iterator[Notice]:
        command = self._unanswered.pop(command_id, None)
        if command is not None:
            yield Answered(command, *refusal)

    def _refused(self, command_id: str, code: str, message: str) -> Iterator[Notice]:
        if code == "try_again":
            yield Postponed()
        elif code != "match_paused":  # it waits until the match resumes
            yield from self._answered(command_id, code, message)

    def _begin_anew(self) -> None:
        """Discard everything and ask for it again: the server continues from another point."""
        self._audience, self._seq, self._position = None, 0, None
        self._hello()

    def _hello(self) -> None:
        self._is_welcome = False
        hello = {"type": "hello", "protocol": PROTOCOL, "token": self._token}
        self._write({**hello, "audience": self._audience, "seq": self._seq})

    def _send(self, command_id: str) -> None:
        command = to_json(self._unanswered[command_id])
        self._write({"type": "command", "id": command_id, "command": command})

    def _write(self, frame: dict[str, Any]) -> None:
        self.outgoing.append(json.dumps(frame, separators=(",", ":")))
