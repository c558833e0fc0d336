"""No phase may end while a test looks: all browser tests use the server that takes its time."""

import re
from dataclasses import asdict
from pathlib import Path

from game_rules.scenario_files.scenarios import load_scenario, scenario_names
from tests.e2e.unhurried import SCENARIOS, TIMES, unhurried


def test_every_phase_is_longer_than_any_test(tmp_path: Path):
    folder = unhurried(tmp_path / "longer", SCENARIOS)
    for name in scenario_names():
        written = asdict(load_scenario(name).seconds)
        longer = asdict(load_scenario(str(folder / f"{name}.toml")).seconds)
        assert longer == {phase: TIMES * seconds for phase, seconds in written.items()}


def test_no_browser_test_starts_a_server_that_hurries():
    tests = Path(__file__).parent.glob("test_*.py")
    hurried = (x.name for x in tests if re.search(r"\bServerProcess\(", x.read_text("utf-8")))
    assert list(hurried) == []
