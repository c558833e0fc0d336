"""Matches that go on, and are not open: nobody has come to them since the server has started."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from server.hosting.match_host import GRACE_MS

FINISHING = "match_ended", "match_superseded"
"""Events after which there is work to do that cannot wait."""


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A match that waits for somebody to come, or for its clock.

    opened_at_ms: its phase. deadline_ms: None while no clock runs. last_at_ms: when anything was
    stored last. is_finishing: whether its log has ended, which lists may not know, or is damaged.
    """

    opened_at_ms: int = 0
    deadline_ms: int | None = None
    last_at_ms: int = 0
    is_finishing: bool = False

    def lost_ms(self, down_since_ms: int | None, now_ms: int) -> int:
        """Return how much of its open phase an outage has taken, if it ends now."""
        return max(1, now_ms - max(down_since_ms or 0, self.opened_at_ms))

    def due_ms(self, down_since_ms: int | None, now_ms: int) -> int | None:
        """Return when it has to be open, so that its clock and those who come back find it so."""
        if self.deadline_ms is None:
            return None
        return max(now_ms, self.deadline_ms + self.lost_ms(down_since_ms, now_ms) - GRACE_MS)


def sleeper(payloads: Sequence[str]) -> Sleeper:
    """Tell how a match stands from its last events, the opening of its phase first.

    A damaged one is opened at once, which sets it aside.

    >>> sleeper(['{"type":"phase_opened","round":1,"at_ms":5,"deadline_ms":90}']).deadline_ms
    90
    >>> sleeper(["damaged"]).is_finishing
    True
    """
    try:
        return _fold(payloads)
    except (ValueError, LookupError, TypeError):
        return Sleeper(is_finishing=True)


def _fold(payloads: Sequence[str]) -> Sleeper:
    opened_at_ms, deadline_ms, is_still, is_finishing, last_at_ms = 0, None, False, False, 0
    for told in map(json.loads, payloads):
        is_finishing, last_at_ms = is_finishing or told["type"] in FINISHING, told["at_ms"]
        match told["type"]:
            case "phase_opened":
                opened_at_ms, deadline_ms, is_still = told["at_ms"], told["deadline_ms"], False
            case "deadline_moved":
                deadline_ms = told["deadline_ms"]
            case "match_paused" | "branched":
                is_still = True
            case "match_resumed":
                deadline_ms, is_still = told["deadline_ms"], False
    return Sleeper(opened_at_ms, None if is_still else deadline_ms, last_at_ms, is_finishing)
