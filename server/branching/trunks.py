"""The trunk of a model: a stored match that has ended, or a record, up to a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from game_rules.errors import InvalidInput
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.log.people import people_in
from game_rules.log.position import Model, Position
from game_rules.match.control import BranchMatch
from game_rules.match.decide import decide
from game_rules.records.codec import dumps, loads
from game_rules.records.record import read_record
from game_rules.roles import THE_CLOCK, PersonId
from game_rules.scenario.scenario import Scenario
from server.analysis.questions import Cut, Source
from server.store.event_store import NewEvent

RECORD = "record-"
"""How the name of a trunk begins that came as a file; a part of its hash follows."""
_DIGITS = 16
_TRUNK = "trunk"
"""Stored as the sender of what was asked for in the trunk."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a model begins. trunk: the events it shares. firsts: of these, each command's first.

    branched: what follows them. position: after that, paused. people: those of the whole trunk.
    """

    model: Model
    trunk: tuple[Event, ...]
    firsts: frozenset[int]
    branched: tuple[Event, ...]
    position: Position
    people: tuple[PersonId, ...]

    def stored(self) -> list[NewEvent]:
        """Give the log to store. Names stay with the trunk, where they can be forgotten."""
        kept = [
            NewEvent(dumps(event), _TRUNK if place in self.firsts else None)
            for place, event in enumerate(self.trunk)
        ]
        return [*kept, *(NewEvent(dumps(event), "clock") for event in self.branched)]


def beginning(source: Source, name: str | None, number: int, found: str, now_ms: int) -> Beginning:
    """Begin a model where a round of its trunk begins.

    name: of a stored match; a record is named by its events. found: the `Cut`, as it was answered.
    The luck is the trunk's. Raises RuleViolation where the match does not run.
    """
    cut: Cut = loads(Cut, found)
    log = log_of(source)
    trunk, model = log[: cut.events], Model(name or name_of(log), number)
    position = fold(trunk)
    command = BranchMatch(model.trunk, len(trunk), None, number)
    branched = decide(position, command, THE_CLOCK, now_ms)
    after = fold(branched, position)
    return Beginning(model, trunk, frozenset(cut.firsts), branched, after, people_in(log))


def log_of(source: Source) -> tuple[Event, ...]:
    """Return the log of a trunk; a record's was checked when its cut was found."""
    return source.of if isinstance(source.of, tuple) else read_record(source.of).log


def name_of(log: Sequence[Event]) -> str:
    """Name a record by its events: the same whoever is named in it, and however it was sent."""
    digest = sha256()
    for event in log:
        digest.update(dumps(event).encode())
    return f"{RECORD}{digest.hexdigest()[:_DIGITS]}"


def require_usual_size(scenario: Scenario, known: Sequence[Scenario]) -> None:
    """Require that a record's scenario is no larger than the largest one that is played here.

    A match is played beside all others, and a file may hold anything. Raises InvalidInput.
    """
    for noun, of in (("seats", _seats), ("members of arenas", _members)):
        most, here = max(map(of, known), default=0), of(scenario)
        if here > most:
            told = f"the record has {here} {noun}; a record is played on here with at most {most}"
            raise InvalidInput(f"{told}; ask the host, who may play on from any")


def _seats(scenario: Scenario) -> int:
    return len(scenario.seats)


def _members(scenario: Scenario) -> int:
    return sum(len(arena.members) for arena in scenario.arenas)
