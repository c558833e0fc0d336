"""A seat's view of a match, and the figures that doctrines derive from it."""

from collections.abc import Sequence
from copy import copy
from math import fsum
from typing import Any

from game_rules.doctrines.pledges import BindingPledge, binding_pledge
from game_rules.doctrines.situation import FIXED_LENGTH_SHADOW
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.replies import critical_escrow_of_all
from game_rules.games.stage_games import Action, C
from game_rules.games.supergame import critical_escrow
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import corners_seen
from game_rules.lenses.lenses import Lens, LensContext, Regard, regard
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.pacts import Binding, Breach, Pact
from game_rules.scenario.scenario import Arena, PowerMeasure
from game_rules.standing.standing import trust

BREACH_MEMORY = 3
"""For how many rounds a breach is held against who made it. Assumption."""


_Kept = tuple[dict[Any, Any], tuple[Pact, ...], dict[Any, Any]]
"""The memory of a view, and its weighings with the pacts that they are of."""


class SeatView:
    """A position through the eyes of one seat; nothing is read that the seat is not shown.

    memory: what was calculated from it, whatever pacts are in force. weighings: what doctrines
    have weighed, with the pacts that are. rules: of the match. arenas: the seat's own.
    """

    def __init__(self, position: Position, seat: Seat) -> None:
        self.position, self.seat = position, seat
        self.pacts = position.pacts
        self.rules = ruleset_of(position)
        self.arenas = position.arenas_of(seat)
        kept: _Kept | None = position.weighed.get(seat)
        if kept is None or kept[1] is not position.pacts:
            kept = ({} if kept is None else kept[0], position.pacts, {})
            position.weighed[seat] = kept
        self.memory, _, self.weighings = kept
        self._told = position.recommendations.get(seat, {})
        self._of_late = self._breaches(BREACH_MEMORY)

    def with_pact(self, pact: Pact) -> "SeatView":
        """See the same as if one more pact were in force."""
        other = copy(self)
        other.weighings = {}
        other.pacts = (*self.pacts, pact)
        return other

    @property
    def round(self) -> int:
        """The round that is open."""
        return self.position.round

    @property
    def context(self) -> LensContext:
        """What lenses look at; all as strong as each other where a figure of power is missing."""
        found = self.memory.get("context")
        if found is None:
            found = self.memory["context"] = self._context()
        return found

    def _context(self) -> LensContext:
        scenario, standing = self.position.scenario, self.position.standing
        try:
            return lens_context(scenario, standing)
        except InvalidInput:
            return lens_context(scenario, standing, measure=PowerMeasure.EQUAL)

    @property
    def discount(self) -> float:
        """Return δ: the scenario's, or one half where the number of rounds is fixed."""
        continuation = self.position.scenario.continuation
        return continuation if continuation < 1.0 else FIXED_LENGTH_SHADOW

    @property
    def autonomy(self) -> float:
        """The seat's autonomy, in [0, 1]."""
        return self.rules.autonomy(self.position, self.seat)

    def trust(self, other: Seat) -> float:
        """Return τ of another seat."""
        key = "trust", other
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = trust(self.position.standing, self.seat, other)
        return found

    def affinity(self, other: Seat) -> float:
        """Return A of another seat, 0 where it is not known."""
        return self.position.standing.affinity.get(self.seat, {}).get(other, 0.0)

    def is_rival(self, other: Seat) -> bool:
        """Tell whether another is a declared rival."""
        pair = {self.seat, other}
        return any(set(rivals) == pair for rivals in self.position.scenario.rivals)

    def corners(self, arena: Arena, lens: Lens | None) -> Corners:
        """Return the seat's own four utilities in an arena; material payoffs without a lens."""
        key = "corners", arena.name, lens
        found = self.memory.get(key)
        if found is None:
            if lens is None:
                found = arena.game.corners(arena.member(self.seat))
            else:
                own = self.regard(arena, lens)
                assert own is not None, "there is a lens"
                found = corners_seen(arena.game, arena.member(self.seat), own)
            self.memory[key] = found
        return found

    def regard(self, arena: Arena, lens: Lens | None) -> Regard | None:
        """Return the seat's own weights through a lens; None without one."""
        if lens is None:
            return None
        key = "regard", arena.name, lens
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = regard(lens, arena, self.seat, self.context)
        return found

    def monitoring(self, arena: Arena) -> float:
        """Return q, the chance that an action in an arena is seen as it was played."""
        return self.rules.monitoring(self.position, arena.name)

    def price_of_last(self, commitments: int) -> float:
        """Return what the last of so many commitments costs the seat in effort.

        Source: Kennedy 1987 (overstretch).
        """
        scenario, effort = self.position.scenario, self.rules.effort
        whole = effort(scenario, self.seat, commitments)
        return whole - effort(scenario, self.seat, commitments - 1)

    def escrow(self, arena: Arena, other: Seat) -> float:
        """Return z* of a member, by its material payoffs, which everybody can read."""
        member = arena.member(other)
        if self.rules.reads_all_profiles:
            return critical_escrow_of_all(arena.game, member)
        return critical_escrow(arena.game.corners(member))

    def is_sure(self, arena: Arena, other: Seat, pledge: BindingPledge) -> bool:
        """Tell whether a pledge keeps itself: executed, or staked above z* of who gave it."""
        is_staked = pledge.stake > 0 and pledge.stake > self.escrow(arena, other)
        return is_staked or pledge.binding is Binding.EXECUTED

    def pledge(self, arena: str, other: Seat) -> BindingPledge | None:
        """Find what binds a seat in an arena this round."""
        if not self.pacts:
            return None
        return binding_pledge(self.pacts, self.round, other, arena)

    def told(self, arena: Arena, other: Seat) -> float | None:
        """Return how likely another was told C, by what the seat was told itself.

        None where no mediator spoke, or its device is not known. Source: Aumann 1987.
        """
        own = self._told.get(arena.name)
        if own is None:
            return None
        key = "told", arena.name
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = self._told_c(arena, own)
        return found.get(other)

    def _told_c(self, arena: Arena, own: Action) -> dict[Seat, float]:
        """Return how likely each member was told C; nothing where the device tells one no such."""
        me = arena.member(self.seat)
        drawn = [x for x in self.rules.lottery(arena.game) if x[0][me] is own]
        whole = fsum([chance for _, chance in drawn])
        return {
            other: fsum([chance for profile, chance in drawn if profile[them] is C]) / whole
            for them, other in enumerate(arena.members if whole else ())
        }

    def others(self, arena: Arena) -> tuple[Seat, ...]:
        """The other members of an arena."""
        return tuple(seat for seat in arena.members if seat != self.seat)

    def is_breaker(
        self, other: Seat, arena: str | None = None, memory: int = BREACH_MEMORY
    ) -> bool:
        """Tell whether a seat is known to have broken a pact of late, in an arena or anywhere."""
        for breach in self._of_late if memory == BREACH_MEMORY else self._breaches(memory):
            if breach.seat == other and arena in (None, breach.arena):
                return True
        return False

    def is_quiet(self, arena: str) -> bool:
        """Tell whether nothing is known of others but trust: no pact, advice or breach of late."""
        return not (self.pacts or arena in self._told or self._of_late)

    def _breaches(self, memory: int) -> Sequence[Breach]:
        """List the breaches of so many rounds."""
        key = "breaches", memory
        found = self.memory.get(key)
        if found is None:
            rounds = self.position.history[-memory:]
            found = self.memory[key] = [x for each in rounds for x in each.breaches]
        return found

    def is_released(self, arena: str) -> bool:
        """Tell whether a pact lets go of the seat's pledge because another broke it."""
        for pact in self.pacts:
            is_open = pact.first_round <= self.round <= pact.last_round
            if is_open and not pact.binds(self.seat, self.round):
                for pledge in pact.terms.pledges:
                    if (pledge.seat, pledge.arena) == (self.seat, arena):
                        return True
        return False
