"""The diplomat: keeps pacts, and suspends them with parties that break them."""

from collections.abc import Iterator

from game_rules.doctrines.deals import (
    deposit,
    has_common_gain,
    is_time,
    joint,
    turns,
    unsettled,
)
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.move_choices import (
    STRONG_ENOUGH,
    confidences,
    domain_links,
    fundings,
    links,
    lotteries,
    mediations,
    restraints,
)
from game_rules.doctrines.pledges import BindingPledge
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import Prospect
from game_rules.games.stage_games import Action
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Binding, PactTerms
from game_rules.scenario.scenario import Arena

OFFERED_ROUNDS = 3


class Diplomat(Doctrine):
    """Keep every pact; elsewhere choose by material payoffs with the shadow of the future.

    C with chance 1/2 + gain/(2·max(|G|, |F|)), greed counted as G − (R − V)·δ/(1 − δ).
    Source: Vienna Convention on the Law of Treaties 1969, art. 26; Sartori 2002 (honesty).
    """

    name = "diplomat"
    title = "Diplomat"
    about = "Concludes pacts and keeps them; suspends one that is broken, then asks for a deposit."
    source = (
        "Vienna Convention on the Law of Treaties 1969, art. 26 and 60; Sartori 2002; "
        "formulas in game_rules/doctrines/diplomat.py"
    )
    patience = 1.0
    is_heedful = True

    def keeps(
        self, view: SeatView, arena: Arena, pledge: BindingPledge, situation: Prospect
    ) -> Action | None:
        """Play what is pledged. Source: art. 26, pacta sunt servanda."""
        return pledge.action

    def chance_of_c(self, situation: Prospect) -> float:
        """Play D while a pact is suspended because another broke it. Source: art. 60."""
        return 0.0 if situation.is_released else super().chance_of_c(situation)

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer all members a conditional treaty of three rounds where R > P, every third round.

        Where one of them broke a pact of late, escrow with a stake above everybody's z* instead.
        Turns where two want different things.
        Source: rules section 5 (binding ladder); the figures are assumptions.
        """
        for arena in unsettled(view):
            others = view.others(arena)
            is_bitten = any(view.is_breaker(other, arena.name) for other in others)
            terms = turns(view, arena, Binding.TREATY)
            if terms is None and has_common_gain(view.corners(arena, None)):
                if is_bitten:
                    stake = deposit(view, arena, arena.members)
                    terms = joint(view, arena, others, Binding.ESCROW, OFFERED_ROUNDS, stake=stake)
                elif is_time(view.round, OFFERED_ROUNDS):
                    terms = joint(
                        view, arena, others, Binding.TREATY, OFFERED_ROUNDS, is_conditional=True
                    )
            if terms is not None:
                yield terms

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Link arenas where that carries a bargain; else ask for a mediator.

        Source: Oye 1985; Aumann 1974.
        """
        yield from links(view)
        yield from mediations(view)

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Link domains, ask for a mediator, build confidence, show restraint, fund.

        Source: Oye 1985; Aumann 1974; Kydd 2005; Keohane 1984.
        """
        yield from domain_links(view)
        yield from lotteries(view)
        yield from confidences(view)
        for arena in view.arenas:
            yield from restraints(view, arena)
        yield from fundings(view, STRONG_ENOUGH)
