"""The crisis of a pair in rules 2: Chicken whose best end, stepping back together, pays nothing.

Source: Schelling 1966 (the brink); Benson 2012 (deterrence for one side, licence for the other).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Bimatrix
from game_rules.rulesets.second.alliances import is_supported
from game_rules.rulesets.second.ladder import BRINK
from game_rules.scenario.grounds import UNEXPLAINED
from game_rules.scenario.injects import BIMATRIX_PARAMETERS
from game_rules.scenario.parameters import STAKES, Consequences
from game_rules.scenario.scenario import CRISIS, Arena, Domain, FigureStatus, Ground, Scenario
from game_rules.standing.standing import Pair, Standing

_GROUNDS = tuple(Ground(each, UNEXPLAINED, FigureStatus.ASSUMED) for each in BIMATRIX_PARAMETERS)


def crisis_arena(standing: Standing, scenario: Scenario, pair: Pair) -> Arena:
    """Build the crisis arena of a pair as its rung and its members' allies have made it."""
    first, second = pair
    names = f"{scenario.player(first).name} – {scenario.player(second).name}"
    return _arena(pair, names, stakes_of(standing, scenario, pair))


@lru_cache(maxsize=256)
def _arena(pair: Pair, names: str, game: Bimatrix) -> Arena:
    first, second = pair
    return Arena(
        name=f"{CRISIS}{first}_{second}".lower(),
        title=f"Crisis: {names}",
        about="To cooperate is to step back. To defect is to hold on and hope that they step back.",
        domain=Domain.SECURITY,
        members=pair,
        game=game,
        exclusive=0.0,
        overrides=(),
        grounds=_GROUNDS,
    )


def stakes_of(standing: Standing, scenario: Scenario, pair: Pair) -> Bimatrix:
    """Return the game of a crisis: on the brink P × 1.5, then support, once a side.

    A pact that held last round adds s to the P of its member and takes s from the opponent's.
    Source: Schelling 1966; Benson 2012.
    """
    c, stakes = scenario.consequences, scenario.stakes or STAKES
    is_brink = any(x.seats == pair and x.rung == BRINK for x in standing.rivals)
    together = stakes.P * c.brink_factor if is_brink else stakes.P
    row, column = (
        Corners(stakes.T, stakes.R, together + each, stakes.S)
        for each in _backed(pair, scenario.arenas, standing.produced, c)
    )
    return Bimatrix(row, column)


def _backed(
    pair: Pair, arenas: Sequence[Arena], held: Mapping[str, float], c: Consequences
) -> tuple[float, float]:
    """Return what the allies of both sides add to the P of the first and of the second."""
    first, second = pair
    more = c.support * (
        is_supported(first, second, arenas, held) - is_supported(second, first, arenas, held)
    )
    return more, -more
