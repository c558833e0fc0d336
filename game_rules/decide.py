"""The one way in: a command against a position gives events, or a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from game_rules import RULES_VERSION, flow
from game_rules import commands as c
from game_rules import events as e
from game_rules.chance import chance
from game_rules.errors import (
    ArenaNotYours,
    InvalidInput,
    MatchPaused,
    NotNow,
    NotYours,
    PactNotAllowed,
    SeatUnavailable,
    TalkNotAllowed,
    TooLate,
    WrongRound,
)
from game_rules.events import Phase
from game_rules.evolve import fold
from game_rules.pacts import Pact, check_terms
from game_rules.position import Position
from game_rules.roles import Actor, Role, Seat
from game_rules.scenario import Press, Scenario
from game_rules.standing import first_standing
from game_rules.strategies import strategy

Events = tuple[e.Event, ...]

LONGEST_MESSAGE = 1000
LONGEST_NAME = 40
MOST_PROPOSALS = 8
LONGEST_EXTENSION_MS = 60 * 60 * 1000

_WHILE_PAUSED = (c.ResumeMatch, c.EndMatch, c.SeatBot, c.ClearSeat, c.TakeSeat, c.LeaveSeat)
_UNTIL_PLAY = (Phase.LOBBY, Phase.BRIEFING)


def create_match(scenario: Scenario, seed: str, pace: float | None, now_ms: int) -> Events:
    """Begin a log. pace multiplies every phase's time; None runs no clock."""
    standing = first_standing(scenario)
    return (e.MatchCreated(RULES_VERSION, scenario, seed, pace, now_ms, standing),)


def decide(position: Position, command: c.Command, actor: Actor, now_ms: int) -> Events:
    """Turn a command into events: its own, and what follows at once from them.

    actor: who asks, as the server knows it. now_ms: the server's clock.
    Raises RuleViolation if the command is not allowed here; then nothing has happened.
    """
    return step(position, command, actor, now_ms)[0]


def step(
    position: Position, command: c.Command, actor: Actor, now_ms: int
) -> tuple[Events, Position]:
    """Decide, and give the position after the events too. Raises as `decide` does."""
    _require_role(command, actor)
    _require_not_paused(position, command, actor)
    asked = _ANSWERS[type(command)](position, command, actor, now_ms)
    followed, position = flow.settle(fold(asked, position), now_ms)
    return asked + followed, position


def _require_role(command: c.Command, actor: Actor) -> None:
    allowed = ROLES[type(command)]
    if actor.role not in allowed:
        names = " or ".join(role.value for role in allowed)
        raise NotYours(f"{command.type} is for the {names}; you are {actor.role.value}")


def _require_not_paused(position: Position, command: c.Command, actor: Actor) -> None:
    if position.paused_at_ms is None or isinstance(command, _WHILE_PAUSED):
        return
    if isinstance(command, c.Say) and actor.role is Role.FACILITATOR:
        return
    raise MatchPaused("the match is paused; wait until the facilitator resumes it")


