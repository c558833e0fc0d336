"""Pacts: what seats agree on, when it binds them, and what a breach costs.

A pact names, for each party, an action in an arena, for some rounds; it may carry a transfer of
payoff and hold only while the others keep it. Source: rules section 5; for the binding levels,
Schelling 1960 on commitment and Keohane 1984 on agreements that enforce themselves.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from game_rules.games.stage_games import Action
from game_rules.limits import ArenaName, Limit, SeatCode
from game_rules.roles import Seat
from game_rules.swift import swift

MOST_PARTIES, MOST_PLEDGES, MOST_TRANSFERS, MOST_ROUNDS = 12, 24, 12, 200
LARGEST_STAKE = 1000.0

Points = Annotated[float, Limit(least=0, most=LARGEST_STAKE)]


class Binding(StrEnum):
    """The binding level of a pact, weakest first.

    communique: a breach is told to the parties. treaty: it is public, and costs twice the trust.
    escrow: a stake is forfeited too. executed: the engine plays what was pledged.
    """

    COMMUNIQUE = "communique"
    TREATY = "treaty"
    ESCROW = "escrow"
    EXECUTED = "executed"

    @property
    def is_public(self) -> bool:
        """Tell whether everyone sees the pact and its breaches."""
        return self is not Binding.COMMUNIQUE


@dataclass(frozen=True, slots=True)
class Pledge:
    """The action that one party promises in one arena."""

    seat: SeatCode
    arena: ArenaName
    action: Action


@dataclass(frozen=True, slots=True)
class Transfer:
    """Points that one party pays another in every round in which the pact binds the payer."""

    giver: SeatCode
    taker: SeatCode
    points: Points


@dataclass(frozen=True, slots=True)
class PactTerms:
    """The terms of a pact. rounds: its duration. stake: escrow per pledge, in points.

    is_conditional: whether it binds a party only while all the others kept it last round.
    """

    parties: Annotated[tuple[SeatCode, ...], Limit(most=MOST_PARTIES)]
    pledges: Annotated[tuple[Pledge, ...], Limit(most=MOST_PLEDGES)]
    transfers: Annotated[tuple[Transfer, ...], Limit(most=MOST_TRANSFERS)]
    rounds: Annotated[int, Limit(least=1, most=MOST_ROUNDS)]
    binding: Binding
    stake: Points = 0.0
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Open terms until the round ends. accepted: the parties that agree, the proposer first."""

    number: int
    terms: PactTerms
    accepted: tuple[Seat, ...]


@swift
@dataclass(frozen=True, slots=True)
class Pact:
    """Terms in force for a range of rounds. breakers: who broke it in the last round played."""

    number: int
    terms: PactTerms
    first_round: int
    last_round: int
    breakers: tuple[Seat, ...] = ()

    def binds(self, seat: Seat, number: int) -> bool:
        """Tell whether the pact binds a party in a round.

        A conditional one lets go of whoever was let down in the round before.
        """
        if not self.first_round <= number <= self.last_round:
            return False
        return not self.terms.is_conditional or all(other == seat for other in self.breakers)

    def broken_by(self, breakers: tuple[Seat, ...]) -> "Pact":
        """Return the pact after a round in which these seats broke it."""
        return Pact(self.number, self.terms, self.first_round, self.last_round, breakers)


@swift
@dataclass(frozen=True, slots=True)
class Breach:
    """A broken pledge. forfeited: the stake that went to the injured parties."""

    pact: int
    parties: tuple[Seat, ...]
    seat: Seat
    arena: str
    forfeited: float
    is_public: bool
