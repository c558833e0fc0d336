"""The tutor: the bot of the tutorial, which plays Tit For Tat and once offers a treaty.

It is built to be understood, not to win: whoever plays against it sees reciprocity in round 2, a
treaty in round 3, and temptation in round 4.
"""

from collections.abc import Iterator

from game_rules.doctrines.deals import has_common_gain, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import Action, C
from game_rules.scenario.pacts import Binding, PactTerms
from game_rules.scenario.scenario import Arena

OFFER_IN, OFFERED_ROUNDS = 3, 2
"""The round of its offer, when its memory has been seen; and for how long the treaty would bind."""


class Tutor(Doctrine):
    """Cooperate first, keep what is pledged, and copy what the first other member did last.

    A treaty that another broke binds it no longer. Source: Axelrod 1984, chapter 2.
    """

    name = "tutor"
    title = "Tutor"
    about = "Plays Tit For Tat, keeps treaties, and offers one in round 3; for the tutorial."
    source = "Axelrod 1984, chapter 2; the offer is this project's own (Assumption)"
    may_haggle = False

    def choose(self, view: SeatView, arena: Arena, coin: float) -> Action:
        """Play what is pledged, else what the other did last, else C."""
        pledge = view.pledge(arena.name, view.seat)
        if pledge is not None:
            return pledge.action
        other = view.others(arena)[0]
        for row in reversed(view.position.history):
            for result in row.results:
                if result.arena == arena.name and other in result.actions:
                    return result.actions[other]
        return C

    def accepts(self, view: SeatView, terms: PactTerms) -> bool:
        """Accept cooperation of all, at no cost to itself."""
        is_free = all(transfer.giver != view.seat for transfer in terms.transfers)
        return is_free and all(pledge.action is C for pledge in terms.pledges)

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer once a treaty that holds while both keep it."""
        if view.round != OFFER_IN:
            return
        for arena in unsettled(view):
            if has_common_gain(view.corners(arena, None)):
                others = view.others(arena)
                yield joint(
                    view, arena, others, Binding.TREATY, OFFERED_ROUNDS, is_conditional=True
                )
