"""Time as a guest needs it: how long a bot may think, how fast frames may follow each other."""

from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]
"""Seconds that only go forward, from any start."""

FRAMES_A_SECOND, FRAMES_AT_ONCE = 18.0, 30
"""Under what a server lets one person send (20 a second, 40 at once), so that it never closes."""

_LONGEST_MARGIN_S, _MARGIN_SHARE = 0.5, 0.2
"""What is kept of the time before a deadline for the way to the server."""
_SHORTEST_S = 0.1
"""Who comes at the last moment may still think; whether it was too late, the server says."""


@dataclass(slots=True)
class TimeBank:
    """A bot's time to think. move_s: for each turn. bank_s: what is left beyond that, in all."""

    move_s: float
    bank_s: float

    def limit_s(self, left_s: float | None) -> float:
        """How long a turn may take; left_s: until the server's deadline, None without one."""
        own_s = self.move_s + self.bank_s
        if left_s is None:
            return own_s
        margin_s = min(_LONGEST_MARGIN_S, left_s * _MARGIN_SHARE)
        return max(_SHORTEST_S, min(own_s, left_s - margin_s))

    def spend(self, taken_s: float) -> None:
        """Take what a turn took beyond its own time from the bank."""
        self.bank_s = max(0.0, self.bank_s - max(0.0, taken_s - self.move_s))


class Pace:
    """Says how long to wait before the next frame: some go at once, then so many a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_s = clock() - FRAMES_AT_ONCE / FRAMES_A_SECOND

    def wait_s(self) -> float:
        """Reserve a place for one frame and give the seconds until it."""
        now_s = self._clock()
        earliest_s = now_s - FRAMES_AT_ONCE / FRAMES_A_SECOND
        self._free_s = max(self._free_s, earliest_s) + 1 / FRAMES_A_SECOND
        return max(0.0, self._free_s - now_s)
