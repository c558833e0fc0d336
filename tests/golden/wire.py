"""What is sent of a match: to each audience, and over the connections of a whole session."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.golden.matches import FOLDER, Log, log_of
from tests.golden.project import (
    FACILITATOR,
    PUBLIC,
    Role,
    Scenario,
    Viewer,
    dumps,
    events,
    redact,
    seated,
)
from tests.server.stage import Desk, Stage

WIRE = FOLDER / "wire"
AUDIENCES, SESSIONS = WIRE / "audiences.json", WIRE / "sessions.json"
PEOPLE = ("person0", "person1", "person2", "person3")
IN_FULL = ("people_chicken", "rules2_people_chicken")
"""Matches of which the whole text that each audience is shown is kept, for reading."""
LEAD, CO_LEAD, OBSERVER = "facilitator", "co", "observer"


def viewers(scenario: Scenario) -> tuple[Viewer, ...]:
    """Give everybody who is shown a match: facilitators, the public (a projector too), seats."""
    return (FACILITATOR, PUBLIC, *map(seated, scenario.seats))


def payloads(log: Log, viewer: Viewer) -> list[str]:
    """Give the texts of the events that a viewer is shown."""
    created = log[0]
    assert isinstance(created, events.MatchCreated)
    seen = (redact(event, viewer, created.scenario) for event in log)
    return [dumps(event) for event in seen if event is not None]


def audiences_of(name: str) -> dict[str, list[Any]]:
    """Count and digest what each audience of a stored match is shown."""
    log = log_of(name)
    created = log[0]
    assert isinstance(created, events.MatchCreated)
    return {viewer.key: _digest(payloads(log, viewer)) for viewer in viewers(created.scenario)}


def _digest(texts: Sequence[str]) -> list[Any]:
    return [len(texts), sha256("\n".join(texts).encode()).hexdigest()[:32]]


@dataclass(frozen=True)
class Step:
    """Time passes, then somebody sends a frame."""

    after_ms: int
    who: str
    frame: Mapping[str, Any]


class Room:
    """A match on a server without sockets, with everybody connected."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.desks: dict[str, Desk] = {}

    async def open(self, scenario: Scenario, pace: float | None) -> None:
        """Make the match and let everybody in."""
        self.host = await self.stage.match(scenario, pace=pace)
        self.desks = {who: await self.stage.join(Role.PLAYER, who) for who in PEOPLE}
        self.desks[LEAD] = await self.stage.join(Role.FACILITATOR)
        self.desks[CO_LEAD] = await self.stage.join(Role.FACILITATOR, CO_LEAD)
        self.desks[OBSERVER] = await self.stage.join(Role.OBSERVER)

    async def take(self, step: Step) -> None:
        """Let time pass and have a frame received; who is connected is told too."""
        await self.stage.pass_time(step.after_ms)
        self.stage.presences.announce()
        await self.desks[step.who].send(step.frame)

    async def close(self) -> dict[str, list[str]]:
        """Let some come late, hang up, and give every frame that reached anybody."""
        for who in (LEAD, OBSERVER, PEOPLE[0]):
            late = self.stage.connect(self.desks[who].token)
            await late.hello()
            self.desks[f"late {who}"] = late
        await self.stage.close()
        return {
            who: [frame for message in desk.messages for frame in frames_in(message)]
            for who, desk in self.desks.items()
        }


def frames_in(message: str) -> Iterator[str]:
    """Give the texts of a message's frames: which of them share one depends on the event loop."""
    if not message.startswith("["):
        yield message
        return
    end = 0
    while end < len(message) - 1:
        begin = end + 1  # behind the bracket or a comma
        _, end = json.JSONDecoder().raw_decode(message, begin)
        yield message[begin:end]


async def session_again(session: Mapping[str, Any]) -> dict[str, list[str]]:
    """Play a stored session again."""
    room = Room()
    created = log_of(session["scenario_of"])[0]
    assert isinstance(created, events.MatchCreated)
    await room.open(created.scenario, session["pace"])
    for after_ms, who, frame in session["steps"]:
        await room.take(Step(after_ms, who, frame))
    return await room.close()


def digests(frames: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """Count and digest what reached each."""
    return {who: _digest(texts) for who, texts in frames.items()}


def texts_path(name: str, who: str) -> Path:
    """Say where the whole text of what somebody got is kept, for reading."""
    return WIRE / f"{name}.{who.replace(':', '_').replace(' ', '_')}.txt"


def written_json(document: Any, depth: int = 1) -> str:
    """Write a table for reading and comparing. depth: from where on an entry is one line."""
    return f"{_written(document, depth)}\n"


def _written(document: Any, depth: int) -> str:
    if depth == 0 or not isinstance(document, dict | list) or not document:
        return json.dumps(document, ensure_ascii=False)
    if isinstance(document, list):
        return "[\n" + ",\n".join(_written(x, depth - 1) for x in document) + "\n]"
    entries = (f"{json.dumps(x)}: {_written(y, depth - 1)}" for x, y in document.items())
    return "{\n" + ",\n".join(entries) + "\n}"
