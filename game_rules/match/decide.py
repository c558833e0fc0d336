"""The entry point: a command in a position gives events, or a refusal."""

from collections.abc import Sequence

from game_rules import RULES_VERSION
from game_rules.errors import ClassWaits, MatchPaused, NotYours, Superseded
from game_rules.log import events as e
from game_rules.log.events import EventTuple
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import flow
from game_rules.match.command import Command
from game_rules.roles import Actor, Role
from game_rules.rulesets.chosen import ruleset, ruleset_of
from game_rules.scenario.scenario import Scenario


def create_match(
    scenario: Scenario,
    seed: str,
    pace: float | None,
    now_ms: int,
    version: int = RULES_VERSION,
) -> EventTuple:
    """Begin a log. pace multiplies every phase's length; None runs no clock.

    version: of the rules that it is played by. Raises UnknownRules if there is none.
    """
    standing = ruleset(version).first_standing(scenario)
    return (e.MatchCreated(version, scenario, seed, pace, now_ms, standing),)


def decide(position: Position, command: Command, actor: Actor, now_ms: int) -> EventTuple:
    """Return the events of a command: its own and their immediate consequences.

    actor: who asks, as the server knows it. now_ms: the server's clock.
    Raises RuleViolation if the command is not allowed here; then nothing has happened.
    """
    return step(position, command, actor, now_ms)[0]


def step(
    position: Position,
    command: Command,
    actor: Actor,
    now_ms: int,
    last_round: int | None = None,
) -> tuple[EventTuple, Position]:
    """Decide a command; return the events and the position after them.

    last_round: the last round that may open now, because the table waits for others; None: any.
    """
    _require_role(command, actor)
    if position.superseded_by is not None:
        raise Superseded("the match continues in a branch; connect again")
    if position.paused_at_ms is not None and actor.role not in command.while_paused:
        raise MatchPaused("the match is paused; wait until the facilitator resumes it")
    asked = _signed(position, command, actor, now_ms, command.answer(position, actor, now_ms))
    _require_reached(asked, last_round)
    followed, position = flow.settle(fold(asked, position), now_ms, last_round)
    return asked + followed, position


def step_together(
    position: Position, asked: Sequence[tuple[Command, Actor]], now_ms: int
) -> tuple[EventTuple, Position]:
    """Decide sealed choices of several programs; return the events and the position after them.

    It is as if they came one after another, where the phase waits for each of these seats: then
    nothing follows before the last, and nobody's choice depends on another's.
    """
    events: list[e.Event] = []
    for command, actor in asked:
        _require_role(command, actor)
        events += command.answer(position, actor, now_ms)
    followed, position = flow.settle(fold(events, position), now_ms)
    return (*events, *followed), position


def _require_role(command: Command, actor: Actor) -> None:
    if actor.role not in command.by:
        names = " or ".join(role.value for role in command.by)
        raise NotYours(f"{command.type} is for the {names}; you are {actor.role.value}")


def _require_reached(asked: EventTuple, last_round: int | None) -> None:
    """Require that no event opens a round that the table has to wait for."""
    if last_round is None:
        return
    for event in asked:
        if isinstance(event, e.PhaseOpened) and event.round > last_round:
            told = "end their phases, or let each table go at its own pace"
            raise ClassWaits(f"round {event.round} waits for other tables of the class; {told}")


def _signed(
    position: Position, command: Command, actor: Actor, now_ms: int, events: EventTuple
) -> EventTuple:
    """Prepend the name of a co-facilitator to the events."""
    if actor.role is not Role.FACILITATOR or actor.person is None:
        return events
    name = actor.name if ruleset_of(position).names_people else ""
    return (e.FacilitatorActed(actor.person, name, command.type, now_ms), *events)
