"""The bots of live matches. Each sees what a person in its seat would see, no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from game_rules.bots.negotiators import BargainingCommand, Negotiator, is_bargaining, next_commands
from game_rules.bots.orders import order_of_bot
from game_rules.bots.speaker import Speaker
from game_rules.log.events import Event, Phase
from game_rules.log.evolve import evolve
from game_rules.log.position import Holder, Position
from game_rules.match.orders import MakeMove, SaveOrder
from game_rules.match.talk import SaySentence
from game_rules.match.visibility import redact
from game_rules.roles import Seat, seated
from game_rules.scenario.pacts import Pact
from server.logs import log


class BotRunner:
    """Keeps the position, the negotiator and the speaker of every bot of one match."""

    def __init__(self) -> None:
        self._sights: dict[Seat, Position] = {}
        self._negotiators: dict[Seat, Negotiator] = {}
        self._speakers: dict[Seat, Speaker] = {}
        self._pacts_at_order: dict[Seat, tuple[int, tuple[Pact, ...]]] = {}
        self._holders: Mapping[Seat, Holder] = {}
        self._bots: list[Seat] = []

    def follow(
        self, log: Callable[[], Sequence[Event]], new: Sequence[Event], position: Position
    ) -> None:
        """Show the bots the new events. log: returns the whole log, for bots that just joined."""
        if position.holders is not self._holders:
            self._holders = position.holders
            self._bots = [x for x, holder in position.holders.items() if holder.is_automatic]
            self._sights = {x: self._sights[x] for x in self._bots if x in self._sights}
            self._seat_negotiators(position)
        for seat in self._bots:
            self._show(seat, new if seat in self._sights else log(), position)

    def due_words(self, position: Position) -> tuple[tuple[Seat, BargainingCommand], ...]:
        """Return what bots propose and answer now; no bot repeats itself."""
        if not self._negotiators or position.is_over or not is_bargaining(position):
            return ()
        try:
            return tuple(next_commands(self._negotiators.values(), self._sights))
        except Exception:  # an error in a bot must not stop the match for the others
            log.exception("bots_fell_silent")
            return ()

    def due_talk(
        self, position: Position, *, is_bargaining_done: bool
    ) -> tuple[tuple[Seat, SaySentence], ...]:
        """Return the sentences that bots say now: answers, and of their own once they agree."""
        if position.is_over:
            return ()
        lines = tuple(self._spoken(Speaker.lines))
        return lines or (tuple(self._spoken(Speaker.opening)) if is_bargaining_done else ())

    def _spoken(
        self, words: Callable[[Speaker, Position], Iterable[SaySentence]]
    ) -> Iterator[tuple[Seat, SaySentence]]:
        for seat, speaker in self._speakers.items():
            try:
                yield from [(seat, line) for line in words(speaker, self._sights[seat])]
            except Exception:  # an error in a bot must not silence the others
                log.exception("bot_fell_silent", seat=seat)

    def forget(self, seat: Seat) -> None:
        """Let a bot repeat a message that could not be stored."""
        if seat in self._negotiators:
            self._negotiators[seat].forget()
            self._speakers[seat].forget()

    def due_orders(self, position: Position) -> Iterator[tuple[Seat, MakeMove | SaveOrder]]:
        """Yield the moves and orders that bots owe in a decision, or would now change."""
        is_still = position.paused_at_ms is not None or position.is_over
        if position.phase is not Phase.DECISION or is_still:
            return
        for seat, sight in self._sights.items():
            if not position.arenas_of(seat) or self._is_order_current(seat, position):
                continue
            self._pacts_at_order[seat] = (position.round, sight.pacts)
            order = _order(sight, seat, *_bot(position, seat))
            if order.actions != position.orders.get(seat):
                move = self._move(seat)
                if move is not None:
                    yield seat, move
                yield seat, order

    def _move(self, seat: Seat) -> MakeMove | None:
        """Ask a bot for its move; an autopilot makes none."""
        try:
            negotiator = self._negotiators.get(seat)
            return None if negotiator is None else negotiator.move(self._sights[seat])
        except Exception:  # an error in a bot must not stop the match for the others
            log.exception("bot_failed", seat=seat)
            return None

    def _is_order_current(self, seat: Seat, position: Position) -> bool:
        """Tell whether an order is up to date: no pact was concluded after it."""
        if seat not in position.orders:
            return False
        number, pacts = self._pacts_at_order.get(seat, (0, ()))
        return number != position.round or pacts is self._sights[seat].pacts

    def _seat_negotiators(self, position: Position) -> None:
        """Keep one negotiator and one speaker per bot; an autopilot neither signs nor speaks."""
        kept, spoke = self._negotiators, self._speakers
        self._negotiators, self._speakers = {}, {}
        for seat in self._bots:
            if position.holders[seat].is_bot:
                name, seed = _bot(position, seat)
                old = kept.get(seat)
                is_same = old is not None and old.name == name
                self._negotiators[seat] = (
                    old if is_same else Negotiator(seat, name, seed, haggles=True)
                )
                self._speakers[seat] = spoke[seat] if is_same else Speaker(seat, name, seed)

    def _show(self, seat: Seat, events: Iterable[Event], position: Position) -> None:
        sight = self._sights.get(seat)
        for event in events:
            seen = redact(event, seated(seat), position.scenario)
            if seen is not None:
                sight = evolve(sight, seen)
                if seat in self._negotiators:
                    self._negotiators[seat].hear(seen)
                    self._speakers[seat].hear(seen)
        assert sight is not None
        self._sights[seat] = sight


def _bot(position: Position, seat: Seat) -> tuple[str, str]:
    """Return the strategy of a seat, and the seed of its random numbers."""
    holder = position.holders[seat]
    name = holder.strategy or holder.autopilot
    assert name is not None
    assert position.seed is not None
    return name, position.seed


def _order(sight: Position, seat: Seat, name: str, seed: str) -> SaveOrder:
    """Ask a bot for its order; after an error it is empty, and the scenario's policy applies."""
    try:
        return order_of_bot(sight, seat, name, seed)
    except Exception:  # an error in a bot must not stop the match for the others
        log.exception("bot_failed", seat=seat, strategy=name)
        return SaveOrder(sight.round, {})
