"""How a run of the tests uses the machine: all cores, the slow tests first, no code compiled twice.

pytest loads this before anything else (`-p tests.workers` in pyproject.toml).
"""

import gc
import importlib
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

import pytest
from _pytest.runner import runtestprotocol

from tests.prepared import is_prepared

T = TypeVar("T")

SETTINGS = "COVERAGE_PROCESS_CONFIG"
"""Where `coverage` tells the processes to be started how they are measured."""
MEMORY = Path("/dev/shm")  # noqa: S108 (pytest makes a folder there that is its user's alone)
ROOM = 4 << 30
"""Bytes that are free in memory where the databases of tests may be kept there."""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Prepare what all processes of a run share; workers and servers inherit the environment."""
    if sys.dont_write_bytecode:
        _keep_bytecode(early_config.rootpath / ".pytest_cache" / "compiled")
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def is_quick(config: pytest.Config) -> bool:
    """Tell whether the slow tests are left out."""
    return config.option.markexpr == "not slow"


def _keep_bytecode(folder: Path) -> None:
    """Let every process keep the code that it compiles, though not beside the sources.

    Where Python may keep none, each worker and each server that a test starts would compile every
    package that it imports, which takes seconds.
    """
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Start no workers for a few named files: to collect twice takes longer than to run once.

    Slow tests wait for servers and browsers, so with them one worker more than there are cores.
    """
    if all(Path(arg.split("::")[0]).is_file() for arg in config.args):
        return 0
    return None if is_quick(config) else (os.cpu_count() or 1) + 1


def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Prepare in a fresh clone what every worker needs, beside them, and unmeasured."""
    if is_prepared(config.rootpath):
        return
    environment = {name: value for name, value in os.environ.items() if name != SETTINGS}
    command = (sys.executable, "-m", "tests.prepared")
    preparing = subprocess.Popen(
        command, cwd=config.rootpath, env=environment, stdout=subprocess.DEVNULL
    )
    config.add_cleanup(lambda: preparing.__exit__(None, None, None))


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Look for garbage rarely, and neither while modules are imported nor ever among them."""
    gc.disable()
    if which_worker(session.config)[0] not in ("", "gw0"):
        _import_from_the_end(session.config.rootpath)
    collected = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    return collected


def which_worker(config: pytest.Config) -> tuple[str, int]:
    """Give the name of this worker and the number of workers: "" and 0 where this is none.

    The environment does not tell: what a worker starts inherits it, and may be a run of its own.
    """
    told = getattr(config, "workerinput", {})
    return told.get("workerid", ""), told.get("workercount", 0)


def _import_from_the_end(root: Path) -> None:
    """Import the modules of tests from the last to the first, while another goes the other way.

    All workers import the same, and in a fresh clone each compiles what it imports; so the first
    two meet in the middle, and find the rest compiled. A module that cannot be imported is told of
    when its tests are collected.
    """
    for path in sorted((root / "tests").rglob("test_*.py"), reverse=True):
        with suppress(Exception):
            importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Let a worker send what is told of a test: to send all takes a millisecond on either side."""
    if not which_worker(item.config)[0] or item.config.option.xmlpath:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if is_told(report):
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def is_told(report: pytest.TestReport) -> bool:
    """Tell whether a report is counted or shown: around a test, a failure or what took a second."""
    return report.when == "call" or not report.passed or report.duration >= 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run slow files first: a long test at the end would leave the other workers with nothing.

    xdist gives every worker an equal part of the list, so each part gets its share of slow files.
    """
    _, workers = which_worker(config)
    if not workers:
        return
    slow, quick = defaultdict(list), list[pytest.Item]()
    for item in items:
        if item.get_closest_marker("slow"):
            slow[item.path].append(item)
        else:
            quick.append(item)
    files = sorted(slow.values(), key=len, reverse=True)
    items[:] = deal(files, quick, workers)


def deal(files: list[list[T]], quick: list[T], workers: int) -> Iterator[T]:
    """Give parts of equal length, one after another, with the slow files of each part in front."""
    total, rest = sum(map(len, files)) + len(quick), iter(quick)
    for worker in range(workers):
        size = total * (worker + 1) // workers - total * worker // workers
        part = list(chain(*files[worker::workers]))
        yield from part
        yield from islice(rest, max(0, size - len(part)))
    yield from rest
