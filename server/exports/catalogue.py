"""All tables of a match, and the text of one of them."""

from collections.abc import Sequence

from game_rules.log import events as e
from server.exports.choices import DECISIONS, DRAFTS, READY
from server.exports.columns import DataTable, whole_rows
from server.exports.course import INJECTS, MATCHES, PEOPLE, PHASES
from server.exports.moves import FORECASTS, MOVES
from server.exports.negotiation import ANSWERS, PACTS, PLEDGES, PROPOSALS, TALK
from server.exports.pages import page
from server.exports.parameters import PARAMETERS
from server.exports.standing import (
    INCIDENTS,
    INSTITUTIONS,
    POINTS,
    ROUNDS,
    STANDING,
    TENSIONS,
)
from server.exports.story import About, Story

LONG = (
    MATCHES,
    PEOPLE,
    DECISIONS,
    DRAFTS,
    READY,
    TALK,
    PROPOSALS,
    ANSWERS,
    PACTS,
    PLEDGES,
    MOVES,
    FORECASTS,
    ROUNDS,
    POINTS,
    STANDING,
    INSTITUTIONS,
    TENSIONS,
    PHASES,
    INCIDENTS,
    INJECTS,
    PARAMETERS,
)
"""The tables whose columns are always the same, in the order in which an export has them."""

_BY_NAME = {table.name: table for table in LONG}

TABLES = tuple(_BY_NAME)
"""Their names."""


def table_named(name: str) -> DataTable:
    """Find a table. Raises KeyError."""
    return _BY_NAME[name]


def write_table(log: Sequence[e.Event], what: str, about: About) -> str:
    """Write one of a whole log's tables as CSV, by its name in TABLES: a header, then rows.

    Times are ms on the server's clock. The same log gives the same bytes. Raises KeyError for any
    other name.
    """
    table, story = _BY_NAME[what], Story(about, log)
    return page(table.header, whole_rows([story.rows(table)]))
