"""Time limits of a bot: time to think, and the rate of frames."""

from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]
"""A monotonic clock in seconds, from any start."""

MOVE_S, BANK_S = 5.0, 60.0
"""What a bot may take where nobody says otherwise: for a turn, and for a match."""
FRAMES_A_SECOND, FRAMES_AT_ONCE = 18.0, 30
"""Below a server's limit for one person (20 per second, bursts of 40), so that it never closes."""

_LONGEST_MARGIN_S, _MARGIN_SHARE = 0.5, 0.2
"""A margin before a deadline for the way to the server."""
_SHORTEST_S = 0.1
"""The least time to think; the server decides whether the answer was too late."""


@dataclass(slots=True)
class TimeBank:
    """A bot's time to think. move_s: per turn. bank_s: extra time left for the match."""

    move_s: float
    bank_s: float

    def limit_s(self, left_s: float | None) -> float:
        """Return the limit of a turn; left_s: until the server's deadline, None without one."""
        own_s = self.move_s + self.bank_s
        if left_s is None:
            return own_s
        margin_s = min(_LONGEST_MARGIN_S, left_s * _MARGIN_SHARE)
        return max(_SHORTEST_S, min(own_s, left_s - margin_s))

    def spend(self, taken_s: float) -> None:
        """Charge a turn's time beyond move_s to the bank."""
        self.bank_s = max(0.0, self.bank_s - max(0.0, taken_s - self.move_s))


class Pace:
    """Computes the wait before the next frame: a burst limit, then a rate per second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_s = clock() - FRAMES_AT_ONCE / FRAMES_A_SECOND

    def wait_s(self) -> float:
        """Reserve a slot for one frame and return the seconds until it."""
        now_s = self._clock()
        earliest_s = now_s - FRAMES_AT_ONCE / FRAMES_A_SECOND
        self._free_s = max(self._free_s, earliest_s) + 1 / FRAMES_A_SECOND
        return max(0.0, self._free_s - now_s)
