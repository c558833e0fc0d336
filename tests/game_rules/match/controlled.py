"""A match in its decision, for whoever leads it."""

from game_rules.games.stage_games import Bimatrix
from game_rules.log.events import Phase
from game_rules.scenario.injects import Inject, InjectEffect
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    Table,
    a_scenario,
)

STORM = Inject("storm", "A storm", "It rains.", 2, (InjectEffect("strait", "T", -1.5, CHN),))


def deciding(**changes: object) -> Table:
    """Everybody seated, in the decision of round 1."""
    return Table(a_scenario(**changes)).seat(CHN, JPN, PHL).start().skip_to(Phase.DECISION)


def corners(table: Table, arena: str = "strait") -> tuple[float, ...]:
    """Give T, R, P, S of both members of an arena as it is played now."""
    game = next(x.game for x in table.position.arenas if x.name == arena)
    assert isinstance(game, Bimatrix)
    return tuple(getattr(side, x) for side in (game.row, game.column) for x in "TRPS")


PLAIN = (5, 3, 1, 0, 5, 3, 1, 0)
