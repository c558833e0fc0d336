"""The hedger: mixes by expected regret, and keeps its ties loose."""

from collections.abc import Iterator

from game_rules.doctrines.deals import has_common_gain, is_time, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.move_choices import (
    confidences,
    diversions,
    domain_links,
    resiliences,
)
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import Prospect
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Binding, PactTerms

LONGEST = 2
OFFERED_EVERY = 2


class Hedger(Doctrine):
    """Mix by expected regret, on material payoffs with half the shadow of the future.

    Half, for who keeps exits open counts less on what lasts (Assumption).
    Source: Savage 1951 (regret); Kuik 2008 and Goh 2005 (hedging in Southeast Asia).
    """

    name = "hedger"
    title = "Hedger"
    about = "Mixes both courses by what it would regret, and keeps its ties loose."
    source = "Kuik 2008; Goh 2005; Savage 1951; formulas in game_rules/doctrines/hedger.py"
    patience = 0.5
    minds_autonomy = True

    def chance_of_c(self, situation: Prospect) -> float:
        """Return (1 − H)·ρ_D/(ρ_C + ρ_D): the share of the regret that D would leave.

        ρ_C = f·G⁺ + (1 − f)·F⁺ is what C would be regretted by, ρ_D = f·(−G)⁺ + (1 − f)·(−F)⁺
        what D would; over all profiles E[(−Δ)⁺] and E[Δ⁺]. Autonomy, 1 − H, holds back who depends
        on few (Hirschman 1945).
        """
        return situation.autonomy * mix(situation)

    def signs(self, view: SeatView, terms: PactTerms) -> bool:
        """Sign for at most two rounds and nothing that is staked or executed: exits stay open.

        Source: Kuik 2008 (no lock-in); the figures are assumptions.
        """
        is_loose = terms.binding in (Binding.COMMUNIQUE, Binding.TREATY)
        return is_loose and terms.rounds <= LONGEST

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer its heaviest partner a communique of one round where R > P, every second round.

        Source: Kuik 2008 (limited bandwagoning); the figures are assumptions.
        """
        if not is_time(view.round, OFFERED_EVERY):
            return
        for arena in unsettled(view):
            heaviest = max(
                view.others(arena), key=lambda seat: arena.game.weight(arena.member(seat))
            )
            if has_common_gain(view.corners(arena, None)):
                yield joint(view, arena, (heaviest,), Binding.COMMUNIQUE, 1)

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Join another arena where it leans on one supplier. Source: Kuik 2008; Hirschman 1945."""
        return diversions(view)

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Keep sources many, doors open and domains tied together.

        Source: Kuik 2008; Goh 2005 (enmeshment of the great powers in Southeast Asia).
        """
        yield from resiliences(view)
        yield from confidences(view)
        yield from domain_links(view)


def mix(situation: Prospect) -> float:
    """Return the share of expected regret that D would leave; one half where nothing is regretted.

    The stake of a pledge counts as regret of breaking it. Source: Savage 1951.

    >>> from game_rules.doctrines.situation import Situation
    >>> from game_rules.games.corners import Corners
    >>> mix(Situation(Corners(T=3, R=4, P=2, S=0), belief=0.5))
    0.3333333333333333
    """
    of_c, of_d = situation.regrets
    return of_d / (of_c + of_d) if of_c + of_d > 0.0 else 0.5
