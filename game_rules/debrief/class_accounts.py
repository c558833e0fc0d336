"""What the tables of a class give to its debrief: an account each, from its own log alone.

All sentences and rows follow from the accounts, so that tables can be read one after the other, in
any process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game_rules.continuations.breaches import JudgedBreach
from game_rules.debrief.class_forecasts import ForecastCount, forecasts_of
from game_rules.debrief.course import Course
from game_rules.debrief.debrief import SeatBeside
from game_rules.debrief.exhibits import totals
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.standing.integration import Outlook


@dataclass(frozen=True, slots=True)
class RoundAccount:
    """The index after a round, and how many of its choices were C."""

    index: float
    cooperated: int
    choices: int


@dataclass(frozen=True, slots=True)
class TableAccount:
    """What a table gives to the debrief of its class.

    condition: under which it played, in its teacher's words. gains: of each seat, in points.
    counts: pledges that were due, kept, executed and broken. forecasts: about other seats.
    """

    number: int
    condition: str | None
    scenario: Scenario
    arenas: tuple[Arena, ...]
    rounds: tuple[RoundAccount, ...]
    outlook: Outlook
    gains: Mapping[Seat, float]
    counts: Mapping[str, int]
    breaches: tuple[JudgedBreach, ...]
    forecasts: tuple[ForecastCount, ...] = ()

    @property
    def index(self) -> float:
        """The index at the end."""
        return self.rounds[-1].index

    @property
    def cooperated(self) -> int:
        """Choices that were C."""
        return sum(each.cooperated for each in self.rounds)

    @property
    def choices(self) -> int:
        """All choices."""
        return sum(each.choices for each in self.rounds)


@dataclass(frozen=True, slots=True)
class SeatAt:
    """A seat that people held at a table, beside the same seat at the other tables."""

    table: int
    beside: SeatBeside


COUNTED = ("pledges", "kept", "executed", "broken")


def account_of(course: Course, number: int, condition: str | None) -> TableAccount:
    """Give the account of a table. number: of the table in its class."""
    said = totals(course)
    return TableAccount(
        number,
        condition,
        course.last.scenario,
        tuple(course.arenas.values()),
        tuple(
            RoundAccount(x.integration.index, x.cooperated, len(x.actions)) for x in course.rounds
        ),
        course.rounds[-1].integration.outlook,
        course.last.totals,
        {name: int(said[name].amount) for name in COUNTED},
        course.breaches,
        forecasts_of(course),
    )


@dataclass
class ClassTables:
    """The tables of a class, and what is counted over all of them."""

    tables: tuple[TableAccount, ...]
    beside: tuple[SeatAt, ...]
    breaches: tuple[tuple[TableAccount, JudgedBreach], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.breaches = tuple((x, breach) for x in self.tables for breach in x.breaches)

    @property
    def forecasts(self) -> tuple[ForecastCount, ...]:
        """The forecasts of all tables."""
        return tuple(count for x in self.tables for count in x.forecasts)

    @property
    def highest(self) -> TableAccount:
        """The table whose index ended highest."""
        return max(self.tables, key=lambda each: each.index)

    @property
    def lowest(self) -> TableAccount:
        """The table whose index ended lowest."""
        return min(self.tables, key=lambda each: each.index)

    @property
    def conditions(self) -> Mapping[str | None, list[TableAccount]]:
        """The tables by condition, in the order of their first table."""
        found: dict[str | None, list[TableAccount]] = {}
        for each in self.tables:
            found.setdefault(each.condition, []).append(each)
        return found

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats that are compared, in their order."""
        compared = {each.beside.seat for each in self.beside}
        return tuple(x for x in self.tables[0].scenario.seats if x in compared)

    def at(self, seat: Seat) -> list[SeatAt]:
        """Where a seat is compared, most points first."""
        here = [each for each in self.beside if each.beside.seat == seat]
        return sorted(here, key=lambda each: -each.beside.points)

    def played(self, each: SeatAt) -> int:
        """Count the rounds that a compared seat's table played, counted or not."""
        return next(len(x.rounds) for x in self.tables if x.number == each.table)
