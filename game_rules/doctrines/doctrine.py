"""The base class of doctrines: bots that choose, sign, propose, break pacts and punish.

The docstrings of each doctrine state its formulas. This module has what all doctrines share:
beliefs, the weighing of an arena, and the value of a deal.
"""

from collections.abc import Callable, Iterator, Mapping

from game_rules.doctrines.commitments import given_up
from game_rules.doctrines.move_choices import in_turn
from game_rules.doctrines.pledges import LADDER, BindingPledge, credence
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import Prospect, Situation, firmness, patient
from game_rules.doctrines.weighing import (
    Weighed,
    at_beliefs,
    loss_of_future,
)
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Binding, Pact, PactTerms
from game_rules.scenario.scenario import CRISIS, Arena

_WORDS = {action: BindingPledge(action, Binding.COMMUNIQUE, 0.0) for action in (C, D)}
"""What a mediator says of a seat, as its own word."""


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

    may_haggle = True
    """Whether it makes people counter-proposals, and offers beside those of its formulas."""

    minds_autonomy = False
    """Whether it chooses by its autonomy, too."""

    def believes(self, view: SeatView, arena: Arena, other: Seat) -> float:
        """Return the belief that another plays C: trust, or the credence of its pledge.

        The pledge of a seat that broke one of late does not count (Assumption).
        """
        if view.is_breaker(other):
            return view.trust(other)
        pledge = view.pledge(arena.name, other)
        if pledge is not None:
            return self.believes_pledge(view, arena, other, pledge)
        told_c = view.told(arena, other)
        return view.trust(other) if told_c is None else self._heard(view, arena, other, told_c)

    def _heard(self, view: SeatView, arena: Arena, other: Seat, told_c: float) -> float:
        """Return the belief in another that a mediator spoke to: its word counts as a communique's.

        told_c: how likely it was told C. Source: Aumann 1987; the weight is an assumption.
        """
        whole = 0.0
        for action, likely in ((C, told_c), (D, 1.0 - told_c)):
            if likely:
                whole += likely * self.believes_pledge(view, arena, other, _WORDS[action])
        return whole

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

    def weigh(self, view: SeatView, arena: Arena) -> Prospect:
        """See an arena as it stands for the seat in the open round, by the rules of the match.

        Source: rules section 5.
        """
        key = self, arena.name
        found = view.weighings.get(key)
        if found is None:
            weigh = self.over_profiles if view.rules.reads_all_profiles else self.between_corners
            found = view.weighings[key] = weigh(view, arena)
        return found

    def between_corners(self, view: SeatView, arena: Arena) -> Situation:
        """See an arena by the straight line between its corners. Source: rules section 2."""
        return Situation(
            corners=self.counts(view.corners(arena, self.lens), view.discount),
            belief=self.belief(view, arena),
            stake=self._stake(view, arena),
            autonomy=view.autonomy,
            is_released=view.is_released(arena.name),
        )

    def over_profiles(self, view: SeatView, arena: Arena) -> Weighed:
        """See an arena by every set of cooperating others. Source: docs/theory.md."""
        game, member, beliefs = arena.game, arena.member(view.seat), self.beliefs(view, arena)
        likely, motive, faith = at_beliefs(game, member, beliefs, view.regard(arena, self.lens))
        patience, loss = self.patience, 0.0
        if patience:
            loss = loss_of_future(game, member, view.discount, view.monitoring(arena), patience)
        return Weighed(
            game=game,
            member=member,
            beliefs=beliefs,
            expected=likely,
            motive=motive,
            loss=loss,
            faith=faith,
            stake=self._stake(view, arena),
            autonomy=view.autonomy if self.minds_autonomy else 1.0,
            is_released=view.is_released(arena.name),
        )

    def beliefs(self, view: SeatView, arena: Arena) -> tuple[float, ...]:
        """Return the belief that each member plays C, in member order; 1 for the seat itself."""
        held: dict[Seat, float] = {}
        if view.is_quiet(arena.name):  # then a belief is the same in all arenas
            held = view.weighings.setdefault(self, held)
        held[view.seat] = 1.0
        for other in arena.members:
            if other not in held:
                held[other] = self.believes(view, arena, other)
        return tuple([held[other] for other in arena.members])

    def _stake(self, view: SeatView, arena: Arena) -> float:
        pledge = view.pledge(arena.name, view.seat)
        return 0.0 if pledge is None else pledge.pull + self._duty(view, pledge)

    def _duty(self, view: SeatView, pledge: BindingPledge) -> float:
        points = self.obligation(view, pledge)
        return points if pledge.action is C else -points

    def belief(self, view: SeatView, arena: Arena) -> float:
        """Return f: the share of the others' weight that is believed to cooperate.

        Source: rules section 2.
        """
        believed = whole = 0.0
        beliefs = self.beliefs(view, arena)
        for place, other in enumerate(arena.members):
            if other != view.seat:
                weight = arena.game.weight(place)
                whole += weight
                believed += weight * beliefs[place]
        return believed / whole

    def chance_of_c(self, situation: Prospect) -> float:
        """Return the chance of C where no pledge settles it."""
        return firmness(situation)

    def keeps(
        self, view: SeatView, arena: Arena, pledge: BindingPledge, situation: Prospect
    ) -> Action | None:
        """Say what a pledge of its own makes it play; None if it weighs that like anything else."""
        return None

    def choose(self, view: SeatView, arena: Arena, coin: float) -> Action:
        """Choose for the open round. coin: the seat's chance in [0, 1)."""
        key = self, arena.name, "chance"
        chance = view.weighings.get(key)
        if chance is None:
            chance = view.weighings[key] = self._chance(view, arena)
        return C if coin < chance else D

    def _chance(self, view: SeatView, arena: Arena) -> float:
        """Return the chance of C in the open round; 1 or 0 where something settles it."""
        situation = self.weigh(view, arena)
        pledge = view.pledge(arena.name, view.seat)
        settled = None if pledge is None else self.keeps(view, arena, pledge, situation)
        if settled is None and self.is_heedful:
            settled = view.position.recommendations.get(view.seat, {}).get(arena.name)
        return self.chance_of_c(situation) if settled is None else float(settled is C)

    def order(self, view: SeatView, coin: Callable[[Arena], float]) -> dict[str, Action]:
        """Choose in all of the seat's arenas, and give up what effort makes too dear.

        coin: the seat's chance in an arena, in [0, 1).
        """
        actions = {arena.name: self.choose(view, arena, coin(arena)) for arena in view.arenas}
        return actions | dict.fromkeys(self._given_up(view, actions), D)

    def _given_up(self, view: SeatView, actions: Mapping[str, Action]) -> Iterator[str]:
        """List the commitments that gain less than their effort costs, the least first.

        Pledges that bind are not given up. Source: Kennedy 1987 (overstretch).
        """
        held = [
            arena
            for arena in view.arenas
            if actions[arena.name] is C and not arena.name.startswith(CRISIS)
        ]
        if not view.price_of_last(len(held)):
            return iter(())
        gains = {x.name: self.weigh(view, x).gain for x in held if self._is_free(view, x)}
        return given_up(gains, len(held), view.price_of_last)

    def _is_free(self, view: SeatView, arena: Arena) -> bool:
        """Tell whether no pledge of its own settles what it plays."""
        pledge = view.pledge(arena.name, view.seat)
        if pledge is None:
            return True
        is_executed = pledge.binding is Binding.EXECUTED
        return not is_executed and self.keeps(view, arena, pledge, self.weigh(view, arena)) is None

    def surplus(self, view: SeatView, terms: PactTerms) -> float:
        """Return what a deal is worth: expected utility with it less that without, and transfers.

        With it the seat plays what it pledges, against what it would then believe; without it, its
        best reply to what it believes now. Values are as the match's rules weigh them.
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
                worth += after.value(action) - before.value(None)
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

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Return the moves that it would make where it plays the paper's recommendations."""
        return self.moves(view)

    def move(self, view: SeatView, is_allowed: Callable[[Move], bool]) -> Move | None:
        """Choose the move of the open round among those that are allowed, if there is one.

        By the rules of the match: the best, or one of the paper's recommendations in turn.
        """
        if view.rules.plays_recommendations:
            return in_turn(self.recommended(view), is_allowed, view.round)
        return next(filter(is_allowed, self.moves(view)), None)
