"""The position of a match as a seat or the public sees it, folded on as the log grows."""

from collections import OrderedDict
from itertools import islice

from game_rules.log.evolve import evolve
from game_rules.log.position import Position
from game_rules.match.visibility import redact
from game_rules.roles import Viewer
from server.hosting.match_host import MatchHost
from server.store.event_store import MatchId


class SeatViews:
    """Keeps the folded view of each seat; views that are not used for long are dropped.

    A view holds only what its viewer may see, so results computed from it reveal nothing else.
    """

    most_kept = 256

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[MatchId, Viewer], tuple[int, Position]] = OrderedDict()

    def of(self, match: MatchId, host: MatchHost, viewer: Viewer) -> Position:
        """Return the position of a match as a viewer sees it."""
        folded, position = self._kept.pop((match, viewer), (0, None))
        for event in islice(host.events, folded, None):
            seen = redact(event, viewer, host.position.scenario)
            position = position if seen is None else evolve(position, seen)
        assert position is not None, "a log begins with what everybody sees"
        self._kept[match, viewer] = (host.seq, position)
        if len(self._kept) > self.most_kept:
            self._kept.popitem(last=False)
        return position
