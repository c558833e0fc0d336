"""Events: the log of a match is a list of them, and it is the whole match.

Times are whole milliseconds on the server's clock (in a match of bots alone, on a clock that
starts at 0). `visibility` decides which viewers may see an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from game_rules.games.stage_games import Action
from game_rules.later import LATER
from game_rules.log.control_events import (
    ArenaChanged,
    AutopilotEngaged,
    AutopilotReleased,
    Branched,
    DelegateJoined,
    DelegateLeft,
    FacilitatorActed,
    InjectClosed,
    InjectOpened,
    MatchSuperseded,
    PenPassed,
    PersonRemoved,
)
from game_rules.log.control_events import AutopilotReason as AutopilotReason
from game_rules.log.gains import GainLine
from game_rules.log.move_events import (
    ForecastSaved,
    MoveMade,
    MoveTakenBack,
    RecommendationGiven,
)
from game_rules.log.pact_events import (
    PactConcluded,
    ProposalAnswered,
    ProposalCountered,
    ProposalMade,
)
from game_rules.log.sentences import NO_ARGUMENTS, Arguments, Sentence
from game_rules.log.sentences import Act as Act
from game_rules.memory import SHARED, Remembering
from game_rules.roles import PersonId, Seat
from game_rules.scenario.moves import Effect, OpenedMove
from game_rules.scenario.pacts import Breach, Pact
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.change import StandingChange
from game_rules.standing.incidents import Incident
from game_rules.standing.standing import BLANK, Standing
from game_rules.swift import swift


class Phase(StrEnum):
    """The phase of a match. A round is negotiation, decision, reveal."""

    LOBBY = "lobby"
    BRIEFING = "briefing"
    NEGOTIATION = "negotiation"
    DECISION = "decision"
    REVEAL = "reveal"
    DEBRIEF = "debrief"


class OrderSource(StrEnum):
    """The source of an action when the round is resolved."""

    ORDERED = "ordered"
    REPEATED = "repeated"
    DEFAULTED = "defaulted"
    KEPT = "kept"
    EXECUTED = "executed"
    AUTOPILOT = "autopilot"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class MatchCreated:
    """A match is created. seed is None for viewers while the match runs.

    pace multiplies every phase's time; None means no deadlines. standing: before the first round.
    """

    type: ClassVar[str] = "match_created"
    rules_version: int
    scenario: Scenario
    seed: str | None
    pace: float | None
    at_ms: int
    standing: Standing = BLANK


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A person holds a seat from now on; name: empty in rules 2, see `people`."""

    type: ClassVar[str] = "seat_taken"
    seat: Seat
    person: PersonId
    name: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class BotSeated:
    """A bot holds a seat from now on; only the facilitator sees the strategy."""

    type: ClassVar[str] = "bot_seated"
    seat: Seat
    strategy: str | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class SeatVacated:
    """Nobody holds the seat from now on."""

    type: ClassVar[str] = "seat_vacated"
    seat: Seat
    at_ms: int


@swift
@dataclass(frozen=True, slots=True)
class PhaseOpened:
    """A phase begins; round is 0 before the first. deadline_ms None: no clock runs."""

    type: ClassVar[str] = "phase_opened"
    round: int
    phase: Phase
    at_ms: int
    deadline_ms: int | None


@dataclass(frozen=True, slots=True)
class ArenaOpened:
    """An arena is added from this round on."""

    type: ClassVar[str] = "arena_opened"
    round: int
    arena: Arena
    at_ms: int


@dataclass(frozen=True, slots=True)
class ArenaClosed:
    """An arena is removed from this round on."""

    type: ClassVar[str] = "arena_closed"
    round: int
    arena: str
    at_ms: int


@swift
@dataclass(frozen=True, slots=True)
class MessageSaid:
    """A message. room: the seats addressed and the sender; empty is public.

    sender None is the facilitator. speaker: who spoke for a seat that several people may share, by
    name, or by id in rules 2. A room of one seat is its line with the facilitator. sentence: in
    rules 2, what it says in place of text, with its arguments.
    """

    type: ClassVar[str] = "message_said"
    round: int
    sender: Seat | None
    room: tuple[Seat, ...]
    text: str
    act: Act | None
    at_ms: int
    speaker: str | None = None
    sentence: Sentence | None = field(default=None, metadata=LATER)
    arguments: Arguments = field(default=NO_ARGUMENTS, metadata=LATER)


@swift
@dataclass(frozen=True, slots=True)
class OrderSaved:
    """The order of a seat: all its actions so far this round.

    sources: by arena, where it was not the seat's own people or bot who chose. ready_in: in rules
    2, the phase that the seat says it is done with, in the same event.
    """

    type: ClassVar[str] = "order_saved"
    round: int
    seat: Seat
    actions: Mapping[str, Action]
    at_ms: int
    sources: Mapping[str, OrderSource] = field(default_factory=dict)
    ready_in: Phase | None = field(default=None, metadata=LATER)


@swift
@dataclass(frozen=True, slots=True)
class ReadySet:
    """A seat says it is done with the phase, or takes that back."""

    type: ClassVar[str] = "ready_set"
    round: int
    phase: Phase
    seat: Seat
    is_ready: bool
    at_ms: int


