"""The arenas of a match, round by round, as tables of signs."""

from collections.abc import Iterator, Sequence

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from game_rules.games.stage_games import C, D
from game_rules.log.events import ArenaResult, OrderSource, RoundResolved
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena
from game_rules.standing.crises import crisis_arena
from server.cli.shared.report import cooperation
from server.cli.shared.screen import (
    COOPERATE,
    FAINT,
    Screen,
    digits_of,
    figure,
    parts,
    percent,
    short,
)
from server.cli.shared.words import CLASS_NAMES

NAME_WIDTH = 16
ARENA_MARGIN, SIGN_WIDTH = 48, 2

Rounds = Sequence[RoundResolved]


def show_arenas(screen: Screen, position: Position) -> None:
    """Print every arena that was played, then what the signs mean."""
    fit = (screen.width - ARENA_MARGIN) // SIGN_WIDTH
    tables = [
        _arena(screen, position, arena, run)
        for arena in _arenas(position)
        for run in parts(_rounds_of(position.history, arena), fit)
    ]
    screen.print(Columns(tables, padding=(1, 4)), "", _legend(screen, position.history), "")


def _arenas(position: Position) -> Iterator[Arena]:
    """Every arena that was played: the scenario's own, then those that a crisis opened."""
    known = {arena.name: arena for arena in (*position.scenario.arenas, *position.arenas)}
    for resolved in position.history:
        for result in resolved.results:
            if result.arena not in known:
                first, second = result.actions
                known[result.arena] = crisis_arena((first, second), position.scenario)
    return iter(known.values())


def _rounds_of(history: Rounds, arena: Arena) -> Rounds:
    return [resolved for resolved in history if _results([resolved], arena)]


def _arena(screen: Screen, position: Position, arena: Arena, run: Rounds) -> Table:
    played = _results(position.history, arena)
    points = {s: sum(result.payoffs.get(s, 0.0) for result in played) for s in arena.members}
    digits = digits_of(points.values())
    numbers = (_place(resolved.round) for resolved in run)
    columns = ("Country", "Class", *numbers, "Points")
    span = "" if len(run) == len(played) else f", {run[0].round} to {run[-1].round}"
    table = screen.table(arena.title, columns, f"{arena.domain.value}{span}", words=2)
    shown = _results(run, arena)
    for place, seat in enumerate(arena.members):
        name = short(position.scenario.player(seat).name, NAME_WIDTH)
        game_class = CLASS_NAMES[arena.game.corners(place).game_class]
        signs = (_sign(screen, result, seat) for result in shown)
        table.add_row(name, game_class, *signs, figure(points[seat], digits))
    share = percent(cooperation(*played))
    levels = (screen.level(cooperation(result)) for result in shown)
    table.add_row(Text("cooperation", FAINT), "", *levels, Text(share, COOPERATE))
    return table


def _place(number: int) -> str:
    """A column is one sign wide, so tens are left to the reader."""
    return str(number % 10)


def _results(rounds: Rounds, arena: Arena) -> list[ArenaResult]:
    return [r for resolved in rounds for r in resolved.results if r.arena == arena.name]


def _sign(screen: Screen, result: ArenaResult, seat: Seat) -> Text:
    """What a seat played; nothing in the rounds before it joined."""
    if seat not in result.actions:
        return Text(" ")
    return screen.sign(result.actions[seat], result.sources[seat] is OrderSource.ORDERED)


def _legend(screen: Screen, history: Rounds) -> Text:
    legend = Text.assemble(screen.sign(C), " cooperate   ", screen.sign(D), " defect")
    sources = {s for row in history for result in row.results for s in result.sources.values()}
    if sources - {OrderSource.ORDERED}:
        hollow = screen.sign(C, is_ordered=False), " ", screen.sign(D, is_ordered=False)
        legend.append_text(Text.assemble("   ", *hollow, " no order was given"))
    return legend