def _take_seat(position: Position, command: c.TakeSeat, actor: Actor, now_ms: int) -> Events:
    _require_not_over(position)
    _require_seat(position, command.seat)
    name = " ".join(command.name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise SeatUnavailable(f"a name has 1 to {LONGEST_NAME} letters, this one {len(name)}")
    if actor.person is None:
        raise NotYours("only a person who has joined can take a seat; join with the code first")
    holder = position.holders.get(command.seat)
    if holder is not None and not holder.is_bot:
        raise SeatUnavailable(f"{command.seat} is held by {holder.name}; choose another seat")
    taken = e.SeatTaken(command.seat, actor.person, name, now_ms)
    old = position.seat_of(actor.person)
    if old is None:
        return (taken,)
    if position.phase not in _UNTIL_PLAY:
        raise SeatUnavailable(f"you hold {old}; after the briefing only the facilitator reseats")
    return (e.SeatVacated(old, now_ms), taken)


def _leave_seat(position: Position, command: c.LeaveSeat, actor: Actor, now_ms: int) -> Events:
    _require_not_over(position)
    return (e.SeatVacated(_own_seat(position, actor), now_ms),)


def _seat_bot(position: Position, command: c.SeatBot, actor: Actor, now_ms: int) -> Events:
    _require_not_over(position)
    _require_seat(position, command.seat)
    return (e.BotSeated(command.seat, strategy(command.strategy).name, now_ms),)


def _clear_seat(position: Position, command: c.ClearSeat, actor: Actor, now_ms: int) -> Events:
    _require_not_over(position)
    _require_seat(position, command.seat)
    if command.seat not in position.holders:
        raise SeatUnavailable(f"{command.seat} is free already; nothing to clear")
    return (e.SeatVacated(command.seat, now_ms),)


def _start_match(position: Position, command: c.StartMatch, actor: Actor, now_ms: int) -> Events:
    if position.phase is not Phase.LOBBY:
        raise NotNow(f"the match has started; it is in {position.phase.value}")
    return (flow.open_phase(position, 0, Phase.BRIEFING, now_ms),)


def _say(position: Position, command: c.Say, actor: Actor, now_ms: int) -> Events:
    text = command.text.strip()
    if not 1 <= len(text) <= LONGEST_MESSAGE:
        raise TalkNotAllowed(f"a message has 1 to {LONGEST_MESSAGE} letters, this one {len(text)}")
    for seat in command.room:
        _require_seat(position, seat)
    if actor.role is Role.FACILITATOR:
        room = _in_seat_order(position, command.room)
        return (e.MessageSaid(position.round, None, room, text, command.act, now_ms),)
    seat = _own_seat(position, actor)
    _require_press(position, command)
    room = _in_seat_order(position, (seat, *command.room)) if command.room else ()
    if room == (seat,):
        raise TalkNotAllowed("the room holds only you; name another seat, or none for everyone")
    return (e.MessageSaid(position.round, seat, room, text, command.act, now_ms),)


def _propose(position: Position, command: c.Propose, actor: Actor, now_ms: int) -> Events:
    seat = _own_seat(position, actor)
    _require_bargaining(position, command.round, now_ms)
    if seat not in command.terms.parties:
        raise PactNotAllowed(f"{seat} is no party to its own proposal; make it one")
    for party in command.terms.parties:
        _require_seat(position, party)
    try:
        check_terms(command.terms, position.arenas)
    except InvalidInput as problem:
        raise PactNotAllowed(str(problem)) from problem
    open_now = sum(proposal.accepted[0] == seat for proposal in position.proposals)
    if open_now >= MOST_PROPOSALS:
        raise PactNotAllowed(f"{open_now} of your proposals are open; withdraw one first")
    number = _number(position)
    return (e.ProposalMade(position.round, number, seat, command.terms, now_ms),)


def _answer(position: Position, command: c.AnswerProposal, actor: Actor, now_ms: int) -> Events:
    seat = _own_seat(position, actor)
    _require_bargaining(position, command.round, now_ms)
    found = next((x for x in position.proposals if x.number == command.number), None)
    if found is None or seat not in found.terms.parties:
        raise PactNotAllowed(f"no proposal {command.number} waits for {seat}; it may have lapsed")
    if command.accepts and seat in found.accepted:
        raise PactNotAllowed(f"{seat} has accepted already; wait for the others")
    parties, number = found.terms.parties, position.round
    answered = e.ProposalAnswered(number, found.number, parties, seat, command.accepts, now_ms)
    if not command.accepts or len(found.accepted) + 1 < len(parties):
        return (answered,)
    pact = Pact(found.number, found.terms, number, number + found.terms.rounds - 1)
    return (answered, e.PactConcluded(number, pact, now_ms))


def _number(position: Position) -> int:
    """A number that does not tell how many proposals others have made."""
    assert position.seed is not None
    return int(chance(position.seed, "proposal", position.proposals_made) * 2**53)


def _require_bargaining(position: Position, number: int, now_ms: int) -> None:
    _require_round(position, number)
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        raise NotNow(f"pacts are for negotiation and decision; it is {position.phase.value}")
    if position.scenario.press is Press.NONE:
        raise TalkNotAllowed("this scenario is played without talk, and so without pacts")
    _require_in_time(position, now_ms)


def _save_order(position: Position, command: c.SaveOrder, actor: Actor, now_ms: int) -> Events:
    seat = _own_seat(position, actor)
    _require_round(position, command.round)
    if position.phase not in (Phase.NEGOTIATION, Phase.DECISION):
        raise NotNow(f"orders are for negotiation and decision; it is {position.phase.value}")
    _require_in_time(position, now_ms)
    own = [arena.name for arena in position.arenas_of(seat)]
    for name in command.actions:
        if name not in own:
            raise ArenaNotYours(f"{name} is no arena of {seat}; choose among {', '.join(own)}")
    merged = {**position.orders.get(seat, {}), **command.actions}
    actions = {name: merged[name] for name in own if name in merged}
    saved = e.OrderSaved(position.round, seat, actions, now_ms)
    if not command.is_ready:
        return (saved,)
    return (saved, e.ReadySet(position.round, position.phase, seat, True, now_ms))


def _set_ready(position: Position, command: c.SetReady, actor: Actor, now_ms: int) -> Events:
    seat = _own_seat(position, actor)
    _require_phase(position, command.round, command.phase)
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
        raise NotNow(f"nobody waits for ready in {position.phase.value}")
    return (e.ReadySet(command.round, command.phase, seat, command.is_ready, now_ms),)


def _pause_match(position: Position, command: c.PauseMatch, actor: Actor, now_ms: int) -> Events:
    _require_running(position)
    return (e.MatchPaused(now_ms),)


def _resume_match(position: Position, command: c.ResumeMatch, actor: Actor, now_ms: int) -> Events:
    if position.paused_at_ms is None:
        raise NotNow("the match is not paused; nothing to resume")
    deadline_ms = position.deadline_ms
    if deadline_ms is not None:
        deadline_ms += now_ms - position.paused_at_ms
    return (e.MatchResumed(deadline_ms, now_ms),)


def _extend(position: Position, command: c.ExtendDeadline, actor: Actor, now_ms: int) -> Events:
    if not 0 < command.by_ms <= LONGEST_EXTENSION_MS:
        raise NotNow(f"{command.by_ms} ms; extend by 1 to {LONGEST_EXTENSION_MS} ms at a time")
    if position.deadline_ms is None:
        raise NotNow("no deadline is open; there is nothing to extend")
    deadline_ms = max(position.deadline_ms, now_ms) + command.by_ms
    return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.EXTENDED, now_ms),)


