"""The server's clock as a parameter: whole milliseconds since 1970."""

import sys
import time
from collections.abc import Callable
from typing import Protocol

STANDSTILL_MS = 2_000
"""A longer gap between two looks at the clock means that the server stood still."""


class Clock(Protocol):
    """A source of time."""

    @property
    def lost_ms(self) -> int:
        """The time in which the server stood still, in all, as of the last `now_ms`."""
        ...

    def now_ms(self) -> int:
        """Return the time in ms; it never decreases."""
        ...

    def not_before(self, time_ms: int) -> None:
        """Continue from a time, if it is later than the clock's."""
        ...

    def follow_wall(self) -> None:
        """Take over a step of the wall clock, which counts as time lost."""
        ...


class SystemClock:
    """The wall clock's time at the start, and the time that has passed since.

    A step of the wall clock, forward or back, changes nothing: deadlines and limits measure how
    much time has passed. Time asleep has passed too. The server looks at the clock many times a
    second; if it could not, it stood still (suspended, stopped, a paused virtual machine), and
    nobody could act.
    """

    def __init__(
        self,
        wall_ns: Callable[[], int] = time.time_ns,
        steady_ns: Callable[[], int] | None = None,
    ) -> None:
        self._wall_ns, self._steady_ns = wall_ns, steady_ns or passed_ns
        self._last_ns = self._steady_ns()
        self._ahead_ns = wall_ns() - self._last_ns
        self.lost_ms = 0

    def now_ms(self) -> int:
        """Return the time in ms, and note a stand-still; the time never decreases."""
        before_ns, self._last_ns = self._last_ns, max(self._last_ns, self._steady_ns())
        gap_ms = (self._last_ns - before_ns) // 1_000_000
        if gap_ms > STANDSTILL_MS:
            self.lost_ms += gap_ms
        return (self._last_ns + self._ahead_ns) // 1_000_000

    def not_before(self, time_ms: int) -> None:
        """Continue from a time, if it is later: the wall clock was set back before this start."""
        self._ahead_ns += max(0, time_ms - self.now_ms()) * 1_000_000

    def follow_wall(self) -> None:
        """Take over a step forward of the wall clock, which counts as time lost."""
        step_ms = self._wall_ns() // 1_000_000 - self.now_ms()
        if step_ms > STANDSTILL_MS:
            self._ahead_ns += step_ms * 1_000_000
            self.lost_ms += step_ms


def passed_ns() -> int:
    """Return the time since some moment, time asleep included; nobody can set this clock.

    Python's monotonic clock leaves out the time asleep on Linux and macOS.
    """
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return time.monotonic_ns()
