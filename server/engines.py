"""Engines that run tournament chunks: threads, processes or a Dask cluster.

Each engine is an executor as in `concurrent.futures`. Its work is pure, so if a worker dies, only
its chunk is computed again.
"""

import contextlib
import gc
import os
import re
import signal
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput
from server.logs import log

if TYPE_CHECKING:
    from distributed import Client


LOCAL, PROCESSES, DASK = "local", "processes", "dask://"
CONNECT_S = 10
MOST_WORKERS = 1_024
_ADDRESS = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")
POLITE = 10
"""By how much workers of a server lower their priority (see nice(1))."""


SELDOM = (10_000, 20, 100)
"""When a worker looks for cycles. The rules make many small values that few cycles hold, and
looking for them as often as Python does takes a twentieth of a forecast."""


class EngineError(InvalidInput):
    """An engine that is unavailable, or whose workers keep dying."""


@dataclass(frozen=True, slots=True)
class Engine:
    """open: returns an executor. workers: how many run at once. deaths: errors of a dead worker.

    After such an error the executor is opened again.
    """

    open: Callable[[], AbstractContextManager[Executor]]
    workers: Callable[[], int]
    deaths: tuple[type[Exception], ...] = ()


def engine_of(name: str, workers: int | None = None) -> Engine:
    """Find an engine by its name: local, processes, or dask://HOST:PORT.

    workers: how many; None means one per core. Raises EngineError.
    """
    if name == LOCAL:
        return threads(workers or cores())
    if name == PROCESSES:
        return processes(workers or cores())
    if name.startswith(DASK):
        if workers is not None:
            raise EngineError("a cluster has the workers it has; leave --workers out")
        return cluster(name.removeprefix(DASK))
    raise EngineError(f"engine {name!r} is not known; give local, processes or dask://HOST:PORT")


@contextlib.contextmanager
def lasting(engine: Engine) -> Generator[Engine]:
    """Keep an engine's executor for several runs; replace it after a worker died."""
    with contextlib.ExitStack() as stack:
        kept: list[Executor] = []

        @contextlib.contextmanager
        def open_kept() -> Generator[Executor]:
            if not kept:
                kept.append(stack.enter_context(engine.open()))
            try:
                yield kept[0]
            except engine.deaths:
                kept.clear()
                stack.close()
                raise

        yield replace(engine, open=open_kept)


def is_cluster(name: str) -> bool:
    """Tell whether a name is that of a cluster.

    >>> is_cluster("dask://scheduler:8786"), is_cluster("dask://scheduler"), is_cluster("local")
    (True, False, False)
    """
    return name.startswith(DASK) and bool(_ADDRESS.fullmatch(name.removeprefix(DASK)))


def beside_matches(name: str) -> Engine:
    """Find the engine of a server: a polite process, or a cluster as long as there is one.

    name: processes, or dask://HOST:PORT. Raises EngineError.
    """
    here = processes(1, POLITE)
    return here if name == PROCESSES else either(engine_of(name), here)


def either(first: Engine, second: Engine) -> Engine:
    """Run on the first engine, or on the second one where the first cannot be opened."""
    used = [first]

    @contextlib.contextmanager
    def open_one() -> Generator[Executor]:
        with contextlib.ExitStack() as stack:
            try:
                executor = stack.enter_context(first.open())
                used[0] = first
            except EngineError as error:
                log.warning("tournament_engine_unavailable", reason=str(error))
                executor = stack.enter_context(second.open())
                used[0] = second
            yield executor

    return Engine(open_one, lambda: used[0].workers(), (*first.deaths, *second.deaths))


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads(workers: int) -> Engine:
    """Run on threads of this process; compiled kernels run in parallel."""
    return Engine(lambda: _threads(workers), lambda: workers)


def processes(workers: int, politeness: int = 0) -> Engine:
    """Run in separate processes, for bots in Python."""

    def make() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, get_context("spawn"), _settle_in, (politeness,))

    return Engine(lambda: _closing(make()), lambda: workers, (BrokenProcessPool,))


def cluster(address: str) -> Engine:
    """Run on an existing Dask cluster. Raises EngineError if it cannot be reached."""
    try:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError
        from distributed.scheduler import NoWorkerError
    except ImportError as error:
        raise EngineError(
            "a cluster needs an extra: uv run --extra cluster detente ..., "
            "or pip install 'detente[cluster]'"
        ) from error
    found: list[Client] = []

    @contextlib.contextmanager
    def open_client() -> Generator[Executor]:
        with _connected(address) as client:
            found.append(client)
            yield from _lent(client)

    def workers() -> int:
        told = found[-1].scheduler_info(n_workers=-1)["workers"] if found else {}
        return max(1, sum(worker["nthreads"] for worker in told.values()))

    return Engine(open_client, workers, (KilledWorker, CommClosedError, NoWorkerError))


@contextlib.contextmanager
def _connected(address: str) -> "Generator[Client]":
    import logging

    from distributed import Client

    # Dask logs every worker that joins or leaves; the relevant ones raise an error.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if not _ADDRESS.fullmatch(address):
        raise EngineError(f"{address!r} is no address; write dask://HOST:PORT")
    try:
        client = Client(f"tcp://{address}", timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        problem = f"no Dask scheduler answers at {address}; start one: dask scheduler"
        raise EngineError(problem) from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise EngineError(f"the scheduler at {address} has no workers; start some: dask worker")
        yield client


def _lent(client: "Client") -> Generator[Executor]:
    executor = client.get_executor(pure=False)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False)


@contextlib.contextmanager
def _threads(workers: int) -> Generator[Executor]:
    with _closing(ThreadPoolExecutor(workers, "contest")) as executor:
        yield executor


@contextlib.contextmanager
def _closing(executor: ThreadPoolExecutor | ProcessPoolExecutor) -> Generator[Executor]:
    """Start nothing new, and leave nothing running except after a stop or a dead worker."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown(wait=True, cancel_futures=True)


def _settle_in(politeness: int) -> None:
    """Ignore Ctrl-C, which the parent handles, lower the priority, and collect cycles seldom.

    A bot's output goes to the error stream, because standard output is for results.
    """
    os.dup2(2, 1)
    gc.set_threshold(*SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if politeness and hasattr(os, "nice"):
        os.nice(politeness)


def _end_with_parent() -> None:
    """End with the parent; an orphaned worker would wait for work for ever."""
    parent = parent_process()
    assert parent is not None, "it was started by one"
    parent.join()
    os._exit(1)
