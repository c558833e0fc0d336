"""Visibility: the part of an event that a viewer may see. New types are hidden."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from game_rules.log import events as e
from game_rules.roles import Role, Seat, Viewer, seated
from game_rules.rounds.fog import in_fog
from game_rules.scenario.pacts import Pact
from game_rules.scenario.scenario import Press, Scenario
from game_rules.standing.change import as_told_to

Sealed = e.OrderSaved | e.MoveMade | e.MoveTakenBack | e.ForecastSaved


def redact(event: e.Event, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    """Return the part of an event that this viewer may see, or None.

    The archive sees all; it is handed out for ended matches only.
    """
    if viewer.role is Role.ARCHIVE:
        return event
    kind = type(event)
    if kind in _PUBLIC:
        return event
    show = _SHOWN_IN_PART.get(kind)
    return None if show is None else show(event, viewer, scenario)


def shown(events: Iterable[e.Event], seat: Seat, scenario: Scenario) -> list[e.Event]:
    """Return the part of some events that a seat may see."""
    viewer = seated(seat)
    redacted = [redact(event, viewer, scenario) for event in events]
    return [event for event in redacted if event is not None]


def shown_to_each(
    events: Iterable[e.Event], seats: Iterable[Seat], scenario: Scenario
) -> dict[Seat, list[e.Event]]:
    """Return the part of some events that each of some seats may see, as `shown` does.

    What is shown to all, or to one seat alone, is decided once, not once a seat.
    """
    told: dict[Seat, list[e.Event]] = {seat: [] for seat in seats}
    viewers = [(seated(seat), heard) for seat, heard in told.items()]
    for event in events:
        if type(event) in _PUBLIC:
            for _, heard in viewers:
                heard.append(event)
        elif isinstance(event, _OF_ONE_SEAT) and getattr(event, "ready_in", None) is None:
            told.get(event.seat, []).append(event)
        else:
            for viewer, heard in viewers:
                seen = redact(event, viewer, scenario)
                if seen is not None:
                    heard.append(seen)
    return told


def owner(event: e.Event, scenario: Scenario) -> Seat | None:
    """Return the one seat that may see an event; None where other seats may see any of it.

    Viewers who have no seat may see more than that seat.
    """
    if isinstance(event, e.ReadySet) or (isinstance(event, e.OrderSaved) and event.ready_in):
        return None if scenario.shows_ready else event.seat
    return event.seat if isinstance(event, _OF_ONE_SEAT) else None


def _match_created(event: e.MatchCreated, viewer: Viewer, scenario: Scenario) -> e.Event:
    """Hide the seed from all viewers, and future injects from all but the facilitator."""
    if viewer.role is Role.FACILITATOR or not event.scenario.deck:
        return replace(event, seed=None)
    return replace(event, seed=None, scenario=replace(event.scenario, deck=()))


def _branched(event: e.Branched, viewer: Viewer, scenario: Scenario) -> e.Event:
    return event if event.seed is None else replace(event, seed=None)


def _bot_seated(event: e.BotSeated, viewer: Viewer, scenario: Scenario) -> e.Event:
    return event if viewer.role is Role.FACILITATOR else replace(event, strategy=None)


def _facilitators_own(
    event: e.FacilitatorActed | e.PersonRemoved, viewer: Viewer, scenario: Scenario
) -> e.Event | None:
    return event if viewer.role is Role.FACILITATOR else None


def _order_saved(event: e.OrderSaved, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    """Show others at most that a seat is done, which the same event may say."""
    if viewer.owns(event.seat):
        return event
    if event.ready_in is None or not _sees_ready(viewer, scenario):
        return None
    return e.ReadySet(event.round, event.ready_in, event.seat, True, event.at_ms)


def _own_alone(event: Sealed, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    return event if viewer.owns(event.seat) else None


def _recommendation_given(
    event: e.RecommendationGiven, viewer: Viewer, scenario: Scenario
) -> e.Event | None:
    return event if viewer.role is Role.FACILITATOR or viewer.owns(event.seat) else None


def _ready_set(event: e.ReadySet, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    return event if _sees_ready(viewer, scenario) or viewer.owns(event.seat) else None


def _sees_ready(viewer: Viewer, scenario: Scenario) -> bool:
    """Tell whether a viewer may see of other seats whether they are done."""
    return scenario.shows_ready or viewer.role is Role.FACILITATOR


def _message_said(event: e.MessageSaid, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    return event if not event.room or _is_in(viewer, event.room) else None


def _round_resolved(event: e.RoundResolved, viewer: Viewer, scenario: Scenario) -> e.Event:
    is_clear = scenario.monitoring >= 1 or viewer.role is Role.FACILITATOR
    seen = _in_the_open(event, viewer) if is_clear else in_fog(event, viewer.seat)
    return _with_own_moves(_with_own_pacts(seen, viewer, scenario), viewer)


def _in_the_open(event: e.RoundResolved, viewer: Viewer) -> e.RoundResolved:
    """Keep of a change of standing what a viewer is part of; the facilitator sees all."""
    if event.change is None or viewer.role is Role.FACILITATOR:
        return event
    return event.with_change(as_told_to(event.change, viewer.seat))


def _proposal_made(event: e.ProposalMade, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    return event if _is_party(viewer, event.terms.parties, scenario) else None


def _proposal_answered(
    event: e.ProposalAnswered | e.ProposalCountered, viewer: Viewer, scenario: Scenario
) -> e.Event | None:
    return event if _is_party(viewer, event.parties, scenario) else None


def _pact_concluded(event: e.PactConcluded, viewer: Viewer, scenario: Scenario) -> e.Event | None:
    return event if _knows(viewer, event.pact, scenario) else None


def _with_own_pacts(event: e.RoundResolved, viewer: Viewer, scenario: Scenario) -> e.RoundResolved:
    """Remove pacts, and breaches of pacts, between other seats."""
    if not event.pacts and not event.breaches:
        return event
    pacts = tuple(x for x in event.pacts if _knows(viewer, x, scenario))
    breaches = tuple(
        x for x in event.breaches if x.is_public or _is_party(viewer, x.parties, scenario)
    )
    if (pacts, breaches) == (event.pacts, event.breaches):
        return event
    return replace(event, pacts=pacts, breaches=breaches)


def _with_own_moves(event: e.RoundResolved, viewer: Viewer) -> e.RoundResolved:
    """Remove other seats' requests for mediation."""
    if all(not x.audience for x in (*event.moves, *event.effects)):
        return event
    return event.with_moves(
        tuple([x for x in event.moves if not x.audience or _is_in(viewer, x.audience)]),
        tuple([x for x in event.effects if not x.audience or _is_in(viewer, x.audience)]),
    )


