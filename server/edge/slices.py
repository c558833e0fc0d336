"""Turns of the event loop that stay short when a crowd sends at once.

A loop reads all that has come before it does anything else. When a thousand people choose in the
same second, the first of them would wait for the last. So what comes is read for half a millisecond
a turn; the rest waits in line, and between two turns rooms are decided, stored and shown.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

SLICE_S = 0.0005
"""How long a turn reads: about eight frames, which take three times as long to decide."""


class Slices:
    """The line of one loop. slice_s: how long a turn reads."""

    def __init__(
        self, slice_s: float = SLICE_S, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._slice_s, self._clock = slice_s, clock
        self._waiting: deque[Callable[[], None]] = deque()
        self._ends_s: float | None = None
        """When this turn ends; None before anything is read in it."""

    @property
    def has_time(self) -> bool:
        """Tell whether something may be read now; what waits comes first."""
        if self._waiting:
            return False
        if self._ends_s is None:
            self._begin()
            return True
        return self._clock() < self._ends_s

    def later(self, read: Callable[[], None]) -> None:
        """Read something when its turn comes. For when there is no time now."""
        self._waiting.append(read)

    def _begin(self) -> None:
        self._ends_s = self._clock() + self._slice_s
        asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        """End the turn, and begin the next one with what waits."""
        self._ends_s = None
        if not self._waiting:
            return
        self._begin()
        self._waiting.popleft()()
        while self._waiting and self._clock() < (self._ends_s or 0):
            self._waiting.popleft()()
