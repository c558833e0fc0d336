"""The [[players]] of a scenario: seats, and the figures of their countries."""

from collections.abc import Mapping

from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.countries import Country, country, country_codes
from game_rules.scenario.scenario import Figure, FigureStatus, Player, PowerMeasure
from game_rules.scenario_files.fields import SEAT, TomlTable

MOST_PLAYERS = 64
LONGEST_NAME, LONGEST_BRIEF, LONGEST_SOURCE, LONGEST_UNIT = 40, 1000, 300, 40
LARGEST_FIGURE = 1e15

_PLAYER = ("seat", "country", "name", "brief", "figures")
_FIGURE = ("value", "unit", "year", "source", "status")
_MEASURES = ("cinc", "lowy", "military_spending", "gdp", "population", "un_ideal_point", "warheads")
_POWERS = tuple(measure.value for measure in PowerMeasure if measure is not PowerMeasure.EQUAL)
_SEAT_WANTED = "2 to 12 capital letters and digits, a letter first, e.g. PAK or BLUE"


def read_players(top: TomlTable) -> tuple[Player, ...]:
    """Read every seat; raises ScenarioError for a duplicate seat or name."""
    tables = top.tables("players", 2, MOST_PLAYERS, _PLAYER)
    players: list[Player] = []
    for table in tables:
        player = _read_player(table)
        if player.seat in [other.seat for other in players]:
            raise table.error("seat", f"{player.seat!r} is there twice; a seat is one player's")
        if player.name in [other.name for other in players]:
            raise table.error("name", f"{player.name!r} is there twice; give each its own")
        players.append(player)
    return tuple(players)


def countries_behind(top: TomlTable) -> dict[Seat, Country]:
    """Return the countries of seats; seats without a country are left out."""
    tables = top.tables("players", 2, MOST_PLAYERS, _PLAYER)
    behind = {Seat(table.text("seat", LONGEST_NAME)): _country_behind(table) for table in tables}
    return {seat: country for seat, country in behind.items() if country is not None}


def _read_player(table: TomlTable) -> Player:
    seat = table.name("seat", SEAT, _SEAT_WANTED)
    behind = _country_behind(table)
    return Player(
        seat=Seat(seat),
        name=table.text("name", LONGEST_NAME) if behind is None or "name" in table else behind.name,
        brief=table.text("brief", LONGEST_BRIEF),
        figures={**(behind.figures if behind else {}), **_read_figures(table)},
    )


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
