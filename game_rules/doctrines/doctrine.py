"""The base class of doctrines: bots that choose, sign, propose, break pacts and punish.

The docstrings of each doctrine state its formulas. This module has what all doctrines share:
beliefs, the weighing of an arena, and the value of a deal.
"""

from collections.abc import Iterator

from game_rules.doctrines.pledges import LADDER, BindingPledge, credence
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import Situation, firmness, patient
from game_rules.games.stage_games import Action, C, Corners, D
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Pact, PactTerms
from game_rules.scenario.scenario import Arena


class Doctrine:
    """What a doctrine is, and what it does where it does not say otherwise."""

    name: str
    title: str
    about: str
    source: str
    lens: Lens | None = None
    patience = 0.0
    """How much of the shadow of the future it counts: none of it, to all of it (1)."""

    is_heedful = False
    """Whether it plays what a mediator recommends, where it is bound by no pledge. Nobody gains by
    playing otherwise if the others heed it, too (Aumann 1974)."""

    def believes(self, view: SeatView, arena: Arena, other: Seat) -> float:
        """Return the belief that another plays C: trust, or the credence of its pledge.

        The pledge of a seat that broke one of late does not count (Assumption).
        """
        pledge = view.pledge(arena.name, other)
        if pledge is None or view.is_breaker(other):
            return view.trust(other)
        return self.believes_pledge(view, arena, other, pledge)

    def expects(self, trust: float, affinity: float) -> float:
        """Return the belief that another plays C of whom nothing is known but these."""
        return trust

    def believes_pledge(
        self, view: SeatView, arena: Arena, other: Seat, pledge: BindingPledge
    ) -> float:
        """Return the belief that another plays C, having given its pledge."""
        weight = view.position.scenario.standing.breach_weight
        return credence(view.trust(other), pledge, view.is_sure(arena, other, pledge), weight)

    def counts(self, corners: Corners, discount: float) -> Corners:
        """Return the corners that it goes by: greed less its share of the shadow of the future."""
        return patient(corners, discount, self.patience)

    def obligation(self, view: SeatView, pledge: BindingPledge) -> float:
        """Give what keeping a pledge of its own is worth in itself, in points; nothing to most."""
        return 0.0

    def weigh(self, view: SeatView, arena: Arena) -> Situation:
        """See an arena as it stands for the seat in the open round (rules section 5)."""
        pledge = view.pledge(arena.name, view.seat)
        return Situation(
            corners=self.counts(view.corners(arena, self.lens), view.discount),
            belief=self.belief(view, arena),
            stake=0.0 if pledge is None else pledge.pull + self._duty(view, pledge),
            autonomy=view.autonomy,
            is_released=view.is_released(arena.name),
        )

    def _duty(self, view: SeatView, pledge: BindingPledge) -> float:
        points = self.obligation(view, pledge)
        return points if pledge.action is C else -points

    def belief(self, view: SeatView, arena: Arena) -> float:
        """Return f: the share of the others' weight that is believed to cooperate.

        Source: rules section 2.
        """
        believed = whole = 0.0
        for place, other in enumerate(arena.members):
            if other != view.seat:
                weight = arena.game.weight(place)
                whole += weight
                believed += weight * self.believes(view, arena, other)
        return believed / whole

    def chance_of_c(self, situation: Situation) -> float:
        """Return the chance of C where no pledge settles it."""
        return firmness(situation)

    def keeps(
        self, view: SeatView, arena: Arena, pledge: BindingPledge, situation: Situation
    ) -> Action | None:
        """Say what a pledge of its own makes it play; None if it weighs that like anything else."""
        return None

    def choose(self, view: SeatView, arena: Arena, coin: float) -> Action:
        """Choose for the open round. coin: the seat's chance in [0, 1)."""
        told = view.position.recommendations.get(view.seat, {}).get(arena.name)
        situation = self.weigh(view, arena)
        pledge = view.pledge(arena.name, view.seat)
        settled = None if pledge is None else self.keeps(view, arena, pledge, situation)
        if settled is not None:
            return settled
        if told is not None and self.is_heedful:
            return told
        return C if coin < self.chance_of_c(situation) else D

    def surplus(self, view: SeatView, terms: PactTerms) -> float:
        """Return what a deal is worth: expected utility with it less that without, and transfers.

        With it the seat plays what it pledges, against what it would then believe; without it, its
        best reply to what it believes now. Values are straight lines between the corners.
        Source: rules sections 2 and 3; Keohane 1984 on agreements that leave all better off.
        """
        ends = view.round + terms.rounds - 1
        then = view.with_pact(Pact(0, terms, view.round, ends))
        worth = 0.0
        touched = {pledge.arena for pledge in terms.pledges}
        for arena in view.arenas:
            if arena.name in touched:
                own = then.pledge(arena.name, view.seat)
                before, after = self.weigh(view, arena), self.weigh(then, arena)
                action = None if own is None else own.action
                worth += _value(after, action) - _value(before, None)
        for transfer in terms.transfers:
            worth += transfer.points * (
                (transfer.taker == view.seat) - (transfer.giver == view.seat)
            )
        return worth

    def signs(self, view: SeatView, terms: PactTerms) -> bool:
        """Tell whether it is a deal that the doctrine signs at all."""
        return True

    def accepts(self, view: SeatView, terms: PactTerms) -> bool:
        """Tell whether it accepts: nothing settled or contradicted, its kind, and no loss."""
        own = [pledge for pledge in terms.pledges if pledge.seat == view.seat]
        held = [(new, view.pledge(new.arena, view.seat)) for new in own]
        if any(old is not None and old.action is not new.action for new, old in held):
            return False
        level = LADDER.index(terms.binding)
        if own and all(old is not None and LADDER.index(old.binding) >= level for _, old in held):
            return False
        return self.signs(view, terms) and self.surplus(view, terms) >= 0.0

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Return the deals that it would put to others when a round opens, best first."""
        return iter(())

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Return the moves that it would make beside its order, best first; one is made."""
        return iter(())


def _value(situation: Situation, action: Action | None) -> float:
    """Return the expected utility of an action, or of the better one, at the situation's belief."""
    corners, f = situation.corners, situation.belief
    with_c = corners.S + f * (corners.R - corners.S)
    with_d = corners.P + f * (corners.T - corners.P)
    if action is None:
        return max(with_c, with_d)
    return with_c if action is C else with_d
