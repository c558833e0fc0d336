"""Tournaments on the terminal: progress, result, one match, all that are kept, the ladder."""

import contextlib
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft
from rich.table import Table
from rich.text import Text

from server.cli.shared.screen import COOPERATE, DEFECT, FAINT, STRONG, Screen, percent, short
from server.cli.shared.words import count

if TYPE_CHECKING:
    from game_rules.contests.ratings import Rating
    from server.tournaments.specs.matches import ShownMatch
    from server.tournaments.store import TournamentCard

MOST_IN_MATRIX = 8
MOST_IN_TIES = 24
NAME_WIDTH = 28
TURNS_A_LINE = 60
MOST_SHARES = 12
SHOWN_LETTERS = 8
MEASURES = "points per turn; median without self-play, as in Axelrod-Python"

Document = Mapping[str, Any]


class Rate(ProgressColumn):
    """Turns a second."""

    def render(self, task: Task) -> Text:
        """Draw it."""
        return Text("" if task.speed is None else f"{rate(task.speed)} turns/s")


def rate(speed: float) -> str:
    """Write a number of turns with three digits.

    >>> rate(251_000_000.0), rate(93_410.0), rate(12.0)
    ('251 M', '93.4 k', '12')
    """
    for size, sign in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if speed >= size:
            return f"{speed / size:.3g}{sign}"
    return f"{speed:.3g}"


@contextlib.contextmanager
def shown_progress(turns: float, played: float) -> Generator[Callable[[float], None]]:
    """Show a bar while it goes on; gives a function that is told of more turns.

    Nothing is shown where the error stream is no terminal.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        Rate(),
        TimeLeft(),
    )
    is_hidden = not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=is_hidden) as progress:
        task = progress.add_task("playing", total=turns, completed=int(played))
        yield lambda more: progress.advance(task, more)


def show_tournament(screen: Screen, document: Document) -> None:
    """Print what came out of a tournament, as its kind is read."""
    screen.print(Text(_title(document), STRONG), Text(_caption(document), FAINT), "")
    if "rounds" in document:
        _show_bracket(screen, document)
    elif "seasons" in document:
        _show_league(screen, document)
    elif "path" in document:
        _show_search(screen, document)
    else:
        _show_round_robin(screen, document)
    if "population" in document:
        _show_population(screen, document)


def show_actions(screen: Screen, names: tuple[str, str], shown: "ShownMatch") -> None:
    """Print both sides' actions turn by turn, and what they gained."""
    width = max(map(len, names))
    room = max(10, min(TURNS_A_LINE, (screen.width - width - 2) // 10 * 10))
    turns = len(shown.actions[0])
    for first in range(0, turns, room):
        screen.print(Text(f"turn {first + 1}".rjust(width), FAINT))
        for name, actions in zip(names, shown.actions, strict=True):
            screen.print(Text(f"{name:>{width}}  ") + _letters(actions[first : first + room]))
    for name, score in zip(names, shown.scores, strict=True):
        a_turn = f"{score / turns:.3f} a turn"
        screen.print(f"{name:>{width}}  {score:g} points, {a_turn}")
    for fault in shown.faults:
        screen.print(f"forfeit: {fault}")


def show_list(screen: Screen, cards: "Sequence[TournamentCard]") -> None:
    """Print the tournaments that are kept, a line each."""
    columns = ("Id", "Kind", "Game", "Standing", "Entrants", "Started")
    table = screen.table("Tournaments", columns, count(len(cards), "tournament"), words=4)
    for card in cards:
        begun = datetime.fromtimestamp(card.created_at_ms / 1000).astimezone()
        table.add_row(
            card.id[:SHOWN_LETTERS],
            card.kind,
            short(card.game, 18),
            _standing(card),
            str(card.entrants),
            f"{begun:%Y-%m-%d %H:%M}",
        )
    screen.print(table)


def show_ladder(screen: Screen, rungs: "Iterable[tuple[str, Rating, int]]") -> None:
    """Print how strategies are rated, best first."""
    columns = ("Strategy", "Surely", "Level", "Doubt", "Tournaments")
    table = screen.table("Ladder", columns, "level by openskill; surely: three doubts below")
    for name, rating, times in rungs:
        figures = (rating.sure_level, rating.level, rating.doubt)
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), str(times))
    screen.print(table)


def _standing(card: "TournamentCard") -> str:
    if card.finished_at_ms is not None:
        return card.progress
    return f"{card.progress}, {card.pieces_played / card.pieces:.0%}"


def _table(screen: Screen, title: str, columns: Sequence[str], caption: str) -> Table:
    """Begin a table under its title; on a line of its own, for it may be the wider one."""
    screen.print(Text.assemble((title, STRONG), (f"  {caption}", FAINT)))
    table = screen.table("", columns)
    table.title = None
    return table


def _letters(actions: str) -> Any:
    return Text.assemble(*((a, COOPERATE if a == "C" else DEFECT) for a in actions))


def _title(document: Document) -> str:
    kind = document["kind"].replace("_", " ")
    return f"{document['game_name']}, {kind}"


def _caption(document: Document) -> str:
    parts = [count(len(document["entrants"]), "entrant")]
    if document.get("turns"):
        parts.append(count(document["turns"], "turn"))
    if document.get("continuation", 1) < 1:
        parts.append(f"continues with {document['continuation']:g}")
    if document.get("noise"):
        parts.append(f"noise {document['noise']:g}")
    if document.get("is_exact"):
        parts.append("exact")
    elif "repetitions" in document:
        parts.append(count(document["repetitions"], "repetition"))
    if "seasons" in document:
        parts.append(count(document["seasons"], "season"))
    return ", ".join([*parts, f"seed {document['seed']}"])


