"""One table of a match that the tests call m1."""

from collections.abc import Sequence

from game_rules.log.events import Event
from server.exports import catalogue
from server.exports.story import About


def write_table(log: Sequence[Event], what: str) -> str:
    """Write a table as CSV."""
    return catalogue.write_table(log, what, About("m1"))
