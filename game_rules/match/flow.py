"""The flow of a match: the order of phases, early ends of phases, and the end of the match.

briefing → (negotiation → decision → reveal) × rounds → debrief; phases of 0 seconds are skipped,
except decision, which every round has.
"""

from game_rules.chance import chance
from game_rules.log import events as e
from game_rules.log.events import EventTuple, Phase
from game_rules.log.evolve import after_round, evolve, fold
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arena_changes
from game_rules.rounds.inject_effects import inject_opened
from game_rules.rounds.resolution import resolution
from game_rules.rulesets.chosen import ruleset_of

_ROUND = (Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL)


def settle(
    position: Position, now_ms: int, last_round: int | None = None
) -> tuple[EventTuple, Position]:
    """End phases that wait for nobody; return the events and the position after them.

    last_round: a phase stays open whose end would open a later round; None: every round may open.
    """
    happened: list[e.Event] = []
    while is_done(position) and not _is_held(position, last_round):
        events, position = end_phase(position, now_ms)
        happened += events
    return tuple(happened), position


def end_phase(position: Position, now_ms: int) -> tuple[EventTuple, Position]:
    """End the open phase: resolve the round after a decision, and open the next phase."""
    match position.phase:
        case Phase.DECISION:
            event, left = resolution(position, now_ms)
            happened, after = _after_resolution(after_round(position, event, left), now_ms)
            return (event, *happened), after
        case Phase.BRIEFING:
            return _open_round(position, 1, now_ms)
        case Phase.NEGOTIATION:
            opened = open_phase(position, position.round, Phase.DECISION, now_ms)
            return (opened,), evolve(position, opened)
        case _:
            return _after_reveal(position, now_ms)


def open_phase(position: Position, number: int, phase: Phase, now_ms: int) -> e.PhaseOpened:
    """Open a phase now; its deadline depends on the scenario's seconds and the pace."""
    return e.PhaseOpened(number, phase, now_ms, phase_deadline_ms(position, phase, now_ms))


def phase_deadline_ms(position: Position, phase: Phase, now_ms: int) -> int | None:
    """Return the deadline of a phase that opens now; None where no clock runs."""
    if position.pace is None:
        return None
    seconds = getattr(position.scenario.seconds, phase.value)
    return now_ms + round(seconds * 1000 * position.pace)


def end(position: Position, reason: e.EndReason, now_ms: int) -> e.MatchEnded:
    """End the match; needs a whole position with its seed."""
    assert position.seed is not None
    return e.MatchEnded(reason, position.seed, now_ms)


def is_waited_for(position: Position, seat: Seat) -> bool:
    """Tell whether the open phase cannot end early because of a seat.

    A person is waited for until ready; a program only for the order of a decision.
    """
    holder = position.holders.get(seat)
    if holder is None:
        return False
    if not holder.is_automatic:
        return not position.ready.get(seat, False)
    if position.phase is not Phase.DECISION or seat in position.orders:
        return False
    return bool(position.arenas_of(seat))


def next_round(position: Position) -> int | None:
    """Return the round that opens when the open phase ends; None if no round does."""
    match position.phase:
        case Phase.BRIEFING:
            return 1
        case Phase.DECISION if position.scenario.seconds.reveal > 0:
            return None
        case Phase.DECISION | Phase.REVEAL if position.round < position.scenario.rounds:
            return position.round + 1
    return None


def may_end(position: Position, now_ms: int) -> bool:
    """Tell whether the open phase waits for nobody, or its time is over."""
    if position.paused_at_ms is not None or position.is_over:
        return False
    return is_done(position) or (position.deadline_ms or now_ms + 1) <= now_ms


def is_done(position: Position) -> bool:
    """Tell whether the open phase waits for nobody."""
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF) or position.paused_at_ms is not None:
        return False
    if position.phase in (Phase.BRIEFING, Phase.REVEAL, Phase.NEGOTIATION):
        seconds = getattr(position.scenario.seconds, position.phase.value)
        if seconds == 0:
            return True
    for seat in position.holders:
        if is_waited_for(position, seat):
            return False
    return bool(position.holders) and not _is_deserted(position)


def _is_held(position: Position, last_round: int | None) -> bool:
    return last_round is not None and (next_round(position) or 0) > last_round


def _is_deserted(position: Position) -> bool:
    """Tell whether all people with seats are away: then no phase ends early."""
    people = [holder for holder in position.holders.values() if holder.person is not None]
    return bool(people) and all(holder.autopilot is not None for holder in people)


def _open_round(position: Position, number: int, now_ms: int) -> tuple[EventTuple, Position]:
    has_talk = position.scenario.seconds.negotiation > 0
    phase = Phase.NEGOTIATION if has_talk else Phase.DECISION
    news = _news(position, number, now_ms)
    if news:
        position = fold(news, position)
    changes = arena_changes(position, number, now_ms)
    if changes:
        position = fold(changes, position)
    told = ruleset_of(position).recommendations(position, number, now_ms)
    if told:
        position = fold(told, position)
    opened = open_phase(position, number, phase, now_ms)
    return (*news, *changes, *told, opened), evolve(position, opened)


def _news(position: Position, number: int, now_ms: int) -> EventTuple:
    """Return the injects that end when a round opens, and the deck's injects that start."""
    if not position.injects and not position.scenario.deck:
        return ()
    over = (
        e.InjectClosed(number, each.inject.name, now_ms)
        for each in position.injects
        if not each.is_closed and each.last_round is not None and each.last_round < number
    )
    known = {each.inject.name for each in position.injects}
    due = (
        inject_opened(inject, number, number, now_ms)
        for inject in position.scenario.deck
        if inject.round == number and inject.name not in known
    )
    return (*over, *due)


def _after_resolution(position: Position, now_ms: int) -> tuple[EventTuple, Position]:
    if position.scenario.seconds.reveal > 0:
        opened = open_phase(position, position.round, Phase.REVEAL, now_ms)
        return (opened,), evolve(position, opened)
    return _after_reveal(position, now_ms)


def _after_reveal(position: Position, now_ms: int) -> tuple[EventTuple, Position]:
    reason = _reason_to_end(position)
    if reason is None:
        return _open_round(position, position.round + 1, now_ms)
    ended = end(position, reason, now_ms)
    return (ended,), evolve(position, ended)


def _reason_to_end(position: Position) -> e.EndReason | None:
    scenario, number = position.scenario, position.round
    assert position.seed is not None
    if number >= scenario.rounds:
        return e.EndReason.ROUNDS_PLAYED
    may_end = scenario.continuation < 1 and number >= scenario.least_rounds
    if may_end and chance(position.seed, "end", number) >= scenario.continuation:
        return e.EndReason.CHANCE
    return None
