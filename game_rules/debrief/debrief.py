"""The debrief of a match as data: sections of remarks, exhibits, questions and plans.

Made from the log alone, so the same log always has the same debrief. Words are given per language
elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game_rules.continuations.trunk import trunk_of
from game_rules.debrief import readings, telling
from game_rules.debrief import remarks as r
from game_rules.debrief.course import Course
from game_rules.debrief.exhibits import exhibits_of, move_id, moves_made, round_id
from game_rules.debrief.remarks import Exhibit, Plan, Remark, Section, Step
from game_rules.errors import InvalidInput
from game_rules.log.events import Event, Phase
from game_rules.log.position import Model, Position
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import Arena, Scenario

MOST_ASKED = 3
"""Questions about moments, and about breaches."""

RECOMMENDED = {
    "trust": (MoveKind.CONFIDENCE, MoveKind.RESTRAINT),
    "diversify": (MoveKind.DIVERSIFY,),
    "issues": (MoveKind.LINK,),
    "theory": (),
    "institutions": (MoveKind.FUND, MoveKind.MEDIATION),
}
"""The paper's five recommendations (Khan 2025), and the moves that each is played by."""

PLANS = (
    Plan(
        50,
        (
            Step(5, "verdict", "verdict"),
            Step(15, "moments", "moments"),
            Step(10, "pledges", "pledges"),
            Step(10, "readings", "realism"),
            Step(10, "questions", "questions"),
        ),
    ),
    Plan(
        75,
        (
            Step(5, "guess", "verdict"),
            Step(5, "verdict", "verdict"),
            Step(20, "moments", "moments"),
            Step(15, "pledges", "pledges"),
            Step(15, "readings", "realism"),
            Step(15, "questions", "questions"),
        ),
    ),
    Plan(
        150,
        (
            Step(10, "guess", "verdict"),
            Step(10, "verdict", "verdict"),
            Step(15, "story", "story"),
            Step(30, "moments", "moments"),
            Step(10, "break", "verdict"),
            Step(20, "pledges", "pledges"),
            Step(25, "readings", "realism"),
            Step(10, "compare", "comparison"),
            Step(20, "questions", "questions"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class SeatBeside:
    """A seat beside the same seat at the other tables of its class. others: their mean points."""

    seat: Seat
    rounds: int
    points: float
    others: float
    difference: float
    rank: int
    of: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """A debrief of a match. arenas: all that were played, as they were in force at first.

    model: what the match is a model of.
    """

    scenario: Scenario
    rules_version: int
    seed: str
    arenas: tuple[Arena, ...]
    sections: tuple[Section, ...]
    exhibits: tuple[Exhibit, ...]
    plans: tuple[Plan, ...]
    model: Model | None


def debrief_of(log: Sequence[Event], beside: Sequence[SeatBeside] = ()) -> Debrief:
    """Make the debrief of a finished match.

    beside: its seats beside those of the class's other tables. Raises InvalidInput for a match of
    older rules, for one in which no round was resolved, and for one that has not ended.
    """
    return debriefed(Course(trunk_of(log, "a debrief")), beside)


def debriefed(course: Course, beside: Sequence[SeatBeside] = ()) -> Debrief:
    """Make the debrief of a match whose course is known. Otherwise as `debrief_of`."""
    _require_end(course.last)
    sections = (
        Section("verdict", tuple(telling.verdict(course))),
        Section("story", tuple(telling.story(course))),
        Section("moments", tuple(telling.moments(course))),
        Section("realism", tuple(readings.realism(course))),
        Section("liberalism", tuple(readings.liberalism(course))),
        Section("constructivism", tuple(readings.constructivism(course))),
        Section("comparison", (*readings.comparison(course), *_class(beside))),
        Section("pledges", tuple(telling.pledges(course))),
        Section("questions", tuple(_questions(course))),
    )
    tables = Exhibit("tables", TABLES, tuple(map(_table_row, beside)))
    exhibits = (*exhibits_of(course), *((tables,) if beside else ()))
    last = course.last
    seed = last.seed or ""
    arenas = course.arenas.values()
    told = sections, exhibits, PLANS, last.model
    return Debrief(last.scenario, last.rules_version, seed, tuple(arenas), *told)


def _require_end(last: Position) -> None:
    """Refuse a match that goes on: what is compared with it would end later than it."""
    if last.phase is not Phase.DEBRIEF:
        played = f"{len(last.history)} of {last.scenario.rounds} rounds were played"
        remedy = "play on, or end it (in notation: facilitator end_match)"
        raise InvalidInput(f"the match has not ended: {played}; {remedy}")


TABLES = ("seat", "rounds", "gained", "others_mean", "difference", "rank", "of")


def _table_row(each: SeatBeside) -> r.Row:
    return r.Row(
        f"table-{each.seat}",
        (
            r.seat(each.seat),
            r.count(each.rounds),
            r.points(each.points),
            r.points(each.others),
            r.difference(each.points, each.others),
            r.count(each.rank),
            r.count(each.of),
        ),
    )


def _class(beside: Sequence[SeatBeside]) -> Iterator[Remark]:
    for each in beside:
        told = {
            "seat": r.seat(each.seat),
            "rank": r.count(each.rank),
            "of": r.count(each.of),
            "rounds": r.count(each.rounds),
            "difference": r.difference(each.points, each.others),
        }
        yield Remark("compare.class", (f"table-{each.seat}",), told)


def _questions(course: Course) -> Iterator[Remark]:
    """Ask about the largest moments and breaches, and about each recommendation of the paper."""
    for place, moment in enumerate(course.moments[:MOST_ASKED], 1):
        told = {
            "round": r.count(moment.choice.round),
            "seat": r.seat(moment.choice.seat),
            "arena": r.arena(moment.choice.arena),
            "action": r.word("action", moment.choice.action.value),
        }
        yield Remark("ask.moment", (f"moment-{place}",), told)
    for place, breach in enumerate(course.breaches[:MOST_ASKED], 1):
        told = {
            "round": r.count(breach.round),
            "seat": r.seat(breach.breach.seat),
            "arena": r.arena(breach.breach.arena),
        }
        yield Remark("ask.breach", (f"breach-{place}",), told)
    yield from _recommendations(course)


def _recommendations(course: Course) -> Iterator[Remark]:
    made, allowed = moves_made(course), course.last.scenario.moves.allowed
    for name, kinds in RECOMMENDED.items():
        there = [kind for kind in kinds if kind in allowed]
        last = round_id(len(course.rounds))
        rows = tuple(map(move_id, there)) or (last,)
        used = any(made[kind] for kind in there)
        kind = f"ask.{name}" if used or not kinds else f"ask.{name}.unused"
        yield Remark(kind, rows)
