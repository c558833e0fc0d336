"""Names of the people of a match or a seminar: no two of them look alike."""

from collections.abc import Iterable

from game_rules.texts import same_name


class NameTaken(Exception):
    """Somebody else at the match or in the seminar has this name, or one that looks like it."""


def require_free(name: str, taken: Iterable[str]) -> None:
    """Require a name that nobody has. Raises NameTaken."""
    if any(same_name(other, name) for other in taken):
        raise NameTaken
