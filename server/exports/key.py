"""The key of an export: which pseudonym is which person. It is kept apart from the tables."""

from collections.abc import Iterable, Iterator

from game_rules.log import events as e
from game_rules.log.people import Names, called
from game_rules.roles import PersonId
from server.exports.columns import Row
from server.exports.pages import page
from server.exports.story import Story

KEY_COLUMNS = ("person", "seminar", "match", "id", "name")


def write_key(told: Iterable[tuple[Story, Names]]) -> str:
    """Write the people of some matches as CSV: pseudonym, class, match, id and name.

    names: of people whose events hold ids alone; who is forgotten has none.
    """
    return page(KEY_COLUMNS, (row for story, names in told for row in _rows(story, names)))


def key_lines(story: Story, names: Names) -> str:
    """Write the lines of one match, without the header."""
    text = write_key([(story, names)])
    return text[text.index("\n") + 1 :]


def _rows(story: Story, names: Names) -> Iterator[Row]:
    for person, name in _people(story).items():
        yield {
            "person": story.called(person),
            "seminar": story.about.seminar,
            "match": story.about.match,
            "id": person,
            "name": name or called(person, names),
        }


def _people(story: Story) -> dict[PersonId, str]:
    """Return who held or shared a seat, with the name that the event has, if any."""
    kinds = (e.SeatTaken, e.DelegateJoined)
    events = (each.event for kind in kinds for each in story.of(kind))
    return {event.person: event.name for event in events}
