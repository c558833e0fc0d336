"""The match record: a log as a text file that can be read, replayed and checked anywhere.

JSON Lines, UTF-8. The first line is a header, then one line an event, then a closing line. Every
line ends with a `hash` over itself and the hash of the line before, so that no line can be
changed, dropped, added or moved unseen. `verify` also resolves every round again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from game_rules import RULES_VERSION, flow
from game_rules import events as e
from game_rules.codec import CodecError, dumps, from_json
from game_rules.errors import RecordError
from game_rules.evolve import evolve
from game_rules.position import Position

FORMAT = "detente-record/1"

Log = tuple[e.Event, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read: what made it, and its log."""

    software_version: str
    log: Log


def write_record(log: Sequence[e.Event], software_version: str) -> str:
    """Write a log as a record; the same log and version give the same bytes."""
    created = log[0]
    assert isinstance(created, e.MatchCreated)
    header = {
        "format": FORMAT,
        "rules_version": created.rules_version,
        "software_version": software_version,
    }
    bodies = [header, *({"seq": n, "event": event} for n, event in enumerate(log, 1))]
    return "".join(_chain([*bodies, {"end": len(log)}]))


def read_record(raw: bytes) -> Record:
    """Read a record, checking every line's hash, order and shape.

    Raises RecordError naming the first line that does not hold.
    """
    lines = raw.split(b"\n")
    if lines[-1] != b"":
        raise RecordError(len(lines), "does not end with a line break; the file is cut short")
    bodies = _unchain(lines[:-1])
    if len(bodies) < 3 or bodies[0].get("format") != FORMAT:
        raise RecordError(1, f"is not the header of a {FORMAT} file")
    if bodies[-1] != {"end": len(bodies) - 2}:
        raise RecordError(len(bodies), f"is not the closing line of {len(bodies) - 2} events")
    log = tuple(_event(number, body) for number, body in enumerate(bodies[1:-1], 1))
    return Record(str(bodies[0].get("software_version")), log)


def verify(record: Record) -> Position:
    """Play a record again and compare whatever the rules decide by themselves.

    Returns the final position. Raises RecordError naming the line that the rules would not write.
    """
    position: Position | None = None
    expected: list[e.Event] = []
    for number, event in enumerate(record.log, 2):
        if (position is None) != isinstance(event, e.MatchCreated):
            raise RecordError(number, f"{event.type} cannot stand here; a match is created once")
        _check_version(number, event)
        if position is not None:
            expected = expected or _expected(position, event)
            if expected and expected[0] != event:
                raise RecordError(number, f"the rules give {dumps(expected[0])[:200]} here")
            expected = expected[1:]
        position = evolve(position, event)
    assert position is not None
    return position


def _check_version(number: int, event: e.Event) -> None:
    if isinstance(event, e.MatchCreated) and event.rules_version != RULES_VERSION:
        theirs = event.rules_version
        raise RecordError(number, f"rules version {theirs}; this program checks {RULES_VERSION}")


def _expected(position: Position, event: e.Event) -> list[e.Event]:
    """What the rules say follows, if the event is one that only they can write."""
    is_host_end = isinstance(event, e.MatchEnded) and event.reason is e.EndReason.FACILITATOR
    is_start = position.phase is e.Phase.LOBBY
    if is_host_end or is_start:
        return []
    if isinstance(event, (e.RoundResolved, e.PhaseOpened, e.MatchEnded)):
        return list(flow.next_phase(position, event.at_ms))
    return []


def _chain(bodies: Iterable[dict[str, Any]]) -> Iterable[str]:
    previous = ""
    for body in bodies:
        text = dumps(body)
        previous = _hash(previous, text)
        yield f'{text[:-1]},"hash":"{previous}"}}\n'


def _unchain(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    bodies, previous = [], ""
    for number, line in enumerate(lines, 1):
        body, stated = _parse(number, line)
        previous = _hash(previous, dumps(body))
        rewritten = f'{dumps(body)[:-1]},"hash":"{previous}"}}'.encode()
        if stated != previous or rewritten != line:
            raise RecordError(number, "does not match its hash; it, or a line before, was changed")
        bodies.append(body)
    return bodies


def _parse(number: int, line: bytes) -> tuple[dict[str, Any], str]:
    try:
        body = json.loads(line)
    except ValueError as error:
        raise RecordError(number, f"is not JSON ({error})") from error
    if not isinstance(body, dict) or not isinstance(body.get("hash"), str):
        raise RecordError(number, "is not an object with a hash")
    stated = body.pop("hash")
    return body, stated


def _event(number: int, body: dict[str, Any]) -> e.Event:
    if set(body) != {"seq", "event"} or body["seq"] != number:
        raise RecordError(number + 1, f"is not event {number} of the log")
    try:
        return from_json(e.Event, body["event"])
    except CodecError as error:
        raise RecordError(number + 1, str(error)) from error


def _hash(previous: str, text: str) -> str:
    return sha256(f"{previous}\n{text}".encode()).hexdigest()
