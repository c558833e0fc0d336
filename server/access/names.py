"""Names and numbers of the people of a match or a seminar; no two names look alike."""

from collections.abc import Iterable

from game_rules.texts import same_name

PEOPLE, PEOPLE_OF_MODEL = "p", "m"
"""Letters of a match's people, and of those who play a model of it: never the same id."""


class NameTaken(Exception):
    """Somebody else at the match or in the seminar has this name, or one that looks like it."""


def require_free(name: str, taken: Iterable[str]) -> None:
    """Require a name that nobody has. Raises NameTaken."""
    if any(same_name(other, name) for other in taken):
        raise NameTaken


def next_person(kind: str, taken: Iterable[str | None]) -> str:
    """Return the id of one more person, by order of arrival; it says nothing else.

    kind: a letter, so that people of a class and of a match never have the same id.

    >>> next_person("p", ["p1", "c7", None, "p10"]), next_person("c", [])
    ('p11', 'c1')
    """
    numbers = (x[1:] for x in taken if x is not None and x.startswith(kind))
    return f"{kind}{max((int(x) for x in numbers if x.isdecimal()), default=0) + 1}"