def _skip_phase(position: Position, command: c.SkipPhase, actor: Actor, now_ms: int) -> Events:
    _require_running(position)
    _require_phase(position, command.round, command.phase)
    return flow.end_phase(position, now_ms)[0]


def _end_match(position: Position, command: c.EndMatch, actor: Actor, now_ms: int) -> Events:
    _require_not_over(position)
    return (flow.end(position, e.EndReason.FACILITATOR, now_ms),)


def _pass_deadline(
    position: Position, command: c.PassDeadline, actor: Actor, now_ms: int
) -> Events:
    _require_phase(position, command.round, command.phase)
    if position.deadline_ms is None or now_ms < position.deadline_ms:
        raise NotNow(f"the deadline is {position.deadline_ms}, it is {now_ms}; wait for it")
    return flow.end_phase(position, now_ms)[0]


def _make_up(position: Position, command: c.MakeUpOutage, actor: Actor, now_ms: int) -> Events:
    if position.deadline_ms is None or command.by_ms <= 0:
        raise NotNow("no time was lost on an open deadline; nothing to make up")
    deadline_ms = position.deadline_ms + command.by_ms
    return (e.DeadlineMoved(deadline_ms, e.DeadlineReason.OUTAGE, now_ms),)


def _own_seat(position: Position, actor: Actor) -> Seat:
    if actor.seat is None or actor.seat not in position.holders:
        raise NotYours("you hold no seat; take one first")
    return actor.seat


