"""The scenarios of regions as rules 1 shipped them: a frozen version is tested on its own files."""

from pathlib import Path

from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario

FOLDER = Path(__file__).with_name("scenarios")
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


def shipped(name: str) -> Scenario:
    """Read a scenario of rules 1."""
    return load_scenario(str(FOLDER / f"{name}.toml"), 1)
