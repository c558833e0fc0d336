"""A match as a text, one line per round, and a text as a match.

Written are the commands behind a log, with what the match needs to be played again: scenario, rules
and seed. Read, they are decided again, so chance falls as it fell. Times, readiness and the names
of co-facilitators are left out: what is read back has the same orders, pacts, moves, messages and
results, on a match without clocks. docs/notation.md explains the form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from game_rules import RULES_VERSION
from game_rules.errors import InvalidInput, RuleViolation
from game_rules.log import events as e
from game_rules.log.events import Event, EventTuple, Phase, SeatTaken
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.decide import create_match, step
from game_rules.match.flow import settle
from game_rules.nearest import nearest
from game_rules.notation.heading import FORMAT
from game_rules.notation.items import read_item, write_item
from game_rules.notation.words import NotationError, Scanner, parted, written
from game_rules.records.codec import from_json, to_json
from game_rules.records.record import begun, retraced_in
from game_rules.roles import THE_FACILITATOR, Actor, PersonId, Role
from game_rules.rulesets.chosen import RULESETS
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario

LARGEST_NOTATION = 4 * 1024 * 1024
"""In bytes: a text of more is no match that was ever played."""

_LEFT_OUT = (
    c.SetReady,
    c.SkipPhase,
    c.StartMatch,
    c.ExtendDeadline,
    c.PassDeadline,
    c.GoOn,
    c.MakeUpOutage,
)
"""What the clock and readiness do; the text says by its phases what they brought."""

_ROUND_PHASES = (Phase.NEGOTIATION, Phase.DECISION, Phase.REVEAL)
_PHASES = tuple(Phase)
_LINE = re.compile(r"([A-Za-z]+):|([0-9]+)\.(?![0-9])")
_OF_PHASES = {phase.value: phase for phase in (Phase.LOBBY, Phase.BRIEFING, Phase.DEBRIEF)}
_HEADS = ("scenario", "rules", "seed")
_TAILS = ("end", "stop")
_UNPLAYABLE = (ArithmeticError, LookupError, ValueError, AssertionError)


def write_notation(log: Sequence[Event]) -> str:
    """Write a whole log as a text. Raises RecordError for one that the rules would not write."""
    table = _Writing(begun(tuple(log)))
    first = table.position
    lines = [FORMAT, *_write_scenario(first.scenario)]
    lines += [f"rules: {first.rules_version}", f"seed: {_write_seed(first.seed)}", ""]
    lines += table.rounds(log)
    return "".join(f"{line}\n" for line in (*lines, *_write_tail(table.position)))


def read_notation(text: str) -> EventTuple:
    """Read a text as a log, on a match without clocks.

    Raises NotationError naming the first line that cannot be read or played.
    """
    if len(text.encode(errors="replace")) > LARGEST_NOTATION:
        raise NotationError(1, f"begins a text of more than {LARGEST_NOTATION} bytes; no match has")
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1)]
    told = [(n, line) for n, line in lines if line and not line.startswith("#")]
    if not told or told[0][1] != FORMAT:
        number, line = told[0] if told else (1, "")
        raise NotationError(number, f"{line[:40]!r} is no heading; begin with {FORMAT}")
    heads, place = _read_heads(told[1:])
    reading = _Playing(_first(heads))
    for number, line in told[1 + place :]:
        try:
            reading.read(line)
        except (InvalidInput, RuleViolation, *_UNPLAYABLE) as error:
            raise NotationError(number, _one_line(error)) from error
    last = told[-1][0]
    try:
        return reading.ended()
    except (InvalidInput, RuleViolation, *_UNPLAYABLE) as error:
        raise NotationError(last, _one_line(error)) from error


class _Writing:
    """A match that is written down: its position, and the numbers of its proposals."""

    def __init__(self, position: Position) -> None:
        self.position, self.proposals = position, list[int]()

    def seen(self, events: Sequence[Event], position: Position) -> None:
        """Follow what happened."""
        self.proposals += _proposed(events)
        self.position = position

    def rounds(self, log: Sequence[Event]) -> Iterator[str]:
        """Write the lines of a log: of the lobby, the briefing, each round, the debrief."""
        items: dict[tuple[int, Phase], list[str]] = {}
        for act in retraced_in(tuple(log)):
            here = self.position.round, self.position.phase
            items.setdefault(here, [])
            if not isinstance(act.command, _LEFT_OUT):
                items[here].append(write_item(self, act.command, act.actor))
            self.seen(act.events, act.after)
        if self.position.phase is not Phase.LOBBY and not items.get((0, Phase.LOBBY)):
            yield f"{Phase.LOBBY.value}:"  # nobody sits there
        for phase in (Phase.LOBBY, Phase.BRIEFING):
            yield from _labelled(phase, items)
        for number in range(1, self.position.round + 1):
            sections = ["; ".join(items.get((number, x), ())) for x in _ROUND_PHASES]
            yield f"{number}. {_sectioned(sections)}".rstrip()
        yield from _labelled(Phase.DEBRIEF, items)


def _labelled(phase: Phase, items: dict[tuple[int, Phase], list[str]]) -> Iterator[str]:
    """Write the line of a phase outside the rounds, if anything happened there."""
    found = [item for (_, at), each in items.items() if at is phase for item in each]
    if found:
        yield f"{phase.value}: {'; '.join(found)}"


def _sectioned(sections: list[str]) -> str:
    """Join the sections of a round; a decision alone needs no mark.

    >>> _sectioned(["", "A C; B D", ""]), _sectioned(["A says no", "A C", ""])
    ('A C; B D', 'A says no | A C')
    """
    talk, decision, reveal = sections
    if reveal:
        return f"{talk} | {decision} | {reveal}".lstrip()
    return f"{talk} | {decision}" if talk else decision


def _write_tail(position: Position) -> Iterator[str]:
    if position.is_over:
        yield "end:"
    else:
        yield f"stop: {position.round} {position.phase.value}"


def _write_seed(seed: str | None) -> str:
    return seed if seed and seed.isdigit() and str(int(seed)) == seed else written(seed)


def _write_scenario(scenario: Scenario) -> Iterator[str]:
    """Write a scenario by its name, and what is otherwise in it than in the built-in one."""
    if scenario.name not in scenario_names():
        yield f"scenario: {written(to_json(scenario))}"
        return
    own, built_in = to_json(scenario), to_json(shipped_scenario(scenario.name))
    changes = {x: y for x, y in own.items() if built_in.get(x) != y}
    if built_in.keys() - own.keys():  # a key that is left out here would be as it is there
        yield f"scenario: {written(own)}"
    else:
        yield f"scenario: {scenario.name}{f' {written(changes)}' if changes else ''}"


def _read_scenario(words: Scanner) -> Scenario:
    known: dict[str, Any] = {}
    if not words.rest.startswith("{"):
        name = words.word("a scenario")
        if name not in scenario_names():
            raise InvalidInput(f"{name!r} is no scenario; {nearest(name, scenario_names())}")
        known = to_json(shipped_scenario(name))
    shown = words.shown()
    changes = words.value("the scenario") if words.rest else {}
    _require_nothing(words)
    if not isinstance(changes, dict):
        raise InvalidInput(f"{shown} is not what the scenario changes; write an object of JSON")
    keys = {field.name for field in fields(Scenario)}
    if odd := [x for x in changes if x not in keys]:
        raise InvalidInput(f"{odd[0]!r} is no key of a scenario; {nearest(odd[0], keys)}")
    return from_json(Scenario, {**known, **changes}, "scenario")


def _read_heads(lines: list[tuple[int, str]]) -> tuple[dict[str, tuple[int, Scanner]], int]:
    """Read the heading lines; return them by name, and how many there were."""
    heads: dict[str, tuple[int, Scanner]] = {}
    for place, (number, line) in enumerate(lines):
        found = _LINE.match(line)
        if found is None or found[1] not in _HEADS:
            return heads, place
        if found[1] in heads:
            raise NotationError(number, f"{found[1]!r} comes twice; leave one out")
        heads[found[1]] = number, Scanner(line[found.end() :])
    return heads, len(lines)


def _first(heads: dict[str, tuple[int, Scanner]]) -> Position:
    """Begin the match of the heading lines."""
    if "scenario" not in heads:
        raise NotationError(2, "names no scenario; add a line such as `scenario: chicken`")
    number, words = heads["scenario"]
    try:
        scenario = _read_scenario(words)
        version = _version(heads)
        seed = _head(heads, "seed", str, "1")
        return begun(create_match(scenario, seed, None, 0, version))
    except NotationError:
        raise
    except (InvalidInput, *_UNPLAYABLE) as error:
        raise NotationError(number, _one_line(error)) from error


def _version(heads: dict[str, tuple[int, Scanner]]) -> int:
    version = _head(heads, "rules", int, RULES_VERSION)
    if version not in RULESETS:
        known = ", ".join(map(str, RULESETS))
        raise NotationError(heads["rules"][0], f"rules {version} are unknown; write {known}")
    return version


def _head(heads: dict[str, tuple[int, Scanner]], name: str, kind: type, usual: Any) -> Any:
    """Read the value of a heading line. Raises NotationError naming the line."""
    if name not in heads:
        return usual
    number, words = heads[name]
    try:
        value = words.value(name)
        _require_nothing(words)
        return from_json(kind, str(value) if kind is str else value, name)
    except InvalidInput as error:
        raise NotationError(number, _one_line(error)) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class _Playing:
    """A match that is played from a text, line by line."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.proposals = list[int]()
        self._log: list[Event] = [
            *create_match(position.scenario, position.seed or "", None, 0, position.rules_version)
        ]
        self._is_ended = self._has_lobby = False

    def read(self, line: str) -> None:
        """Play one line. Raises InvalidInput or RuleViolation."""
        found = _LINE.match(line)
        if found is None:
            told = "begins neither a round nor a phase"
            raise InvalidInput(f"{line[:40]!r} {told}; write `1. ...` or `lobby: ...`")
        if self._is_ended:
            raise InvalidInput(f"{line[:40]!r} comes after the end; leave it out")
        if found[2] is not None:
            self._read_round(int(found[2]), line[found.end() :])
        elif found[1] in _TAILS:
            self._read_tail(found[1], Scanner(line[found.end() :]))
        elif found[1] in _OF_PHASES:
            self._read_phase(_OF_PHASES[found[1]], line[found.end() :])
        else:
            known = (*_OF_PHASES, *_TAILS)
            raise InvalidInput(f"{found[1]!r} names no phase; {nearest(found[1], known)}")

    def ended(self) -> EventTuple:
        """Return the log; the last round is resolved if the text does not say how it stops.

        Where nobody sits but bots, a phase that waits for nobody ends, as it did in the match.
        """
        if not self._is_ended and self.position.round:
            self._resolve()
        if not self._is_ended:
            self._settle()
        return tuple(self._log)

    def _read_round(self, number: int, rest: str) -> None:
        due = self.position.round + 1
        if number != due:
            raise InvalidInput(f"round {number} does not come next; write `{due}. ...`")
        if self.position.phase is Phase.LOBBY and not self._has_lobby:
            self._seat_people()
        sections = parted(rest, "|")
        if len(sections) > len(_ROUND_PHASES):
            raise InvalidInput(f"round {number} has {len(sections)} parts; write at most 3")
        phases = _ROUND_PHASES if len(sections) > 1 else (Phase.DECISION,)
        self._advance(number, Phase.NEGOTIATION)
        for phase, section in zip(phases, sections, strict=False):
            if section:
                self._advance(number, phase)
                self._require(number, phase)
                self._play(section)

    def _read_phase(self, phase: Phase, rest: str) -> None:
        if phase is Phase.DEBRIEF:
            self._end()
        else:
            self._has_lobby = True
            self._advance(0, phase)
        self._require(self.position.round if phase is Phase.DEBRIEF else 0, phase)
        self._play(rest)

    def _read_tail(self, name: str, words: Scanner) -> None:
        if name == "end":
            self._end()
        else:
            number = int(words.amount("the round"))
            phase = words.one_of(Phase, "a phase")
            self._advance(number, phase)
            self._require(number, phase)
            self._require_waiting(number, phase)
        _require_nothing(words)
        self._is_ended = True

    def _end(self) -> None:
        """End the phases until the match is over. Raises InvalidInput if another round opens."""
        number = self.position.round
        while not self.position.is_over:
            self._skip(number + 1)
            if self.position.round > number:
                told = f"the match does not end after round {number}"
                raise InvalidInput(f"{told}; write round {number + 1}, or leave out the end")

    def _resolve(self) -> None:
        """Resolve the open round, and let the match end that has no further one."""
        number = self.position.round
        while len(self.position.history) < number and not self.position.is_over:
            self._skip(number + 1)
        if number == self.position.scenario.rounds and not self.position.is_over:
            self._skip(number)

    def _advance(self, number: int, phase: Phase) -> None:
        """End phases until a phase of a round is open, or a later one."""
        while self._is_before(number, phase) and not self.position.is_over:
            self._skip(number)

    def _is_before(self, number: int, phase: Phase) -> bool:
        here = self.position.round, _PHASES.index(self.position.phase)
        return here < (number, _PHASES.index(phase))

    def _skip(self, last_round: int) -> None:
        if self.position.phase is Phase.LOBBY:
            self._do(c.StartMatch(), THE_FACILITATOR, last_round)
        else:
            skip = c.SkipPhase(self.position.round, self.position.phase)
            self._do(skip, THE_FACILITATOR, last_round)

    def _require(self, number: int, phase: Phase) -> None:
        here = self.position.round, self.position.phase
        if here != (number, phase):
            told = f"round {number} is not in {phase.value} here"
            raise InvalidInput(f"{told}; it is round {here[0]}, {here[1].value}")

    def _require_waiting(self, number: int, phase: Phase) -> None:
        """Raise InvalidInput where a match of bots alone would have gone on by itself."""
        if self._settle():
            told = f"bots alone do not wait in round {number}, {phase.value}"
            here = self.position.round, self.position.phase.value
            raise InvalidInput(f"{told}; write `stop: {here[0]} {here[1]}`")

    def _settle(self) -> bool:
        """End the phases that wait for nobody, unless a person has ever sat; tell if any did.

        A table with people may have waited for its class, so every phase may be its last.
        """
        if any(isinstance(event, SeatTaken) for event in self._log):
            return False
        events, self.position = settle(self.position, 0)
        self._log += events
        return bool(events)

    def _play(self, section: str) -> None:
        for item in filter(None, parted(section, ";")):
            words = Scanner(item)
            command, actor = read_item(words, self)
            _require_nothing(words)
            self._do(command, actor, self.position.round)

    def _seat_people(self) -> None:
        """Let a person hold each seat, where the text does not say who does."""
        for place, seat in enumerate(self.position.scenario.seats, 1):
            person = PersonId(f"p{place}")
            self._do(c.TakeSeat(seat, seat), Actor(Role.PLAYER, None, person), 0)

    def _do(self, command: c.Command, actor: Actor, last_round: int) -> None:
        events, self.position = step(self.position, command, actor, 0, last_round)
        self.proposals += _proposed(events)
        self._log += events


def _proposed(events: Sequence[Event]) -> list[int]:
    return [x.number for x in events if isinstance(x, e.ProposalMade)]


def _require_nothing(words: Scanner) -> None:
    if words.rest:
        raise InvalidInput(f"{words.shown()} is left over; leave it out, or write `;` before it")
