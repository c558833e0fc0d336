"""A round of the largest scenario with all dynamics costs under a millisecond."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_round_of_the_largest_scenario_takes_under_a_millisecond() -> None:
    """By processor time, in an interpreter of its own, which no coverage slows down."""
    command = [sys.executable, "-m", "tests.load.round_speed", "--rounds", "100"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    name, places, cost = ran.stdout.splitlines()[-1].split()
    assert (name, int(places)) == ("seato_1954_1977", 12)
    assert float(cost) < 1000
