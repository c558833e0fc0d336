"""The bars of coverage: measured whenever the whole suite is run, and only then.

A run of some tests says nothing about coverage, and measuring would only slow it down. Workers,
and servers that tests start as processes, are measured too: `coverage` starts in every process
that inherits its settings. What is measured takes two or three times as long, so that only the
quick tests of rules and server are: what the slow ones run besides is not counted, but for those
marked `slow(measured=True)`. Nor are those
in tests/unmeasured.txt, a file or a test in each line, which take long and run nothing that others
do not run too. Nor is the collecting measured, which would take four times as long.
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

from tests.workers import SETTINGS

BARS = {"game_rules": 100, "server": 90}
"""How many per cent of each package's lines and branches must be run."""
MEASURED = ("game_rules", "tests/game_rules", "tests/server")
REMEDY = "test what stands above, or take a test that runs it out of tests/unmeasured.txt"
UNMEASURED = frozenset(Path(__file__).with_name("unmeasured.txt").read_text("utf-8").split())
"""The quick tests that are not measured."""


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


def is_measured(item: pytest.Item) -> bool:
    """Tell whether a test is measured: a quick one, or a slow one that says so."""
    slow = item.get_closest_marker("slow")
    return can_be_measured(item.nodeid) and (slow is None or "measured" in slow.kwargs)


def can_be_measured(test: str) -> bool:
    """Tell whether a test is measured, if it is a quick one."""
    file, function = test.partition("::")[0], test.partition("[")[0]
    return test.startswith(MEASURED) and not {file, function} & UNMEASURED


class MeasuredTests:
    """Measures the tests that the bars are for, in a process that runs tests."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._coverage = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Measure what runs at an import of the packages, and not the collecting."""
        for package in BARS:
            import_all_of(package)
        self._coverage.stop()
        collected = yield
        self._coverage.start()
        return collected

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure nothing for a while, nor in the processes that are started."""
        if is_measured(item):
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


def import_all_of(package: str) -> None:
    """Import every module of a package, but for those that run at an import."""
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
        verdict = "" if is_met else f", which is missed; {REMEDY}"
        if not is_met:
            self._lines += table.getvalue().splitlines()
        self._lines.append(f"{package}: {reached:.2f} %, the bar is {bar} %{verdict}")
        return is_met
