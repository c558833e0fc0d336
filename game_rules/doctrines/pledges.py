"""Binding pledges of a seat in an arena this round, and their credibility."""

from collections.abc import Iterable
from dataclasses import dataclass

from game_rules.games.stage_games import Action, C
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, Pact
from game_rules.swift import swift

LADDER = tuple(Binding)
"""The binding levels, weakest first."""


@swift
@dataclass(frozen=True, slots=True)
class BindingPledge:
    """The strongest pledge that binds a seat in an arena. stake: what breaking it forfeits."""

    action: Action
    binding: Binding
    stake: float

    @property
    def pull(self) -> float:
        """Return the stake as it pulls towards C; a pledge of D pulls the other way."""
        return self.stake if self.action is C else -self.stake


def binding_pledge(
    pacts: Iterable[Pact], number: int, seat: Seat, arena: str
) -> BindingPledge | None:
    """Find the strongest pledge that binds a seat in an arena in a round; the oldest if equal."""
    found: BindingPledge | None = None
    for pact in pacts:
        terms = pact.terms
        for pledge in terms.pledges:
            if (pledge.seat, pledge.arena) != (seat, arena) or not pact.binds(seat, number):
                continue
            if found is None or LADDER.index(terms.binding) > LADDER.index(found.binding):
                found = BindingPledge(pledge.action, terms.binding, terms.stake)
    return found


def credence(trust: float, pledge: BindingPledge, is_sure: bool, breach_weight: float) -> float:
    """Return the belief that a seat plays C, having pledged.

    trust: τ, what would be believed without it. is_sure: whether it is executed, or staked above
    the z* of who pledged, so that keeping it pays. A communique is as good as its giver: it is kept
    with chance τ, else the seat does as before: 1 − (1 − τ)². A treaty, whose breach costs trust
    breach_weight times, as often again: 1 − (1 − τ)^(1 + weight). A pledge of D is kept with chance
    τ, else as before: τ·(1 − τ).
    Source: rules section 5 (z*, binding ladder); Sartori 2002 on honesty and reputation; the
    powers are assumptions.

    >>> from game_rules.games.stage_games import D
    >>> credence(0.5, BindingPledge(C, Binding.COMMUNIQUE, 0), False, 2)
    0.75
    >>> credence(0.5, BindingPledge(C, Binding.TREATY, 0), False, 2)
    0.875
    >>> credence(0.5, BindingPledge(D, Binding.TREATY, 0), False, 2)
    0.25
    """
    if is_sure:
        return 1.0 if pledge.action is C else 0.0
    if pledge.action is not C:
        return trust * (1.0 - trust)
    times = 2 if pledge.binding is Binding.COMMUNIQUE else 1 + max(1, round(breach_weight))
    doubt = 1.0
    for _ in range(times):
        doubt *= 1.0 - trust
    return 1.0 - doubt
