"""The scenarios that a server offers: built-in ones, and those of the operator's folder."""

from dataclasses import dataclass
from pathlib import Path

from game_rules.errors import ScenarioError
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario, scenario_names


@dataclass(frozen=True, slots=True)
class Library:
    """Scenarios by name. remarks: one line about each file left out, and each built-in replaced."""

    scenarios: dict[str, Scenario]
    remarks: tuple[str, ...] = ()


def load_scenarios(folder: Path | None = None) -> Library:
    """Load every scenario; one of the folder replaces a built-in one of the same name.

    Files whose names begin with a dot are not the operator's and are skipped. A file that cannot be
    played, or has the name of one before it, is left out with a remark, and the rest is offered.
    """
    shipped = {name: load_scenario(name) for name in scenario_names()}
    own: dict[str, Scenario] = {}
    files: dict[str, str] = {}
    remarks: list[str] = []
    for path in _own_files(folder) if folder else ():
        try:
            scenario = load_scenario(str(path))
        except ScenarioError as error:
            remarks.append(f"left out: {error}")
            continue
        if scenario.name in own:
            twice = f"{files[scenario.name]} has the name {scenario.name!r} too; rename one"
            remarks.append(f"left out: {path.name}: {twice}")
            continue
        own[scenario.name], files[scenario.name] = scenario, path.name
        if scenario.name in shipped:
            remarks.append(f"{path.name} replaces the built-in scenario {scenario.name}")
    return Library({**shipped, **own}, tuple(remarks))


def _own_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
