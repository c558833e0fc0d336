"""Events of control: people who share a seat, programs, injects, branches.

`events` has the union of all event types.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from game_rules.roles import PersonId, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.scenario import Arena


@dataclass(frozen=True, slots=True)
class DelegateJoined:
    """A person shares a seat that others hold; the pen stays where it is."""

    type: ClassVar[str] = "delegate_joined"
    seat: Seat
    person: PersonId
    name: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class DelegateLeft:
    """A person who did not hold the pen shares the seat no more."""

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
    """A person may not come back; told to the facilitator. Seats are freed before."""

    type: ClassVar[str] = "person_removed"
    person: PersonId
    at_ms: int


class AutopilotReason(StrEnum):
    """Why a program plays for people, or why it stops."""

    ABSENT = "absent"
    RETURNED = "returned"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class AutopilotEngaged:
    """A strategy plays for the people of a seat, which stays theirs; everybody is told."""

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
    """Which co-facilitator asked for what follows; the lead does not sign. For facilitators.

    command: its type.
    """

    type: ClassVar[str] = "facilitator_acted"
    person: PersonId
    name: str
    command: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class InjectOpened:
    """News is told to all. Payoffs change from first_round to last_round (None: for good)."""

    type: ClassVar[str] = "inject_opened"
    round: int
    inject: Inject
    first_round: int
    last_round: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class InjectClosed:
    """An inject is over, and what it did to payoffs is undone."""

    type: ClassVar[str] = "inject_closed"
    round: int
    inject: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ArenaChanged:
    """An arena in force pays otherwise from now on; it stands as given here."""

    type: ClassVar[str] = "arena_changed"
    round: int
    arena: Arena
    at_ms: int


@dataclass(frozen=True, slots=True)
class Branched:
    """The match goes on from an earlier place of another one's log, and stands paused there.

    trunk: the match whose first seq events stand before this one. deadline_ms: the open phase
    gets its whole time again. seed: what chance is drawn from on, where the trunk had ended and
    its own was told; None for viewers while the match runs.
    """

    type: ClassVar[str] = "branched"
    trunk: str
    seq: int
    deadline_ms: int | None
    at_ms: int
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class MatchSuperseded:
    """The match goes on in a branch; its log, if it had ended, is shut until the branch ends."""

    type: ClassVar[str] = "match_superseded"
    branch: str
    at_ms: int
