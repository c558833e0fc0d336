"""What one person may do at a table: tried with `decide`, to hold the browser's twin to it."""

from collections.abc import Iterator, Mapping
from typing import Any

from game_rules.errors import PactNotAllowed, RuleViolation
from game_rules.games.stage_games import Action
from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.match.visibility import redact
from game_rules.roles import FACILITATOR, PUBLIC, THE_FACILITATOR, Actor, Role, Viewer, seated
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from tests.client.random_matches import PEOPLE


def reach_vectors(log: tuple[Event, ...], step: int) -> Iterator[dict[str, Any]]:
    """Give what each person and the facilitator see and may do, every so many events of a log."""
    for length in range(1, len(log) + 1, step):
        position = fold(log[:length])
        for person in PEOPLE:
            seat = position.seat_of(person)
            actor = Actor(Role.PLAYER, seat, person)
            viewer = PUBLIC if seat is None else seated(seat)
            yield _vector(log[:length], position, actor, viewer)
        yield _vector(log[:length], position, THE_FACILITATOR, FACILITATOR)


def _vector(
    log: tuple[Event, ...], position: Position, actor: Actor, viewer: Viewer
) -> dict[str, Any]:
    redacted = (redact(event, viewer, position.scenario) for event in log)
    you = {"role": actor.role, "seat": actor.seat, "person": actor.person, "name": ""}
    return {
        "you": you,
        "position": fold(event for event in redacted if event is not None),
        "allowed": {
            name: _is_allowed(position, command, actor)
            for name, command in _asked(position, actor).items()
        },
    }


def _is_allowed(position: Position, command: c.Command, actor: Actor) -> bool:
    in_time_ms = min(position.opened_at_ms, (position.deadline_ms or position.opened_at_ms) - 1)
    try:
        decide(position, command, actor, in_time_ms)
    except PactNotAllowed:  # bargaining is open; these terms, or one proposal more, are not
        return True
    except RuleViolation:
        return False
    return True


def _asked(position: Position, actor: Actor) -> Mapping[str, c.Command]:
    """One command for each thing that may be offered, as far as somebody can ask for it."""
    number, seats, seat = position.round, position.scenario.seats, actor.seat
    talk: dict[str, c.Command] = {
        "talking": c.Say((), "Good morning."),
        "meeting": c.Say(tuple(x for x in seats if x != seat)[:1], "Good morning."),
        "ready": c.SetReady(number, position.phase, True),
        "takingBack": c.ReleaseAutopilot(seat or seats[0]),
    }
    if seat is None:
        del talk["takingBack"]  # a facilitator has a door of their own for it
        return talk
    arena = next(iter(position.arenas_of(seat)), None)
    other = next(x for x in seats if x != seat)
    mates = [x.person for x in position.holders[seat].delegates]
    talk["whispering"] = c.Say((seat,), "Good morning.")
    talk["passing"] = c.PassPen(mates[0] if mates else actor.person or PEOPLE[0])
    if arena is not None:
        pledge = Pledge(seat, arena.name, Action.C)
        terms = PactTerms((seat, other), (pledge,), (), 1, Binding.COMMUNIQUE, 0.0, False)
        talk["ordering"] = c.SaveOrder(number, {arena.name: Action.C}, False)
        talk["bargaining"] = c.Propose(number, terms)
    return talk
