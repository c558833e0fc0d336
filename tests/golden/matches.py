"""The stored matches: a record each, and where people played what was asked for, in order.

A match that bots play alone comes again from its record: scenario, seats and seed stand there.
"""

import gzip
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Union

from tests.golden.project import (
    Actor,
    Names,
    PersonId,
    Position,
    Role,
    RuleViolation,
    Seat,
    commands,
    create_match,
    decide,
    events,
    fold,
    from_json,
    introduced,
    known_in,
    play_bot_match,
    read_record,
    ruleset_of,
    to_json,
    write_record,
)

FOLDER = Path(__file__).parent
RECORDS, COMMANDS = FOLDER / "records", FOLDER / "commands"
MADE_BY = "golden"
"""What stands in the records in place of the software's version."""

Log = tuple[events.Event, ...]


@dataclass(frozen=True)
class Asked:
    """One command, who asked and when, and a refusal's code and words; None: it was granted."""

    at_ms: int
    actor: Actor
    command: commands.Command
    refused: tuple[str, str] | None = None


def names(folder: Path = RECORDS) -> list[str]:
    """Name the stored matches."""
    return sorted(path.name.removesuffix(".jsonl.gz") for path in folder.glob("*.jsonl.gz"))


def rules_of(name: str) -> int:
    """Tell by which rules a stored match is played: rules 1, if its name says nothing of it.

    >>> rules_of("rules2_bots_chicken"), rules_of("bots_chicken")
    (2, 1)
    """
    told = re.match(r"rules([0-9]+)_", name)
    return int(told[1]) if told else 1


def stored_name(name: str, version: int) -> str:
    """Give the name under which a match of some rules is stored."""
    return name if version == 1 else f"rules{version}_{name}"


def record_of(name: str) -> bytes:
    """Give a stored record."""
    return unpacked(RECORDS / f"{name}.jsonl.gz")


def log_of(name: str) -> Log:
    """Read a stored record."""
    return read_record(record_of(name)).log


def names_of(name: str) -> Names:
    """Give the names of people that stand in a stored record, beside its log."""
    return read_record(record_of(name)).names


def is_of_bots(name: str) -> bool:
    """Tell whether bots played it alone, so that nothing was asked for."""
    return not (COMMANDS / f"{name}.jsonl.gz").exists()


def play_again(log: Log) -> Log:
    """Play a match of bots again from what its log begins with."""
    created = log[0]
    assert isinstance(created, events.MatchCreated)
    assert created.seed is not None
    seated = {x.seat: x.strategy or "" for x in log if isinstance(x, events.BotSeated)}
    return play_bot_match(created.scenario, seated, created.seed, created.rules_version)


def ask_again(name: str) -> tuple[str, int, "Table"]:
    """Ask for everything again that was asked for in a match with people.

    Gives the log that it began with and how much of it, and the match as it is then.
    """
    begin = json.loads(unpacked(COMMANDS / f"{name}.jsonl.gz").splitlines()[0])
    log = log_of(begin["log"])[: begin["events"]]
    first = log[0]
    assert isinstance(first, events.MatchCreated)
    assert first.seed is not None
    version = first.rules_version
    created = create_match(first.scenario, first.seed, first.pace, first.at_ms, version)
    table = Table((*created, *log[1:]), known_in(log, names_of(begin["log"])))
    for each in asked_in(name):
        table.ask(each.command, each.actor, each.at_ms)
    return begin["log"], begin["events"], table


def asked_in(name: str) -> list[Asked]:
    """Read what was asked for in a match with people, and what was answered."""
    lines = unpacked(COMMANDS / f"{name}.jsonl.gz").splitlines()[1:]
    return [_asked(json.loads(line)) for line in lines]


class Table:
    """A match under way at the level of the rules; keeps what was asked for."""

    def __init__(self, log: Sequence[events.Event], names: Names | None = None) -> None:
        self.log = list(log)
        self.names: dict[PersonId, str | None] = dict(names or {})
        """What people are called, where events hold ids alone."""
        self.position: Position = fold(self.log)
        self.asked: list[Asked] = []
        self.starts: list[int] = []
        """Where the events of each command that was granted begin."""

    def ask(self, command: commands.Command, actor: Actor, at_ms: int) -> Log:
        """Have a command decided; a refusal is kept, and nothing has happened."""
        asked, made = Asked(at_ms, actor, command), ()
        try:
            made = decide(self.position, command, actor, at_ms)
        except RuleViolation as refusal:
            asked = replace(asked, refused=(refusal.code, str(refusal)))
        else:
            self.starts.append(len(self.log))
            if not ruleset_of(self.position).names_people:
                self.names |= introduced(command, actor)
        self.asked.append(asked)
        self.log += made
        self.position = fold(made, self.position)
        return made


def written(log: Sequence[events.Event], names: Names | None = None) -> bytes:
    """Write a record as the stored ones are."""
    return write_record(log, MADE_BY, names or {}).encode()


def commands_text(begin: str, count: int, asked: Iterable[Asked]) -> bytes:
    """Write what was asked for: the log it begins with, then one line a command."""
    lines: list[Any] = [{"log": begin, "events": count}, *(_document(each) for each in asked)]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _document(asked: Asked) -> dict[str, Any]:
    actor = {name: value for name, value in to_json(asked.actor).items() if value}
    refused = {} if asked.refused is None else {"refused": list(asked.refused)}
    return {"at_ms": asked.at_ms, **actor, "command": to_json(asked.command), **refused}


def _asked(document: dict[str, Any]) -> Asked:
    command = from_json(Union[commands.COMMANDS], document["command"])  # noqa: UP007
    refused = document.get("refused")
    answer = None if refused is None else (refused[0], refused[1])
    return Asked(document["at_ms"], _actor(document), command, answer)


def _actor(document: dict[str, Any]) -> Actor:
    seat, person = document.get("seat"), document.get("person")
    return Actor(
        Role(document["role"]),
        None if seat is None else Seat(seat),
        None if person is None else PersonId(person),
        document.get("name", ""),
    )


def packed(path: Path, content: bytes) -> None:
    """Write a file so that the same content gives the same bytes."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0))


def unpacked(path: Path) -> bytes:
    """Read a file that `packed` wrote."""
    return gzip.decompress(path.read_bytes())
