"""Duplicate scoring: each seat of a class against the same seat at the other tables. Pure.

Seats of a scenario are unequal, so a rank among the seats of one table says more about the seat
than about its player. As in duplicate bridge, a result is compared with the results of those who
sat in the same seat of the same scenario. Only seats that people hold count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from game_rules.log.position import Position
from game_rules.roles import PersonId, Seat
from server.exports.pages import Row, page
from server.seminars.seminar import SeminarMatch

NEAR = 1e-9
"""Points that differ by less are equal."""

COLUMNS = (
    *("match", "table", "condition", "seat", "people"),
    *("rounds", "points", "others_mean", "difference", "rank", "of"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What people made of a seat at one table. points: by round, as it gained them."""

    match: str
    table: int
    condition: str | None
    seat: Seat
    people: tuple[PersonId, ...]
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DuplicateScore:
    """A seat's points against the mean of the others who sat in it at other tables.

    rounds: the first rounds of all these tables, which are compared. others: the mean of the
    others' points. rank: 1 is best, and equals share it. of: how many tables are compared.
    """

    seat: Seat
    rounds: int
    points: float
    others: float
    difference: float
    rank: int
    of: int


Scored = tuple[Result, DuplicateScore]


def results_of(known: SeminarMatch, position: Position) -> tuple[Result, ...]:
    """List the seats of a table that people hold; none where pairs are drawn, or before a round."""
    if not position.history or position.scenario.population is not None:
        return ()
    return tuple(
        Result(
            match=known.match,
            table=known.number,
            condition=known.treatment,
            seat=seat,
            people=tuple(person.person for person in holder.people),
            points=tuple(resolved.gains.get(seat, 0.0) for resolved in position.history),
        )
        for seat, holder in position.holders.items()
        if holder.people
    )


def duplicate_scores(results: Iterable[Result]) -> tuple[Scored, ...]:
    """Score each result against the same seat at the other tables under the same condition.

    A seat that people hold at one table only has no score.
    """
    alike: dict[tuple[str | None, Seat], list[Result]] = defaultdict(list)
    for result in results:
        alike[result.condition, result.seat].append(result)
    return tuple(scored for group in alike.values() if len(group) > 1 for scored in _scores(group))


def scores_at(match: str, scored: Iterable[Scored]) -> tuple[DuplicateScore, ...]:
    """Pick the scores of one table, in the order of its seats."""
    return tuple(score for result, score in scored if result.match == match)


def write_scores(scored: Iterable[Scored]) -> str:
    """Write a class's scores as CSV, one row per table and seat.

    docs/exports.md explains the columns.
    """
    rows = sorted(scored, key=lambda one: (one[0].table, one[0].seat))
    return page(COLUMNS, (_row(result, score) for result, score in rows))


def _scores(group: Sequence[Result]) -> Iterable[Scored]:
    rounds = min(len(result.points) for result in group)
    totals = [fsum(result.points[:rounds]) for result in group]
    for place, (result, own) in enumerate(zip(group, totals, strict=True)):
        others = fsum([*totals[:place], *totals[place + 1 :]]) / (len(group) - 1)
        rank = 1 + sum(total > own + NEAR for total in totals)
        score = DuplicateScore(result.seat, rounds, own, others, own - others, rank, len(group))
        yield result, score


def _row(result: Result, score: DuplicateScore) -> Row:
    return {
        "match": result.match,
        "table": result.table,
        "condition": result.condition,
        "seat": result.seat,
        "people": " ".join(result.people),
        "rounds": score.rounds,
        "points": round(score.points, 9),
        "others_mean": round(score.others, 9),
        "difference": round(score.difference, 9),
        "rank": score.rank,
        "of": score.of,
    }
