"""All that is needed to play on: the fold of a log, or of what one viewer may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from game_rules.events import EndReason, MessageSaid, Phase, RoundResolved
from game_rules.games import Action
from game_rules.pacts import Pact, Proposal
from game_rules.roles import PersonId, Seat
from game_rules.scenario import Arena, Scenario
from game_rules.standing import BLANK, Standing


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a seat: a person (with a name) or a bot (whose strategy may be hidden)."""

    person: PersonId | None = None
    name: str = ""
    is_bot: bool = False
    strategy: str | None = None


@dataclass(frozen=True)
class Position:
    """A match at one point of its log. Mappings are by seat and never changed in place.

    orders and ready hold what is known of the open round; for a viewer, its own.
    totals: material points so far. paused_at_ms is None while the clock runs. arenas: those in
    force now, the scenario's to begin with. standing: what the rounds so far have left behind.
    proposals, pacts: those open and those in force, as far as they are known.
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
    messages: tuple[MessageSaid, ...] = ()
    history: tuple[RoundResolved, ...] = ()
    totals: Mapping[Seat, float] = field(default_factory=dict)
    end_reason: EndReason | None = None
    arenas: tuple[Arena, ...] = ()
    standing: Standing = BLANK
    proposals: tuple[Proposal, ...] = ()
    proposals_made: int = 0
    pacts: tuple[Pact, ...] = ()

    @property
    def is_over(self) -> bool:
        """Tell whether the match has ended."""
        return self.phase is Phase.DEBRIEF

    def but(self, **changes: Any) -> "Position":
        """Copy this position with some fields changed; several times as fast as `replace`."""
        copy = object.__new__(Position)
        copy.__dict__.update(self.__dict__, **changes)
        return copy

    def arenas_of(self, seat: Seat) -> tuple[Arena, ...]:
        """The arenas in force that a seat is a member of, in their order."""
        return tuple(arena for arena in self.arenas if seat in arena.members)

    def seat_of(self, person: PersonId) -> Seat | None:
        """Find the seat a person holds."""
        return next((s for s, holder in self.holders.items() if holder.person == person), None)
