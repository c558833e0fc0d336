"""How tests are shared among workers."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.prepared import KEPT, is_prepared
from tests.workers import deal, pytest_xdist_auto_num_workers, which_worker


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


def test_a_run_that_a_worker_starts_is_no_worker(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "3")
    run: Any = SimpleNamespace()
    worker: Any = SimpleNamespace(workerinput={"workerid": "gw1", "workercount": 3})
    assert which_worker(run) == ("", 0)
    assert which_worker(worker) == ("gw1", 3)


def test_a_fresh_clone_is_prepared_and_no_other(tmp_path: Path):
    assert not is_prepared(tmp_path)
    for name in (".hypothesis/constants/1", "game_rules/evolution/__pycache__/moran_kernel.x.nbi"):
        assert not is_prepared(tmp_path)
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert is_prepared(tmp_path), KEPT


ROOT = Path(__file__).parents[1]
EVERY_OUTCOME = """
import pytest

@pytest.fixture
def before():
    assert False, "before"

@pytest.fixture
def after():
    yield
    assert False, "after"

def test_good(): pass
def test_bad(): assert False, "within"
def test_before(before): pass
def test_after(after): pass
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): assert False
"""


@pytest.mark.slow
def test_workers_tell_of_every_failure(tmp_path: Path):
    (tmp_path / "test_outcomes.py").write_text(EVERY_OUTCOME, encoding="utf-8")
    options = ["-c", os.devnull, "--rootdir", ROOT, "-p", "tests.workers", "-n", "1"]
    command = [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    told = "1 failed, 2 passed, 1 skipped, 1 xfailed, 2 errors"
    assert told in run.stdout, run.stdout + run.stderr
    assert all(f'"{place}"' in run.stdout for place in ("before", "within", "after"))
