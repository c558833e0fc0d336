"""A match as tables that a person enjoys reading: 80 columns are enough, more are used."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from game_rules.log.events import ArenaOpened, Event
from game_rules.log.evolve import fold
from game_rules.log.position import Holder, Position
from game_rules.records.lineage import lineage
from server.cli.shared.arena_screen import NAME_WIDTH, Rounds, show_arenas
from server.cli.shared.chronicle import chronicle, titles_of
from server.cli.shared.report import cooperation
from server.cli.shared.screen import (
    FAINT,
    STRONG,
    Screen,
    digits_of,
    figure,
    parts,
    percent,
    short,
)
from server.cli.shared.words import ENDINGS, count, lineage_words

SHARE_WIDTH = 4
LONGEST_BAR = 16


def show_match(screen: Screen, log: Sequence[Event]) -> Position:
    """Print who played, every arena round by round, gains, what happened beside, and the sums.

    log: as a viewer sees it. Gives the position that it leads to.
    """
    position = fold(log)
    screen.print(_heading(position), "")
    if position.history:
        show_arenas(screen, position)
        _show_gains(screen, position)
    _show_chronicle(screen, position, log)
    _show_standing(screen, position)
    _show_outlook(screen, position)
    screen.print("", _closing(screen, position))
    for sentence in lineage_words(lineage(log)):
        screen.print(Text(sentence, FAINT))
    return position


def show_talk(screen: Screen, position: Position) -> None:
    """Print what was said, oldest first."""
    if not position.messages:
        return
    screen.print("", Text("What was said", STRONG))
    for said in position.messages:
        sender = "facilitator" if said.sender is None else said.sender
        room = "everyone" if not said.room else ", ".join(s for s in said.room if s != said.sender)
        act = f" ({said.act.value})" if said.act else ""
        head = f"round {said.round}  {sender} to {room}{act}: "
        screen.print(Text.assemble((head, FAINT), said.text))


def _heading(position: Position) -> Text:
    scenario = position.scenario
    return Text.assemble((scenario.title, STRONG), "\n", (scenario.summary, FAINT))


def _show_gains(screen: Screen, position: Position) -> None:
    rows = [tuple(resolved.gains.values()) for resolved in position.history]
    digits = digits_of(gain for row in rows for gain in row)
    widest = max(len(figure(gain, digits)) for row in rows for gain in row)
    fit = (screen.width - NAME_WIDTH - 1) // (1 + max(SHARE_WIDTH, widest))
    for run in parts(position.history, fit):
        screen.print(_gains(screen, position, run, digits), "")


def _gains(screen: Screen, position: Position, run: Rounds, digits: int) -> Table:
    columns = ("Country", *(str(resolved.round) for resolved in run))
    table = screen.table("Points a round", columns)
    for player in position.scenario.players:
        gains = (figure(resolved.gains[player.seat], digits) for resolved in run)
        table.add_row(short(player.name, NAME_WIDTH), *gains)
    shares = (_share(screen, cooperation(*resolved.results)) for resolved in run)
    table.add_row(Text("cooperation in %", FAINT), *shares)
    return table


def _share(screen: Screen, share: float | None) -> Text:
    number = "" if share is None else f"{100 * share:.0f}"
    return Text.assemble(screen.level(share), (number.rjust(SHARE_WIDTH - 1), FAINT))


def _show_chronicle(screen: Screen, position: Position, log: Sequence[Event]) -> None:
    arenas = [event.arena for event in log if isinstance(event, ArenaOpened)]
    lines = [*chronicle(log, titles_of((*position.scenario.arenas, *arenas)))]
    if lines:
        screen.print(Text("What happened beside", STRONG))
        screen.print(*map(Text, lines), "")


def _show_outlook(screen: Screen, position: Position) -> None:
    """Name the outlook, the index and its parts; in fog nobody is told before the end."""
    found = position.standing.integration
    if found is None:
        return
    head = f"Outlook: {found.outlook.value}"
    parts = (
        ("cooperation", found.cooperation),
        ("across blocs", found.cross_bloc),
        ("trust", found.trust),
        ("autonomy", found.autonomy),
        ("calm", found.calm),
    )
    told = screen.dot.join(f"{name} {share:.2f}" for name, share in parts)
    screen.print("", Text(head, STRONG), Text(f"integration {found.index:.0f} of 100: {told}"))


def _show_standing(screen: Screen, position: Position) -> None:
    columns = ("Country", "Seat", "Played by", "Points", "")
    table = screen.table("Who played, and what came of it", columns, words=3)
    digits = digits_of(position.totals.values())
    longest = max(map(abs, position.totals.values()), default=0.0)
    for player in position.scenario.players:
        total = position.totals[player.seat]
        bar = screen.bar_of(total, longest, LONGEST_BAR)
        holder = _holder(position.holders.get(player.seat))
        table.add_row(player.name, player.seat, holder, figure(total, digits), bar)
    screen.print(table)


def _holder(holder: Holder | None) -> Text:
    if holder is None:
        return Text("nobody", FAINT)
    if holder.is_bot:
        return Text(holder.strategy or "a bot")
    return Text(f"{holder.name} (person)")


def _closing(screen: Screen, position: Position) -> Text:
    """Say in one line how cooperative it was, how long, and from which seed."""
    return Text(screen.dot.join(_sentences(position)), FAINT)


def _sentences(position: Position) -> Iterator[str]:
    results = [result for row in position.history for result in row.results]
    if results:
        yield f"cooperation {percent(cooperation(*results))}"
    yield count(len(position.history), "round")
    if position.end_reason is not None:
        yield ENDINGS[position.end_reason]
    if position.seed is not None:
        yield f"seed {position.seed}"
