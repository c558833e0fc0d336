"""A crisis between two rivals: the Chicken arena that opens at high tension.

Source: rules section 4; the library's Chicken models brinkmanship, as in the paper's table.
"""

from game_rules.games.stage_games import LIBRARY
from game_rules.scenario.grounds import OF_THE_LIBRARY
from game_rules.scenario.injects import BIMATRIX_PARAMETERS
from game_rules.scenario.scenario import CRISIS, Arena, Domain, FigureStatus, Ground, Scenario
from game_rules.standing.standing import Pair, Standing

_GROUNDS = tuple(Ground(each, OF_THE_LIBRARY, FigureStatus.ASSUMED) for each in BIMATRIX_PARAMETERS)


def crisis_arena(standing: Standing, scenario: Scenario, pair: Pair) -> Arena:
    """Build the Chicken arena of a pair; name and stakes are always the same for that pair."""
    first, second = pair
    names = f"{scenario.player(first).name} – {scenario.player(second).name}"
    return Arena(
        name=f"{CRISIS}{first}_{second}".lower(),
        title=f"Crisis: {names}",
        about="To cooperate is to step back. To defect is to hold on and hope that they step back.",
        domain=Domain.SECURITY,
        members=pair,
        game=LIBRARY["chicken"],
        exclusive=0.0,
        overrides=(),
        grounds=_GROUNDS,
    )
