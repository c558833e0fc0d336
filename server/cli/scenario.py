"""`detente scenario`: what can be played, and is a scenario of one's own in order?"""

from typing import Any

import click

from game_rules.scenario import Scenario
from server.cli.errors import WrongInput
from server.cli.words import count


@click.group("scenario")
def command() -> None:
    """List, show and check scenarios.

    \b
    Examples:
      detente scenario list
      detente scenario show south_china_sea
      detente scenario check my_scenario.toml
    """


@command.command("list")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document, nothing else.")
def list_scenarios(is_json: bool) -> None:
    """List the scenarios that ship.

    \b
    Examples:
      detente scenario list
    """
    from game_rules.scenario_files import load_scenario, scenario_names

    scenarios = [load_scenario(name) for name in scenario_names()]
    if is_json:
        from server.cli.report import write_json

        click.echo(write_json([_card(scenario) for scenario in scenarios]))
        return
    from server.cli.screen import open_screen

    screen = open_screen()
    columns = ("Name", "Title", "Seats", "Arenas", "Rounds")
    table = screen.table("Scenarios", columns, words=2)
    table.columns[1].no_wrap = False
    for scenario in sorted(scenarios, key=lambda each: (len(each.players), each.name)):
        counts = map(str, (len(scenario.players), len(scenario.arenas), scenario.rounds))
        table.add_row(scenario.name, scenario.title, *counts)
    screen.print(table)


@command.command("show")
@click.argument("name")
@click.option("--power", metavar="MEASURE", help="Weigh power by cinc, lowy, ... instead.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document, nothing else.")
def show(name: str, power: str | None, is_json: bool) -> None:
    """Show the scenario NAME.

    That is its players, its arenas, the game that each member of an arena is in, the deck of
    injects, and where every number is from. Another measure of power can change the classes:
    those that it does are marked. NAME is a name from the list, or a path to a .toml file.

    \b
    Examples:
      detente scenario show chicken
      detente scenario show south_china_sea --power equal
      detente scenario show south_china_sea --json
    """
    from game_rules.scenario_files import load_scenario, with_power
    from server.cli.values import measure_named

    usual = load_scenario(name)
    scenario = usual if power is None else with_power(usual, measure_named(power))
    if is_json:
        from game_rules.codec import to_json
        from server.cli.report import write_json

        click.echo(write_json(to_json(scenario)))
        return
    from server.cli.scenario_screen import show_scenario
    from server.cli.screen import open_screen

    show_scenario(open_screen(), scenario, usual)


@command.command("check")
@click.argument("file")
def check(file: str) -> None:
    """Check a scenario FILE of your own.

    It shows the game that each member of an arena is in. The first thing that cannot be played is
    named with its key, its value and what is allowed.

    \b
    Examples:
      detente scenario check my_scenario.toml
    """
    from game_rules.scenario_files import load_scenario

    if not file.endswith(".toml"):
        raise WrongInput(f"{file}: is no scenario file; give a path that ends in .toml")
    scenario = load_scenario(file)
    from server.cli.scenario_screen import show_arenas
    from server.cli.screen import open_screen

    screen = open_screen()
    show_arenas(screen, scenario)
    seats, arenas = count(len(scenario.players), "seat"), count(len(scenario.arenas), "arena")
    click.echo(f"{file}: can be played; {seats}, {arenas}, {count(scenario.rounds, 'round')}")


def _card(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "seats": len(scenario.players),
        "arenas": len(scenario.arenas),
        "rounds": scenario.rounds,
    }
