"""The exhibits of a class: every figure that a sentence of its debrief may say."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import fsum

from game_rules.continuations.breaches import BreachEffect
from game_rules.debrief import remarks as r
from game_rules.debrief.class_accounts import COUNTED, ClassTables, SeatAt, TableAccount
from game_rules.debrief.class_forecasts import CLASS_FORECASTS, forecast_rows
from game_rules.debrief.remarks import Exhibit, Row, Value
from game_rules.roles import Seat
from game_rules.standing.integration import Outlook

CLASS_TOTALS = (
    *("tables", "least_rounds", "most_rounds", "index_least", "index_mean", "index_most"),
    *("optimistic", "contested", "pessimistic", "cooperated", "choices"),
    *("pledges", "kept", "executed", "broken"),
    *(effect.value for effect in BreachEffect),
)
CLASS_TABLES = (
    *("table", "condition", "rounds", "index", "outlook", "cooperated", "choices"),
    *("pledges", "broken"),
)
CLASS_ROUNDS = ("table", "round", "index", "cooperated", "choices")
CLASS_SEATS = ("seat", "tables", "points_least", "points_mean", "points_most")
SAME_SEAT = (
    *("seat", "table", "condition", "rounds", "gained", "others_mean", "difference"),
    *("rank", "of"),
)
CLASS_BREACHES = ("table", "round", "seat", "arena", "effect", "own", "others", "planned")
CONDITIONS = (*("condition", "tables", "index_mean", "cooperated", "choices", "pledges", "broken"),)


def class_exhibits(whole: ClassTables) -> tuple[Exhibit, ...]:
    """Make the tables of evidence of a class."""
    return (
        Exhibit("class_totals", CLASS_TOTALS, (Row("class", tuple(class_counts(whole).values())),)),
        Exhibit("class_tables", CLASS_TABLES, tuple(map(_table_row, whole.tables))),
        Exhibit("class_seats", CLASS_SEATS, tuple(_seat_row(whole, x) for x in whole.seats)),
        Exhibit("same_seat", SAME_SEAT, tuple(_same_row(whole, x) for x in whole.beside)),
        Exhibit("class_breaches", CLASS_BREACHES, tuple(_breach_rows(whole))),
        Exhibit("conditions", CONDITIONS, tuple(_condition_rows(whole))),
        Exhibit("class_forecasts", CLASS_FORECASTS, tuple(forecast_rows(whole.forecasts))),
        Exhibit("class_rounds", CLASS_ROUNDS, tuple(_round_rows(whole))),
    )


def class_counts(whole: ClassTables) -> dict[str, Value]:
    """Count what happened at all tables."""
    tables = whole.tables
    lengths, indices = [len(x.rounds) for x in tables], [x.index for x in tables]
    outlooks = Counter(x.outlook for x in tables)
    effects = Counter(breach.effect for _, breach in whole.breaches)
    return {
        "tables": r.count(len(tables)),
        "least_rounds": r.count(min(lengths)),
        "most_rounds": r.count(max(lengths)),
        "index_least": r.index(min(indices)),
        "index_mean": r.index(mean(indices)),
        "index_most": r.index(max(indices)),
        **{x.value: r.count(outlooks[x]) for x in Outlook},
        **acts_of(tables),
        **{name: r.count(sum(x.counts[name] for x in tables)) for name in COUNTED},
        **{x.value: r.count(effects[x]) for x in BreachEffect},
    }


def acts_of(tables: Sequence[TableAccount]) -> dict[str, Value]:
    """Count the choices of some tables, and those that were C."""
    return {
        "cooperated": r.count(sum(x.cooperated for x in tables)),
        "choices": r.count(sum(x.choices for x in tables)),
    }


def mean(values: Sequence[float]) -> float:
    """Return the mean. Source: arithmetic."""
    return fsum(values) / len(values)


def table_id(number: int) -> str:
    """Return the address of a table."""
    return f"at-{number}"


def condition_of(name: str | None) -> Value:
    """Name a condition, or say that there is none."""
    return r.word("condition", "none") if name is None else r.name(name)


def _table_row(x: TableAccount) -> Row:
    return Row(
        table_id(x.number),
        (
            r.table(x.number),
            condition_of(x.condition),
            r.count(len(x.rounds)),
            r.index(x.index),
            r.word("outlook", x.outlook.value),
            *acts_of((x,)).values(),
            r.count(x.counts["pledges"]),
            r.count(x.counts["broken"]),
        ),
    )


def _round_rows(whole: ClassTables) -> Iterator[Row]:
    for x in whole.tables:
        for number, each in enumerate(x.rounds, 1):
            counts = r.count(each.cooperated), r.count(each.choices)
            cells = (r.table(x.number), r.count(number), r.index(each.index), *counts)
            yield Row(f"at-{x.number}-round-{number}", cells)


def points_of(whole: ClassTables, seat: Seat) -> list[float]:
    """List what a seat gained at each table, most first."""
    return [each.beside.points for each in whole.at(seat)]


def _seat_row(whole: ClassTables, seat: Seat) -> Row:
    points = points_of(whole, seat)
    told = map(r.points, (points[-1], mean(points), points[0]))
    return Row(f"class-seat-{seat}", (r.seat(seat), r.count(len(points)), *told))


def same_id(each: SeatAt) -> str:
    """Return the address of a seat at a table."""
    return f"same-{each.beside.seat}-{each.table}"


def _same_row(whole: ClassTables, each: SeatAt) -> Row:
    x = each.beside
    table = next(y for y in whole.tables if y.number == each.table)
    return Row(
        same_id(each),
        (
            r.seat(x.seat),
            r.table(each.table),
            condition_of(table.condition),
            r.count(x.rounds),
            r.points(x.points),
            r.points(x.others),
            r.difference(x.points, x.others),
            r.count(x.rank),
            r.count(x.of),
        ),
    )


def _breach_rows(whole: ClassTables) -> Iterator[Row]:
    for place, (x, each) in enumerate(whole.breaches, 1):
        yield Row(
            f"class-breach-{place}",
            (
                r.table(x.number),
                r.count(each.round),
                r.seat(each.breach.seat),
                r.arena(each.breach.arena),
                r.word("effect", each.effect.value),
                r.points(each.own),
                r.points(each.others),
                r.word("planned", "yes" if each.is_planned else "no"),
            ),
        )


def _condition_rows(whole: ClassTables) -> Iterator[Row]:
    for place, (name, tables) in enumerate(whole.conditions.items(), 1):
        yield Row(
            f"condition-{place}",
            (
                condition_of(name),
                r.count(len(tables)),
                r.index(mean([x.index for x in tables])),
                *acts_of(tables).values(),
                r.count(sum(x.counts["pledges"] for x in tables)),
                r.count(sum(x.counts["broken"] for x in tables)),
            ),
        )
