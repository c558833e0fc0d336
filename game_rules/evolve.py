"""The reducer: a position and what happened next give the next position.

The browser client holds a twin of this file (client/web/src/rules/evolve.ts); shared vectors in
tests keep the two alike.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from game_rules import events as e
from game_rules.pacts import Proposal
from game_rules.position import Holder, Position
from game_rules.roles import Seat

V = TypeVar("V")


class NoMatchYet(AssertionError):
    """A log that does not begin with `match_created`."""


def fold(events: Iterable[e.Event], start: Position | None = None) -> Position:
    """Play a log, or a part of one, into a position.

    Raises NoMatchYet if there is no start and the first event is not `match_created`.
    """
    position = start
    for event in events:
        position = evolve(position, event)
    if position is None:
        raise NoMatchYet("an empty log has no position")
    return position


def evolve(position: Position | None, event: e.Event) -> Position:
    """Give the position after an event; never fails on an event that `decide` made."""
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
    return _CHANGES[type(event)](event, position)


def _seat_taken(event: e.SeatTaken, position: Position) -> Position:
    return _hold(position, event.seat, Holder(person=event.person, name=event.name))


def _bot_seated(event: e.BotSeated, position: Position) -> Position:
    return _hold(position, event.seat, Holder(is_bot=True, strategy=event.strategy))


def _seat_vacated(event: e.SeatVacated, position: Position) -> Position:
    return position.but(
        holders=_drop(position.holders, event.seat),
        ready=_drop(position.ready, event.seat),
    )


def _phase_opened(event: e.PhaseOpened, position: Position) -> Position:
    return position.but(
        phase=event.phase,
        round=event.round,
        opened_at_ms=event.at_ms,
        deadline_ms=event.deadline_ms,
        ready={},
        orders=position.orders if event.round == position.round else {},
        proposals=position.proposals if event.round == position.round else (),
    )


def _arena_opened(event: e.ArenaOpened, position: Position) -> Position:
    return position.but(arenas=(*position.arenas, event.arena))


def _arena_closed(event: e.ArenaClosed, position: Position) -> Position:
    return position.but(arenas=tuple(a for a in position.arenas if a.name != event.arena))


def _message_said(event: e.MessageSaid, position: Position) -> Position:
    return position.but(messages=(*position.messages, event))


def _proposal_made(event: e.ProposalMade, position: Position) -> Position:
    proposal = Proposal(event.number, event.terms, (event.proposer,))
    return position.but(
        proposals=(*position.proposals, proposal), proposals_made=position.proposals_made + 1
    )


def _proposal_answered(event: e.ProposalAnswered, position: Position) -> Position:
    if not event.accepts:
        return position.but(proposals=_without(position, event.number))
    proposals = tuple(
        replace(x, accepted=(*x.accepted, event.seat)) if x.number == event.number else x
        for x in position.proposals
    )
    return position.but(proposals=proposals)


def _pact_concluded(event: e.PactConcluded, position: Position) -> Position:
    return position.but(
        proposals=_without(position, event.pact.number), pacts=(*position.pacts, event.pact)
    )


def _order_saved(event: e.OrderSaved, position: Position) -> Position:
    return position.but(orders=_put(position.orders, event.seat, event.actions))


def _ready_set(event: e.ReadySet, position: Position) -> Position:
    return position.but(ready=_put(position.ready, event.seat, event.is_ready))


def _round_resolved(event: e.RoundResolved, position: Position) -> Position:
    totals = {s: total + event.gains.get(s, 0.0) for s, total in position.totals.items()}
    return position.but(
        history=(*position.history, event),
        totals=totals,
        orders={},
        standing=event.standing,
        pacts=event.pacts,
    )


def _match_paused(event: e.MatchPaused, position: Position) -> Position:
    return position.but(paused_at_ms=event.at_ms)


def _match_resumed(event: e.MatchResumed, position: Position) -> Position:
    return position.but(paused_at_ms=None, deadline_ms=event.deadline_ms)


def _deadline_moved(event: e.DeadlineMoved, position: Position) -> Position:
    return position.but(deadline_ms=event.deadline_ms)


def _match_ended(event: e.MatchEnded, position: Position) -> Position:
    return position.but(
        phase=e.Phase.DEBRIEF,
        opened_at_ms=event.at_ms,
        deadline_ms=None,
        paused_at_ms=None,
        seed=event.seed,
        end_reason=event.reason,
        orders={},
        ready={},
    )


def _without(position: Position, number: int) -> tuple[Proposal, ...]:
    return tuple(x for x in position.proposals if x.number != number)


def _hold(position: Position, seat: Seat, holder: Holder) -> Position:
    """Seat a new holder, who has not said ready, whatever the one before said."""
    return position.but(
        holders=_put(position.holders, seat, holder),
        ready=_drop(position.ready, seat),
    )


def _put(mapping: Mapping[Seat, V], seat: Seat, value: V) -> dict[Seat, V]:
    return {**mapping, seat: value}


def _drop(mapping: Mapping[Seat, V], seat: Seat) -> dict[Seat, V]:
    return {other: value for other, value in mapping.items() if other != seat}


_CHANGES: Mapping[type, Callable[[Any, Position], Position]] = {
    e.SeatTaken: _seat_taken,
    e.BotSeated: _bot_seated,
    e.SeatVacated: _seat_vacated,
    e.ArenaOpened: _arena_opened,
    e.ArenaClosed: _arena_closed,
    e.PhaseOpened: _phase_opened,
    e.MessageSaid: _message_said,
    e.ProposalMade: _proposal_made,
    e.ProposalAnswered: _proposal_answered,
    e.PactConcluded: _pact_concluded,
    e.OrderSaved: _order_saved,
    e.ReadySet: _ready_set,
    e.RoundResolved: _round_resolved,
    e.MatchPaused: _match_paused,
    e.MatchResumed: _match_resumed,
    e.DeadlineMoved: _deadline_moved,
    e.MatchEnded: _match_ended,
}
