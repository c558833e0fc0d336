"""What a guest of a contest may use."""

from dataclasses import dataclass

MEMORY_BYTES = 1 << 30
"""Data of each process of a guest."""
FREE_S = 0.002
"""Part of each turn that is not charged: the way there and back takes most of it."""
FREE_AT_ENDS_S = 0.02
"""The same where a match begins and ends, for which the guest's process is copied."""
LONGEST_ANSWER = 4_096
"""Bytes of a line."""
MOST_PRINTED = 1024 * 1024
"""Bytes that a guest may print in one turn."""
MOST_SHOWN = 4 * 1024
"""Bytes of what a guest prints that a worker passes on; the rest is dropped."""


@dataclass(frozen=True, slots=True)
class GuestLimits:
    """move_s: for a turn, and for the import of a file. bank_s: in all, for a bot and a contest.

    has_network: whether a sandbox lets guests use the network.
    """

    move_s: float = 5.0
    bank_s: float = 60.0
    has_network: bool = False


@dataclass(slots=True)
class Account:
    """The time that one bot has used in a contest: the slowest import, and all other waiting.

    refused: why its file could not be imported, here and now.
    """

    load_s: float = 0.0
    waited_s: float = 0.0
    refused: str | None = None

    def left_s(self, limits: GuestLimits) -> float:
        """Return what is left of the bank."""
        return limits.bank_s - self.load_s - self.waited_s
