"""The rivals of a scenario: pairs of seats, in rules 2 each with the tension it starts with."""

from collections.abc import Sequence

from game_rules.roles import Seat
from game_rules.scenario.scenario import FigureStatus, PairStart, Player
from game_rules.scenario_files.arenas import read_members
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.players import LONGEST_SOURCE

MOST_RIVALS = 200

_START = ("seats", "tension", "source", "status")
_WANTED = "two seats of players"

Pair = tuple[Seat, Seat]


def read_rivals(
    top: TomlTable, players: Sequence[Player]
) -> tuple[tuple[Pair, ...], tuple[PairStart, ...]]:
    """Read pairs of rivals, and what they start with where tables say it.

    All are lists of two seats, or all are tables.
    """
    if top.has_tables("rivals"):
        return _read_starts(top, players)
    rivals: list[Pair] = []
    for i, words in enumerate(top.lists("rivals", MOST_RIVALS, f"{_WANTED} each"), start=1):
        rivals.append(_read_pair(top, f"rivals[{i}]", words, players, rivals))
    return tuple(rivals), ()


def _read_starts(
    top: TomlTable, players: Sequence[Player]
) -> tuple[tuple[Pair, ...], tuple[PairStart, ...]]:
    starts: list[PairStart] = []
    for table in top.tables("rivals", 1, MOST_RIVALS, _START):
        words = table.words("seats", 2, 2, _WANTED)
        seats = _read_pair(table, "seats", words, players, [each.seats for each in starts])
        tension, source = table.number("tension", 0, 1), table.text("source", LONGEST_SOURCE)
        status = table.choice("status", FigureStatus, FigureStatus.ASSUMED)
        starts.append(PairStart(seats, tension, source, status))
    return tuple(each.seats for each in starts), tuple(starts)


def _read_pair(
    table: TomlTable, key: str, words: Sequence[str], players: Sequence[Player], known: list[Pair]
) -> Pair:
    if len(words) != 2:
        raise table.error(key, f"has {len(words)}; a pair of rivals has exactly 2")
    first, second = (player.seat for player in read_members(table, key, words, players))
    if (first, second) in known or (second, first) in known:
        raise table.error(key, f"{first} and {second} are there twice; keep one")
    return first, second
