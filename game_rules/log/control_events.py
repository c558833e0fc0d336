"""Events of control: people who share a seat, programs, injects, branches.

`events` has the union of all event types.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from game_rules.later import LATER
from game_rules.roles import PersonId, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.scenario import Arena
from game_rules.swift import swift


@dataclass(frozen=True, slots=True)
class DelegateJoined:
    """A person starts to share a seat; the pen does not move."""

    type: ClassVar[str] = "delegate_joined"
    seat: Seat
    person: PersonId
    name: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class DelegateLeft:
    """A person without the pen stops sharing the seat."""

    type: ClassVar[str] = "delegate_left"
    seat: Seat
    person: PersonId
    at_ms: int


@dataclass(frozen=True, slots=True)
class PenPassed:
    """Another delegate orders, answers and says ready for the seat from now on."""

    type: ClassVar[str] = "pen_passed"
    seat: Seat
    person: PersonId
    at_ms: int


@dataclass(frozen=True, slots=True)
class PersonRemoved:
    """A person may not return; shown to the facilitator. Seats are freed first."""

    type: ClassVar[str] = "person_removed"
    person: PersonId
    at_ms: int


class AutopilotReason(StrEnum):
    """Why an autopilot starts or stops."""

    ABSENT = "absent"
    RETURNED = "returned"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class AutopilotEngaged:
    """A strategy plays for the people of a seat, which they keep; shown to everyone."""

    type: ClassVar[str] = "autopilot_engaged"
    seat: Seat
    strategy: str
    reason: AutopilotReason
    at_ms: int


@dataclass(frozen=True, slots=True)
class AutopilotReleased:
    """The people of a seat play themselves again."""

    type: ClassVar[str] = "autopilot_released"
    seat: Seat
    reason: AutopilotReason
    at_ms: int


@dataclass(frozen=True, slots=True)
class FacilitatorActed:
    """The co-facilitator who sent the next events' command; shown to facilitators.

    command: its type.
    """

    type: ClassVar[str] = "facilitator_acted"
    person: PersonId
    name: str
    command: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class InjectOpened:
    """An inject is shown to all. Payoffs change until last_round (None: permanently)."""

    type: ClassVar[str] = "inject_opened"
    round: int
    inject: Inject
    first_round: int
    last_round: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class InjectClosed:
    """An inject ends, and so do its effects on payoffs."""

    type: ClassVar[str] = "inject_closed"
    round: int
    inject: str
    at_ms: int


@swift
@dataclass(frozen=True, slots=True)
class ArenaChanged:
    """An arena in force has new payoffs from now on, as given here."""

    type: ClassVar[str] = "arena_changed"
    round: int
    arena: Arena
    at_ms: int


@dataclass(frozen=True, slots=True)
class Branched:
    """The match continues from an earlier point of another match's log, paused.

    trunk: the match whose first seq events precede this one. deadline_ms: the open phase gets its
    full length again. seed: of all further random numbers, if the trunk had ended and its seed was
    public; None for viewers while the match runs. model_from: the round from which it is played on
    as a model of what might have happened, without a clock; None if it takes its trunk's place.
    """

    type: ClassVar[str] = "branched"
    trunk: str
    seq: int
    deadline_ms: int | None
    at_ms: int
    seed: str | None = None
    model_from: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True, slots=True)
class MatchSuperseded:
    """The match continues in a branch; an ended match's log is closed until the branch ends."""

    type: ClassVar[str] = "match_superseded"
    branch: str
    at_ms: int
