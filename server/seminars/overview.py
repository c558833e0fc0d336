"""The facilitators' overview of a seminar's matches and people. Pure.

A card holds only what a facilitator may know of a match (see `visibility`): who holds which seat,
who is ready, and what rounds have revealed. It contains no order, nor whether one was saved.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from game_rules.games.stage_games import C
from game_rules.log.events import (
    Event,
    FacilitatorActed,
    MatchEnded,
    Phase,
    PhaseOpened,
    RoundResolved,
)
from game_rules.log.people import Names, called, named
from game_rules.log.position import Holder, Position
from game_rules.roles import PersonId, Seat
from game_rules.scenario.pairings import Pairing
from server.seminars.duplicate import DuplicateScore
from server.seminars.seminar import Seminar, SeminarMatch, Treatment
from server.seminars.store import Roster
from server.seminars.story import StoryItem, story_of


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person who shares a seat. is_here: connected now."""

    person: PersonId
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A seat. country: its name. people: the holder of the pen first.

    bot: the strategy that holds it. autopilot: the strategy that plays for absent people.
    """

    seat: Seat
    country: str
    people: tuple[Sitter, ...]
    bot: str | None
    autopilot: str | None
    is_ready: bool
    is_waited_for: bool


@dataclass(frozen=True, slots=True)
class SignedAct:
    """The last command of a co-facilitator in a match. command: its type."""

    name: str
    command: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class NewsCard:
    """News in effect now. name: the id that takes it back."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A phase of a round."""

    round: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A match on the console. cooperation: the share of C per round; index: 0 to 100 per round.

    undo_to: where an undo of the last phase leads; null where there is nothing to undo.
    waits_for: the numbers of the tables without which it would open its next round now.
    scores: of its seats that people hold at other tables too. story: oldest first.
    """

    match: str
    number: int
    code: str
    treatment: str | None
    phase: Phase
    round: int
    rounds: int
    opened_at_ms: int
    deadline_ms: int | None
    paused_at_ms: int | None
    seats: tuple[SeatCard, ...]
    cooperation: tuple[float, ...]
    index: tuple[float, ...]
    news: tuple[NewsCard, ...]
    signed: SignedAct | None
    undo_to: Moment | None
    waits_for: tuple[int, ...]
    scores: tuple[DuplicateScore, ...]
    story: tuple[StoryItem, ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person of the class. match: None while the person waits."""

    person: PersonId
    name: str
    match: str | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class SeminarCard:
    """A seminar as lists and its own page show it. seats: of its scenario."""

    seminar: str
    code: str
    name: str
    scenario: str
    title: str
    seats: int
    pace: float | None
    pairing: Pairing | None
    bot: str
    treatments: tuple[Treatment, ...]
    created_at_ms: int
    is_archived: bool
    is_rehearsal: bool
    is_open_to_link: bool
    is_together: bool
    is_waiting_named: bool


def seminar_card(seminar: Seminar, title: str, seats: int) -> SeminarCard:
    """Build the card of a seminar."""
    return SeminarCard(
        seminar=seminar.id,
        code=seminar.code,
        name=seminar.name,
        scenario=seminar.scenario,
        title=title,
        seats=seats,
        pace=seminar.pace,
        pairing=seminar.pairing,
        bot=seminar.bot,
        treatments=seminar.treatments,
        created_at_ms=seminar.created_at_ms,
        is_archived=seminar.is_archived,
        is_rehearsal=seminar.is_rehearsal,
        is_open_to_link=seminar.is_open_to_link,
        is_together=seminar.is_together,
        is_waiting_named=seminar.is_waiting_named,
    )


def match_card(
    known: SeminarMatch,
    position: Position,
    events: Sequence[Event],
    here: Collection[str],
    names: Names,
    waits_for: tuple[int, ...] = (),
    scores: tuple[DuplicateScore, ...] = (),
) -> MatchCard:
    """Build the card of a match. here: the people who are connected to it.

    names: of people, where the events hold ids alone.
    """
    scenario, position = position.scenario, named(position, names)
    return MatchCard(
        match=known.match,
        number=known.number,
        code=known.code,
        treatment=known.treatment,
        phase=position.phase,
        round=position.round,
        rounds=scenario.rounds,
        opened_at_ms=position.opened_at_ms,
        deadline_ms=position.deadline_ms,
        paused_at_ms=position.paused_at_ms,
        seats=tuple(_seat(position, player.seat, player.name, here) for player in scenario.players),
        cooperation=tuple(cooperation_of(resolved) for resolved in position.history),
        index=indices_of(position),
        news=tuple(
            NewsCard(x.inject.name, x.inject.title) for x in position.injects if not x.is_closed
        ),
        signed=_signed(events, names),
        undo_to=before_last(events),
        waits_for=waits_for,
        scores=scores,
        story=story_of(events),
    )


def people_cards(roster: Roster, here: Collection[str]) -> tuple[PersonCard, ...]:
    """Build the cards of the class. here: people connected to a match or the waiting room."""
    return tuple(PersonCard(x.person, x.name, x.match, x.person in here) for x in roster.people)


def before_last(events: Sequence[Event]) -> Moment | None:
    """Find the phase that was open before the last one was; the debrief opens with the end.

    None where there is nothing to undo: the start of a match is not taken back.
    """
    opened = filter(None, map(_opening, reversed(events)))
    return next(islice(opened, 1, None), None)


def cooperation_of(resolved: RoundResolved) -> float:
    """Return the share of C among all actions of a round, unweighted."""
    actions = [action for result in resolved.results for action in result.actions.values()]
    return sum(action is C for action in actions) / len(actions) if actions else 0.0


def indices_of(position: Position) -> tuple[float, ...]:
    """Return the integration index after each round, 0 to 100; empty where none is seen."""
    return tuple(x.standing.integration.index for x in position.history if x.standing.integration)


def _opening(event: Event) -> Moment | None:
    match event:
        case PhaseOpened(round=number, phase=phase):
            return Moment(number, phase)
        case MatchEnded():
            return Moment(0, Phase.DEBRIEF)
        case _:
            return None


def _signed(events: Sequence[Event], names: Names) -> SignedAct | None:
    for event in reversed(events):
        if isinstance(event, FacilitatorActed):
            return SignedAct(event.name or called(event.person, names), event.command, event.at_ms)
    return None


def _seat(position: Position, seat: Seat, country: str, here: Collection[str]) -> SeatCard:
    holder = position.holders.get(seat, Holder())
    is_ready = position.ready.get(seat, False)
    keeps_waiting = holder.person is not None and holder.autopilot is None and not is_ready
    return SeatCard(
        seat=seat,
        country=country,
        people=tuple(Sitter(x.person, x.name, x.person in here) for x in holder.people),
        bot=holder.strategy if holder.is_bot else None,
        autopilot=holder.autopilot,
        is_ready=is_ready,
        is_waited_for=keeps_waiting and position.phase not in (Phase.LOBBY, Phase.DEBRIEF),
    )
