"""The debrief of a class: its tables beside each other, each told from its own log alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game_rules.continuations.breaches import BreachEffect
from game_rules.debrief import remarks as r
from game_rules.debrief.class_accounts import COUNTED, ClassTables, SeatAt, TableAccount
from game_rules.debrief.class_exhibits import (
    acts_of,
    class_counts,
    class_exhibits,
    condition_of,
    mean,
    points_of,
    same_id,
    table_id,
)
from game_rules.debrief.class_forecasts import forecast_remarks
from game_rules.debrief.remarks import Exhibit, Remark, Section, Value
from game_rules.errors import InvalidInput
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.integration import Outlook

LEAST_SURE = 10
"""Tables of a condition: with fewer, a difference can well be chance. Assumption."""


@dataclass(frozen=True, slots=True)
class ClassDebrief:
    """A debrief of a class. curves: the index of each table after each of its rounds."""

    scenario: Scenario
    arenas: tuple[Arena, ...]
    sections: tuple[Section, ...]
    exhibits: tuple[Exhibit, ...]
    curves: tuple[tuple[int, tuple[float, ...]], ...]


def class_debrief(accounts: Iterable[TableAccount], beside: Iterable[SeatAt]) -> ClassDebrief:
    """Make the debrief of a class from the accounts of its tables.

    beside: the seats that people held at several tables. Raises InvalidInput without any table.
    """
    tables = tuple(sorted(accounts, key=lambda each: each.number))
    if not tables:
        raise InvalidInput("no table of this class has a debrief; let a match of it end")
    whole = ClassTables(tables, tuple(beside))
    arenas = {arena.name: arena for each in reversed(tables) for arena in each.arenas}
    sections = (
        Section("class_verdict", tuple(_verdict(whole))),
        Section("class_seats", tuple(_seats(whole))),
        Section("class_breaches", tuple(_breaches(whole))),
        Section("conditions", tuple(_conditions(whole))),
        Section("class_forecasts", tuple(forecast_remarks(whole.forecasts, WHOLE))),
        Section("class_questions", tuple(_questions(whole))),
    )
    curves = tuple((x.number, tuple(each.index for each in x.rounds)) for x in tables)
    exhibits = tuple(x for x in class_exhibits(whole) if x.rows)
    return ClassDebrief(tables[0].scenario, tuple(arenas.values()), sections, exhibits, curves)


WHOLE = ("class",)


def _verdict(whole: ClassTables) -> Iterator[Remark]:
    """Say how the tables ended. Source: rules section 4 for the index."""
    said = class_counts(whole)
    first = {x: said[x] for x in ("tables", "least_rounds", "most_rounds")}
    yield Remark("class.tables", WHOLE, first)
    index = {x: said[x] for x in ("index_least", "index_mean", "index_most")}
    yield Remark("class.index", WHOLE, index)
    yield Remark("class.outlooks", WHOLE, {x.value: said[x.value] for x in Outlook})
    if len(whole.tables) > 1:
        for kind, x in (("highest", whole.highest), ("lowest", whole.lowest)):
            told = {
                "table": r.table(x.number),
                "index": r.index(x.index),
                "outlook": r.word("outlook", x.outlook.value),
            }
            yield Remark(f"class.{kind}", (table_id(x.number),), told)
    acts = {x: said[x] for x in ("cooperated", "choices")}
    yield Remark("class.cooperation", WHOLE, acts)


def _seats(whole: ClassTables) -> Iterator[Remark]:
    """Compare each seat over the tables. Source: duplicate bridge, as in the scores of a class."""
    if not whole.seats:
        yield Remark("class.seats.none", WHOLE)
    for seat in whole.seats:
        here = whole.at(seat)
        kind, told = _most_and_least(whole, "class.seat", seat)
        rows = f"class-seat-{seat}", same_id(here[0]), same_id(here[-1])
        yield Remark(kind, rows, told)


def _most_and_least(whole: ClassTables, kind: str, seat: Seat) -> tuple[str, dict[str, Value]]:
    """Give the points of a seat where it gained most and least, and the kind that says in what.

    The kind names the rounds that count where a table played more, or where they differ.
    """
    here = whole.at(seat)
    best, worst = here[0], here[-1]
    told = {
        "seat": r.seat(seat),
        "most": r.points(best.beside.points),
        "high": r.table(best.table),
        "least": r.points(worst.beside.points),
        "low": r.table(worst.table),
    }
    counted = r.count(best.beside.rounds)
    if best.beside.rounds != worst.beside.rounds:
        told |= {"high_rounds": counted, "low_rounds": r.count(worst.beside.rounds)}
        return f"{kind}.rounds", told
    if any(whole.played(each) > each.beside.rounds for each in here):
        return f"{kind}.first", {**told, "rounds": counted}
    return kind, told


def _breaches(whole: ClassTables) -> Iterator[Remark]:
    """Count pledges and breaches over the tables, and name the breach that hurt others most."""
    said = class_counts(whole)
    if not said["pledges"].value:
        yield Remark("class.pledges.none", WHOLE)
        return
    yield Remark("class.pledges", WHOLE, {x: said[x] for x in COUNTED})
    if not whole.breaches:
        return
    yield Remark("class.effects", WHOLE, {x.value: said[x.value] for x in BreachEffect})
    most = max(whole.tables, key=lambda each: each.counts["broken"])
    told = {"table": r.table(most.number), "broken": r.count(most.counts["broken"])}
    yield Remark("class.most_broken", (table_id(most.number),), told)
    place, (x, worst) = min(enumerate(whole.breaches, 1), key=lambda each: each[1][1].others)
    if worst.others < 0:
        hurt = {
            "table": r.table(x.number),
            "round": r.count(worst.round),
            "seat": r.seat(worst.breach.seat),
            "arena": r.arena(worst.breach.arena),
            "others": r.points(worst.others),
        }
        yield Remark("class.worst_breach", (f"class-breach-{place}",), hurt)


def _conditions(whole: ClassTables) -> Iterator[Remark]:
    """Compare the conditions, and warn where there are too few tables to tell."""
    if len(whole.conditions) == 1:
        (name,) = whole.conditions
        kind = "class.conditions.none" if name is None else "class.conditions.one"
        told = {} if name is None else {"condition": condition_of(name)}
        yield Remark(kind, ("condition-1",), told)
        return
    for place, (name, tables) in enumerate(whole.conditions.items(), 1):
        told = {
            "condition": condition_of(name),
            "tables": r.count(len(tables)),
            "index": r.index(mean([x.index for x in tables])),
            **acts_of(tables),
        }
        yield Remark("class.condition", (f"condition-{place}",), told)
    if min(map(len, whole.conditions.values())) < LEAST_SURE:
        yield Remark("class.conditions.few", tuple(_ids("condition", len(whole.conditions))))


def _ids(name: str, count: int) -> Iterator[str]:
    return (f"{name}-{place}" for place in range(1, count + 1))


def _questions(whole: ClassTables) -> Iterator[Remark]:
    """Ask three questions: about the tables, about a seat, and about the pledges."""
    yield _ask_of_tables(whole)
    yield _ask_of_seat(whole)
    said = class_counts(whole)
    if said["broken"].value:
        told = {x: said[x] for x in ("broken", "pledges")}
        yield Remark("ask.class.breaches", WHOLE, told)
    else:
        kind = "kept" if said["pledges"].value else "unbound"
        yield Remark(f"ask.class.{kind}", WHOLE)


def _ask_of_tables(whole: ClassTables) -> Remark:
    high, low = whole.highest, whole.lowest
    if high is low:
        return Remark("ask.class.alone", (table_id(high.number),), {"table": r.table(high.number)})
    told = {
        "high": r.table(high.number),
        "most": r.index(high.index),
        "low": r.table(low.number),
        "least": r.index(low.index),
    }
    return Remark("ask.class.tables", (table_id(high.number), table_id(low.number)), told)


def _ask_of_seat(whole: ClassTables) -> Remark:
    """Ask about the seat whose points differ most from table to table."""
    if not whole.seats:
        acts = {x: class_counts(whole)[x] for x in ("cooperated", "choices")}
        return Remark("ask.class.cooperation", WHOLE, acts)

    def spread(seat: Seat) -> float:
        points = points_of(whole, seat)
        return points[0] - points[-1]

    seat = max(whole.seats, key=spread)
    best, worst = whole.at(seat)[0], whole.at(seat)[-1]
    kind, told = _most_and_least(whole, "ask.class.seat", seat)
    return Remark(kind, (same_id(best), same_id(worst)), told)
