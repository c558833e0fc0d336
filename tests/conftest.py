"""What every test shares: how hypothesis runs, and the bars of coverage."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests.coverage_bars import measure

# Started in the background by a shell, a run ignores Ctrl-C, and so would every program it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "plain",
    deadline=None,  # machines differ; slowness is measured in tests/load
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("seeded", parent=settings.get_profile("plain"), derandomize=True)
settings.load_profile("seeded" if os.environ.get("CI") else "plain")

collect_ignore_glob = ["tools/*", "load/*"]  # programs, run by hand


def pytest_configure(config: pytest.Config) -> None:
    """Measure coverage if everything is run."""
    measure(config)
