"""Which tests the bars of coverage are measured by."""

import re
from pathlib import Path

import pytest

from tests.coverage_bars import UNMEASURED, can_be_measured, is_measured

ROOT = Path(__file__).parents[1]
LONG = "tests/game_rules/contests/test_engines.py::test_both_lanes_play_alike"


@pytest.mark.parametrize("line", sorted(UNMEASURED))
def test_what_is_not_measured_is_there(line: str):
    file, _, function = line.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not function or re.search(rf"^(async )?def {function}\(", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("test", "measured"),
    [
        (f"{LONG}[first]", False),
        (f"{LONG}_or_not", True),
        ("tests/server/wire/test_frames.py::test_any", False),
        ("tests/server/wire/test_protocol.py::test_any[x]", True),
        ("tests/client/test_web.py::test_any", False),
    ],
)
def test_a_line_is_a_test_with_all_its_cases_or_a_file(test: str, measured: bool):
    assert can_be_measured(test) is measured


class Nothing(pytest.Item):
    """A test that does nothing."""

    def runtest(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("marks", "measured"),
    [
        ([], True),
        ([pytest.mark.slow], False),
        ([pytest.mark.slow(measured=True)], True),
    ],
)
def test_of_slow_tests_those_are_measured_that_say_so(
    request: pytest.FixtureRequest, marks: list[pytest.MarkDecorator], measured: bool
):
    item = Nothing.from_parent(request.session, name="x", nodeid="tests/server/x.py::test_x")
    for mark in marks:
        item.add_marker(mark)
    assert is_measured(item) is measured
