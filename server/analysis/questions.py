"""The questions, as work for another process: pure functions of a log and of what is asked.

A process remembers the last matches that it was asked about, because reading one takes as long as
answering. A record may be forged so that it takes for ever; so a piece of work has a limit of the
processor's time.
"""

import contextlib
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from game_rules import RULES_VERSION
from game_rules.continuations.averages import average_of, brought_in
from game_rules.continuations.breaches import breaches_of
from game_rules.continuations.choices import (
    Brought,
    ChosenOrder,
    JudgedChoice,
    choices_of,
    judged_in,
    moments,
    weighed,
)
from game_rules.continuations.forecast import QUANTILES, Outset, Rollout, outcomes_of, outset_of
from game_rules.continuations.forecast import runs_of as _runs_of
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.debrief.course import Course
from game_rules.debrief.debrief import SeatBeside, debriefed
from game_rules.errors import InvalidInput, RulesError
from game_rules.log.events import EventTuple, MatchCreated
from game_rules.log.evolve import fold
from game_rules.log.people import Names, with_names
from game_rules.notation.notation import read_notation
from game_rules.records.codec import dumps
from game_rules.records.record import begun, read_record, write_record
from game_rules.roles import ARCHIVE, PUBLIC, Seat, Viewer, seated
from server.analysis.answers import (
    ForecastFound,
    MomentsFound,
    beside_told,
    breach_told,
    choice_told,
    what_if_told,
)
from server.debrief.page import write_page
from server.debrief.told import debrief_told
from server.exports.seen import seen_log
from server.version import SOFTWARE_VERSION

RUNS, SEED = 100, "forecast"
"""Of a forecast: the seed is always the same, so that all who ask see the same figures."""

LONGEST_PIECE_S = 20.0
"""Of the processor; the largest match that people play takes a tenth of it."""

LONGEST_READING_S = 2.0
"""Of the processor, for a notation, which strangers may send; the longest played takes 0.1 s."""

LARGEST_SENT = 2 * 1024 * 1024
"""A record in bytes: four times the largest match that people have played."""

MOST_KEPT = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A match to ask about. key: what it is known by. of: its log, or a file that may be one."""

    key: str
    of: EventTuple | bytes


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why a question is not answered. Errors do not all survive the way between processes."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a round begins in a log: after so many events.

    firsts: which of these, from 0, are the first of a command.
    """

    events: int
    firsts: tuple[int, ...]


class _TooLong(InvalidInput):
    """A piece of work took longer than it may."""


class _OlderRules(InvalidInput):
    """The match was played by other rules than those of today."""


_CODES: tuple[tuple[type[RulesError], str], ...] = (
    (_OlderRules, "older_rules"),
    (_TooLong, "too_long"),
)


def answered(question: Callable[..., Any], *about: Any) -> Any:
    """Answer a question, or say why not."""
    try:
        with _limited(LONGEST_PIECE_S):
            return question(*about)
    except RulesError as error:
        codes = (code for kind, code in _CODES if isinstance(error, kind))
        return Unanswered(next(codes, "invalid_input"), str(error))


@contextlib.contextmanager
def _limited(most_s: float) -> Generator[None]:
    """Stop what takes too long; a thread beside the main one cannot be stopped, and is not."""

    def stop(number: int, frame: object) -> None:
        limit = f"a part of it takes more than {most_s:.0f} s"
        raise _TooLong(f"the match is too large for this server: {limit}; use the command detente")

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, most_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


_trunks: OrderedDict[str, Trunk] = OrderedDict()
_outsets: OrderedDict[tuple[str, int], Outset] = OrderedDict()


def _trunk(source: Source) -> Trunk:
    """Read a match, or remember it. Raises InvalidInput."""
    if source.key not in _trunks:
        log = source.of if isinstance(source.of, tuple) else read_record(source.of).log
        _require_rules(log)
        _keep(_trunks, source.key, trunk_of(log))
    return _trunks[source.key]


def _require_rules(log: EventTuple) -> None:
    created = log[0]
    if isinstance(created, MatchCreated) and created.rules_version != RULES_VERSION:
        theirs, ours = created.rules_version, RULES_VERSION
        remedy = f"only matches of rules {ours} can be weighed"
        raise _OlderRules(f"this match was played by rules {theirs}; {remedy}")


def _keep(kept: OrderedDict[Any, Any], key: object, value: object) -> None:
    kept[key] = value
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def found_cut(source: Source, number: int) -> str:
    """Find where a round begins; write a `Cut`. Raises InvalidInput for one that was not played."""
    trunk = _trunk(source)
    place = trunk.start_of(number)
    firsts = tuple(act.place for act in trunk.acts[:place])
    return dumps(Cut(len(trunk.events_before(place)), (0, *firsts)))


def rounds_of(source: Source) -> int:
    """Count the rounds of a match."""
    return _trunk(source).rounds


