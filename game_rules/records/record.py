"""Match records: a log as a text file that can be read, replayed and verified anywhere.

JSON Lines, UTF-8: a header, then one line per event, then a closing line. Every line ends with a
`hash` of itself and of the previous line's hash, so any change, loss, addition or reordering of
lines is detected. `verify` also decides every command again.

A record of rules 2 holds people's ids alone. Their names may follow in one more line, which can be
taken away: what is left is a whole record. With the line, a change of it is detected too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from game_rules.errors import InvalidInput, NewerRecord, RecordError
from game_rules.log import events as e
from game_rules.log.events import EventTuple
from game_rules.log.evolve import fold
from game_rules.log.people import Names, known_in
from game_rules.log.position import Position
from game_rules.match.decide import create_match
from game_rules.records.codec import CodecError, dumps, from_json
from game_rules.records.retrace import Mismatch, Retraced, retrace
from game_rules.records.transit import undo_transit
from game_rules.roles import PersonId
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.populations import LARGEST_POPULATION
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.arenas import MOST_ARENAS
from game_rules.scenario_files.players import MOST_PLAYERS
from game_rules.scenario_files.scenarios import MOST_ROUNDS

FORMAT = "detente-record/1"
_ANY_FORMAT = "detente-record/"

NO_NAMES: Names = {}

LARGEST_RECORD = 8 * 1024 * 1024
"""In bytes: ten times the largest match that was ever played, and verified within 10 s."""

MOST_PAIRS = MOST_ARENAS * MOST_PLAYERS * (MOST_PLAYERS - 1) // 2
"""In which everybody is a member of every arena that a scenario file may have."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read: the software that made it, and its log.

    changes: what happened to the file on its way, which changed no word of it. names: of people, if
    the record has a line of them.
    """

    software_version: str
    log: EventTuple
    changes: tuple[str, ...] = ()
    names: Names = field(default_factory=dict)


def write_record(log: Sequence[e.Event], software_version: str, names: Names = NO_NAMES) -> str:
    """Write a log as a record; the same log, version and names give the same bytes.

    names: of people; those whom the log holds are written, if it has ids alone.
    """
    created = log[0]
    assert isinstance(created, e.MatchCreated)
    header = {
        "format": FORMAT,
        "rules_version": created.rules_version,
        "software_version": software_version,
    }
    bodies = [header, *({"seq": n, "event": event} for n, event in enumerate(log, 1))]
    there = {} if created.rules_version == 1 else known_in(log, names)
    people = [{"people": there}] if there else []
    return "".join(_chain([*bodies, {"end": len(log)}, *people]))


def read_record(raw: bytes) -> Record:
    """Read a record, checking every line's hash, order and shape.

    What mail and editors do to line ends is undone first, see `transit`. Raises RecordError naming
    the first line that does not hold.
    """
    arrived = undo_transit(raw, LARGEST_RECORD)
    if max(len(raw), len(arrived.raw)) > LARGEST_RECORD:
        raise RecordError(
            1, f"begins a file of more than {LARGEST_RECORD} bytes; no match has that"
        )
    lines = arrived.raw.split(b"\n")
    if lines[-1] != b"" and not lines[0].startswith(b"{"):
        raise RecordError(1, f"is not the header of a {FORMAT} file")
    if lines[-1] != b"":
        raise RecordError(len(lines), "does not end with a line break; the file is cut short")
    bodies = _unchain(lines[:-1])
    people = bodies.pop() if bodies and "people" in bodies[-1] else None
    form = bodies[0].get("format") if bodies else None
    if form != FORMAT and str(form).startswith(_ANY_FORMAT):
        told = f"is the header of a {str(form)[:40]} file; this program reads {FORMAT}"
        raise NewerRecord(1, f"{told}; update détente")
    if len(bodies) < 3 or form != FORMAT:
        raise RecordError(1, f"is not the header of a {FORMAT} file")
    if "end" not in bodies[-1]:
        raise RecordError(len(bodies), "is not the closing line; the file is cut short after it")
    if dumps(bodies[-1]) != dumps({"end": len(bodies) - 2}):
        raise RecordError(len(bodies), f"is not the closing line of {len(bodies) - 2} events")
    log = tuple(_event(number, body) for number, body in enumerate(bodies[1:-1], 1))
    _require_same_rules(bodies[0].get("rules_version"), log)
    names = {} if people is None else _names(people, log)
    return Record(str(bodies[0].get("software_version")), log, arrived.changes, names)


def _names(body: dict[str, Any], log: EventTuple) -> Names:
    """Read the line of names, the last one. Raises RecordError for anything else in it."""
    number = len(log) + 3
    if set(body) != {"people"}:
        raise RecordError(number, "is not a line of names")
    try:
        names = from_json(Mapping[PersonId, str], body["people"])
    except CodecError as error:
        raise RecordError(number, str(error)) from error
    created = log[0]
    holds_names = isinstance(created, e.MatchCreated) and created.rules_version == 1
    if not names or holds_names or known_in(log, names) != names:
        raise RecordError(number, "does not name those whom the events hold")
    return names


def verify(record: Record) -> Position:
    """Decide a record's commands again and compare every event.

    Returns the final position. Raises RecordError naming the first line that the rules would not
    write.
    """
    position = begun(record.log)
    for retraced in retraced_in(record.log):
        position = retraced.after
    return position


def retraced_in(log: EventTuple) -> Iterator[Retraced]:
    """Yield the commands behind a log, in their order, each decided again.

    Raises RecordError naming the first line that the rules would not write.
    """
    position, place, has_people = begun(log), 1, False
    while place < len(log):
        try:
            found = retrace(position, log, place, may_wait=has_people)
        except Mismatch as mismatch:
            raise RecordError(place + mismatch.ahead + 2, _told(mismatch)) from mismatch
        except _UNPLAYABLE as error:  # no file gives such a scenario, but a forged line can
            raise _unplayable(place, error) from error
        yield found
        position, place = found.after, place + len(found.events)
        has_people = has_people or any(map(_is_sitting_down, found.events))


def begun(log: EventTuple) -> Position:
    """Return the position after the first event of a log.

    Raises RecordError if it is not the beginning of a match that the rules can play.
    """
    try:
        return _begin(log)
    except RecordError:
        raise
    except _UNPLAYABLE as error:  # no file gives such a scenario, but a forged line can
        raise _unplayable(0, error) from error


def _unplayable(place: int, error: Exception) -> RecordError:
    return RecordError(place + 2, f"cannot be played ({error})")


def _is_sitting_down(event: e.Event) -> bool:
    """Tell whether a person takes a seat: every table of a class has had one."""
    return isinstance(event, e.SeatTaken)


def _require_same_rules(stated: object, log: EventTuple) -> None:
    """Raise RecordError if the header names other rules than the match was played by."""
    created = log[0]
    if isinstance(created, e.MatchCreated) and stated != created.rules_version:
        theirs = created.rules_version
        raise RecordError(1, f"names rules version {stated}; the match was played by {theirs}")


_UNPLAYABLE = (ArithmeticError, LookupError, ValueError, AssertionError, InvalidInput)


def _begin(log: EventTuple) -> Position:
    created = log[0]
    if not isinstance(created, e.MatchCreated):
        raise RecordError(2, f"{created.type} cannot stand here; a log begins with its match")
    version = created.rules_version
    if version not in RULESETS:
        known = ", ".join(map(str, RULESETS))
        told = f"rules version {version}; this program checks {known}"
        raise NewerRecord(2, f"{told}; update détente")
    if created.seed is None:
        raise RecordError(2, "has no seed; a record is written from the whole log of a match")
    _require_bounded(created.scenario)
    begun = create_match(created.scenario, created.seed, created.pace, created.at_ms, version)
    if created != begun[0]:
        raise RecordError(2, "does not begin with the standing that the rules give its scenario")
    return fold(begun)


def _require_bounded(scenario: Scenario) -> None:
    """Raise RecordError for a scenario that no match has, and that would take for ever to replay.

    Where nobody is waited for, one event's commands play all rounds: what they cost is bounded by
    the rounds and by the pairs that meet in each.
    """
    players = len(scenario.players)
    pairs = sum(len(arena.members) * (len(arena.members) - 1) // 2 for arena in scenario.arenas)
    for figure, most, noun in (
        (scenario.rounds, MOST_ROUNDS, "rounds"),
        (players, LARGEST_POPULATION, "players"),
        (pairs, MOST_PAIRS, "pairs of members"),
    ):
        if figure > most:
            raise RecordError(2, f"has {figure} {noun}; no match has more than {most}")


def _told(mismatch: Mismatch) -> str:
    if mismatch.expected is None:
        return mismatch.problem
    return f"{mismatch.problem}; the rules give {dumps(mismatch.expected)[:200]}"


def _chain(bodies: Iterable[dict[str, Any]]) -> Iterable[str]:
    previous = ""
    for body in bodies:
        text = dumps(body)
        previous = _hash(previous, text)
        yield _line(text, previous) + "\n"


def _unchain(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    bodies, previous = [], ""
    for number, line in enumerate(lines, 1):
        try:
            body, previous, rewritten = _rewrite(line, previous)
        except RecursionError as error:
            raise RecordError(number, "is no line of a record (it is nested too deep)") from error
        except ValueError as error:
            raise RecordError(number, f"is no line of a record ({error})") from error
        if rewritten != line:
            raise RecordError(number, "does not match its hash; it, or a line before, was changed")
        bodies.append(body)
    return bodies


def _rewrite(line: bytes, previous: str) -> tuple[dict[str, Any], str, bytes]:
    """Read a line and write it again: the same bytes if it is what `_chain` wrote."""
    body = json.loads(line)
    if not isinstance(body, dict) or body.pop("hash", None) is None:
        raise ValueError("it is not an object with a hash")
    text = dumps(body)
    digest = _hash(previous, text)
    return body, digest, _line(text, digest).encode()


def _event(number: int, body: dict[str, Any]) -> e.Event:
    if set(body) != {"seq", "event"} or dumps(body["seq"]) != str(number):
        raise RecordError(number + 1, f"is not event {number} of the log")
    try:
        return from_json(e.Event, body["event"])
    except CodecError as error:
        raise RecordError(number + 1, str(error)) from error


def _line(text: str, digest: str) -> str:
    return f'{text[:-1]},"hash":"{digest}"}}'


def _hash(previous: str, text: str) -> str:
    return sha256(f"{previous}\n{text}".encode()).hexdigest()
