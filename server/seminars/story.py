"""The story of a table for its facilitators: the few events that a class would talk about. Pure.

Everything in it is public at the table, or known to its facilitators (see `visibility`).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from game_rules.log.control_events import AutopilotEngaged, AutopilotReason
from game_rules.log.events import (
    BotSeated,
    Event,
    MatchEnded,
    PhaseOpened,
    RoundResolved,
    SeatTaken,
    SeatVacated,
)
from game_rules.log.pact_events import PactConcluded
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding
from game_rules.standing.incidents import Concept

MOST_LEFT = 10
"""The last seats that somebody left; a story tells no more of them."""


class StoryKind(StrEnum):
    """What happened. All but LEFT are told once: the first time."""

    BROKEN_TREATY = "broken_treaty"
    CRISIS = "crisis"
    STRONG_PACT = "strong_pact"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One event of a table's story. seats: whom it concerns, who did it first."""

    kind: StoryKind
    round: int
    seats: tuple[Seat, ...]
    at_ms: int


def story_of(events: Sequence[Event]) -> tuple[StoryItem, ...]:
    """Tell a table's story, oldest first."""
    told: dict[StoryKind, StoryItem] = {}
    left: list[StoryItem] = []
    held: set[Seat] = set()
    number = 0
    for event in events:
        match event:
            case PhaseOpened(round=number):
                pass
            case SeatTaken(seat=seat):
                held.add(seat)
            case BotSeated(seat=seat):
                held.discard(seat)
        if number == 0 and not isinstance(event, MatchEnded):
            continue  # who goes before round 1 is replaced, and no story
        for item in _items(event, number, held):
            if item.kind is StoryKind.LEFT:
                left.append(item)
            else:
                told.setdefault(item.kind, item)
    return tuple(sorted([*told.values(), *left[-MOST_LEFT:]], key=lambda item: item.at_ms))


def _items(event: Event, number: int, held: Collection[Seat]) -> list[StoryItem]:
    def item(kind: StoryKind, *seats: Seat) -> StoryItem:
        return StoryItem(kind, number, seats, at_ms=event.at_ms)

    match event:
        case RoundResolved():
            return _of_round(event, item)
        case PactConcluded(pact=pact) if pact.terms.binding in (Binding.ESCROW, Binding.EXECUTED):
            return [item(StoryKind.STRONG_PACT, *map(Seat, pact.terms.parties))]
        case SeatVacated(seat=seat) if seat in held:
            return [item(StoryKind.LEFT, seat)]
        case AutopilotEngaged(seat=seat, reason=AutopilotReason.ABSENT):
            return [item(StoryKind.LEFT, seat)]
        case MatchEnded():
            return [item(StoryKind.ENDED)]
        case _:
            return []


def _of_round(resolved: RoundResolved, item: Callable[..., StoryItem]) -> list[StoryItem]:
    broken = next((x for x in resolved.breaches if x.is_public), None)
    crisis = next((x for x in resolved.incidents if x.concept in _CRISES), None)
    others = (x for x in broken.parties if x != broken.seat) if broken else ()
    return [
        *([item(StoryKind.BROKEN_TREATY, broken.seat, *others)] if broken else ()),
        *([item(StoryKind.CRISIS, *crisis.seats)] if crisis else ()),
    ]


_CRISES = Concept.CRISIS, Concept.BRINK
