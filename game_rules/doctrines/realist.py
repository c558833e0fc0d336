"""The realist: relative gains, no shadow of the future, no trust without collateral."""

from collections.abc import Iterator

from game_rules.doctrines.deals import is_time, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.move_choices import balances, exercises, resiliences
from game_rules.doctrines.pledges import BindingPledge
from game_rules.doctrines.seat_view import SeatView
from game_rules.lenses.lenses import Lens
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import Binding, PactTerms
from game_rules.scenario.scenario import Arena

OFFERED_ROUNDS = 2


class Realist(Doctrine):
    """Choose by U = (1 + k)·π − k·Σ t_j·π_j of the realist lens, for this round alone.

    C with chance 1/2 + gain/(2·max(|G|, |F|)), gain = −F + f·(F − G) + z.
    Source: Grieco 1988 (relative gains); Mearsheimer 2001 (intentions are never certain).
    """

    name = "realist"
    title = "Realist"
    about = "Weighs relative gains round by round, and believes only what is staked."
    source = "Grieco 1988; Walt 1987; Mearsheimer 2001; formulas in game_rules/doctrines/realist.py"
    lens = Lens.REALISM

    def believes_pledge(
        self, view: SeatView, arena: Arena, other: Seat, pledge: BindingPledge
    ) -> float:
        """Believe τ; certain only of what is executed, or staked above z* of the other.

        Source: Mearsheimer 1994 on promises under anarchy; rules section 5 for z*.
        """
        is_sure = view.is_sure(arena, other, pledge)
        return super().believes_pledge(view, arena, other, pledge) if is_sure else view.trust(other)

    def signs(self, view: SeatView, terms: PactTerms) -> bool:
        """Sign nothing executed (self-help), and nothing unstaked with a declared rival.

        Source: Waltz 1979 on self-help; Walt 1987 on alliances against threats.
        """
        if terms.binding is Binding.EXECUTED:
            return False
        is_staked = terms.binding is Binding.ESCROW
        return is_staked or not any(view.is_rival(party) for party in terms.parties)

    def offers(self, view: SeatView) -> Iterator[PactTerms]:
        """Offer a conditional treaty of two rounds inside exclusive arenas, to all but rivals.

        Every second round. It offers nobody a deposit: who pays first is at a disadvantage.
        Source: Walt 1987 (alliances balance threats); the last is an assumption.
        """
        if not is_time(view.round, OFFERED_ROUNDS):
            return
        for arena in unsettled(view):
            others = [other for other in view.others(arena) if not view.is_rival(other)]
            if others and arena.exclusive > 0:
                yield joint(
                    view, arena, others, Binding.TREATY, OFFERED_ROUNDS, is_conditional=True
                )

    def moves(self, view: SeatView) -> Iterator[Move]:
        """Exercise with partners whom it believes enough, without the rivals outside.

        Source: Walt 1987.
        """
        for arena in view.arenas:
            yield from exercises(view, arena, self.belief(view, arena))

    def recommended(self, view: SeatView) -> Iterator[Move]:
        """Free itself from whom it leans on, and exercise. Source: Waltz 1979 (self-help)."""
        yield from resiliences(view)
        for arena in view.arenas:
            yield from balances(view, arena, self.belief(view, arena))
