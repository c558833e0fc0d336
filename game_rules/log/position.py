"""The position of a match: the fold of a log, or of one viewer's part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from game_rules.games.stage_games import Action
from game_rules.log.events import (
    AutopilotReason,
    EndReason,
    ForecastSaved,
    MessageSaid,
    OrderSource,
    Phase,
    RoundResolved,
)
from game_rules.log.grown import Grown
from game_rules.memory import StartedEmpty
from game_rules.roles import PersonId, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Effect, Move
from game_rules.scenario.pacts import Pact, Proposal
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.standing import BLANK, Standing

P = TypeVar("P", bound="Position")

_MEMORY, _WEIGHED, _ARENAS, _NAMED = "memory", "weighed", "arenas", "named"

ASIDE = frozenset(
    {
        "deadline_ms",
        "forecasts",
        "messages",
        "moves",
        "opened_at_ms",
        "order_sources",
        "orders",
        "pacts",
        "phase",
        "proposals",
        "proposals_made",
        "ready",
    }
)
"""The fields that change nothing of what a seat knows of others and of the terms in force."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person who shares a seat."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a seat: a person (with a name) or a bot (whose strategy may be hidden).

    person holds the pen; delegates are the others who share the seat, in the order they came.
    autopilot: the strategy that plays for them now, and on whose word.
    """

    person: PersonId | None = None
    name: str = ""
    is_bot: bool = False
    strategy: str | None = None
    delegates: tuple[Delegate, ...] = ()
    autopilot: str | None = None
    autopilot_reason: AutopilotReason | None = None

    @property
    def people(self) -> tuple[Delegate, ...]:
        """All people who share the seat, the holder of the pen first."""
        if self.person is None:
            return ()
        return (Delegate(self.person, self.name), *self.delegates)

    @property
    def is_automatic(self) -> bool:
        """Tell whether a bot or an autopilot plays the seat now."""
        return self.is_bot or self.autopilot is not None

    def has(self, person: PersonId) -> bool:
        """Tell whether a person shares the seat."""
        return self.person == person or any(x.person == person for x in self.delegates)


@dataclass(frozen=True, slots=True)
class OpenedInject:
    """An open inject, and the rounds in which it counts (last_round None: permanent)."""

    inject: Inject
    first_round: int
    last_round: int | None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """What a match models: how its trunk, a match or a record, might have gone on from a round."""

    trunk: str
    round: int


@dataclass(frozen=True)
class Position:
    """A match at one point of its log. Mappings are by seat and are never mutated.

    orders and ready hold what is known of the open round; for a viewer, its own.
    totals: material points so far. paused_at_ms is None while the clock runs. arenas: those in
    force now, the scenario's to begin with. standing: what the rounds so far have left behind.
    proposals, pacts: those open and those in force, as far as they are known; proposals_made: how
    many each seat has made, as far as they are known. order_sources: where somebody else than its
    people chose for a seat. injects: all that were opened. removed: who may not come back. trunk,
    superseded_by: the matches this one goes on from, and goes on in. model: what it is a model of;
    None for what was played. moves: of the open round,
    still sealed. effects: of earlier moves, in force. forecasts: of all rounds, in the order they
    were made. recommendations: of mediators for the open round.
    """

    scenario: Scenario
    rules_version: int
    seed: str | None
    pace: float | None
    phase: Phase = Phase.LOBBY
    round: int = 0
    opened_at_ms: int = 0
    deadline_ms: int | None = None
    paused_at_ms: int | None = None
    holders: Mapping[Seat, Holder] = field(default_factory=dict)
    orders: Mapping[Seat, Mapping[str, Action]] = field(default_factory=dict)
    ready: Mapping[Seat, bool] = field(default_factory=dict)
    messages: Grown[MessageSaid] = field(default_factory=Grown)
    history: tuple[RoundResolved, ...] = ()
    totals: Mapping[Seat, float] = field(default_factory=dict)
    end_reason: EndReason | None = None
    arenas: tuple[Arena, ...] = ()
    standing: Standing = BLANK
    proposals: tuple[Proposal, ...] = ()
    proposals_made: Mapping[Seat, int] = field(default_factory=dict)
    pacts: tuple[Pact, ...] = ()
    order_sources: Mapping[Seat, Mapping[str, OrderSource]] = field(default_factory=dict)
    injects: tuple[OpenedInject, ...] = ()
    removed: tuple[PersonId, ...] = ()
    trunk: str | None = None
    superseded_by: str | None = None
    moves: Mapping[Seat, Move] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    forecasts: tuple[ForecastSaved, ...] = ()
    recommendations: Mapping[Seat, Mapping[str, Action]] = field(default_factory=dict)
    model: Model | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether the match has ended, or continues elsewhere."""
        return self.phase is Phase.DEBRIEF or self.superseded_by is not None

    def but(self, **changes: Any) -> "Position":
        """Copy this position with some fields changed; several times faster than `replace`."""
        known = self.__dict__.copy()
        known.pop(_MEMORY, None)
        _change(known, changes)
        return _filled(Position, known)

    def drafted(self) -> "Draft":
        """Copy this position as one that changes in place."""
        known = self.__dict__.copy()
        known.pop(_MEMORY, None)
        return _filled(Draft, known)

    memory = StartedEmpty()
    """What was calculated of this position, by what it was asked; the asker fills it.

    No part of the position: it is not compared, copied or sent to a process.
    """

    weighed = StartedEmpty()
    """What was calculated of all but what is said, agreed and sealed: as `memory`.

    Positions that differ in that alone (`ASIDE`) share it.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {name: x for name, x in self.__dict__.items() if name not in (_MEMORY, _WEIGHED)}

    def arenas_of(self, seat: Seat) -> tuple[Arena, ...]:
        """The arenas in force that a seat is a member of, in their order."""
        known, key = self.weighed, (_ARENAS, seat)
        found = known.get(key)
        if found is None:
            found = known[key] = tuple([arena for arena in self.arenas if seat in arena.members])
        return found

    def arena_named(self, name: str) -> Arena | None:
        """Find an arena in force; None if none has the name."""
        known = self.weighed
        found = known.get(_NAMED)
        if found is None:
            found = known[_NAMED] = {arena.name: arena for arena in self.arenas}
        return found.get(name)

    def seat_of(self, person: PersonId) -> Seat | None:
        """Find the seat that a person holds or shares."""
        return next((s for s, holder in self.holders.items() if holder.has(person)), None)


class Draft(Position):
    """A position that changes in place while several events are folded; nobody else has it."""

    def but(self, **changes: Any) -> Position:
        _change(self.__dict__, changes)
        return self

    def done(self) -> Position:
        """Make it a position like any other."""
        object.__setattr__(self, "__class__", Position)
        return self


def _filled(kind: type[P], known: dict[str, Any]) -> P:
    """Make a position of its fields."""
    position = object.__new__(kind)
    object.__setattr__(position, "__dict__", known)
    return position


def _change(known: dict[str, Any], changes: dict[str, Any]) -> None:
    """Change fields; forget what was weighed by one of them."""
    if _WEIGHED in known:
        for name, value in changes.items():
            if name not in ASIDE and known[name] is not value:
                del known[_WEIGHED]
                break
    known.update(changes)
