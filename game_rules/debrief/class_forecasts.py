"""What people of a class expected of each other, and what came of it.

A forecast names an action, no chance of one. So it is a report of 0 or 1, its Brier score is 0 or 1
too, and its calibration has two points: what came where C was expected, and where D was. Whoever
always expects the more frequent action is right as often as the base rate says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from game_rules.continuations.forecast import likelihood
from game_rules.debrief import remarks as r
from game_rules.debrief.course import Course
from game_rules.debrief.remarks import Remark, Row, Value
from game_rules.games.stage_games import Action, C, D

CLASS_FORECASTS = (
    *("forecasts_of", "round", "forecasts", "right", "right_share", "low", "high"),
    *("base_action", "base"),
)


@dataclass(frozen=True, slots=True)
class ForecastCount:
    """How often an action was expected of others in a round, and how often it came."""

    round: int
    expected: Action
    forecasts: int
    right: int

    @property
    def cooperated(self) -> int:
        """How often the other played C."""
        return self.right if self.expected is C else self.forecasts - self.right


def forecasts_of(course: Course) -> tuple[ForecastCount, ...]:
    """Count the forecasts of a match about other seats, by round and by what was expected."""
    forecasts, right = Counter[tuple[int, Action]](), Counter[tuple[int, Action]]()
    for each in course.rounds:
        played = {result.arena: result.actions for result in each.resolved.results}
        for forecast in each.before.forecasts:
            if forecast.round == each.number and forecast.arena in played:
                for seat, expected in forecast.actions.items():
                    if seat != forecast.seat:
                        forecasts[each.number, expected] += 1
                        came = played[forecast.arena][seat] is expected
                        right[each.number, expected] += came
    return tuple(ForecastCount(*x, forecasts[x], right[x]) for x in sorted(forecasts))


def forecast_rows(counts: Sequence[ForecastCount]) -> Iterator[Row]:
    """Write all forecasts, those of each action, and those of each round; none without any."""
    if counts:
        yield _row("all", r.word("forecasts", "all"), r.NOTHING, counts)
    for action in (C, D):
        if expected := [x for x in counts if x.expected is action]:
            name = r.word("action", action.value)
            told = dict.fromkeys(("base_action", "base"), r.NOTHING)
            cells = (name, r.NOTHING, *(_told(expected) | told).values())
            yield Row(f"forecasts-{action.value}", cells)
    for number in sorted({x.round for x in counts}):
        of_round = [x for x in counts if x.round == number]
        yield _row(f"round-{number}", r.word("forecasts", "all"), r.count(number), of_round)


def _row(name: str, of: Value, number: Value, counts: Iterable[ForecastCount]) -> Row:
    told = _told(tuple(counts))
    return Row(f"forecasts-{name}", (of, number, *told.values()))


def _told(counts: Sequence[ForecastCount]) -> dict[str, Value]:
    """Give the share that came true with its interval, and the base rate.

    Source: `likelihood` for the interval, as if the forecasts were independent.
    """
    forecasts, right = sum(x.forecasts for x in counts), sum(x.right for x in counts)
    cooperated = sum(x.cooperated for x in counts)
    most, action = max((cooperated, C), (forecasts - cooperated, D), key=lambda x: x[0])
    found = likelihood(right, forecasts)
    return {
        "forecasts": r.count(forecasts),
        "right": r.count(right),
        "right_share": r.share(found.share),
        "low": r.share(found.low),
        "high": r.share(found.high),
        "base_action": r.word("action", action.value),
        "base": r.share(most / forecasts),
    }


def forecast_remarks(counts: Sequence[ForecastCount], whole: tuple[str, ...]) -> Iterator[Remark]:
    """Say how many forecasts came true, beside the base rate, and of each action.

    whole: the row of the class.
    """
    if not counts:
        yield Remark("class.forecasts.none", whole)
        return
    told = _told(counts)
    every = ("forecasts-all",)
    said = {x: told[x] for x in ("forecasts", "right", "right_share", "low", "high")}
    yield Remark("class.forecasts", every, said)
    yield Remark("class.forecasts.base", every, {x: told[x] for x in ("base_action", "base")})
    if told["low"].amount <= told["base"].amount:
        yield Remark("class.forecasts.unsure", every)
    for action in (C, D):
        if expected := [x for x in counts if x.expected is action]:
            of = _told(expected)
            about = {x: of[x] for x in ("forecasts", "right", "right_share", "low", "high")}
            about["action"] = r.word("action", action.value)
            yield Remark("class.forecasts.of", (f"forecasts-{action.value}",), about)