def _show_round_robin(screen: Screen, document: Document) -> None:
    rows = document["standings"]
    columns = ("Strategy", "Rank", "Points", "±95%", "Coop.", "Median", "Statistically tied with")
    table = screen.table(
        "Standings", columns, "points per turn; median without self-play, as Axelrod"
    )
    table.columns[-1].justify = "left"
    width = _name_width(rows)
    ranks = {row["place"]: row["rank"] for row in rows}
    for row in rows:
        table.add_row(
            short(row["strategy"], width),
            str(row["rank"]),
            f"{row['score']:.3f}",
            _reach(row),
            percent(row["cooperation"]),
            f"{row['median']:.3f}",
            _ties(row, ranks),
        )
    screen.print(table)
    if len(rows) <= MOST_IN_MATRIX:
        _show_matrix(screen, document)


def _ties(row: Document, ranks: Mapping[int, int]) -> str:
    """Name ranks, runs of them as first–last."""
    tied = sorted({ranks[place] for place in row["tied_places"]})
    runs: list[list[int]] = []
    for rank in tied:
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    words = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return short(words, MOST_IN_TIES)


def _reach(row: Document) -> str:
    if row["ci95"] is None:
        return "?"
    low, high = row["ci95"]
    return f"{(high - low) / 2:.3f}"


def _show_matrix(screen: Screen, document: Document) -> None:
    order = [row["place"] for row in document["standings"]]
    ranks = [f"v {number}" for number in range(1, len(order) + 1)]
    table = _table(screen, "Points per turn", ("Strategy", *ranks), "against each, same order")
    width = _name_width(document["standings"])
    for number, i in enumerate(order, start=1):
        cells = (document["payoff_matrix"][i][j] for j in order)
        name = f"{number} {short(document['entrants'][i], width)}"
        table.add_row(name, *("" if v is None else f"{v:.3f}" for v in cells))
    screen.print(table)


def _show_bracket(screen: Screen, document: Document) -> None:
    names = document["entrants"]
    for number, ties in enumerate(document["rounds"], start=1):
        is_final = number == len(document["rounds"])
        table = screen.table(
            "Final" if is_final else f"Round {number}", ("First", "Second", "Won"), words=3
        )
        for tie in ties:
            if tie["second"] is None:
                table.add_row(names[tie["first"]], "", "advances with a bye")
                continue
            won = names[tie["winner"]] + (" at random" if tie["is_by_lot"] else "")
            sides = ((tie["first"], tie["points_first"]), (tie["second"], tie["points_second"]))
            table.add_row(*(f"{names[place]} {points:.3f}" for place, points in sides), won)
        screen.print(table, "")


def _show_league(screen: Screen, document: Document) -> None:
    rows = document["standings"]
    columns = ("Strategy", "Rank", "Points", "±95%", "Level", "Matches")
    table = _table(screen, "Table", columns, "points per round; level: openskill, lower bound")
    width = _name_width(rows)
    for row in rows:
        level = row["rating"]["level"] - 3 * row["rating"]["doubt"]
        figures = f"{row['score']:.3f}", _reach(row), f"{level:.1f}", str(row["matches"])
        table.add_row(short(row["strategy"], width), str(row["rank"]), *figures)
    screen.print(table)
    last = document["match_count"] - 1
    screen.print(f"Open match 0 to {last} with: detente tournament match {document['id']} NUMBER")


def _show_search(screen: Screen, document: Document) -> None:
    path = document["path"]
    table = _table(screen, "Generations", ("", "Best", "Mean"), "points per turn")
    step = max(1, (len(path) - 1) // 10)
    for number in sorted({*range(0, len(path), step), len(path) - 1}):
        table.add_row(f"{number}", f"{path[number]['best']:.3f}", f"{path[number]['mean']:.3f}")
    best = document["best"]
    columns = ("State", "Plays", "CC", "CD", "DC", "DD")
    screen.print(table, "")
    machine = _table(screen, "The best machine", columns, "and where each turn leads")
    for number, state in enumerate(best["states"]):
        mark = " (start)" if number == best["start"] else ""
        machine.add_row(f"{number}{mark}", state["action"], *map(str, state["after"]))
    screen.print(machine)


def _show_population(screen: Screen, document: Document) -> None:
    population = document["population"]
    shares, names = population["shares"], document["entrants"]
    last = shares[-1]
    order = sorted(range(len(names)), key=lambda i: (-last[i], -max(row[i] for row in shares)))
    generations = f"{population['generations'][-1]:g}"
    columns = ["Strategy", "At first", f"After {generations}"]
    fixation = population.get("fixation")
    columns += ["Fixation"] if fixation else []
    screen.print("")
    table = _table(screen, "The population", columns, "share of all")
    for i in order[:MOST_SHARES]:
        more = [f"{fixation[i]:.1%}"] if fixation else []
        table.add_row(names[i], f"{shares[0][i]:.1%}", f"{last[i]:.1%}", *more)
    screen.print(table)


def _name_width(rows: Sequence[Document]) -> int:
    return min(NAME_WIDTH, max(len(row["strategy"]) for row in rows))
