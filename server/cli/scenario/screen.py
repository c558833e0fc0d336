"""A scenario in the terminal: who plays, and which game each member of an arena is in."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from game_rules.scenario.scenario import Arena, Scenario
from server.cli.scenario.figures_screen import show_deck, show_figures, show_grounds
from server.cli.shared.screen import FAINT, STRONG, Screen
from server.cli.shared.words import CLASS_NAMES, count


def show_scenario(screen: Screen, scenario: Scenario, usual: Scenario) -> None:
    """Print a scenario: its story, players, arenas, deck, and where its numbers are from.

    usual: the same with its own power measure; classes that differ from it are marked.
    """
    screen.print(Text.assemble((scenario.title, STRONG), "\n", (scenario.summary, FAINT)), "")
    players = screen.table("Players", ("Seat", "Country", "Brief"), words=3)
    players.columns[-1].no_wrap = False
    for player in scenario.players:
        players.add_row(player.seat, player.name, player.brief)
    screen.print(players, "")
    show_arenas(screen, scenario, usual)
    screen.print(Text("; ".join(_terms(scenario)), FAINT), "")
    show_deck(screen, scenario)
    _show_questions(screen, scenario)
    show_grounds(screen, scenario)
    show_figures(screen, scenario)


def _show_questions(screen: Screen, scenario: Scenario) -> None:
    if not scenario.questions:
        return
    table = Table.grid(padding=(0, 1, 0, 0))
    for number, question in enumerate(scenario.questions, start=1):
        table.add_row(Text(f"{number}.", FAINT), question)
    screen.print(Text("Questions for the debrief", STRONG), table, "")


def _terms(scenario: Scenario) -> Iterator[str]:
    """How it is played, in words."""
    yield count(scenario.rounds, "round")
    if scenario.continuation < 1:
        yield f"after each, another follows with a chance of {scenario.continuation:g}"
    yield f"{scenario.seconds.negotiation} s to talk, {scenario.seconds.decision} s to decide"
    yield f"messages: {scenario.press.value}"
    yield f"power by {scenario.power.value}"
    yield f"moves: {', '.join(scenario.moves.allowed) or 'none'}"
    if scenario.monitoring < 1:
        yield f"an action is seen as it was with a chance of {scenario.monitoring:g}"
    if not scenario.has_advisor:
        yield "no advisor"


def show_arenas(screen: Screen, scenario: Scenario, usual: Scenario | None = None) -> None:
    """Print every arena: each member's share of the power, class, greed, fear and f*."""
    before = (usual or scenario).arenas
    for arena, other in zip(scenario.arenas, before, strict=True):
        screen.print(_arena(screen, scenario, arena, other), "")
    words = "greed = T - R, fear = P - S in points; f* = the trust that makes C worth it"
    screen.print(Text(words, FAINT))
    if usual is not None and usual.power is not scenario.power:
        screen.print(Text(f"* another class than with power by {usual.power.value}", FAINT))


def _arena(screen: Screen, scenario: Scenario, arena: Arena, usual: Arena) -> Table:
    columns = ("Country", "Class", "Power", "Greed", "Fear", "f*")
    table = screen.table(arena.title, columns, arena.domain.value, words=2)
    for place, seat in enumerate(arena.members):
        corners = arena.game.corners(place)
        tipping = corners.tipping_point
        is_new = corners.game_class is not usual.game.corners(place).game_class
        table.add_row(
            scenario.player(seat).name,
            CLASS_NAMES[corners.game_class] + (" *" if is_new else ""),
            f"{arena.game.weight(place):.0%}",
            f"{corners.greed:.2f}",
            f"{corners.fear:.2f}",
            "" if tipping is None else f"{tipping:.2f}",
        )
    return table
