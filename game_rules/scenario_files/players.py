"""The [[players]] of a scenario: seats, and the figures of their countries."""

from collections.abc import Mapping

from game_rules import RULES_VERSION
from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.countries import Country, country, country_codes
from game_rules.scenario.scenario import (
    Figure,
    FigureStatus,
    Influence,
    Player,
    PlayerKind,
    PowerMeasure,
)
from game_rules.scenario_files.fields import SEAT, TomlTable
from game_rules.scenario_files.versions import FIRST, LATER_OF_PLAYERS

MOST_PLAYERS = 64
LONGEST_NAME, LONGEST_BRIEF, LONGEST_SOURCE, LONGEST_UNIT = 40, 1000, 300, 40
MOST_GOALS, LONGEST_GOAL = 6, 200
LARGEST_FIGURE = 1e15
MOST_COMMITMENTS = 64

_PLAYER = ("seat", "country", "name", "brief", "figures")
_INFLUENCE = ("pair", "of_d", "of_c", "source")
_FIGURE = ("value", "unit", "year", "source", "status")
_MEASURES = ("cinc", "lowy", "military_spending", "gdp", "population", "un_ideal_point", "warheads")
_POWERS = tuple(measure.value for measure in PowerMeasure if measure is not PowerMeasure.EQUAL)
_SEAT_WANTED = "2 to 12 capital letters and digits, a letter first, e.g. PAK or BLUE"


def read_players(top: TomlTable, version: int = RULES_VERSION) -> tuple[Player, ...]:
    """Read every seat; raises ScenarioError for a duplicate seat or name."""
    tables = _tables(top, version)
    players: list[Player] = []
    for table in tables:
        player = _read_player(table)
        if player.seat in [other.seat for other in players]:
            raise table.error("seat", f"{player.seat!r} is there twice; a seat is one player's")
        if player.name in [other.name for other in players]:
            raise table.error("name", f"{player.name!r} is there twice; give each its own")
        players.append(player)
    return tuple(players)


def countries_behind(top: TomlTable, version: int = RULES_VERSION) -> dict[Seat, Country]:
    """Return the countries of seats; seats without a country are left out."""
    tables = _tables(top, version)
    behind = {Seat(table.text("seat", LONGEST_NAME)): _country_behind(table) for table in tables}
    return {seat: country for seat, country in behind.items() if country is not None}


def _tables(top: TomlTable, version: int) -> tuple[TomlTable, ...]:
    later = () if version == FIRST else LATER_OF_PLAYERS
    return top.tables("players", 2, MOST_PLAYERS, (*_PLAYER, *later))


def _read_player(table: TomlTable) -> Player:
    seat = table.name("seat", SEAT, _SEAT_WANTED)
    behind = _country_behind(table)
    return Player(
        seat=Seat(seat),
        name=table.text("name", LONGEST_NAME) if behind is None or "name" in table else behind.name,
        brief=table.text("brief", LONGEST_BRIEF),
        figures={**(behind.figures if behind else {}), **_read_figures(table)},
        kind=table.choice("kind", PlayerKind, PlayerKind.STATE),
        capacity=table.integer("capacity", 0, MOST_COMMITMENTS) if "capacity" in table else 3,
        influence=_read_influence(table),
        goals=table.texts("goals", 1, MOST_GOALS, LONGEST_GOAL) if "goals" in table else (),
    )


def _read_influence(table: TomlTable) -> Influence | None:
    if "influence" not in table:
        return None
    own = table.table("influence", _INFLUENCE)
    first, second = own.words("pair", 2, 2, "two seats that are rivals")
    added, taken = (own.number(x, 0, 1) if x in own else 0.0 for x in ("of_d", "of_c"))
    return Influence((Seat(first), Seat(second)), added, taken, own.text("source", LONGEST_SOURCE))


def _country_behind(table: TomlTable) -> Country | None:
    """A seat with a name of its own stands for no country unless it says which."""
    seat = table.name("seat", SEAT, _SEAT_WANTED)
    if "country" in table:
        return country(table.known("country", country_codes()))
    if "name" in table:
        return None
    if seat not in country_codes():
        hint = nearest(seat, country_codes())
        raise table.error(
            "seat", f"{seat!r} is no country with figures here; {hint}; or give the seat a name"
        )
    return country(seat)


def _read_figures(table: TomlTable) -> Mapping[str, Figure]:
    if "figures" not in table:
        return {}
    figures = table.table("figures", _MEASURES)
    held = figures.held(_MEASURES)
    return {measure: _read_figure(figures.table(measure, _FIGURE), measure) for measure in held}


def _read_figure(table: TomlTable, measure: str) -> Figure:
    is_power = measure in _POWERS
    lowest = -LARGEST_FIGURE
    value = table.positive if is_power else None
    status = table.choice("status", FigureStatus)
    has_year = "year" in table or status is not FigureStatus.ASSUMED
    return Figure(
        value=value("value", LARGEST_FIGURE) if value else table.number("value", lowest, -lowest),
        unit=table.text("unit", LONGEST_UNIT),
        year=table.integer("year", 1800, 2100) if has_year else None,
        source=table.text("source", LONGEST_SOURCE),
        status=status,
    )
