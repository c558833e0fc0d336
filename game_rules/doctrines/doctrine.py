"""A doctrine: a school of statecraft as a bot that chooses, signs, offers, breaks and punishes.

Each is a class whose docstrings state its formulas. What all share stands here: how a doctrine
believes, weighs an arena, and values a deal.
"""

from collections.abc import Iterator

from game_rules.doctrines.sight import Sight
from game_rules.doctrines.situation import Situation, firmness, patient
from game_rules.doctrines.words import LADDER, Word, credence
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
    """Whether it plays what a mediator recommends, where it is bound by no word. Nobody gains by
    playing otherwise if the others heed it, too (Aumann 1974)."""

    def believes(self, sight: Sight, arena: Arena, other: Seat) -> float:
        """Give the belief that another plays C: trust, or the credence of its word.

        The word of a seat that broke one of late does not count (Assumption).
        """
        word = sight.word(arena.name, other)
        if word is None or sight.is_breaker(other):
            return sight.trust(other)
        return self.hears(sight, arena, other, word)

    def expects(self, trust: float, affinity: float) -> float:
        """Give the belief that another plays C of whom nothing is known but these."""
        return trust

    def hears(self, sight: Sight, arena: Arena, other: Seat, word: Word) -> float:
        """Give the belief that another plays C, having given its word."""
        weight = sight.position.scenario.standing.breach_weight
        return credence(sight.trust(other), word, sight.is_sure(arena, other, word), weight)

    def counts(self, corners: Corners, discount: float) -> Corners:
        """Give the corners that it goes by: greed less its share of the shadow of the future."""
        return patient(corners, discount, self.patience)

    def obliges(self, sight: Sight, word: Word) -> float:
        """Give what keeping a word of its own is worth in itself, in points; nothing to most."""
        return 0.0

    def weigh(self, sight: Sight, arena: Arena) -> Situation:
        """See an arena as it stands for the seat in the open round (rules section 5)."""
        word = sight.word(arena.name, sight.seat)
        return Situation(
            corners=self.counts(sight.corners(arena, self.lens), sight.discount),
            belief=self.belief(sight, arena),
            stake=0.0 if word is None else word.pull + self._duty(sight, word),
            autonomy=sight.autonomy,
            is_released=sight.is_released(arena.name),
        )

    def _duty(self, sight: Sight, word: Word) -> float:
        points = self.obliges(sight, word)
        return points if word.action is C else -points

    def belief(self, sight: Sight, arena: Arena) -> float:
        """Give f: the share of the others' weight that is believed to cooperate.

        Source: rules section 2.
        """
        believed = whole = 0.0
        for place, other in enumerate(arena.members):
            if other != sight.seat:
                weight = arena.game.weight(place)
                whole += weight
                believed += weight * self.believes(sight, arena, other)
        return believed / whole

    def chance_of_c(self, situation: Situation) -> float:
        """Give the chance of C where no word settles it."""
        return firmness(situation)

    def keeps(self, sight: Sight, arena: Arena, word: Word, situation: Situation) -> Action | None:
        """Say what a word of its own makes it play; None if it weighs that like anything else."""
        return None

    def choose(self, sight: Sight, arena: Arena, coin: float) -> Action:
        """Choose for the open round. coin: the seat's chance in [0, 1)."""
        told = sight.position.recommendations.get(sight.seat, {}).get(arena.name)
        situation = self.weigh(sight, arena)
        word = sight.word(arena.name, sight.seat)
        settled = None if word is None else self.keeps(sight, arena, word, situation)
        if settled is not None:
            return settled
        if told is not None and self.is_heedful:
            return told
        return C if coin < self.chance_of_c(situation) else D

    def surplus(self, sight: Sight, terms: PactTerms) -> float:
        """Give what a deal is worth: expected utility with it less that without, and transfers.

        With it the seat plays what it pledges, against what it would then believe; without it, its
        best reply to what it believes now. Values are straight lines between the corners.
        Source: rules sections 2 and 3; Keohane 1984 on agreements that leave all better off.
        """
        ends = sight.round + terms.rounds - 1
        then = sight.with_pact(Pact(0, terms, sight.round, ends))
        worth = 0.0
        touched = {pledge.arena for pledge in terms.pledges}
        for arena in sight.arenas:
            if arena.name in touched:
                own = then.word(arena.name, sight.seat)
                before, after = self.weigh(sight, arena), self.weigh(then, arena)
                action = None if own is None else own.action
                worth += _value(after, action) - _value(before, None)
        for transfer in terms.transfers:
            worth += transfer.points * (
                (transfer.taker == sight.seat) - (transfer.giver == sight.seat)
            )
        return worth

    def signs(self, sight: Sight, terms: PactTerms) -> bool:
        """Tell whether it is a deal that the doctrine signs at all."""
        return True

    def accepts(self, sight: Sight, terms: PactTerms) -> bool:
        """Tell whether it accepts: nothing settled or contradicted, its kind, and no loss."""
        own = [pledge for pledge in terms.pledges if pledge.seat == sight.seat]
        held = [(pledge, sight.word(pledge.arena, sight.seat)) for pledge in own]
        if any(word is not None and word.action is not pledge.action for pledge, word in held):
            return False
        level = LADDER.index(terms.binding)
        if own and all(
            word is not None and LADDER.index(word.binding) >= level for _, word in held
        ):
            return False
        return self.signs(sight, terms) and self.surplus(sight, terms) >= 0.0

    def offers(self, sight: Sight) -> Iterator[PactTerms]:
        """Give the deals that it would put to others when a round opens, best first."""
        return iter(())

    def moves(self, sight: Sight) -> Iterator[Move]:
        """Give the moves that it would make beside its order, best first; one is made."""
        return iter(())


def _value(situation: Situation, action: Action | None) -> float:
    """Give the expected utility of an action, or of the better one, at the situation's belief."""
    corners, f = situation.corners, situation.belief
    with_c = corners.S + f * (corners.R - corners.S)
    with_d = corners.P + f * (corners.T - corners.P)
    if action is None:
        return max(with_c, with_d)
    return with_c if action is C else with_d
