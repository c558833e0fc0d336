"""A heap of the deadlines of live matches; it neither waits nor reads the clock."""

from heapq import heapify, heappop, heappush

from server.store.event_store import MatchId

SLACK = 64


class Deadlines:
    """The open deadline of every live match, at most one per match."""

    def __init__(self) -> None:
        self._current: dict[MatchId, int] = {}
        self._heap: list[tuple[int, MatchId]] = []

    def set(self, match_id: MatchId, deadline_ms: int | None) -> None:
        """Set a match's deadline; None removes it."""
        if deadline_ms is None:
            self._current.pop(match_id, None)
        elif self._current.get(match_id) != deadline_ms:
            self._current[match_id] = deadline_ms
            heappush(self._heap, (deadline_ms, match_id))
            if len(self._heap) > 2 * len(self._current) + SLACK:
                self._forget_the_outdated()

    @property
    def entries(self) -> int:
        """Count the entries, including outdated ones."""
        return len(self._heap)

    def _forget_the_outdated(self) -> None:
        """Remove outdated entries: rounds end long before their deadlines, so they accumulate."""
        self._heap = [(deadline_ms, match_id) for match_id, deadline_ms in self._current.items()]
        heapify(self._heap)

    def next_ms(self) -> int | None:
        """Return the earliest open deadline."""
        while self._heap and self._current.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now_ms: int) -> list[MatchId]:
        """Remove and return the matches whose deadline has passed."""
        due = []
        while (deadline_ms := self.next_ms()) is not None and deadline_ms <= now_ms:
            _, match_id = heappop(self._heap)
            del self._current[match_id]
            due.append(match_id)
        return due
