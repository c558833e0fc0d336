"""A scenario in the terminal: who plays, and which game each member of an arena is in."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from game_rules.scenario import Arena, Scenario
from server.cli.screen import FAINT, STRONG, Screen
from server.cli.words import CLASS_NAMES, count


def show_scenario(screen: Screen, scenario: Scenario) -> None:
    """Print a scenario: its story in a line, its players, its arenas, its questions."""
    screen.print(Text.assemble((scenario.title, STRONG), "\n", (scenario.summary, FAINT)), "")
    players = screen.table("Players", ("Seat", "Country", "Brief"), words=3)
    players.columns[-1].no_wrap = False
    for player in scenario.players:
        players.add_row(player.seat, player.name, player.brief)
    screen.print(players, "")
    show_arenas(screen, scenario)
    screen.print(Text("; ".join(_terms(scenario)), FAINT))


def _terms(scenario: Scenario) -> Iterator[str]:
    """How it is played, in words."""
    yield count(scenario.rounds, "round")
    if scenario.continuation < 1:
        yield f"after each, another follows with a chance of {scenario.continuation:g}"
    yield f"{scenario.seconds.negotiation} s to talk, {scenario.seconds.decision} s to decide"
    yield f"messages: {scenario.press.value}"
    yield f"power by {scenario.power.value}"


def show_arenas(screen: Screen, scenario: Scenario) -> None:
    """Print every arena: each member's share of the power, class, greed, fear and f*."""
    for arena in scenario.arenas:
        screen.print(_arena(screen, scenario, arena), "")
    screen.print(
        Text("greed = T - R, fear = P - S in points; f* = the trust that makes C worth it", FAINT)
    )


def _arena(screen: Screen, scenario: Scenario, arena: Arena) -> Table:
    columns = ("Country", "Class", "Power", "Greed", "Fear", "f*")
    table = screen.table(arena.title, columns, arena.domain.value, words=2)
    for place, seat in enumerate(arena.members):
        corners = arena.game.corners(place)
        tipping = corners.tipping_point
        table.add_row(
            scenario.player(seat).name,
            CLASS_NAMES[corners.game_class],
            f"{arena.game.weight(place):.0%}",
            f"{corners.greed:.2f}",
            f"{corners.fear:.2f}",
            "" if tipping is None else f"{tipping:.2f}",
        )
    return table