def _knows(viewer: Viewer, pact: Pact, scenario: Scenario) -> bool:
    terms = pact.terms
    return terms.binding.is_public or _is_party(viewer, terms.parties, scenario)


def _is_party(viewer: Viewer, parties: tuple[str, ...], scenario: Scenario) -> bool:
    """Tell whether a viewer may see terms; public press shows proposals and communiques to all."""
    return scenario.press is Press.PUBLIC or _is_in(viewer, parties)


def _is_in(viewer: Viewer, room: tuple[str, ...]) -> bool:
    return viewer.role is Role.FACILITATOR or viewer.seat in room


_OF_ONE_SEAT = (
    e.OrderSaved,
    e.MoveMade,
    e.MoveTakenBack,
    e.ForecastSaved,
    e.RecommendationGiven,
)
"""Shown to the seat that they are of, and to no other, but for an order that says it is done."""

_PUBLIC = frozenset(
    {
        e.SeatTaken,
        e.SeatVacated,
        e.ArenaOpened,
        e.ArenaClosed,
        e.ArenaChanged,
        e.DelegateJoined,
        e.DelegateLeft,
        e.PenPassed,
        e.AutopilotEngaged,
        e.AutopilotReleased,
        e.InjectOpened,
        e.InjectClosed,
        e.MatchSuperseded,
        e.PhaseOpened,
        e.MatchPaused,
        e.MatchResumed,
        e.DeadlineMoved,
        e.MatchEnded,
    }
)
"""Shown to everybody as they are."""

_SHOWN_IN_PART: Mapping[type, Callable[[Any, Viewer, Scenario], e.Event | None]] = {
    e.MatchCreated: _match_created,
    e.Branched: _branched,
    e.BotSeated: _bot_seated,
    e.FacilitatorActed: _facilitators_own,
    e.PersonRemoved: _facilitators_own,
    e.OrderSaved: _order_saved,
    e.MoveMade: _own_alone,
    e.MoveTakenBack: _own_alone,
    e.ForecastSaved: _own_alone,
    e.RecommendationGiven: _recommendation_given,
    e.ReadySet: _ready_set,
    e.MessageSaid: _message_said,
    e.RoundResolved: _round_resolved,
    e.ProposalMade: _proposal_made,
    e.ProposalCountered: _proposal_answered,
    e.ProposalAnswered: _proposal_answered,
    e.PactConcluded: _pact_concluded,
}
