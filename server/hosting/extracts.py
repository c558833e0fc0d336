"""What ended matches are asked for: worked out beside the socket loop, one at a time, and kept.

A long match's record takes tenths of a second. When a match ends, its whole class asks for the same
log; so whoever asks while it is worked out, or soon after, is given the same text.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 16
"""Texts of a few megabytes at most."""


class Extracts:
    """Works texts out on a thread, and keeps the last few."""

    def __init__(self, most_kept: int = MOST_KEPT) -> None:
        self._most_kept = most_kept
        self._texts: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def text(self, about: Hashable, write: Callable[[], str]) -> str:
        """Return a text; `write`, which must not touch what the loop changes, raises as it does.

        about: says all that the text depends on.
        """
        return await self._made(about, write)

    async def file(self, about: Hashable, write: Callable[[], bytes]) -> bytes:
        """Return a file, as `text` returns a text."""
        return await self._made(about, write)

    async def _made(self, about: Hashable, write: Callable[[], T]) -> T:
        writing = self._texts.get(about)
        if writing is None:
            writing = self._texts[about] = asyncio.create_task(self._write(write))
            if len(self._texts) > self._most_kept:
                self._texts.popitem(last=False)
        self._texts.move_to_end(about)
        try:
            return await asyncio.shield(writing)
        except Exception:
            self._texts.pop(about, None)
            raise

    async def _write(self, write: Callable[[], T]) -> T:
        async with self._one_at_a_time:
            return await asyncio.to_thread(write)
