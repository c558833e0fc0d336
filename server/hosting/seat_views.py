"""A match as one seat is shown it: the fold of what that seat may see, kept up as the log grows."""

from collections import OrderedDict
from itertools import islice

from game_rules.log.evolve import evolve
from game_rules.log.position import Position
from game_rules.match.visibility import redact
from game_rules.roles import Seat, seated
from server.hosting.match_host import MatchHost
from server.store.event_store import MatchId


class SeatViews:
    """Remembers how far each seat's view was folded; the ones not asked for lately are forgotten.

    Nothing a seat is not shown can be in its view, so nothing worked out from it can tell more.
    """

    most_kept = 256

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[MatchId, Seat], tuple[int, Position]] = OrderedDict()

    def of(self, match: MatchId, host: MatchHost, seat: Seat) -> Position:
        """Give the position of a match as far as a seat knows it."""
        folded, position = self._kept.pop((match, seat), (0, None))
        for event in islice(host.events, folded, None):
            seen = redact(event, seated(seat), host.position.scenario)
            position = position if seen is None else evolve(position, seen)
        assert position is not None, "a log begins with what everybody sees"
        self._kept[match, seat] = (host.seq, position)
        if len(self._kept) > self.most_kept:
            self._kept.popitem(last=False)
        return position
