"""The weight of a player in an arena, by the scenario's measure of power."""

from collections.abc import Mapping, Sequence

from game_rules.errors import InvalidInput
from game_rules.roles import Seat
from game_rules.scenario.countries import EQUAL_POWER
from game_rules.scenario.scenario import Figure, Player, PowerMeasure


def power_of(player: Player, measure: PowerMeasure) -> Figure:
    """Return the figure that determines a player's weight in collective arenas.

    Raises InvalidInput if the player has none.
    """
    if measure is PowerMeasure.EQUAL:
        return EQUAL_POWER
    figure = player.figures.get(measure.value)
    if figure is None:
        raise InvalidInput(
            f"{player.seat} has no figure for {measure.value}; "
            f"give it [players.figures.{measure.value}], or use another power measure"
        )
    return figure


_NO_OWN: Mapping[Seat, float] = {}


def weights(
    members: Sequence[Player], measure: PowerMeasure, own: Mapping[Seat, float] = _NO_OWN
) -> tuple[float, ...]:
    """Return the raw weight of each member: its own in the arena, or by a measure; see `power_of`.

    own: of members that count otherwise than by their power.
    """
    return tuple(
        own[each.seat] if each.seat in own else power_of(each, measure).value for each in members
    )