def choices_in(source: Source, number: int) -> tuple[JudgedChoice, ...]:
    """Weigh the choices of one round."""
    return judged_in(_trunk(source), number)


def found_moments(source: Source, every: tuple[JudgedChoice, ...]) -> str:
    """Choose the moments among all choices; write a `MomentsFound`."""
    told = tuple(map(choice_told, moments(every)))
    breaches = tuple(map(breach_told, breaches_of(_trunk(source))))
    return dumps(MomentsFound(len(every), told, breaches))


def found_debrief(
    source: Source,
    every: tuple[JudgedChoice, ...],
    language: str,
    names: Names | None,
    beside: tuple[SeatBeside, ...],
) -> str:
    """Write the debrief of a match in a language: a `DebriefFound`. names: None leaves them out."""
    trunk = _trunk(source)
    debrief = debriefed(Course(trunk, every), beside)
    holders = {} if names is None else fold(with_names(trunk.log, names)).holders
    page = write_page(debrief, language, SOFTWARE_VERSION, holders)
    return dumps(debrief_told(debrief, language, page))


def what_if(source: Source, number: int, seat: Seat, arena: str) -> str:
    """Change one choice; write a `WhatIfFound`. Raises InvalidInput for one that was not made."""
    trunk = _trunk(source)
    return dumps(what_if_told(weighed(trunk, _choice(trunk, number, seat, arena))))


def runs_of_choice(
    source: Source, number: int, seat: Seat, arena: str, first: int, last: int
) -> tuple[Brought, ...]:
    """Weigh one choice under some other lucks. Raises InvalidInput, as `what_if`."""
    trunk = _trunk(source)
    return brought_in(trunk, _choice(trunk, number, seat, arena), first, last)


def found_average(runs: tuple[Brought, ...]) -> str:
    """Put runs together; write an `Averaged`."""
    return dumps(average_of(runs))


def _choice(trunk: Trunk, number: int, seat: Seat, arena: str) -> ChosenOrder:
    for choice in choices_of(trunk):
        if (choice.round, choice.seat, choice.arena) == (number, seat, arena):
            return choice
    raise InvalidInput(f"{seat} chose nothing in {arena} in round {number}; see the replay")


def found_beside(source: Source, model: EventTuple) -> str:
    """Compare a match with a model of it; write a `BesideFound`.

    Raises InvalidInput for another match than the one that the model began with.
    """
    trunk = _trunk(source)
    position = fold(model)
    assert position.model is not None, "the caller has seen that it is a model"
    start = position.model.round
    shared = trunk.events_before(trunk.start_of(start))
    if model[: len(shared)] != shared:
        other = (
            f"this is another record than the one that the model began with, {position.model.trunk}"
        )
        raise InvalidInput(f"{other}; open that one")
    return dumps(beside_told(trunk, position, start))


def runs_of(source: Source, number: int, first: int, last: int) -> tuple[Rollout, ...]:
    """Play some runs of a forecast from a round."""
    return _runs_of(_outset(source, number), SEED, first, last)


def _outset(source: Source, number: int) -> Outset:
    key = source.key, number
    if key not in _outsets:
        _keep(_outsets, key, outset_of(_trunk(source), number, {}))
    return _outsets[key]


def found_forecast(source: Source, number: int, runs: tuple[Rollout, ...]) -> str:
    """Put runs together; write a `ForecastFound`."""
    found = outcomes_of(_outset(source, number), runs)
    about = found.fans, found.chances, found.is_crisis_open
    return dumps(ForecastFound(number, found.runs, QUANTILES, *about))


def log_seen(source: Source, view: str) -> str:
    """Write what a viewer may see of a record, as a `Log`. Raises InvalidInput."""
    assert isinstance(source.of, bytes), "of a stored match its log is read elsewhere"
    record = read_record(source.of)
    scenario = begun(record.log).scenario
    return seen_log(record.log, _viewer(view, scenario.seats), scenario, record.names)


def record_of(source: Source) -> str:
    """Play a text in notation; write its record. Raises InvalidInput, as `read_notation`."""
    assert isinstance(source.of, bytes), "a notation is sent"
    try:
        text = source.of.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the text is not UTF-8 ({error.reason}); save it as UTF-8") from error
    with _limited(LONGEST_READING_S):
        record = write_record(read_notation(text), SOFTWARE_VERSION)
    if len(record) > LARGEST_SENT:
        limit = f"the match has a record of more than {LARGEST_SENT} bytes"
        raise InvalidInput(f"{limit}; use the command detente replay")
    return record


def _viewer(view: str, seats: tuple[Seat, ...]) -> Viewer:
    if view in ("archive", "public"):
        return ARCHIVE if view == "archive" else PUBLIC
    if view not in seats:
        raise InvalidInput(f"view {view}; choose archive, public, or one of {', '.join(seats)}")
    return seated(Seat(view))
