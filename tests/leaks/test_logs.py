"""What a log line may hold: words and ids, never the values that the program was working on."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from server.logs import configure_logs

CANARY = "the order of CHN is D"


class Terminal(io.StringIO):
    """Standard error, as a terminal or not."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Tell whether people read along."""
        return self._is_terminal


@pytest.fixture
def _own_logs() -> Iterator[None]:
    before, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    yield
    structlog.configure(**before)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.mark.usefixtures("_own_logs")
@pytest.mark.parametrize("is_terminal", [False, True])
def test_the_traceback_of_a_bug_shows_no_values(is_terminal: bool, monkeypatch: pytest.MonkeyPatch):
    screen = Terminal(is_terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    configure_logs()

    def break_down(order: str) -> None:
        raise ZeroDivisionError(len(order))

    try:
        break_down(CANARY)
    except ZeroDivisionError:
        structlog.get_logger().exception("decide_failed", match="m")
    assert "ZeroDivisionError" in screen.getvalue()
    assert CANARY not in screen.getvalue()
