"""`detente scenario`: lists, shows and validates scenarios."""

from dataclasses import asdict
from typing import Any

import click

from game_rules.scenario.scenario import Scenario
from server.cli.shared.errors import WrongInput
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import WholeNumber, print_json, write_text
from server.cli.shared.words import count

MOST_RUNS = 1_000_000

_OF_RULES_1 = ("letdown_cost", "tension_memory")
"""Constants that no new match goes by."""


@click.group("scenario")
def command() -> None:
    """List, show and check scenarios.

    \b
    Examples:
      detente scenario list
      detente scenario show south_china_sea
      detente scenario check my_scenario.toml
      detente scenario table south_china_sea
    """


@command.command("list")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def list_scenarios(is_json: bool) -> None:
    """List the built-in scenarios.

    \b
    Examples:
      detente scenario list
    """
    from game_rules.scenario_files.scenarios import load_scenario, scenario_names

    scenarios = [load_scenario(name) for name in scenario_names()]
    if is_json:
        print_json([_card(scenario) for scenario in scenarios])
        return
    from server.cli.shared.screen import open_screen

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
@click.option(
    "--power", metavar="MEASURE", help="Measure of power: cinc, lowy, military_spending or equal."
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def show(name: str, power: str | None, is_json: bool) -> None:
    """Show the scenario NAME.

    The output has its players, its arenas, the game for each member of an arena, the news cards,
    and the source of every number. Another measure of power can change the games; a mark shows
    which. NAME is a name from the list, or a path to a .toml file.

    \b
    Examples:
      detente scenario show chicken
      detente scenario show south_china_sea --power equal
      detente scenario show south_china_sea --json
    """
    from game_rules.scenario_files.scenarios import load_scenario, with_power
    from server.cli.shared.values import measure_named

    usual = load_scenario(name)
    scenario = usual if power is None else with_power(usual, measure_named(power))
    if is_json:
        print_json(_in_force(scenario))
        return
    from server.cli.scenario.screen import show_scenario
    from server.cli.shared.screen import open_screen

    show_scenario(open_screen(), scenario, usual)


@command.command("check")
@click.argument("file")
def check(file: str) -> None:
    """Check a scenario FILE of your own.

    The output shows the game for each member of an arena. For the first fault it names the key, the
    value and the allowed values.

    \b
    Examples:
      detente scenario check my_scenario.toml
    """
    from game_rules.scenario_files.scenarios import load_scenario

    if not file.endswith(".toml"):
        raise WrongInput(f"{file}: is no scenario file; give a path that ends in .toml")
    scenario = load_scenario(file)
    from server.cli.scenario.screen import show_arenas
    from server.cli.shared.screen import open_screen

    screen = open_screen()
    show_arenas(screen, scenario)
    seats, arenas = count(len(scenario.players), "seat"), count(len(scenario.arenas), "arena")
    click.echo(f"{file}: can be played; {seats}, {arenas}, {count(scenario.rounds, 'round')}")


@command.command("table")
@click.argument("names", nargs=-1)
@click.option(
    "--runs", type=WholeNumber(1, MOST_RUNS), default=200, help="Matches per cast.  [default: 200]"
)
@click.option(
    "--workers",
    type=WholeNumber(1, 1024),
    help="Number of parallel processes.  [default: one per core]",
)
@output_file("--page", about="Also write a page (Markdown) to this file.")
@OVERWRITE
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def table(
    names: tuple[str, ...], runs: int, workers: int | None, page: str | None, is_json: bool
) -> None:
    """Compare integration at the end of many matches, by the kind of players.

    NAMES are scenarios; the default is all. In each cast all seats do the same: cooperate, answer
    in kind, follow one doctrine, choose at random, or defect. One cast has a different doctrine per
    seat. The seeds are 1 to RUNS. The table has the means of the index and of its five parts, and
    how often the outlook is optimistic, contested or pessimistic.

    \b
    Examples:
      detente scenario table south_china_sea --runs 100
      detente scenario table --page docs/scenario-table.md --overwrite
    """
    from game_rules.scenario_files.scenarios import load_scenario, scenario_names
    from server.cli.scenario import outcome_table as tables
    from server.cli.shared.progress import shown_progress
    from server.engines import cores

    scenarios = [load_scenario(name) for name in names or scenario_names()]
    with shown_progress(tables.matches_of(scenarios, runs)) as told:
        rows = tables.play_all(scenarios, runs, workers or cores(), told)
    if page is not None:
        write_text(page, tables.page_of(scenarios, rows, runs))
    if is_json:
        print_json(tables.document(scenarios, rows, runs))
        return
    from server.cli.shared.screen import open_screen

    tables.show_tables(open_screen(), scenarios, rows)


def _in_force(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario with every constant by which a new match is played, defaults included.

    Its file may leave out `consequences`; where those and `standing` have a constant of the same
    name, a new match goes by the former.
    """
    from game_rules.records.codec import to_json

    document = to_json(scenario)
    document["consequences"] = asdict(scenario.consequences)
    shared = document["standing"].keys() & document["consequences"].keys()
    document["standing"] |= {name: document["consequences"][name] for name in shared}
    for name in _OF_RULES_1:
        del document["standing"][name]
    return document


def _card(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "seats": len(scenario.players),
        "arenas": len(scenario.arenas),
        "rounds": scenario.rounds,
    }
