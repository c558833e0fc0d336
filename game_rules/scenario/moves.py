"""Moves: what a seat may do in a round beside its order, at most one, and what that leaves.

The recommendations of Khan 2025 made playable (rules section 5). A move is sealed with the orders
and opened with them; what it changes begins with the next round. Plain values: what a kind costs,
allows and changes is in the file of its name in `game_rules/moves`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from game_rules.later import LATER
from game_rules.limits import ArenaName, Limit, SeatCode
from game_rules.roles import Seat
from game_rules.swift import swift

MOST_INVITED = 12
"""Seats that one move may name."""


class MoveKind(StrEnum):
    """The kind of a move.

    confidence: all actions in an arena are seen more clearly. restraint: one's own temptation
    falls. exercise: an exclusive arena yields more, and worries rivals outside. diversify: join
    an arena or find a second source; in rules 1, join or found one. link: a breach in one arena
    counts in another. fund: pay for an arena's institution. mediation: ask for a recommendation
    to every member, told in private.
    """

    CONFIDENCE = "confidence"
    RESTRAINT = "restraint"
    EXERCISE = "exercise"
    DIVERSIFY = "diversify"
    LINK = "link"
    FUND = "fund"
    MEDIATION = "mediation"


@swift
@dataclass(frozen=True, slots=True)
class Move:
    """A move and its objects.

    arena: where; to found an arena, the one whose terms it takes over. other_arena: the second
    of a link. seats: rivals invited to an exercise, or partners with whom an arena is founded.
    """

    kind: MoveKind
    arena: ArenaName
    other_arena: ArenaName | None = None
    seats: Annotated[tuple[SeatCode, ...], Limit(most=MOST_INVITED)] = ()


@swift
@dataclass(frozen=True, slots=True)
class OpenedMove:
    """A move as revealed at the end of the round. cost: points that its seat paid.

    takes_effect: an arena that not all partners wanted is not founded, and costs nothing.
    audience: who is told; empty is everyone.
    """

    seat: Seat
    move: Move
    cost: float
    takes_effect: bool
    audience: tuple[Seat, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of moves in force. makers: whose moves; last_round None: permanent.

    members: the founders of an arena, whose terms are those of other_arena; in rules 2 the rivals
    invited to an exercise, or the partner beside whom a second source is found; else none.
    audience: who is told; empty is everyone.
    """

    kind: MoveKind
    makers: tuple[Seat, ...]
    arena: str
    first_round: int
    last_round: int | None
    other_arena: str | None = None
    members: tuple[Seat, ...] = ()
    audience: tuple[Seat, ...] = ()

    def outlasts(self, number: int) -> bool:
        """Tell whether the effect continues after a round."""
        return self.last_round is None or self.last_round > number


@dataclass(frozen=True, slots=True)
class MoveRules:
    """The moves that a scenario allows, and their numbers; A marks assumptions for play.

    quality: the q that confidence lifts an arena to. Costs are points of the seat that moves.
    Mediation is always free: a price would betray a question that is asked in private. The last
    eight are of rules 2: what confidence building takes off tension and makes of a bloc, what an
    exercise makes of it, a second source beside a partner, and what a link takes off g.
    """

    allowed: tuple[MoveKind, ...] = tuple(MoveKind)
    confidence_quality: float = 0.97
    confidence_rounds: int = 2
    confidence_cost: float = 0.5  # A
    restraint_temptation: float = 1.0  # A: how far g (in a game of two, T) falls
    restraint_rounds: int = 2
    restraint_cost: float = 0.0  # A: what one forgoes is the price
    exercise_benefit: float = 1.0
    exercise_rounds: int = 2  # A: as long as the other two
    exercise_tension: float = 0.1
    exercise_cost: float = 0.5  # A
    diversify_cost: float = 2.0  # A
    link_rounds: int = 4  # A: longer, for linkage works by what is to come
    link_cost: float = 0.0  # A
    fund_cost: float = 1.0  # A
    confidence_relief: float = field(default=0.03, metadata=LATER)  # A
    open_factor: float = field(default=0.5, metadata=LATER)  # A: of a bloc's exclusivity
    open_price: float = field(default=1.0, metadata=LATER)  # A: of a bloc's benefit
    exercise_factor: float = field(default=1.5, metadata=LATER)  # A: of a bloc's exclusivity
    second_cost: float = field(default=1.0, metadata=LATER)  # A
    second_benefit: float = field(default=0.9, metadata=LATER)  # A: a factor of one's own b
    second_credit: float = field(default=0.5, metadata=LATER)  # A: a factor of the partner's part
    link_share: float = field(default=0.5, metadata=LATER)  # A: of what the other arena yields


SECOND_MOVES = MoveRules(exercise_cost=2.0, link_cost=0.5, fund_cost=0.5)
"""The numbers of rules version 2, where a scenario gives none."""

NO_MOVES = MoveRules(allowed=())
