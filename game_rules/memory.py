"""Memory: what was calculated of a value that never changes, kept with the value.

What is kept is no part of the value: it is not compared, copied, written or sent to a process.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

R = TypeVar("R", bound="Remembering")
V = TypeVar("V")

SHARED: Mapping[str, bool] = {"is_shared": True}
"""For a field of a dataclass whose value many viewers are shown: its text is written once."""

MOST_KEPT = 2048
"""Entries of one value; from there it begins anew, so that nothing grows without end."""


class Remembered(dict[Any, Any]):
    """What is known of one value, by what it was asked; the asker fills it."""

    __slots__ = ()

    def __setitem__(self, key: Any, known: Any) -> None:
        if len(self) > MOST_KEPT:
            self.clear()
        super().__setitem__(key, known)


class Remembering:
    """A value with a memory. A dataclass with slots may have this as its base."""

    __slots__ = ("_memory",)
    _memory: Remembered

    @property
    def memory(self) -> Remembered:
        """What is known of this value."""
        try:
            return self._memory
        except AttributeError:
            object.__setattr__(self, "_memory", Remembered())
            return self._memory


class StartedEmpty:
    """A field that is no part of a dataclass: empty until something is put into it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, value: Any, owner: type) -> dict[Any, Any]:
        begun: dict[Any, Any] = {}
        return begun if value is None else value.__dict__.setdefault(self._name, begun)


def summed(rows: Sequence[R], key: Hashable, start: V, add: Callable[[V, R], V]) -> V:
    """Add up rows from the first on; each remembers the sum so far, and the rows before it.

    So a row that is added to others, or after another one, is added anew.
    """
    whole, known = start, len(rows)
    while known:
        kept = rows[known - 1].memory.get(key)
        if kept is not None and kept[0] == rows[: known - 1]:
            whole = kept[1]
            break
        known -= 1
    for place in range(known, len(rows)):
        whole = add(whole, rows[place])
        rows[place].memory[key] = rows[:place], whole
    return whole
