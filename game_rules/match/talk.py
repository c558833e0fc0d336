"""Messages: the rooms and senders that the press level allows."""

from dataclasses import replace
from typing import Annotated

from game_rules.errors import TalkNotAllowed
from game_rules.limits import Limit, SeatCode, Typed
from game_rules.log import events as e
from game_rules.log.events import Act, EventTuple
from game_rules.log.position import Position
from game_rules.log.sentences import (
    FORMS,
    MOST_POINTS,
    NO_ARGUMENTS,
    Arguments,
    Sentence,
    in_english,
)
from game_rules.match.command import FACILITATOR, PLAYER, Command, command
from game_rules.match.conditions import in_seat_order, own_seat, require_seat
from game_rules.match.seating import name_of
from game_rules.roles import Actor, Role, Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.scenario import Press

LONGEST_MESSAGE = 1000
MOST_ADDRESSED = 64


Room = Annotated[tuple[SeatCode, ...], Limit(most=MOST_ADDRESSED)]


@command("say", by=PLAYER + FACILITATOR, while_paused=FACILITATOR)
class Say(Command):
    """A seat or the facilitator sends a message. room: the seats addressed; empty is everyone.

    A room of nobody but the own seat is its line with the facilitator.
    """

    room: Room
    text: Annotated[str, Limit(least=1, most=LONGEST_MESSAGE, typed=Typed.MESSAGE)]
    act: Act | None = None

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        text = self.text.strip()
        if not 1 <= len(text) <= LONGEST_MESSAGE:
            told = f"a message has 1 to {LONGEST_MESSAGE} letters, this one {len(text)}"
            raise TalkNotAllowed(told)
        return (_said(position, actor, self.room, text, self.act, now_ms),)


@command("say_sentence", by=PLAYER + FACILITATOR, while_paused=FACILITATOR)
class SaySentence(Command):
    """A message that is a sentence of the catalogue, and its arguments; rules 2 only.

    room: as of `say`.
    """

    room: Room
    sentence: Sentence
    arguments: Arguments = NO_ARGUMENTS

    def answer(self, position: Position, actor: Actor, now_ms: int) -> EventTuple:
        act = FORMS[self.sentence].act
        said = _said(position, actor, self.room, "", act, now_ms)
        problem = objection(position, self.sentence, self.arguments)
        if problem is not None:
            raise TalkNotAllowed(problem)
        return (replace(said, sentence=self.sentence, arguments=self.arguments),)


def objection(position: Position, sentence: Sentence, arguments: Arguments) -> str | None:
    """Return why a sentence cannot be said in this match; None if it can."""
    if not ruleset_of(position).has_sentences:
        version = position.rules_version
        return f"the match is played by rules {version}, which know no sentences; write a text"
    takes, given = FORMS[sentence].takes, arguments.given()
    wanted = f"{sentence} takes {', '.join(takes)}"
    if lacking := [name for name in takes if name not in given]:
        return f"{wanted}; add {', '.join(lacking)}"
    if odd := [name for name in given if name not in takes and name != "voice"]:
        return f"{wanted}; leave out {', '.join(odd)}"
    return _unknown(position, arguments)


def _unknown(position: Position, arguments: Arguments) -> str | None:
    """Return what in some arguments the match does not have, or nobody can offer."""
    scenario, arena, number = position.scenario, arguments.arena, arguments.round
    points = arguments.number
    if arguments.seat is not None and arguments.seat not in scenario.seats:
        return f"no seat {arguments.seat}; choose among {', '.join(scenario.seats)}"
    if arena is not None and arena not in (known := _arenas_of(position)):
        return f"no arena {arena}; choose among {', '.join(known)}"
    if number is not None and not 1 <= number <= scenario.rounds:
        return f"no round {number}; choose 1 to {scenario.rounds}"
    if points is not None and not 0 <= points <= MOST_POINTS:
        return f"{points:g} points; choose 0 to {MOST_POINTS:g}"
    return None


def _arenas_of(position: Position) -> tuple[str, ...]:
    """Name the arenas that are in force, and those that were played before."""
    played = (result.arena for resolved in position.history for result in resolved.results)
    return tuple(dict.fromkeys((*(arena.name for arena in position.arenas), *played)))


def text_of(said: e.MessageSaid, position: Position) -> str:
    """Return the text of a message, or its sentence in English."""
    if said.sentence is None:
        return said.text
    scenario = position.scenario
    titles = {arena.name: arena.title for arena in (*scenario.arenas, *position.arenas)}
    return in_english(
        said.sentence,
        said.arguments,
        lambda seat: scenario.player(Seat(seat)).name,
        lambda name: titles.get(name, name),
    )


def _said(
    position: Position,
    actor: Actor,
    addressed: tuple[Seat, ...],
    text: str,
    act: Act | None,
    now_ms: int,
) -> e.MessageSaid:
    """Make a message of whoever sends it, if they may talk there."""
    for seat in addressed:
        require_seat(position, seat)
    if actor.role is Role.FACILITATOR:
        room = in_seat_order(position, addressed)
        return e.MessageSaid(position.round, None, room, text, act, now_ms)
    seat = own_seat(position, actor)
    room = in_seat_order(position, (seat, *addressed)) if addressed else ()
    if room != (seat,):  # the seat's line with the facilitator is always open
        _require_press(position, room)
    speaker = _speaker(position, seat, actor)
    return e.MessageSaid(position.round, seat, room, text, act, now_ms, speaker)


def _require_press(position: Position, room: tuple[Seat, ...]) -> None:
    press = position.scenario.press
    if position.is_over:
        return
    if press is Press.NONE:
        raise TalkNotAllowed("this scenario is played without talk")
    if press is Press.PUBLIC and room:
        raise TalkNotAllowed("this scenario has public talk only; address everyone")


def _speaker(position: Position, seat: Seat, actor: Actor) -> str | None:
    """Return the speaker if several people may share a seat: by name, or by id in rules 2."""
    if position.scenario.delegates == 1:
        return None
    if not ruleset_of(position).names_people:
        return actor.person
    return name_of(position.holders[seat], actor.person) or None
