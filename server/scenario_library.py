"""The scenarios that a server offers: built-in ones, and those of the operator's folder."""

from pathlib import Path

from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario, scenario_names


def load_scenarios(folder: Path | None = None) -> dict[str, Scenario]:
    """Load every scenario by name; one of the folder replaces a built-in one of the same name.

    Raises ScenarioError for the first that cannot be played.
    """
    scenarios = {name: load_scenario(name) for name in scenario_names()}
    for path in sorted(folder.glob("*.toml")) if folder else ():
        scenario = load_scenario(str(path))
        scenarios[scenario.name] = scenario
    return scenarios
