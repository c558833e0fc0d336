"""The countries and their data: figures, trade, memberships, pacts, rivalries.

Every number is a Figure with unit, year, source and status; data/countries.toml has them all.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from game_rules.errors import InvalidInput
from game_rules.nearest import nearest
from game_rules.scenario.scenario import Figure, FigureStatus, PowerMeasure

EQUAL_POWER = Figure(
    1.0, "equal share", None, "Assumption: every member weighs the same", FigureStatus.ASSUMED
)


@dataclass(frozen=True, slots=True)
class Membership:
    """The relation of a country to an organisation, or to the United States (US_commitment)."""

    organisation: str
    standing: str
    source: str
    status: FigureStatus


@dataclass(frozen=True, slots=True)
class Country:
    """One country. code: ISO 3166 alpha-3. figures by measure; trade by partner's code."""

    code: str
    name: str
    figures: Mapping[str, Figure]
    memberships: tuple[Membership, ...]
    trade: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class DefencePact:
    """Two countries with a defence treaty, as coded by its source in that year."""

    members: tuple[str, str]
    year: int
    source: str
    status: FigureStatus


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two strategic rivals and the issues: positional, spatial or ideological."""

    members: tuple[str, str]
    over: tuple[str, ...]
    year: int
    source: str
    status: FigureStatus


def country_codes() -> tuple[str, ...]:
    """List the codes of all countries, in the file's order.

    >>> country_codes()[:3]
    ('CHN', 'USA', 'JPN')
    """
    return tuple(_countries())


def country(code: str) -> Country:
    """Find a country by its code.

    Raises InvalidInput naming the nearest codes if there is none.

    >>> country("PAK").name
    'Pakistan'
    """
    found = _countries().get(code)
    if found is None:
        known = _countries()
        by_name = {each.name: each.code for each in known.values()}
        hint = nearest(code, known, by_name)
        raise InvalidInput(f"{code!r} is no country with figures here; {hint}")
    return found


def figure(code: str, measure: str) -> Figure:
    """Look up one figure of a country.

    measure: a key of its figures, e.g. "gdp". Raises InvalidInput if it has no such figure.

    >>> figure("KAZ", "lowy").status.value
    'assumed'
    """
    figures = country(code).figures
    if measure not in figures:
        raise InvalidInput(f"{code} has no figure {measure!r}; {nearest(measure, figures)}")
    return figures[measure]


def power(code: str, measure: PowerMeasure) -> Figure:
    """Return the figure that determines a country's weight in a collective arena.

    >>> power("CHN", PowerMeasure.LOWY).value
    72.7
    >>> power("CHN", PowerMeasure.EQUAL).value
    1.0
    """
    if measure is PowerMeasure.EQUAL:
        country(code)
        return EQUAL_POWER
    return figure(code, measure.value)


def trade_share(code: str, partner: str) -> Figure:
    """Return a partner's share of a country's trade, in [0, 1].

    Partners outside the country's top five of exports and of imports read 0.

    >>> trade_share("PAK", "CHN").value
    0.17
    >>> trade_share("PAK", "PHL").value
    0.0
    """
    shares = country(code).trade
    if partner in shares:
        return shares[partner]
    country(partner)
    return _trade_figure(_document()["trade"], 0.0)


@cache
def defence_pacts() -> tuple[DefencePact, ...]:
    """List the defence pacts between the countries.

    >>> len(defence_pacts())
    9
    """
    return tuple(
        DefencePact(_pair(row), row["year"], _source(row), FigureStatus(row["status"]))
        for row in _document()["defence_pacts"]
    )


@cache
def rivalries() -> tuple[Rivalry, ...]:
    """List the strategic rivalries between the countries.

    >>> rivalries()[0].members
    ('IND', 'PAK')
    """
    return tuple(
        Rivalry(
            _pair(row), tuple(row["over"]), row["year"], _source(row), FigureStatus(row["status"])
        )
        for row in _document()["rivalries"]
    )


@cache
def _document() -> dict[str, Any]:
    path = resources.files("game_rules") / "data" / "countries.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _countries() -> Mapping[str, Country]:
    return {code: _country(code, row) for code, row in _document()["countries"].items()}


def _country(code: str, row: dict[str, Any]) -> Country:
    document = _document()
    return Country(
        code=code,
        name=row["name"],
        figures={name: _figure(name, cell) for name, cell in row["figures"].items()},
        memberships=tuple(
            Membership(name, cell["standing"], _source(cell), FigureStatus(cell["status"]))
            for name, cell in row["memberships"].items()
        ),
        trade={name: _trade_figure(document["trade"], x) for name, x in row["trade"].items()},
    )


def _figure(measure: str, cell: dict[str, Any]) -> Figure:
    unit = _document()["measures"][measure]["unit"]
    status = FigureStatus(cell["status"])
    return Figure(float(cell["value"]), unit, cell.get("year"), _source(cell), status)


def _trade_figure(common: dict[str, Any], share: float) -> Figure:
    status = FigureStatus(common["status"])
    return Figure(share, common["unit"], common["year"], _source(common), status)


def _source(cell: dict[str, Any]) -> str:
    """Return the reason of an assumption, or the source of any other figure."""
    return cell["reason"] if "reason" in cell else _document()["sources"][cell["source"]]


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    first, second = row["members"]
    return first, second
