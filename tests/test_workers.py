"""How tests are shared among workers."""

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
    ("arguments", "workers"),
    [([__file__], 0), ([f"{__file__}::test_x", __file__], 0), (["tests", __file__], None)],
)
def test_a_few_named_files_are_run_without_workers(arguments: list[str], workers: int | None):
    config: Any = SimpleNamespace(args=arguments)
    assert pytest_xdist_auto_num_workers(config) == workers
