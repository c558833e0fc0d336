"""The [[arenas]] of a scenario: members, and the game they play in every round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from game_rules import RULES_VERSION
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import (
    LARGEST_WEIGHT,
    LIBRARY,
    Bimatrix,
    Collective,
    Terms,
    collective,
)
from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.grounds import OF_THE_LIBRARY, UNEXPLAINED
from game_rules.scenario.injects import parameters_of
from game_rules.scenario.scenario import (
    CRISIS,
    FOUNDED,
    Arena,
    Domain,
    FigureStatus,
    Override,
    Player,
    PowerMeasure,
)
from game_rules.scenario.weights import weights
from game_rules.scenario_files.fields import SLUG, TomlTable
from game_rules.scenario_files.grounds import read_grounds
from game_rules.scenario_files.players import LONGEST_SOURCE, MOST_PLAYERS
from game_rules.scenario_files.versions import FIRST, LATER_OF_ARENAS

MOST_ARENAS = 64
LONGEST_TITLE, LONGEST_ABOUT = 80, 600
LARGEST_PAYOFF = 1000

_ARENA = ("name", "title", "about", "domain", "members", "exclusive")
_GAMES = ("game", "payoffs", "terms")
CORNERS = ("T", "R", "P", "S")
_SIDES = ("row", "column")
_PARAMETERS = ("b", "c", "e", "g", "d", "sigma")
_AT_LEAST_NOTHING = dict.fromkeys(_PARAMETERS, 0)
_LOWEST_OF_RULES_2 = {**_AT_LEAST_NOTHING, "g": -LARGEST_PAYOFF, "d": -LARGEST_PAYOFF}
_OVERRIDE = ("member", "parameter", "value", "source", "status")
_SLUG_WANTED = "1 to 40 small letters, digits and _, a letter first, e.g. code_of_conduct"


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What terms are read with: own weights, the measure of the others, the least of each term."""

    own: Mapping[Seat, float]
    power: PowerMeasure
    lowest: Mapping[str, float]


def read_arenas(
    top: TomlTable,
    players: Sequence[Player],
    power: PowerMeasure,
    version: int = RULES_VERSION,
) -> tuple[Arena, ...]:
    """Read every arena; raises ScenarioError for a duplicate name."""
    arenas: list[Arena] = []
    later = () if version == FIRST else LATER_OF_ARENAS
    lowest = _AT_LEAST_NOTHING if version == FIRST else _LOWEST_OF_RULES_2
    keys = (*_ARENA, *_GAMES, "overrides", "grounds", *later)
    for table in top.tables("arenas", 1, MOST_ARENAS, keys):
        arena = _read_arena(table, players, power, lowest)
        if arena.name.startswith((CRISIS, FOUNDED)):
            kept = f"{CRISIS} and {FOUNDED} are kept for arenas that open later"
            raise table.error("name", f"{arena.name!r}: {kept}; rename it")
        if arena.name in [other.name for other in arenas]:
            raise table.error("name", f"{arena.name!r} is there twice; give each its own")
        arenas.append(arena)
    return tuple(arenas)


def read_members(
    table: TomlTable, key: str, words: Sequence[str], players: Sequence[Player]
) -> tuple[Player, ...]:
    """Find the players of a list of names, each once."""
    by_seat = {player.seat: player for player in players}
    by_name = {player.name: str(player.seat) for player in players}
    found: list[Player] = []
    for i, word in enumerate(words, start=1):
        player = by_seat.get(Seat(word))
        if player is None:
            hint = nearest(word, by_seat, by_name)
            raise table.error(f"{key}[{i}]", f"{word[:40]!r} is no player's seat; {hint}")
        if player in found:
            raise table.error(f"{key}[{i}]", f"{word!r} is there twice; keep one")
        found.append(player)
    return tuple(found)


def _read_arena(
    table: TomlTable, players: Sequence[Player], power: PowerMeasure, lowest: Mapping[str, float]
) -> Arena:
    name = table.name("name", SLUG, _SLUG_WANTED)
    words = table.words("members", 2, MOST_PLAYERS, "seats of players")
    members = read_members(table, "members", words, players)
    overrides = _read_overrides(table, members, lowest)
    own = _read_weights(table, members)
    game = _read_game(table, members, overrides, _Weighed(own, power, lowest))
    unsaid = OF_THE_LIBRARY if "game" in table else UNEXPLAINED
    return Arena(
        name=name,
        title=table.text("title", LONGEST_TITLE),
        about=table.text("about", LONGEST_ABOUT),
        domain=table.choice("domain", Domain, Domain.SECURITY),
        members=tuple(member.seat for member in members),
        game=game,
        exclusive=table.number("exclusive", 0, 1) if "exclusive" in table else 0.0,
        overrides=overrides,
        grounds=read_grounds(table, parameters_of(game), unsaid),
        is_alliance=table.flag("alliance", default=False),
        weights=own,
    )


