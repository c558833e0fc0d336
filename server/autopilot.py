"""Bots in the seats of live matches. Each sees what a person in its seat would, no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import structlog

from game_rules.bot_match import order_of_bot
from game_rules.commands import SaveOrder
from game_rules.events import Event, Phase
from game_rules.evolve import evolve
from game_rules.position import Holder, Position
from game_rules.roles import Seat, seated
from game_rules.visibility import redact

log = structlog.get_logger()


class Autopilot:
    """Keeps, for every bot of one match, the position as its seat knows it."""

    def __init__(self) -> None:
        self._sights: dict[Seat, Position] = {}
        self._holders: Mapping[Seat, Holder] = {}
        self._bots: list[Seat] = []

    def follow(
        self, log: Callable[[], Sequence[Event]], new: Sequence[Event], position: Position
    ) -> None:
        """Show the bots what is new. log: everything so far, for bots that just sat down."""
        if position.holders is not self._holders:
            self._holders = position.holders
            self._bots = [x for x, holder in position.holders.items() if holder.is_automatic]
            self._sights = {x: self._sights[x] for x in self._bots if x in self._sights}
        for seat in self._bots:
            self._show(seat, new if seat in self._sights else log(), position)

    def due_orders(self, position: Position) -> Iterator[tuple[Seat, SaveOrder]]:
        """Give the orders that bots still owe in an open decision."""
        if position.phase is not Phase.DECISION or position.paused_at_ms is not None:
            return
        for seat, sight in self._sights.items():
            holder = position.holders[seat]
            name = holder.strategy or holder.autopilot
            if seat not in position.orders and position.arenas_of(seat):
                assert name is not None
                assert position.seed is not None
                yield seat, _order(sight, seat, name, position.seed)

    def _show(self, seat: Seat, events: Iterable[Event], position: Position) -> None:
        sight = self._sights.get(seat)
        for event in events:
            seen = redact(event, seated(seat), position.scenario)
            if seen is not None:
                sight = evolve(sight, seen)
        assert sight is not None
        self._sights[seat] = sight


def _order(sight: Position, seat: Seat, name: str, seed: str) -> SaveOrder:
    """Ask a bot; one that breaks orders nothing, so that the scenario's policy fills in."""
    try:
        return order_of_bot(sight, seat, name, seed)
    except Exception:  # a bot's bug must not stop the match for the others
        log.exception("bot_failed", seat=seat, strategy=name)
        return SaveOrder(sight.round, {})
