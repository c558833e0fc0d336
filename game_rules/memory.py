"""Memory: what was calculated of a value that never changes, kept with the value.

What is kept is no part of the value: it is not compared, copied, written or sent to a process.
"""

from collections.abc import Mapping
from typing import Any

SHARED: Mapping[str, bool] = {"is_shared": True}
"""For a field of a dataclass whose value many viewers are shown: its text is written once."""

MOST_KEPT = 2048
"""Entries of one value; from there it begins anew, so that nothing grows without end."""


class Remembering:
    """A value with a memory. A dataclass with slots may have this as its base."""

    __slots__ = ("_memory",)
    _memory: dict[Any, Any]

    @property
    def memory(self) -> dict[Any, Any]:
        """What is known of this value, by what it was asked; the asker fills it."""
        try:
            found = self._memory
        except AttributeError:
            found = {}
            object.__setattr__(self, "_memory", found)
        if len(found) > MOST_KEPT:
            found.clear()
        return found