def _require_seat(position: Position, seat: Seat) -> None:
    if seat not in position.totals:
        raise SeatUnavailable(f"{seat} is no seat here; choose among {', '.join(position.totals)}")


def _require_round(position: Position, number: int) -> None:
    if number != position.round:
        raise WrongRound(f"round {number} is not open; it is round {position.round}")


def _require_phase(position: Position, number: int, phase: Phase) -> None:
    _require_round(position, number)
    if phase is not position.phase:
        raise NotNow(f"{phase.value} is not open; it is {position.phase.value}")


def _require_in_time(position: Position, now_ms: int) -> None:
    """A decision closes at its deadline; a draft is never late, for the decision is to come."""
    deadline_ms = position.deadline_ms
    if position.phase is Phase.DECISION and deadline_ms is not None and now_ms >= deadline_ms:
        late_ms = now_ms - deadline_ms
        raise TooLate(f"{late_ms} ms after the deadline; what was saved before it counts")


def _require_running(position: Position) -> None:
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
        raise NotNow(f"no round is being played in {position.phase.value}")


def _require_not_over(position: Position) -> None:
    if position.is_over:
        raise NotNow("the match is over; its record is open for replay")


def _require_press(position: Position, command: c.Say) -> None:
    press = position.scenario.press
    if position.is_over:
        return
    if press is Press.NONE:
        raise TalkNotAllowed("this scenario is played without talk")
    if press is Press.PUBLIC and command.room:
        raise TalkNotAllowed("this scenario has public talk only; address everyone")


def _in_seat_order(position: Position, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    return tuple(seat for seat in position.totals if seat in seats)


_PLAYER, _HOST, _CLOCK = (Role.PLAYER,), (Role.FACILITATOR,), (Role.CLOCK,)

ROLES: Mapping[type, tuple[Role, ...]] = {
    c.TakeSeat: _PLAYER,
    c.LeaveSeat: _PLAYER,
    c.SeatBot: _HOST,
    c.ClearSeat: _HOST,
    c.StartMatch: _HOST,
    c.Say: (Role.PLAYER, Role.FACILITATOR),
    c.Propose: _PLAYER,
    c.AnswerProposal: _PLAYER,
    c.SaveOrder: _PLAYER,
    c.SetReady: _PLAYER,
    c.PauseMatch: _HOST,
    c.ResumeMatch: _HOST,
    c.ExtendDeadline: _HOST,
    c.SkipPhase: _HOST,
    c.EndMatch: _HOST,
    c.PassDeadline: _CLOCK,
    c.MakeUpOutage: _CLOCK,
}
"""Which role may ask for what; whose seat is checked where it matters."""

_ANSWERS: Mapping[type, Callable[[Position, Any, Actor, int], Events]] = {
    c.TakeSeat: _take_seat,
    c.LeaveSeat: _leave_seat,
    c.SeatBot: _seat_bot,
    c.ClearSeat: _clear_seat,
    c.StartMatch: _start_match,
    c.Say: _say,
    c.Propose: _propose,
    c.AnswerProposal: _answer,
    c.SaveOrder: _save_order,
    c.SetReady: _set_ready,
    c.PauseMatch: _pause_match,
    c.ResumeMatch: _resume_match,
    c.ExtendDeadline: _extend,
    c.SkipPhase: _skip_phase,
    c.EndMatch: _end_match,
    c.PassDeadline: _pass_deadline,
    c.MakeUpOutage: _make_up,
}