@swift
@dataclass(frozen=True, slots=True)
class ArenaResult:
    """One arena of a resolved round; every mapping is by member, in member order."""

    arena: str
    actions: Mapping[Seat, Action]
    sources: Mapping[Seat, OrderSource]
    payoffs: Mapping[Seat, float]


@swift
@dataclass(frozen=True, slots=True)
class Sighting:
    """An arena's result as an observer saw it in fog, if it differs from the actions played.

    observer None is the public, through whose eyes seats see arenas that they are not in.
    payoffs are what the actions that were seen would have paid.
    """

    observer: Seat | None
    result: ArenaResult


@swift
@dataclass(frozen=True, slots=True)
class RoundResolved(Remembering):
    """All orders of a round are revealed at once and scored.

    gains: each seat's payoffs less what incidents and its move cost it, and what pacts moved,
    which settlements holds apart. standing, pacts: what the round leaves behind, and in force.
    sightings: who saw what wrongly; a viewer in fog is shown its own in place of the results.
    moves: those of the round, opened; their costs are taken from the gains. effects: of moves,
    in force from the next round on. In rules 2: lines: what gains hold beside payoffs. change: what
    the round changed of the standing, in place of standing, which the position then has.
    """

    type: ClassVar[str] = "round_resolved"
    round: int
    results: tuple[ArenaResult, ...] = field(metadata=SHARED)
    gains: Mapping[Seat, float] = field(metadata=SHARED)
    at_ms: int
    incidents: tuple[Incident, ...] = field(default=(), metadata=SHARED)
    standing: Standing = field(default=BLANK, metadata=SHARED)
    sightings: tuple[Sighting, ...] = ()
    breaches: tuple[Breach, ...] = ()
    settlements: Mapping[Seat, float] = field(default_factory=dict, metadata=SHARED)
    pacts: tuple[Pact, ...] = field(default=(), metadata=SHARED)
    moves: tuple[OpenedMove, ...] = ()
    effects: tuple[Effect, ...] = ()
    lines: Mapping[GainLine, Mapping[Seat, float]] = field(
        default_factory=dict, metadata={**LATER, **SHARED}
    )
    change: StandingChange | None = field(default=None, metadata=LATER)

    def with_standing(self, standing: Standing) -> "RoundResolved":
        """Return the same round with the standing that it leaves behind."""
        return self._with(standing, self.change, self.moves, self.effects)

    def with_change(self, change: StandingChange) -> "RoundResolved":
        """Return the same round with what a viewer may see of the change of standing."""
        return self._with(self.standing, change, self.moves, self.effects)

    def with_moves(
        self, moves: tuple[OpenedMove, ...], effects: tuple[Effect, ...]
    ) -> "RoundResolved":
        """Return the same round with other moves and effects of moves."""
        return self._with(self.standing, self.change, moves, effects)

    def _with(
        self,
        standing: Standing,
        change: StandingChange | None,
        moves: tuple[OpenedMove, ...],
        effects: tuple[Effect, ...],
    ) -> "RoundResolved":
        return RoundResolved(
            self.round,
            self.results,
            self.gains,
            self.at_ms,
            self.incidents,
            standing,
            self.sightings,
            self.breaches,
            self.settlements,
            self.pacts,
            moves,
            effects,
            self.lines,
            change,
        )


@dataclass(frozen=True, slots=True)
class MatchPaused:
    """The clock stops."""

    type: ClassVar[str] = "match_paused"
    at_ms: int


@dataclass(frozen=True, slots=True)
class MatchResumed:
    """The clock runs again; the open deadline has moved by the length of the pause."""

    type: ClassVar[str] = "match_resumed"
    deadline_ms: int | None
    at_ms: int


class DeadlineReason(StrEnum):
    """Why a deadline moved."""

    EXTENDED = "extended"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class DeadlineMoved:
    """The open phase ends later than announced."""

    type: ClassVar[str] = "deadline_moved"
    deadline_ms: int
    reason: DeadlineReason
    at_ms: int


class EndReason(StrEnum):
    """Why a match ended."""

    ROUNDS_PLAYED = "rounds_played"
    CHANCE = "chance"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class MatchEnded:
    """The match ends; only messages follow. The whole log and the seed are public from now on."""

    type: ClassVar[str] = "match_ended"
    reason: EndReason
    seed: str
    at_ms: int


Event = (
    MatchCreated
    | SeatTaken
    | BotSeated
    | SeatVacated
    | ArenaOpened
    | ArenaClosed
    | ArenaChanged
    | DelegateJoined
    | DelegateLeft
    | PenPassed
    | PersonRemoved
    | AutopilotEngaged
    | AutopilotReleased
    | FacilitatorActed
    | InjectOpened
    | InjectClosed
    | Branched
    | MatchSuperseded
    | PhaseOpened
    | MessageSaid
    | ProposalMade
    | ProposalCountered
    | ProposalAnswered
    | PactConcluded
    | OrderSaved
    | MoveMade
    | MoveTakenBack
    | ForecastSaved
    | RecommendationGiven
    | ReadySet
    | RoundResolved
    | MatchPaused
    | MatchResumed
    | DeadlineMoved
    | MatchEnded
)

EventTuple = tuple[Event, ...]
