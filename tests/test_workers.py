"""How tests are shared among workers."""

import os
from types import SimpleNamespace
from typing import Any

import pytest

from tests.workers import deal, pytest_xdist_auto_num_workers


def test_each_worker_begins_with_its_share_of_the_slow_files():
    slow, quick = [["a1", "a2"], ["b"], ["c"]], ["p", "q", "r", "s", "t"]
    assert list(deal(slow, quick, 2)) == ["a1", "a2", "c", "p", "b", "q", "r", "s", "t"]
    assert list(deal(slow, quick, 1)) == ["a1", "a2", "b", "c", *quick]


def test_nothing_is_left_out_where_one_has_more_slow_tests_than_its_share():
    slow, quick = [["a1", "a2", "a3", "a4"], ["b"]], ["p"]
    assert sorted(deal(slow, quick, 2)) == ["a1", "a2", "a3", "a4", "b", "p"]


@pytest.mark.parametrize(
    ("arguments", "chosen", "workers"),
    [
        ([__file__], "", 0),
        ([f"{__file__}::test_x", __file__], "not slow", 0),
        (["tests", __file__], "not slow", None),
        (["tests"], "", (os.cpu_count() or 1) + 1),
    ],
)
def test_there_are_no_workers_for_a_few_files_and_one_more_where_tests_wait(
    arguments: list[str], chosen: str, workers: int | None
):
    config: Any = SimpleNamespace(args=arguments, option=SimpleNamespace(markexpr=chosen))
    assert pytest_xdist_auto_num_workers(config) == workers
