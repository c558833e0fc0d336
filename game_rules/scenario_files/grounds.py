"""The source of each number of an arena's game, or the reason for an assumption."""

from collections.abc import Sequence

from game_rules.scenario.grounds import ASSUMPTION
from game_rules.scenario.scenario import FigureStatus, Ground
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.players import LONGEST_SOURCE

_GROUND = ("source", "status")


def read_grounds(table: TomlTable, parameters: Sequence[str], unsaid: str) -> tuple[Ground, ...]:
    """Read [arenas.grounds]: a reason for an assumption, or a table of source and status.

    parameters: of the game; unsaid: what stands where nothing is said. Every parameter gets one.
    """
    if "grounds" not in table:
        return tuple(Ground(each, unsaid, FigureStatus.ASSUMED) for each in parameters)
    grounds = table.table("grounds", parameters)
    return tuple(_read_ground(grounds, each, unsaid) for each in parameters)


def _read_ground(grounds: TomlTable, parameter: str, unsaid: str) -> Ground:
    if parameter not in grounds:
        return Ground(parameter, unsaid, FigureStatus.ASSUMED)
    if grounds.is_table(parameter):
        own = grounds.table(parameter, _GROUND)
        source = own.text("source", LONGEST_SOURCE)
        return Ground(parameter, source, own.choice("status", FigureStatus))
    reason = grounds.text(parameter, LONGEST_SOURCE - len(ASSUMPTION) - 2)
    return Ground(parameter, f"{ASSUMPTION}: {reason}", FigureStatus.ASSUMED)
