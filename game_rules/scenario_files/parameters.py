"""The [standing] and [lenses] of a scenario, and the figures of its countries about each other."""

from dataclasses import fields
from typing import Any

from game_rules import RULES_VERSION
from game_rules.roles import Seat
from game_rules.scenario.countries import Country, trade_share
from game_rules.scenario.parameters import Consequences, LensParameters, StandingParameters
from game_rules.scenario.scenario import NO_TIES, FigureStatus, Ties
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.versions import EARLIER_OF_STANDING, require_heeded

MOST_ROUNDS_COUNTED = 200
LARGEST_FACTOR = 100

_POINTS = ("optimistic_index", "pessimistic_index")
_FACTORS = ("defection_weight", "breach_weight", "letdown_cost")
_OF_RULES_2 = (
    "shadow",
    "wariness",
    "entrapment",
    "abandonment",
    "support",
    "brink_factor",
    "stretch_cost",
    "leverage_cost",
)
_SIGNED = ("affinity_of_rivals", "affinity_of_partners")
_AFFINITY = (
    "Assumption: half of (1 - the distance of two countries' UN ideal points), within [-0.5, 0.5]; "
    "Bailey, Strezhnev and Voeten, session 74"
)


def read_standing(top: TomlTable, version: int = RULES_VERSION) -> StandingParameters:
    """Read [standing] for a version of the rules; missing keys keep their defaults."""
    if "standing" not in top:
        return StandingParameters()
    names = tuple(field.name for field in fields(StandingParameters))
    table = top.table("standing", names)
    require_heeded(table, EARLIER_OF_STANDING, version)
    read: dict[str, Any] = {name: _read_number(table, name) for name in table.held(names)}
    return StandingParameters(**read)


def read_lenses(top: TomlTable) -> LensParameters:
    """Read [lenses]; missing keys keep their defaults."""
    if "lenses" not in top:
        return LensParameters()
    names = tuple(field.name for field in fields(LensParameters))
    table = top.table("lenses", names)
    held = table.held(names)
    return LensParameters(**{name: table.number(name, 0, LARGEST_FACTOR) for name in held})


def read_consequences(top: TomlTable) -> Consequences:
    """Read [consequences] of rules 2; missing keys keep their defaults."""
    if "consequences" not in top:
        return Consequences()
    names = tuple(field.name for field in fields(Consequences))
    table = top.table("consequences", names)
    return Consequences(**{name: _read_consequence(table, name) for name in table.held(names)})


def _read_consequence(table: TomlTable, name: str) -> float:
    if name == "faith_of_allies":
        return table.positive(name, LARGEST_FACTOR)
    if name in _POINTS:
        return table.number(name, 0, 100)
    return table.number(name, 0, LARGEST_FACTOR if name in _OF_RULES_2 else 1)


def trade_of(countries: dict[Seat, Country]) -> Ties:
    """Return the shares of the seats in each other's trade, from the countries' figures."""
    shares = {
        seat: {
            other: trade_share(mine.code, theirs.code)
            for other, theirs in countries.items()
            if theirs.code != mine.code
        }
        for seat, mine in countries.items()
    }
    first = next((figure for row in shares.values() for figure in row.values()), None)
    if first is None:
        return NO_TIES
    values = {seat: {other: x.value for other, x in row.items()} for seat, row in shares.items()}
    return Ties(values, first.unit, first.year, first.source, first.status)


def affinity_of(countries: dict[Seat, Country]) -> Ties:
    """Return the initial affinity of countries that are neither rivals nor partners.

    By how they vote in the UN General Assembly: an assumption, and labelled as one.
    """
    points = {
        seat: mine.figures["un_ideal_point"].value
        for seat, mine in countries.items()
        if "un_ideal_point" in mine.figures
    }
    values = {
        seat: {other: _affinity(x, y) for other, y in points.items() if other != seat}
        for seat, x in points.items()
    }
    if len(points) < 2:
        return NO_TIES
    return Ties(values, "affinity from -1 to 1", None, _AFFINITY, FigureStatus.ASSUMED)


def _affinity(x: float, y: float) -> float:
    return max(-0.5, 0.5 - 0.5 * abs(x - y))


def _read_number(table: TomlTable, name: str) -> float | int:
    if name.endswith("_rounds"):
        return table.integer(name, 1, MOST_ROUNDS_COUNTED)
    if name in _POINTS:
        return table.number(name, 0, 100)
    if name == "count_at_start":  # with no counts at all, trust would be nothing by nothing
        return table.positive(name, LARGEST_FACTOR)
    if name in _FACTORS:
        return table.number(name, 0, LARGEST_FACTOR)
    return table.number(name, -1 if name in _SIGNED else 0, 1)
