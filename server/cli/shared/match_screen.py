"""A match as tables for the terminal: 80 columns are enough, more are used."""

from collections.abc import Iterator, Sequence

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from game_rules.advice.situations import situation_in
from game_rules.games.stage_games import C, D
from game_rules.log.events import ArenaOpened, ArenaResult, Event, OrderSource, RoundResolved
from game_rules.log.evolve import fold
from game_rules.log.position import Holder, Position
from game_rules.match.conditions import delegate_words
from game_rules.match.talk import text_of
from game_rules.records.lineage import lineage
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.scenario import Arena
from server.cli.shared.chronicle import chronicle, titles_of
from server.cli.shared.report import cooperation
from server.cli.shared.screen import (
    COOPERATE,
    FAINT,
    STRONG,
    Screen,
    digits_of,
    figure,
    parts,
    percent,
    short,
)
from server.cli.shared.words import (
    ENDINGS,
    LINE_NAMES,
    count,
    lineage_words,
    situation_words,
)

NAME_WIDTH = 16
ARENA_MARGIN, SIGN_WIDTH = 48, 2
SHARE_WIDTH = 4
LONGEST_BAR = 16

Rounds = Sequence[RoundResolved]

_COOPERATION = {1: "cooperation"}
"""The first part of the index, by the version of the rules: later it is the gain made together."""


def show_match(screen: Screen, log: Sequence[Event]) -> Position:
    """Print who played, every arena round by round, gains, what happened beside, and the sums.

    log: as a viewer sees it. Gives the position that it leads to.
    """
    position = fold(log)
    screen.print(_heading(position), "")
    if position.history:
        _show_arenas(screen, position)
        _show_gains(screen, position)
        _show_charges(screen, position)
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
        others = ", ".join(seat for seat in said.room if seat != said.sender)
        room = (others or "facilitator") if said.room else "everyone"
        act = f" ({said.act.value})" if said.act else ""
        head = f"round {said.round}  {sender} to {room}{act}: "
        screen.print(Text.assemble((head, FAINT), text_of(said, position)))


def _heading(position: Position) -> Text:
    scenario = position.scenario
    return Text.assemble((scenario.title, STRONG), "\n", (scenario.summary, FAINT))


def _show_arenas(screen: Screen, position: Position) -> None:
    """Print every arena that was played, then what the signs mean."""
    fit = (screen.width - ARENA_MARGIN) // SIGN_WIDTH
    tables = [
        _arena(screen, position, arena, run)
        for arena in _arenas(position)
        for run in parts(_rounds_of(position.history, arena), fit)
    ]
    screen.print(Columns(tables, padding=(1, 4)), "", _legend(screen, position.history), "")


def _arenas(position: Position) -> Iterator[Arena]:
    """Every arena that was played: the scenario's own, then those that a crisis opened.

    In rules 2 terms differ from round to round, so an arena is shown as the scenario has it, as
    long as nobody has joined it.
    """
    rules = ruleset_of(position)
    known = {arena.name: arena for arena in position.scenario.arenas}
    for arena in position.arenas:
        own = known.get(arena.name)
        if not rules.reads_all_profiles or own is None or own.members != arena.members:
            known[arena.name] = arena
    for resolved in position.history:
        for result in resolved.results:
            if result.arena not in known:
                first, second = result.actions
                pair, standing = (first, second), position.standing
                known[result.arena] = rules.crisis_arena(standing, position.scenario, pair)
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
        name_of_class = situation_words(situation_in(ruleset_of(position), arena.game, place))
        signs = (_sign(screen, result, seat) for result in shown)
        table.add_row(name, name_of_class, *signs, figure(points[seat], digits))
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
    """What a seat played; nothing in the rounds before it joined. In fog sources are not known."""
    if seat not in result.actions:
        return Text(" ")
    source = result.sources.get(seat, OrderSource.ORDERED)
    return screen.sign(result.actions[seat], source is OrderSource.ORDERED)


def _legend(screen: Screen, history: Rounds) -> Text:
    legend = Text.assemble(screen.sign(C), " cooperate   ", screen.sign(D), " defect")
    sources = {s for row in history for result in row.results for s in result.sources.values()}
    if sources - {OrderSource.ORDERED}:
        hollow = screen.sign(C, is_ordered=False), " ", screen.sign(D, is_ordered=False)
        legend.append_text(Text.assemble("   ", *hollow, " no order was given"))
    return legend


def _show_gains(screen: Screen, position: Position) -> None:
    rows = [tuple(resolved.gains.values()) for resolved in position.history]
    digits = digits_of(gain for row in rows for gain in row)
    widest = max(len(figure(gain, digits)) for row in rows for gain in row)
    fit = (screen.width - NAME_WIDTH - 1) // (1 + max(SHARE_WIDTH, widest))
    for run in parts(position.history, fit):
        screen.print(_gains(screen, position, run, digits), "")


def _gains(screen: Screen, position: Position, run: Rounds, digits: int) -> Table:
    columns = ("Country", *(str(resolved.round) for resolved in run))
    table = screen.table("Points per round", columns)
    for player in position.scenario.players:
        gains = (figure(resolved.gains[player.seat], digits) for resolved in run)
        table.add_row(short(player.name, NAME_WIDTH), *gains)
    shares = (_share(screen, cooperation(*resolved.results)) for resolved in run)
    table.add_row(Text("cooperation in %", FAINT), *shares)
    return table


def _show_charges(screen: Screen, position: Position) -> None:
    """Print what points hold beside what arenas pay: the sums of a match of rules 2, by line."""
    lines = [
        line
        for line in LINE_NAMES
        if any(any(row.lines.get(line, {}).values()) for row in position.history)
    ]
    if not lines:
        return
    players = position.scenario.players
    sums = [
        [sum(row.lines.get(x, {}).get(one.seat, 0.0) for row in position.history) for x in lines]
        for one in players
    ]
    digits = digits_of(points for row in sums for points in row)
    names = (LINE_NAMES[line] for line in lines)
    table = screen.table("Other points", ("Country", *names))
    for player, row in zip(players, sums, strict=True):
        table.add_row(short(player.name, NAME_WIDTH), *(figure(points, digits) for points in row))
    screen.print(table, "")


def _share(screen: Screen, share: float | None) -> Text:
    number = "" if share is None else f"{100 * share:.0f}"
    return Text.assemble(screen.level(share), (number.rjust(SHARE_WIDTH - 1), FAINT))


def _show_chronicle(screen: Screen, position: Position, log: Sequence[Event]) -> None:
    arenas = [event.arena for event in log if isinstance(event, ArenaOpened)]
    lines = [*chronicle(log, titles_of((*position.scenario.arenas, *arenas)))]
    if lines:
        screen.print(Text("Other events", STRONG))
        screen.print(*map(Text, lines), "")


def _show_outlook(screen: Screen, position: Position) -> None:
    """Name the outlook, the index and its parts; in fog nobody is told before the end."""
    found = position.standing.integration
    if found is None:
        return
    head = f"Outlook: {found.outlook.value}"
    parts = (
        (_COOPERATION.get(position.rules_version, "joint gain"), found.cooperation),
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
    return Text(f"{delegate_words(holder.people[0])} (person)")


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
