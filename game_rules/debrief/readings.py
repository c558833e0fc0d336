"""Three readings of a whole match, and what it is compared with."""

from collections.abc import Iterator

from game_rules.debrief import remarks as r
from game_rules.debrief.course import Course
from game_rules.debrief.exhibits import (
    arena_id,
    gap_of,
    move_id,
    moves_made,
    mutual_trust,
    pair_id,
    pairs_of,
    seat_id,
    tension_of,
    totals,
)
from game_rules.debrief.remarks import Remark
from game_rules.scenario.moves import MoveKind
from game_rules.standing.standing import Pair

NEAR = 0.005
"""Of a share: a smaller change is shown as none. Assumption."""


def realism(course: Course) -> Iterator[Remark]:
    """Read the match by relative gains and threat. Source: Grieco 1988; Walt 1987."""
    rivals = [x.seats for x in course.last.standing.rivals]
    pairs = [x for x in pairs_of(course) if x in rivals or x[::-1] in rivals]
    if pairs:
        pair = max(pairs, key=lambda each: gap_of(course, each).amount)
        yield _gap(course, pair)
        yield from _tension(course, pairs)
    else:
        yield Remark("realism.no_rivals", ("totals",))
    broken = totals(course)["selfish"]
    if broken.value:
        yield Remark("realism.selfish", ("totals",), {"count": broken})


def _gap(course: Course, pair: Pair) -> Remark:
    gains, gap, row = course.last.totals, gap_of(course, pair), (pair_id(pair),)
    if not gap.amount:
        return Remark("realism.gap.level", row, {"pair": r.seats(pair), "gap": gap})
    ahead, behind = sorted(pair, key=lambda seat: -gains[seat])
    told = {"ahead": r.seat(ahead), "behind": r.seat(behind), "gap": gap}
    return Remark("realism.gap", row, told)


def _tension(course: Course, pairs: list[Pair]) -> Iterator[Remark]:
    """Name the pair of rivals whose tension changed most. Source: rules section 4."""
    first, last = course.start, course.last.standing

    def ends(pair: Pair) -> tuple[float, float]:
        return tension_of(first, pair) or 0.0, tension_of(last, pair) or 0.0

    pair = max(pairs, key=lambda each: abs(ends(each)[1] - ends(each)[0]))
    a, b = ends(pair)
    way = "level" if abs(b - a) < NEAR else "up" if b > a else "down"
    told = {"pair": r.seats(pair), "first": r.share(a), "last": r.share(b)}
    yield Remark(f"realism.tension.{way}", (pair_id(pair),), told)


def liberalism(course: Course) -> Iterator[Remark]:
    """Read the match by joint gains and institutions. Source: Keohane 1984."""
    said = totals(course)
    whole = {"count": said["cooperated"], "whole": said["choices"]}
    yield Remark("liberalism.cooperation", ("totals",), whole)
    if said["pledges"].value:
        kept = {"kept": said["kept"], "pledges": said["pledges"]}
        yield Remark("liberalism.pledges", ("totals",), kept)
    if MoveKind.FUND in course.last.scenario.moves.allowed:
        made = r.count(moves_made(course)[MoveKind.FUND])
        yield Remark("liberalism.funds", (move_id(MoveKind.FUND),), {"count": made})


def constructivism(course: Course) -> Iterator[Remark]:
    """Read the match by trust, norms and words. Source: Wendt 1999."""
    yield _trust(course, pairs_of(course))
    yield from _norm(course)
    said = totals(course)
    if said["promises"].value:
        yield Remark("constructivism.words", ("totals",), {"count": said["promises"]})


def _trust(course: Course, pairs: tuple[Pair, ...]) -> Remark:
    """Name the pair whose trust changed most. Source: rules section 4."""
    first, last = course.start, course.last.standing

    def ends(pair: Pair) -> tuple[float, float]:
        return mutual_trust(first, pair), mutual_trust(last, pair)

    pair = max(pairs, key=lambda each: abs(ends(each)[1] - ends(each)[0]))
    a, b = ends(pair)
    way = "level" if abs(b - a) < NEAR else "up" if b > a else "down"
    told = {"pair": r.seats(pair), "first": r.share(a), "last": r.share(b)}
    return Remark(f"constructivism.trust.{way}", (pair_id(pair),), told)


def _norm(course: Course) -> Iterator[Remark]:
    """Name the arena whose norm changed most. Source: rules section 4."""
    norms = [(*course.norms_of(name), name) for name in course.arenas]
    first, last, name = max(norms, key=lambda each: abs(each[1] - each[0]))
    if abs(last - first) >= NEAR:
        way = "up" if last > first else "down"
        told = {"arena": r.arena(name), "first": r.share(first), "last": r.share(last)}
        yield Remark(f"constructivism.norm.{way}", (arena_id(name),), told)


def comparison(course: Course) -> Iterator[Remark]:
    """Compare with the equilibria of each round's games, and with a bot in every seat.

    Source: Nash 1951; the difference in points is this program's.
    """
    said = totals(course)
    met = {"count": said["equilibria"], "whole": said["meetings"]}
    yield Remark("compare.equilibrium", ("totals",), met)
    name = course.last.scenario.autopilot
    for seat, points in course.of_bots.items():
        own = course.last.totals[seat]
        apart = r.difference(own, points)
        way = "more" if apart.amount > 0 else "less" if apart.amount < 0 else "level"
        told = {
            "seat": r.seat(seat),
            "strategy": r.Value(r.Unit.STRATEGY, name),
            "bot": r.points(points),
            "difference": apart,
        }
        yield Remark(f"compare.bot.{way}", (seat_id(seat),), told)
