"""Matches as a database stores them, made into tables: what the workers of an export do."""

import gc
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pydantic_core

from game_rules.errors import InvalidInput
from game_rules.log.events import Event
from game_rules.log.people import Names
from game_rules.records.codec import CodecError, from_json
from server.exports.dataset import Part, PartMaker
from server.exports.forms import form_named
from server.exports.story import About, Story

_UNTOLD = '{"type":"arena_changed"'
"""How events begin that are long and that no table tells of: they are not decoded."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A match as it is stored: the texts of its events, in order, and what its people are called.

    names: of rules 2, whose events hold ids alone.
    """

    about: About
    texts: Sequence[str]
    names: Names


def part_of_stored(matches: Iterable[Stored], form: str, is_for_spreadsheet: bool) -> Part:
    """Make the tables of some matches; of one that is damaged nothing is told."""
    with _uncollected():
        maker, unread = PartMaker(form_named(form, is_for_spreadsheet=is_for_spreadsheet)), 0
        for stored in matches:
            try:
                story = story_of(stored)
            except (InvalidInput, TypeError, AssertionError):  # whatever a damaged page may hold
                unread += 1
                continue
            maker.add(story, stored.names)
        return maker.made(unread)


@contextmanager
def _uncollected() -> Generator[None]:
    """Look for no cycles meanwhile: a match has none, and to look takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def needed(stored: Stored) -> Stored:
    """Leave out the events that no table tells of."""
    told = [text for text in stored.texts if not text.startswith(_UNTOLD)]
    return replace(stored, texts=told)


def story_of(stored: Stored) -> Story:
    """Decode what tables tell of a match. Raises InvalidInput."""
    return Story(stored.about, [_event(text) for text in needed(stored).texts])


def _event(text: str) -> Event:
    """Decode an event of our own, in which no key is twice: quicker than `codec.loads`."""
    try:
        document = pydantic_core.from_json(text, cache_strings="keys")
    except ValueError as error:
        raise CodecError("", f"is not JSON ({error})") from error
    return from_json(Event, document)
