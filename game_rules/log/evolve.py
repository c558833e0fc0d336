"""The reducer: the position after an event, from the position before it.

The browser client has a copy of this file (client/web/src/rules/evolve.ts); shared test vectors
hold the two together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_type_hints

from game_rules.log import events as e
from game_rules.log.position import Delegate, Draft, Holder, Model, OpenedInject, Position
from game_rules.roles import Seat
from game_rules.scenario.pacts import Proposal
from game_rules.scenario.scenario import Arena
from game_rules.standing.change import changed
from game_rules.standing.standing import Standing

V = TypeVar("V")
Reducer = TypeVar("Reducer", bound=Callable[..., Position])


class NoMatchYet(AssertionError):
    """A log that does not begin with `match_created`."""


def fold(events: Iterable[e.Event], start: Position | None = None) -> Position:
    """Apply the events of a log, or of a part of one, to a position.

    Raises NoMatchYet if there is no start and the first event is not `match_created`.
    """
    draft: Draft | None = None
    changed_arenas: dict[str, Arena] = {}
    for event in events:
        if isinstance(event, e.MatchCreated) or start is None:
            start = evolve(start, event)
            draft = None
            continue
        if draft is None:
            draft = start.drafted()
        if isinstance(event, e.ArenaChanged):
            changed_arenas[event.arena.name] = event.arena
            continue
        if changed_arenas:
            _with_arenas(draft, changed_arenas)
            changed_arenas = {}
        CHANGES[type(event)](event, draft)
    if draft is None:
        return _begun(start)
    if changed_arenas:
        _with_arenas(draft, changed_arenas)
    return draft.done()


def _begun(position: Position | None) -> Position:
    if position is None:
        raise NoMatchYet("an empty log has no position")
    return position


def evolve(position: Position | None, event: e.Event) -> Position:
    """Return the position after an event; never fails on an event that `decide` made."""
    if isinstance(event, e.MatchCreated):
        return Position(
            scenario=event.scenario,
            rules_version=event.rules_version,
            seed=event.seed,
            pace=event.pace,
            opened_at_ms=event.at_ms,
            totals={player.seat: 0.0 for player in event.scenario.players},
            arenas=event.scenario.arenas,
            standing=event.standing,
            pacts=event.scenario.pacts,
        )
    if position is None:
        raise NoMatchYet(f"{event.type} cannot be the first event of a log")
    return CHANGES[type(event)](event, position)


CHANGES: dict[type, Callable[[Any, Position], Position]] = {}
"""What each type of event changes."""


def _change(change: Reducer) -> Reducer:
    """Register a function as the change that its type of event makes."""
    CHANGES[get_type_hints(change)["event"]] = change
    return change


@_change
def _seat_taken(event: e.SeatTaken, position: Position) -> Position:
    return _hold(position, event.seat, Holder(person=event.person, name=event.name))


@_change
def _bot_seated(event: e.BotSeated, position: Position) -> Position:
    return _hold(position, event.seat, Holder(is_bot=True, strategy=event.strategy))


@_change
def _seat_vacated(event: e.SeatVacated, position: Position) -> Position:
    return position.but(
        holders=_drop(position.holders, event.seat),
        ready=_drop(position.ready, event.seat),
    )


@_change
def _delegate_joined(event: e.DelegateJoined, position: Position) -> Position:
    holder = position.holders[event.seat]
    shared = (*holder.delegates, Delegate(event.person, event.name))
    return _hold_on(position, event.seat, replace(holder, delegates=shared))


@_change
def _delegate_left(event: e.DelegateLeft, position: Position) -> Position:
    holder = position.holders[event.seat]
    shared = tuple(x for x in holder.delegates if x.person != event.person)
    return _hold_on(position, event.seat, replace(holder, delegates=shared))


@_change
def _pen_passed(event: e.PenPassed, position: Position) -> Position:
    holder = position.holders[event.seat]
    first = next(x for x in holder.delegates if x.person == event.person)
    others = tuple(x for x in holder.people if x.person != event.person)
    passed = replace(holder, person=first.person, name=first.name, delegates=others)
    return _hold_on(position, event.seat, passed)


@_change
def _person_removed(event: e.PersonRemoved, position: Position) -> Position:
    return position.but(removed=(*position.removed, event.person))


@_change
def _autopilot_engaged(event: e.AutopilotEngaged, position: Position) -> Position:
    holder = position.holders[event.seat]
    engaged = replace(holder, autopilot=event.strategy, autopilot_reason=event.reason)
    return _hold_on(position, event.seat, engaged)


@_change
def _autopilot_released(event: e.AutopilotReleased, position: Position) -> Position:
    released = replace(position.holders[event.seat], autopilot=None, autopilot_reason=None)
    return _hold_on(position, event.seat, released)


@_change
def _facilitator_acted(event: e.FacilitatorActed, position: Position) -> Position:
    return position


@_change
def _inject_opened(event: e.InjectOpened, position: Position) -> Position:
    opened = OpenedInject(event.inject, event.first_round, event.last_round)
    return position.but(injects=(*position.injects, opened))


@_change
def _inject_closed(event: e.InjectClosed, position: Position) -> Position:
    injects = tuple(
        replace(x, is_closed=True) if x.inject.name == event.inject else x for x in position.injects
    )
    return position.but(injects=injects)


@_change
def _branched(event: e.Branched, position: Position) -> Position:
    is_model = event.model_from is not None
    return position.but(
        trunk=event.trunk,
        model=Model(event.trunk, event.model_from) if is_model else position.model,
        pace=None if is_model else position.pace,
        seed=event.seed or position.seed,
        deadline_ms=event.deadline_ms,
        paused_at_ms=event.at_ms,
        ready={},
    )


@_change
def _match_superseded(event: e.MatchSuperseded, position: Position) -> Position:
    return position.but(superseded_by=event.branch)


@_change
def _phase_opened(event: e.PhaseOpened, position: Position) -> Position:
    return position.but(
        phase=event.phase,
        round=event.round,
        opened_at_ms=event.at_ms,
        deadline_ms=event.deadline_ms,
        ready={},
        orders=position.orders if event.round == position.round else {},
        order_sources=position.order_sources if event.round == position.round else {},
        proposals=position.proposals if event.round == position.round else (),
        moves=position.moves if event.round == position.round else {},
    )


@_change
def _arena_opened(event: e.ArenaOpened, position: Position) -> Position:
    return position.but(arenas=(*position.arenas, event.arena))


@_change
def _arena_closed(event: e.ArenaClosed, position: Position) -> Position:
    return position.but(arenas=tuple(a for a in position.arenas if a.name != event.arena))


@_change
def _arena_changed(event: e.ArenaChanged, position: Position) -> Position:
    return _with_arenas(position, {event.arena.name: event.arena})


@_change
def _message_said(event: e.MessageSaid, position: Position) -> Position:
    return position.but(messages=position.messages.then(event))


@_change
def _proposal_made(event: e.ProposalMade, position: Position) -> Position:
    proposal = Proposal(event.number, event.terms, (event.proposer,))
    made = position.proposals_made.get(event.proposer, 0) + 1
    return position.but(
        proposals=(*position.proposals, proposal),
        proposals_made={**position.proposals_made, event.proposer: made},
    )


@_change
def _proposal_countered(event: e.ProposalCountered, position: Position) -> Position:
    return position.but(proposals=_without(position, event.number))


@_change
def _proposal_answered(event: e.ProposalAnswered, position: Position) -> Position:
    if not event.accepts:
        return position.but(proposals=_without(position, event.number))
    proposals = tuple(
        replace(x, accepted=(*x.accepted, event.seat)) if x.number == event.number else x
        for x in position.proposals
    )
    return position.but(proposals=proposals)


@_change
def _pact_concluded(event: e.PactConcluded, position: Position) -> Position:
    return position.but(
        proposals=_without(position, event.pact.number), pacts=(*position.pacts, event.pact)
    )


@_change
def _order_saved(event: e.OrderSaved, position: Position) -> Position:
    sources = position.order_sources
    if event.sources or event.seat in sources:
        sources = _put(sources, event.seat, event.sources)
    orders = _put(position.orders, event.seat, event.actions)
    saved = position.but(orders=orders, order_sources=sources)
    if event.ready_in is None:
        return saved
    return saved.but(ready=_put(position.ready, event.seat, True))


@_change
def _move_made(event: e.MoveMade, position: Position) -> Position:
    return position.but(moves=_put(position.moves, event.seat, event.move))


@_change
def _move_taken_back(event: e.MoveTakenBack, position: Position) -> Position:
    return position.but(moves=_drop(position.moves, event.seat))


@_change
def _forecast_saved(event: e.ForecastSaved, position: Position) -> Position:
    about = (event.round, event.seat, event.arena)
    others = tuple(x for x in position.forecasts if (x.round, x.seat, x.arena) != about)
    return position.but(forecasts=(*others, event) if event.actions else others)


@_change
def _recommendation_given(event: e.RecommendationGiven, position: Position) -> Position:
    told = {**position.recommendations.get(event.seat, {}), event.arena: event.action}
    return position.but(recommendations=_put(position.recommendations, event.seat, told))


@_change
def _ready_set(event: e.ReadySet, position: Position) -> Position:
    return position.but(ready=_put(position.ready, event.seat, event.is_ready))


@_change
def _round_resolved(event: e.RoundResolved, position: Position) -> Position:
    change = event.change
    left = event.standing if change is None else changed(position.standing, change)
    return after_round(position, event, left)


def after_round(position: Position, event: e.RoundResolved, left: Standing) -> Position:
    """Return the position after a round whose standing is already known."""
    totals = {s: total + event.gains.get(s, 0.0) for s, total in position.totals.items()}
    whole = event if event.change is None else event.with_standing(left)
    return position.but(
        history=(*position.history, whole),
        totals=totals,
        orders={},
        order_sources={},
        standing=left,
        pacts=event.pacts,
        moves={},
        effects=event.effects,
        recommendations={},
    )


@_change
def _match_paused(event: e.MatchPaused, position: Position) -> Position:
    return position.but(paused_at_ms=event.at_ms)


@_change
def _match_resumed(event: e.MatchResumed, position: Position) -> Position:
    return position.but(paused_at_ms=None, deadline_ms=event.deadline_ms)


@_change
def _deadline_moved(event: e.DeadlineMoved, position: Position) -> Position:
    return position.but(deadline_ms=event.deadline_ms)


@_change
def _match_ended(event: e.MatchEnded, position: Position) -> Position:
    return position.but(
        phase=e.Phase.DEBRIEF,
        opened_at_ms=event.at_ms,
        deadline_ms=None,
        paused_at_ms=None,
        seed=event.seed,
        end_reason=event.reason,
        orders={},
        order_sources={},
        moves={},
        recommendations={},
        ready={},
    )


def _with_arenas(position: Position, changed: Mapping[str, Arena]) -> Position:
    """Change several arenas at once, of which a round has many."""
    return position.but(arenas=tuple([changed.get(a.name, a) for a in position.arenas]))


def _without(position: Position, number: int) -> tuple[Proposal, ...]:
    return tuple(x for x in position.proposals if x.number != number)


def _hold(position: Position, seat: Seat, holder: Holder) -> Position:
    """Set the new holder of a seat, who has not said ready."""
    return position.but(
        holders=_put(position.holders, seat, holder),
        ready=_drop(position.ready, seat),
    )


def _hold_on(position: Position, seat: Seat, holder: Holder) -> Position:
    """Change who shares a seat, or who plays for it; its ready mark stays."""
    return position.but(holders=_put(position.holders, seat, holder))


def _put(mapping: Mapping[Seat, V], seat: Seat, value: V) -> dict[Seat, V]:
    return {**mapping, seat: value}


def _drop(mapping: Mapping[Seat, V], seat: Seat) -> dict[Seat, V]:
    return {other: value for other, value in mapping.items() if other != seat}
