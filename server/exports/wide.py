"""The wide table: one row a person or bot, a column for each round and figure, named as in oTree.

Its columns depend on the scenarios and rounds of an export, so they are declared from its rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.populations import model_of
from server.exports.choices import DECISIONS
from server.exports.columns import CellKind, Column, DataTable, Row, flag, moment, number, text
from server.exports.standing import POINTS, ROUNDS
from server.exports.story import Story

Place = tuple[str, int, int, str]
"""Where a column stands: scenario, round, the place of its level and figure, arena."""
Places = dict[Place, Place]


@dataclass(frozen=True, slots=True)
class RoundFigure:
    """A figure that a round has for a player or a group. form: its name, with the arena."""

    form: str
    kind: CellKind
    meaning: str
    unit: str = ""

    def column(self, scenario: str, number_: int, arena: str) -> Column:
        """Declare its column in one round."""
        name = f"{scenario}.{number_}.{self.form.format(arena=arena)}"
        meaning = f"{self.meaning.format(arena=arena)}, in round {number_}"
        return Column(name, self.kind, meaning, self.unit)


FIGURES = (
    RoundFigure("player.payoff", CellKind.NUMBER, "All points of the seat", "points"),
    RoundFigure("player.total", CellKind.NUMBER, "All points of the seat so far", "points"),
    RoundFigure("player.{arena}", CellKind.TEXT, "The action of the seat in {arena}: C or D"),
    RoundFigure("player.{arena}_payoff", CellKind.NUMBER, "What {arena} paid the seat", "points"),
    RoundFigure("player.{arena}_decided_by", CellKind.TEXT, "Who decided in {arena}"),
    RoundFigure("group.index", CellKind.NUMBER, "The integration index after it, from 0 to 100"),
    RoundFigure(
        "group.cooperation_share", CellKind.NUMBER, "The share of C among all actions", "share"
    ),
)
"""What each round has, in order."""

OWN = (
    text("participant.code", "The pseudonym of the person, as in person; of a bot, match and seat"),
    flag("participant._is_bot", "1 if a bot held the seat at the end"),
    moment("participant.time_started_utc", "When the first phase after the lobby opened"),
    number("participant.payoff", "All points of the match", "points"),
    text("session.code", "The class, or the match outside a class"),
    text("session.config.name", "The scenario"),
    text("session.config.treatment", "The condition of the match"),
)
"""The columns of every wide table, beside the keys and the figures."""


def wide(story: Story, known: Places | None = None) -> Iterator[Row]:
    """Yield a row per seat that somebody held at the end; rounds' figures by their place.

    known: the places of all matches so far, of which each is one value.
    """
    last, about = story.last, story.about
    figures = _figures(story, {} if known is None else known)
    opened = (each.event.at_ms for each in story.of(e.PhaseOpened) if each.event.round)
    started_ms = next(opened, None)
    for seat, holder in last.holders.items():
        person = story.person(last, seat)
        yield {
            "seat": seat,
            "person": person,
            "is_shared": 0,
            "participant.code": person or f"{about.match}.{seat}",
            "participant._is_bot": int(holder.is_bot),
            "participant.time_started_utc": started_ms,
            "participant.payoff": last.totals.get(seat),
            "session.code": about.seminar or about.match,
            "session.config.name": last.scenario.name,
            "session.config.treatment": about.treatment,
            "figures": figures.get(seat, {}),
        }


def _figures(story: Story, known: Places) -> dict[Seat, dict[Place, object]]:
    """Gather the figures of all rounds by seat."""
    found: dict[Seat, dict[Place, object]] = {seat: {} for seat in story.last.holders}
    name = story.last.scenario.name
    arenas = _models(story)

    def place(number_: int, figure: int, arena: str = "") -> Place:
        one = (name, number_, figure, arena)
        return known.setdefault(one, one)

    for row in story.rows(POINTS).rows:
        if (own := found.get(row["seat"])) is not None:
            own[place(row["round"], 0)] = row["gain"]
            own[place(row["round"], 1)] = row["total"]
    for row in story.rows(DECISIONS).rows:
        if (own := found.get(row["seat"])) is not None:
            arena = arenas.get(row["arena"], row["arena"])
            for figure, cell in enumerate(("action", "payoff", "decided_by"), start=2):
                own[place(row["round"], figure, arena)] = row[cell]
    for row in story.rows(ROUNDS).rows:
        of_group = place(row["round"], 5), place(row["round"], 6)
        for own in found.values():
            own[of_group[0]], own[of_group[1]] = row["index"], row["cooperation_share"]
    return found


def _models(story: Story) -> dict[str, str]:
    """Name the arena of each pair of a population by the arena that it was made from."""
    scenario = story.last.scenario
    if scenario.population is None:
        return {}
    every: Iterable[Position] = (each.before for each in story.of(e.RoundResolved))
    arenas = {arena.name: arena for position in every for arena in position.arenas}
    models = {name: model_of(scenario, arena) for name, arena in arenas.items()}
    return {name: model.name for name, model in models.items() if model is not None}


def wide_columns(places: Iterable[Place]) -> dict[Place, Column]:
    """Declare the columns of the figures that an export has, in order of round and figure."""
    ordered = sorted(places, key=lambda place: (*place[:2], place[3] == "", place[3], place[2]))
    return {
        (scenario, number_, figure, arena): FIGURES[figure].column(scenario, number_, arena)
        for scenario, number_, figure, arena in ordered
    }


def wide_table(columns: dict[Place, Column]) -> DataTable:
    """Declare the wide table of an export from its columns."""
    return replace(WIDE, own=(*OWN, *columns.values()))


def patterns() -> tuple[Column, ...]:
    """Declare the columns of rounds for the pages: SCENARIO, ROUND and ARENA stand for names."""
    shown = (figure.column("SCENARIO", 0, "ARENA") for figure in FIGURES)
    return tuple(
        replace(
            column,
            name=column.name.replace(".0.", ".ROUND."),
            meaning=column.meaning.replace("in round 0", "in that round"),
        )
        for column in shown
    )


WIDE = DataTable(
    "wide",
    "one person or bot in one match: who held the seat at the end",
    OWN,
    wide,
)
