"""The realist: relative gains, no shadow of the future, and no word without collateral."""

from collections.abc import Iterator

from game_rules.doctrines.deals import is_time, joint, unsettled
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.gestures import exercises
from game_rules.doctrines.sight import Sight
from game_rules.doctrines.words import Word
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

    def hears(self, sight: Sight, arena: Arena, other: Seat, word: Word) -> float:
        """Believe τ; certain only of what is executed, or staked above z* of the other.

        Source: Mearsheimer 1994 on promises under anarchy; rules section 5 for z*.
        """
        is_sure = sight.is_sure(arena, other, word)
        return super().hears(sight, arena, other, word) if is_sure else sight.trust(other)

    def signs(self, sight: Sight, terms: PactTerms) -> bool:
        """Sign nothing executed (self-help), and nothing unstaked with a declared rival.

        Source: Waltz 1979 on self-help; Walt 1987 on alliances against threats.
        """
        if terms.binding is Binding.EXECUTED:
            return False
        is_staked = terms.binding is Binding.ESCROW
        return is_staked or not any(sight.is_rival(party) for party in terms.parties)

    def offers(self, sight: Sight) -> Iterator[PactTerms]:
        """Offer a conditional treaty of two rounds inside exclusive arenas, to all but rivals.

        Every second round. It offers nobody a deposit: who pays first is at a disadvantage.
        Source: Walt 1987 (alliances balance threats); the last is an assumption.
        """
        if not is_time(sight.round, OFFERED_ROUNDS):
            return
        for arena in unsettled(sight):
            others = [other for other in sight.others(arena) if not sight.is_rival(other)]
            if others and arena.exclusive > 0:
                yield joint(
                    sight, arena, others, Binding.TREATY, OFFERED_ROUNDS, is_conditional=True
                )

    def moves(self, sight: Sight) -> Iterator[Move]:
        """Exercise with partners whom it believes enough, without the rivals outside.

        Source: Walt 1987.
        """
        for arena in sight.arenas:
            yield from exercises(sight, arena, self.belief(sight, arena))
