"""A sequence that grows at its end, in the same time however long it is."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Grown(Sequence[T], Generic[T]):
    """A tuple in all but its type: it never changes, and what follows it shares its entries.

    A tuple is copied for each entry that is added, so a log of talk took time in its square.

    >>> short = Grown((1, 2))
    >>> long, other = short.then(3), short.then(4)
    >>> short == (1, 2), long == (1, 2, 3), other == (1, 2, 4)
    (True, True, True)
    """

    __slots__ = ("_entries", "_length")

    def __init__(self, entries: Sequence[T] = ()) -> None:
        self._entries = [*entries]
        self._length = len(self._entries)

    def then(self, entry: T) -> "Grown[T]":
        """Return this sequence with one more entry."""
        entries = self._entries
        if len(entries) > self._length:  # something else has followed already: part ways
            entries = entries[: self._length]
        entries.append(entry)
        if entries[self._length] is not entry:  # another thread was a moment earlier
            entries = [*entries[: self._length], entry]
        longer: Grown[T] = Grown.__new__(Grown)
        longer._entries, longer._length = entries, self._length + 1
        return longer

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return islice(self._entries, self._length)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return tuple(self)[index] if isinstance(index, slice) else self._entries[self._place(index)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grown | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type["Grown[T]"], tuple[tuple[T, ...]]]:
        return Grown, (tuple(self),)

    def _place(self, index: int) -> int:
        """Count from the start, within this sequence. Raises IndexError."""
        return range(self._length)[index]
