"""How a run of the tests uses the machine: all cores, the slow tests first, no code compiled twice.

pytest loads this before anything else (`-p tests.workers` in pyproject.toml).
"""

import gc
import importlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

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


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Look for garbage rarely, and neither while modules are imported nor ever among them."""
    gc.disable()
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        _import_from_the_end(session.config.rootpath)
    collected = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    return collected


def _import_from_the_end(root: Path) -> None:
    """Import the modules of tests from the last to the first, while another goes the other way.

    All workers import the same, and in a fresh clone each compiles what it imports; so the first
    two meet in the middle, and find the rest compiled. A module that cannot be imported is told of
    when its tests are collected.
    """
    for path in sorted((root / "tests").rglob("test_*.py"), reverse=True):
        with suppress(Exception):
            importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow files first: a long test at the end would leave the other workers with nothing.

    xdist gives every worker an equal part of the list, so each part gets its share of slow files.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
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
