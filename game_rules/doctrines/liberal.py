"""The liberal: trade and institutions, the shadow of the future, and reciprocity."""

from collections.abc import Iterator

from game_rules.doctrines.deals import has_common_gain, is_time, joint, turns, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.move_choices import (
    STRONG_ENOUGH,
    confidences,
    domain_links,
    fundings,
    lotteries,
)
from game_rules.doctrines.seat_view import SeatView
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Binding, PactTerms
from game_rules.scenario.scenario import Arena

OFFERED_ROUNDS = 3
WILLING = 0.5
"""τ from which a member is asked to join. Assumption: as trusted as a stranger."""


class Liberal(Doctrine):
    """Choose by U = π + λ·Σ m_j·π_j (+ β·I for C) with the shadow of the future.

    Greed counts as G − (R − V)·δ/(1 − δ). C with chance 1/2 + gain/(2·max(|G|, |F|)).
    Source: Keohane 1984; Oye 1985; Axelrod & Keohane 1985.
    """

    name = "liberal"
    title = "Liberal"
    about = (
        "Counts trade, institutions and the next rounds; answers a breach in kind, then forgives."
    )
    source = (
        "Keohane 1984; Oye 1985; Axelrod & Keohane 1985; "
        "formulas in game_rules/doctrines/liberal.py"
    )
    lens = Lens.LIBERALISM
    patience = 1.0
    is_heedful = True

    def believes(self, view: SeatView, arena: Arena, other: Seat) -> float:
        """Believe as usual, but expect D of who broke a pact here last round: answered, then over.

        Source: Axelrod 1984 (provocable and forgiving).
        """
        if view.is_breaker(other, arena.name, memory=1):
            return 0.0
        return super().believes(view, arena, other)

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer a conditional communique of three rounds where R > P, to those trusted enough.

        Every third round, to members with τ ≥ 1/2. Turns where two want different things.
        Source: Keohane 1984 (regimes lower the cost of agreeing); the figures are assumptions.
        """
        if not is_time(view.round, OFFERED_ROUNDS):
            return
        for arena in unsettled(view):
            willing = [other for other in view.others(arena) if view.trust(other) >= WILLING]
            terms = turns(view, arena, Binding.COMMUNIQUE)
            if terms is None and willing and has_common_gain(view.corners(arena, self.lens)):
                terms = joint(
                    view, arena, willing, Binding.COMMUNIQUE, OFFERED_ROUNDS, is_conditional=True
                )
            if terms is not None:
                yield terms

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Fund the weakest institution until it is half as strong as can be (Assumption).

        Source: Keohane 1984.
        """
        return fundings(view, STRONG_ENOUGH)

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Fund institutions, link domains, build confidence, and ask for a mediator.

        Source: Keohane 1984; Oye 1985.
        """
        yield from self.moves(view)
        yield from domain_links(view)
        yield from confidences(view)
        yield from lotteries(view)
