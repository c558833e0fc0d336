"""The bars of coverage: measured whenever the whole suite is run, and only then.

A run of some tests says nothing about coverage, and measuring would only slow it down. Servers
that tests start as processes are measured too.
"""

import io
import tempfile
from pathlib import Path

import coverage
import pytest

BARS = {"game_rules": 100, "server": 90}
"""How many per cent of each package's lines and branches must be run."""


def is_whole_suite(config: pytest.Config) -> bool:
    """Tell whether no test was chosen or left out."""
    asked = config.option
    is_chosen = asked.keyword or asked.markexpr or asked.collectonly
    is_chosen = is_chosen or getattr(asked, "lf", False) or getattr(asked, "deselect", None)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not is_chosen


class CoverageBars:
    """Measures from before the first import of ours to the end, then compares."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._coverage = coverage.Coverage(data_file=str(Path(self._folder.name, "coverage")))
        self._lines: list[str] = []
        self._coverage.start()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare, and fail the run where a bar is missed."""
        self._coverage.stop()
        self._coverage.save()
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
