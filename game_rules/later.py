"""Fields that came after a record's format: they are not written while they hold their default.

So a match that was played before they came stays the same to the byte, and may be read by whoever
does not know them. Such a field is declared with `metadata=LATER`, after all others.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field
from typing import Any

LATER: Mapping[str, bool] = {"is_later": True}


def is_later(each: Field[Any]) -> bool:
    """Tell whether a field came later.

    >>> from dataclasses import dataclass, field, fields
    >>> @dataclass(frozen=True)
    ... class Player:
    ...     seat: str
    ...     kind: str = field(default="state", metadata=LATER)
    >>> [is_later(each) for each in fields(Player)]
    [False, True]
    """
    return LATER.items() <= each.metadata.items()


def default_of(each: Field[Any]) -> Any:
    """Return the default of a field that came later."""
    return each.default if each.default_factory is MISSING else each.default_factory()
