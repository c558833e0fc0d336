"""People and their names: events of rules 2 hold ids alone, and the names stand beside the log.

So a person can be forgotten later: the name goes, and the log, its record and its hashes stay as
they are. Events of rules 1 hold the names themselves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.roles import PersonId

Names = Mapping[PersonId, str | None]
"""None: the person is forgotten."""

_Naming = e.SeatTaken | e.DelegateJoined | e.FacilitatorActed
_NUMBERED = re.compile(r"[a-z]([1-9][0-9]*)")


def person_of(event: e.Event) -> PersonId | None:
    """Return the person that an event is the first to name, if it is one that may be."""
    return event.person if isinstance(event, _Naming) else None


def people_in(log: Iterable[e.Event]) -> tuple[PersonId, ...]:
    """List the people that a log names, each once, by the order of their arrival."""
    return tuple(dict.fromkeys(person for person in map(person_of, log) if person))


def called(person: PersonId, names: Names) -> str:
    """Return what a person is called; by the number alone, if nobody knows the name any more.

    >>> called(PersonId("p3"), {PersonId("p3"): "Amna"}), called(PersonId("p3"), {})
    ('Amna', 'Person 3')
    """
    if (name := names.get(person)) is not None:
        return name
    numbered = _NUMBERED.fullmatch(person)
    return f"Person {numbered[1]}" if numbered else "A person"


def known_in(log: Iterable[e.Event], names: Names) -> dict[PersonId, str]:
    """Return the names of those that a log, or a viewer's part of it, holds, as they appear in it.

    So a record has the same bytes whatever order a database gives names in.
    """
    there = people_in(log) if names else ()
    return {person: name for person in there if (name := names.get(person))}


def with_names(log: Iterable[e.Event], names: Names) -> tuple[e.Event, ...]:
    """Put names into the events of rules 2, for people to read; those of rules 1 have theirs."""
    events = tuple(log)
    created = events[0] if events else None
    if not isinstance(created, e.MatchCreated) or created.rules_version == 1:
        return events
    return tuple(_named(event, names) for event in events)


def named(position: Position, names: Names) -> Position:
    """Put names into a position of rules 2: of who is called something, and not forgotten."""
    if not names:
        return position
    holders = {
        seat: replace(
            holder,
            name=_name(holder.person, holder.name, names),
            delegates=tuple(
                replace(x, name=_name(x.person, x.name, names)) for x in holder.delegates
            ),
        )
        for seat, holder in position.holders.items()
    }
    return position.but(holders=holders)


def _name(person: PersonId | None, held: str, names: Names) -> str:
    return held if person is None or held else called(person, names)


def _named(event: e.Event, names: Names) -> e.Event:
    if isinstance(event, _Naming):
        return replace(event, name=called(event.person, names))
    if isinstance(event, e.MessageSaid) and event.speaker is not None:
        return replace(event, speaker=called(PersonId(event.speaker), names))
    return event
