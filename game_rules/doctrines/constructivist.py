"""The constructivist: identities of the others, and norms of the arena."""

from collections.abc import Iterable, Iterator

from game_rules.doctrines.deals import has_common_gain, is_time, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.move_choices import (
    STRONG_ENOUGH,
    confidences,
    fundings,
    is_lasting,
    restraints,
)
from game_rules.doctrines.pledges import BindingPledge
from game_rules.doctrines.seat_view import SeatView
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms
from game_rules.scenario.scenario import Arena

OFFERED_ROUNDS = 4


class Constructivist(Doctrine):
    """Choose by U = π + α·Σ A_j·π_j/(n − 1) ± ν·N of the constructivist lens.

    C with chance 1/2 + gain/(2·max(|G|, |F|)).
    Source: Wendt 1999; March & Olsen 1998 (what is appropriate, before what pays).
    """

    name = "constructivist"
    title = "Constructivist"
    about = "Expects of others what they are to it, friend or enemy, and follows the arena's norm."
    source = "Wendt 1999; March & Olsen 1998; formulas in game_rules/doctrines/constructivist.py"
    lens = Lens.CONSTRUCTIVISM

    def believes(self, view: SeatView, arena: Arena, other: Seat) -> float:
        """Shift the usual belief p by identity: p + (1 − p)·A of a friend, p·(1 + A) of an enemy.

        Source: Wendt 1999 (roles of enemy, rival, friend); the straight line is an assumption.
        """
        return self.expects(super().believes(view, arena, other), view.affinity(other))

    def expects(self, trust: float, affinity: float) -> float:
        """Shift a belief by identity.

        >>> Constructivist().expects(0.5, 0.5), Constructivist().expects(0.5, -0.5)
        (0.75, 0.25)
        """
        if affinity >= 0.0:
            return trust + (1.0 - trust) * affinity
        return trust * (1.0 + affinity)

    def believes_pledge(
        self, view: SeatView, arena: Arena, other: Seat, pledge: BindingPledge
    ) -> float:
        """Take words of enemies for nothing (A ≤ −1/2), of others as usual. Assumption."""
        if view.affinity(other) <= -0.5:
            return view.trust(other)
        return super().believes_pledge(view, arena, other, pledge)

    def obligation(self, view: SeatView, pledge: BindingPledge) -> float:
        """Count a pledge given as a norm that all keep (N = 1): 2·ν for keeping it.

        Source: March & Olsen 1998 (what is appropriate); N = 1 is an assumption.
        """
        return 2.0 * view.position.scenario.lenses.nu

    def signs(self, view: SeatView, terms: PactTerms) -> bool:
        """Sign with whom it does not hold for enemies on balance: Σ A_j ≥ 0 over the parties.

        Source: Adler & Barnett 1998 (security communities); the sum is an assumption.
        """
        return self.regard(view, terms.parties) >= 0.0

    def regard(self, view: SeatView, seats: Iterable[Seat]) -> float:
        """Return Σ A_j over others, itself left out."""
        balance = 0.0
        for seat in seats:
            if seat != view.seat:
                balance += view.affinity(seat)
        return balance

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer a communique of four rounds where R > P, to every member that is no enemy (A ≥ 0).

        Every fourth round; words among friends, unconditional.
        Source: Adler & Barnett 1998; the figures are assumptions.
        """
        if not is_time(view.round, OFFERED_ROUNDS):
            return
        for arena in unsettled(view):
            friends = [other for other in view.others(arena) if view.affinity(other) >= 0.0]
            if friends and has_common_gain(view.corners(arena, self.lens)):
                yield joint(view, arena, friends, Binding.COMMUNIQUE, OFFERED_ROUNDS)

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Build confidence where there is fog; show restraint to those that are friends on balance.

        Source: Adler & Barnett 1998; Kydd 2005.
        """
        for arena in view.arenas:
            if not is_lasting(view, MoveKind.CONFIDENCE, arena.name):
                yield Move(MoveKind.CONFIDENCE, arena.name)
        for arena in view.arenas:
            if self.regard(view, arena.members) >= 0.0:
                yield from restraints(view, arena)

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Build confidence, show friends restraint, and fund where norms are kept.

        Source: Adler & Barnett 1998; Kydd 2005.
        """
        yield from confidences(view)
        for arena in view.arenas:
            if self.regard(view, arena.members) >= 0.0:
                yield from restraints(view, arena)
        yield from fundings(view, STRONG_ENOUGH)