def _read_weights(table: TomlTable, members: Sequence[Player]) -> Mapping[Seat, float]:
    """Read the raw weights of members that count otherwise than by their power."""
    if "weights" not in table:
        return {}
    if "terms" not in table:
        raise table.error("weights", "only an arena with terms has any; take them out")
    seats = [member.seat for member in members]
    own = table.table("weights", seats)
    return {seat: own.positive(seat, LARGEST_WEIGHT) for seat in seats if seat in own}


def _read_game(
    table: TomlTable,
    members: Sequence[Player],
    overrides: Sequence[Override],
    weighed: _Weighed,
) -> Bimatrix | Collective:
    held = table.held(_GAMES)
    if len(held) != 1:
        found = " and ".join(held) or "none"
        raise table.error("game", f"give exactly one of {', '.join(_GAMES)}; found {found}")
    if held == ("terms",):
        return _read_collective(table, members, overrides, weighed)
    if overrides:
        raise table.error("overrides", "only an arena with terms has any; take them out")
    if len(members) != 2:
        raise table.error(
            "members", f"has {len(members)}; {held[0]} is for exactly 2, use terms for more"
        )
    if held == ("game",):
        return LIBRARY[table.known("game", tuple(LIBRARY))]
    return _read_bimatrix(table)


def _read_bimatrix(table: TomlTable) -> Bimatrix:
    payoffs = table.table("payoffs", (*CORNERS, *_SIDES))
    if not payoffs.held(_SIDES):
        corners = read_corners(payoffs)
        return Bimatrix(corners, corners)
    if mixed := payoffs.held(CORNERS):
        raise payoffs.error(mixed[0], "stands beside row or column; give T, R, P, S inside those")
    row, column = (payoffs.table(side, CORNERS) for side in _SIDES)
    return Bimatrix(read_corners(row), read_corners(column))


def read_corners(table: TomlTable) -> Corners:
    """Read the four payoffs of one side of a game of two."""
    numbers = {key: table.number(key, -LARGEST_PAYOFF, LARGEST_PAYOFF) for key in CORNERS}
    return Corners(**numbers)


def _read_collective(
    table: TomlTable,
    members: Sequence[Player],
    overrides: Sequence[Override],
    weighed: _Weighed,
) -> Collective:
    terms = table.table("terms", (*_PARAMETERS, "theta"))
    common = Terms(**{key: _read_parameter(terms, key, key, weighed.lowest) for key in _PARAMETERS})
    theta = terms.number("theta", 0, 1) if "theta" in terms else 0.0
    each = [_overridden(common, member.seat, overrides) for member in members]
    try:
        return collective(weights(members, weighed.power, weighed.own), each, theta)
    except InvalidInput as error:
        raise table.error("members", str(error)) from error


def _read_parameter(
    table: TomlTable, key: str, parameter: str, lowest: Mapping[str, float]
) -> float:
    highest = 1 if parameter == "sigma" else LARGEST_PAYOFF
    return table.number(key, lowest[parameter], highest)


def _overridden(common: Terms, seat: Seat, overrides: Sequence[Override]) -> Terms:
    own = {each.parameter: each.value for each in overrides if each.member == seat}
    return replace(common, **own)


def _read_overrides(
    table: TomlTable, members: Sequence[Player], lowest: Mapping[str, float]
) -> tuple[Override, ...]:
    most = len(members) * len(_PARAMETERS)
    found: list[Override] = []
    for each in table.tables("overrides", 0, most, _OVERRIDE):
        override = _read_override(each, members, lowest)
        taken = [(other.member, other.parameter) for other in found]
        if (override.member, override.parameter) in taken:
            raise each.error(
                "parameter", f"{override.member} has {override.parameter!r} twice; keep one"
            )
        found.append(override)
    return tuple(found)


def _read_override(
    table: TomlTable, members: Sequence[Player], lowest: Mapping[str, float]
) -> Override:
    parameter = table.known("parameter", _PARAMETERS)
    return Override(
        member=Seat(table.known("member", [member.seat for member in members])),
        parameter=parameter,
        value=_read_parameter(table, "value", parameter, lowest),
        source=table.text("source", LONGEST_SOURCE),
        status=table.choice("status", FigureStatus),
    )
