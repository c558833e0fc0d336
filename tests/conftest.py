"""What every test shares: how hypothesis runs, what logs look like, the bars of coverage."""

import os
import signal
from collections.abc import Generator

import pytest
import structlog
from _pytest.doctest import DoctestModule
from hypothesis import HealthCheck, settings

from tests.coverage_bars import measure
from tests.workers import is_quick

# Started in the background by a shell, a run ignores Ctrl-C, and so would every program it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A traceback in colours, with the values of every frame, takes seconds.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)

settings.register_profile(
    "plain",
    deadline=None,  # machines differ; slowness is measured in tests/load
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
collect_ignore_glob = ["tools/*", "load/*"]  # programs, run by hand


def pytest_configure(config: pytest.Config) -> None:
    """Measure coverage if everything is run; draw fewer examples if only the quick tests are.

    In continuous integration examples are drawn from a fixed seed. DETENTE_EXAMPLES asks for more.
    """
    measure(config)
    settings.register_profile(
        "run",
        parent=settings.get_profile("plain"),
        max_examples=int(os.environ.get("DETENTE_EXAMPLES", 10 if is_quick(config) else 50)),
        derandomize="CI" in os.environ,
    )
    settings.load_profile("run")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for doctests in the packages only; importing every test for them takes seconds."""
    return [each for each in (yield) if not isinstance(each, DoctestModule)]
