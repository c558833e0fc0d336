"""The bars of coverage: measured whenever the whole suite is run, and only then.

A run of some tests says nothing about coverage, and measuring would only slow it down. Workers,
and servers that tests start as processes, are measured too: `coverage` starts in every process
that inherits its settings. Measuring doubles the time of a test, so that only the quick tests of
rules and server are measured: what the slow ones run besides is not counted. Nor is the collecting
measured, which would take four times as long.
"""

import importlib
import io
import os
import pkgutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

BARS = {"game_rules": 100, "server": 90}
"""How many per cent of each package's lines and branches must be run."""
MEASURED = ("game_rules", "tests/game_rules", "tests/server")
SETTINGS = "COVERAGE_PROCESS_CONFIG"
"""Where `coverage` tells the processes to be started how they are measured."""


def measure(config: pytest.Config) -> None:
    """Measure coverage if everything is run, in each process that runs tests."""
    if not hasattr(config, "workerinput") and is_whole_suite(config):
        config.pluginmanager.register(CoverageBars())
    runs_tests = config.option.dist == "no"
    if runs_tests and SETTINGS in os.environ and (measuring := coverage.Coverage.current()):
        config.pluginmanager.register(MeasuredTests(measuring))


def is_whole_suite(config: pytest.Config) -> bool:
    """Tell whether no test was chosen or left out."""
    asked = config.option
    is_chosen = asked.keyword or asked.markexpr or asked.collectonly
    is_chosen = is_chosen or getattr(asked, "lf", False) or getattr(asked, "deselect", None)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not is_chosen


class MeasuredTests:
    """Measures the tests that the bars are for, in a process that runs tests."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._coverage = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Measure what runs at an import of the packages, and not the collecting."""
        for package in BARS:
            _import_all_of(package)
        self._coverage.stop()
        collected = yield
        self._coverage.start()
        return collected

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure nothing for a while, nor in the processes that are started."""
        if item.nodeid.startswith(MEASURED) and not item.get_closest_marker("slow"):
            return (yield)
        self._coverage.stop()
        settings = os.environ.pop(SETTINGS)
        try:
            return (yield)
        finally:
            os.environ[SETTINGS] = settings
            self._coverage.start()

    def pytest_sessionfinish(self) -> None:
        """Keep what was measured, for a worker is not given long to end."""
        self._coverage.stop()
        self._coverage.save()


def _import_all_of(package: str) -> None:
    folder = importlib.import_module(package).__path__
    for module in pkgutil.walk_packages(folder, f"{package}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)


class CoverageBars:
    """Measures from before the first import of ours to the end, then compares."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._coverage = coverage.Coverage(data_file=str(Path(self._folder.name, "coverage")))
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])  # with workers
        self._coverage.start()
        self._lines: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare, and fail the run where a bar is missed."""
        self._coverage.stop()
        self._coverage.combine()
        for package, bar in BARS.items():
            if not self._is_met(package, bar):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        self._folder.cleanup()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was measured."""
        terminalreporter.section("coverage of lines and branches")
        for line in self._lines:
            terminalreporter.line(line)

    def _is_met(self, package: str, bar: int) -> bool:
        table = io.StringIO()
        reached = self._coverage.report(
            include=[f"{package}/*"], show_missing=True, skip_covered=True, file=table
        )
        is_met = reached >= bar
        verdict = "" if is_met else ", which is missed; what was not run stands above"
        if not is_met:
            self._lines += table.getvalue().splitlines()
        self._lines.append(f"{package}: {reached:.2f} %, the bar is {bar} %{verdict}")
        return is_met
