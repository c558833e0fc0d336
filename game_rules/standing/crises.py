"""A crisis between two rivals: the Chicken arena that opens at high tension.

Source: rules section 4; the library's Chicken models brinkmanship, as in the paper's table.
"""

from game_rules.games.stage_games import LIBRARY
from game_rules.scenario.grounds import OF_THE_LIBRARY
from game_rules.scenario.injects import BIMATRIX_PARAMETERS
from game_rules.scenario.scenario import CRISIS, Arena, Domain, FigureStatus, Ground, Scenario
from game_rules.standing.standing import Pair, Standing, pairs_in_crisis

_GROUNDS = tuple(Ground(each, OF_THE_LIBRARY, FigureStatus.ASSUMED) for each in BIMATRIX_PARAMETERS)


def crisis_arenas(standing: Standing, scenario: Scenario) -> tuple[Arena, ...]:
    """Return the crisis arenas of the next round."""
    return tuple(crisis_arena(pair, scenario) for pair in pairs_in_crisis(standing))


def crisis_arena(pair: Pair, scenario: Scenario) -> Arena:
    """Build the Chicken arena of a pair; the name is always the same for that pair."""
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
