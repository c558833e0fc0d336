"""The doctrines as strategies, for any seat and for contests."""

from game_rules.doctrines.constructivist import Constructivist
from game_rules.doctrines.diplomat import Diplomat
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.hedger import Hedger
from game_rules.doctrines.liberal import Liberal
from game_rules.doctrines.realist import Realist
from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.pair_play import PairPlay

FAMILY = "doctrine"


def _strategy(doctrine: Doctrine) -> Strategy:
    return Strategy(
        name=doctrine.name,
        title=doctrine.title,
        family=FAMILY,
        about=doctrine.about,
        source=doctrine.source,
        memory=None,
        is_stochastic=True,
        routine=PairPlay(doctrine),
        doctrine=doctrine,
    )


doctrines = tuple(
    _strategy(doctrine)
    for doctrine in (Realist(), Liberal(), Constructivist(), Hedger(), Diplomat())
)
"""All doctrines, as strategies."""
