"""What time it is, as an argument: whole milliseconds since 1970 on the server's clock."""

import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now_ms(self) -> int:
        """Give the time in ms; never less than the answer before."""
        ...


class SystemClock:
    """The wall clock, held still while it is set back.

    A clock that is set forward jumps: that is what the machine now believes. One that is set back
    must not reorder events or reopen a deadline that has passed, so time stands until it is caught
    up with.
    """

    def __init__(self, wall_ns: Callable[[], int] = time.time_ns) -> None:
        self._wall_ns = wall_ns
        self._last_ms = 0

    def now_ms(self) -> int:
        """Give the time in ms; never less than the answer before."""
        self._last_ms = max(self._last_ms, self._wall_ns() // 1_000_000)
        return self._last_ms
