"""The items of a notation: what one seat, the facilitator or the clock asks of the match.

Common commands have words of their own. Every other command is its name in the protocol with its
fields, so that nothing that a match can hold lacks a form. Readiness and time are left out: a line
says in which phase something happened, and phases end when the text goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Protocol

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action
from game_rules.log.events import Act
from game_rules.log.position import Position
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.nearest import nearest
from game_rules.notation.terms import read_action, read_seats, read_terms, write_terms
from game_rules.notation.words import Scanner, quoted, written
from game_rules.records.codec import from_json, to_json
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role, Seat
from game_rules.scenario.moves import Move, MoveKind

Asked = tuple[c.Command, Actor]

_BY_NAME: Mapping[str, type[c.Command]] = {kind.type: kind for kind in c.COMMANDS}
_OTHERS: Mapping[str, Actor] = {"facilitator": THE_FACILITATOR, "clock": THE_CLOCK}
_ACTIONS = tuple(action.value for action in Action)


class _Setting(Protocol):
    """What an item is about: the position, and the proposals made so far, by their numbers."""

    position: Position
    proposals: list[int]


def write_item(table: _Setting, command: c.Command, actor: Actor) -> str:
    """Write what somebody asked for."""
    own = _own_words(table, command, actor)
    return own if own is not None else f"{_write_actor(actor)} {_plain(command)}"


def read_item(words: Scanner, table: _Setting) -> Asked:
    """Read what somebody asks for. Raises InvalidInput for what cannot be read."""
    actor = _read_actor(words, table.position)
    shown = words.shown()
    verb = words.word("what is done")
    if reader := _VERBS.get(verb):
        return reader(words, table, actor)
    if verb in _BY_NAME:
        return _read_plain(words, table.position, _BY_NAME[verb]), actor
    seat = actor.seat
    if seat is not None and (verb in _ACTIONS or any(map(words.is_next, _ACTIONS))):
        return c.SaveOrder(table.position.round, _read_order(words, table, seat, verb)), actor
    told = f"{shown} is nothing that {actor.seat or actor.role.value} can do"
    arenas = [arena.name for arena in table.position.arenas_of(seat)] if seat else []
    if arenas and (len(verb) == 1 or verb in arenas):
        raise InvalidInput(f"{told}; write C or D{f' after {verb}' if verb in arenas else ''}")
    raise InvalidInput(f"{told}; {nearest(verb, (*_VERBS, *_BY_NAME, *arenas))}")


def _own_words(table: _Setting, command: c.Command, actor: Actor) -> str | None:
    """Write a common command in its own words; None if it has none here."""
    who = _write_actor(actor)
    match command:
        case c.SaveOrder(actions=actions) if actor.seat and actions and _are_plain(actions):
            return f"{who} {_write_order(table.position, actor.seat, actions)}"
        case c.Say(room=room, text=text, act=act):
            told = f" as {act.value}" if act else ""
            return f"{who} says {quoted(text)}{_write_room(room, actor)}{told}"
        case c.SaySentence(room=room, sentence=sentence, arguments=arguments):
            given = "".join(f" {x}={written(y)}" for x, y in to_json(arguments).items())
            return f"{who} says {sentence.value}{given}{_write_room(room, actor)}"
        case c.Propose(terms=terms):
            return f"{who} offers #{len(table.proposals) + 1} {write_terms(terms)}"
        case c.CounterProposal(number=number, terms=terms):
            own = len(table.proposals) + 1
            return f"{who} answers #{_place(table, number)} with #{own} {write_terms(terms)}"
        case c.AnswerProposal(number=number, accepts=accepts):
            return f"{who} {'accepts' if accepts else 'declines'} #{_place(table, number)}"
        case c.MakeMove(move=move):
            return f"{who} moves {_write_move(move)}"
        case c.SaveForecast(arena=arena, actions=actions):
            seen = ", ".join(f"{seat} {action.value}" for seat, action in actions.items())
            return f"{who} expects {arena}: {seen or 'nothing'}"
        case c.SeatBot(seat=seat, strategy=name):
            return f"{seat} plays {name}"
        case c.TakeSeat(seat=seat, name=name) if actor.seat is None and actor.person:
            return f"{seat} held by {written(actor.person)}{f' {quoted(name)}' if name else ''}"
    return None


def _are_plain(actions: Mapping[str, Action]) -> bool:
    """Tell whether no name of an arena is read as a verb."""
    return not any(name in _VERBS or name in _BY_NAME for name in actions)


def _write_order(position: Position, seat: Seat, actions: Mapping[str, Action]) -> str:
    own = [arena.name for arena in position.arenas_of(seat)]
    chosen = set(actions.values())
    if len(chosen) == 1 and list(actions) == own:
        return next(iter(chosen)).value
    return ", ".join(f"{name} {action.value}" for name, action in actions.items())


def _read_order(words: Scanner, table: _Setting, seat: Seat, first: str) -> dict[str, Action]:
    if first in _ACTIONS:
        return {arena.name: Action(first) for arena in table.position.arenas_of(seat)}
    actions = {first: read_action(words)}
    while words.take(","):
        name = words.word("an arena")
        actions[name] = read_action(words)
    return actions


def _write_room(room: Sequence[Seat], actor: Actor) -> str:
    if not room:
        return ""
    others = [seat for seat in room if seat != actor.seat]
    return f" to {', '.join(others) or 'facilitator'}"


def _read_room(words: Scanner, actor: Actor) -> tuple[Seat, ...]:
    if not words.take_word("to"):
        return ()
    own = () if actor.seat is None else (actor.seat,)
    if own and words.take_word("facilitator"):
        return own
    return (*own, *read_seats(words))


def _write_move(move: Move) -> str:
    other = f" and {move.other_arena}" if move.other_arena else ""
    beside = f" with {', '.join(move.seats)}" if move.seats else ""
    return f"{move.kind.value} {move.arena}{other}{beside}"


def _place(table: _Setting, number: int) -> int:
    return table.proposals.index(number) + 1


def _write_actor(actor: Actor) -> str:
    if actor.role is not Role.PLAYER:
        return actor.role.value
    person = f"/{written(actor.person)}" if actor.person else ""
    return f"{actor.seat or ''}{person}"


def _read_actor(words: Scanner, position: Position) -> Actor:
    shown = words.shown()
    name = words.word("a seat")
    if name in _OTHERS:
        return _OTHERS[name]
    if name not in position.scenario.seats:
        known = (*position.scenario.seats, *_OTHERS)
        raise InvalidInput(f"{shown} does not begin with a seat; {nearest(name, known)}")
    person = PersonId(words.word("a person")) if words.take("/") else None
    return Actor(Role.PLAYER, Seat(name), person)


def _plain(command: c.Command) -> str:
    """Write a command by its name and fields."""
    document = to_json(command)
    values = {x: y for x, y in document.items() if x not in ("type", "round")}
    return " ".join((command.type, *(f"{x}={written(y)}" for x, y in values.items())))


def _read_plain(words: Scanner, position: Position, kind: Any) -> c.Command:
    document: dict[str, Any] = {"type": kind.type}
    while words.rest:
        name = words.word("a field")
        words.need("=")
        document[name] = words.value(name)
    if "round" in (field.name for field in fields(kind)):
        document.setdefault("round", position.round)
    return from_json(kind, document)


def _read_says(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    if words.rest.startswith('"'):
        text = words.word("a text")
        room = _read_room(words, actor)
        act = words.one_of(Act, "a speech act") if words.take_word("as") else None
        return c.Say(room, text, act), actor
    sentence = words.one_of(Sentence, "a sentence, or a text in quotation marks")
    document: dict[str, Any] = {}
    while words.rest and not words.is_next("to"):
        key = words.word("an argument")
        words.need("=")
        document[key] = words.value(key)
    room = _read_room(words, actor)
    return c.SaySentence(room, sentence, from_json(Arguments, document)), actor


def _read_offers(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    _require_next(words, table)
    return c.Propose(table.position.round, read_terms(words)), actor


def _read_answers(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    number = _read_number(words, table, actor)
    words.need("with")
    _require_next(words, table)
    return c.CounterProposal(table.position.round, number, read_terms(words)), actor


def _read_accepts(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    return c.AnswerProposal(table.position.round, _read_number(words, table, actor), True), actor


def _read_declines(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    return c.AnswerProposal(table.position.round, _read_number(words, table, actor), False), actor


def _read_number(words: Scanner, table: _Setting, actor: Actor) -> int:
    """Read which proposal is meant, by its place in the match; it must be open to the seat."""
    words.need("#")
    place, count = int(words.amount("a proposal")), len(table.proposals)
    if not 1 <= place <= count:
        told = f"there is no proposal #{place} yet"
        raise InvalidInput(f"{told}; {f'write #1 to #{count}' if count else 'offer one first'}")
    number = table.proposals[place - 1]
    found = next((x for x in table.position.proposals if x.number == number), None)
    if found is None:
        raise InvalidInput(f"proposal #{place} is not open any more; leave out the answer")
    if actor.seat not in found.terms.parties:
        parties = ", ".join(found.terms.parties)
        raise InvalidInput(f"proposal #{place} is among {parties}; one of these can answer")
    return number


def _require_next(words: Scanner, table: _Setting) -> None:
    """Read the place of a new proposal; it counts on from the last one."""
    due = len(table.proposals) + 1
    words.need("#")
    place = int(words.amount("a proposal"))
    if place != due:
        raise InvalidInput(f"#{place} is not the number of the next proposal; write #{due}")


def _read_moves(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    kind = words.one_of(MoveKind, "a move")
    arena = words.word("an arena")
    other = words.word("an arena") if words.take_word("and") else None
    seats = read_seats(words) if words.take_word("with") else ()
    return c.MakeMove(table.position.round, Move(kind, arena, other, seats)), actor


def _read_expects(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    arena = words.word("an arena")
    words.need(":")
    actions: dict[Seat, Action] = {}
    has_more = not words.take_word("nothing")
    while has_more:
        seat = Seat(words.word("a seat"))
        actions[seat] = read_action(words)
        has_more = words.take(",")
    return c.SaveForecast(table.position.round, arena, actions), actor


def _read_plays(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    return c.SeatBot(actor.seat or Seat(""), words.word("a strategy")), THE_FACILITATOR


def _read_held(words: Scanner, table: _Setting, actor: Actor) -> Asked:
    words.need("by")
    person = PersonId(words.word("a person"))
    name = words.word("a name") if words.rest.startswith('"') else ""
    return c.TakeSeat(actor.seat or Seat(""), name), Actor(Role.PLAYER, None, person)


_Reader = Callable[[Scanner, _Setting, Actor], Asked]
_VERBS: Mapping[str, _Reader] = {
    "says": _read_says,
    "offers": _read_offers,
    "answers": _read_answers,
    "accepts": _read_accepts,
    "declines": _read_declines,
    "moves": _read_moves,
    "expects": _read_expects,
    "plays": _read_plays,
    "held": _read_held,
}
