"""What strangers can cause is told once a minute."""

import logging

import pytest
from structlog.testing import capture_logs

from server.logs import Seldom, SeldomFilter


class Watch:
    """A clock that stands until it is moved."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_what_happens_over_and_over_is_told_once_a_minute_with_its_count(watch: Watch):
    seldom = Seldom("shed", watch)
    with capture_logs() as logs:
        for _ in range(5):
            seldom.note()
        watch.now_s += 60
        seldom.note()
    assert [(entry["event"], entry["times"]) for entry in logs] == [("shed", 1), ("shed", 5)]


def _warning(text: str, **more: object) -> logging.LogRecord:
    return logging.makeLogRecord({"name": "x", "levelno": logging.WARNING, "msg": text, **more})


def test_each_kind_of_warning_passes_once_a_minute(watch: Watch):
    seldom = SeldomFilter(watch)
    assert [seldom.filter(_warning("a")) for _ in range(3)] == [True, False, False]
    assert seldom.filter(_warning("b"))
    watch.now_s += 60
    again = _warning("a")
    assert (seldom.filter(again), again.getMessage()) == (True, "a (and 2 more like it)")


def test_tracebacks_and_errors_always_pass(watch: Watch):
    seldom = SeldomFilter(watch)
    for _ in range(2):
        assert seldom.filter(_warning("a", exc_info=(ValueError, ValueError(), None)))
        assert seldom.filter(_warning("c", levelno=logging.ERROR))


def test_kinds_without_end_are_forgotten(watch: Watch):
    seldom = SeldomFilter(watch)
    for number in range(500):
        assert seldom.filter(_warning(f"kind {number}"))
    assert len(seldom._known) <= SeldomFilter.most_kinds
