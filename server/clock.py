"""The server's clock as a parameter: whole milliseconds since 1970."""

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """A source of time."""

    def now_ms(self) -> int:
        """Return the time in ms; it never decreases."""
        ...


class SystemClock:
    """The wall clock, which never runs backwards.

    If the machine's clock is set forward, this clock jumps too. If it is set back, this clock
    stands still until the machine catches up, because events must not change order and a passed
    deadline must not reopen.
    """

    def __init__(self, wall_ns: Callable[[], int] = time.time_ns) -> None:
        self._wall_ns = wall_ns
        self._last_ms = 0

    def now_ms(self) -> int:
        """Return the time in ms; it never decreases."""
        self._last_ms = max(self._last_ms, self._wall_ns() // 1_000_000)
        return self._last_ms
