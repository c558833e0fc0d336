"""Who does the work: threads here, processes here, or a Dask cluster somewhere else.

Each is an executor of the standard library's shape; what is handed to it is pure, so that a worker
that dies costs its piece once more and nothing else.
"""

import contextlib
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

if TYPE_CHECKING:
    from distributed import Client

LOCAL, PROCESSES, DASK = "local", "processes", "dask://"
CONNECT_S = 10
MOST_WORKERS = 1_024
_ADDRESS = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")
POLITE = 10
"""How far workers of a server step back for the server itself (see nice(1))."""


class EngineError(InvalidInput):
    """An engine that cannot be had, or whose workers keep dying."""


@dataclass(frozen=True, slots=True)
class Engine:
    """open: gives an executor. workers: how many work at once. deaths: what a dead worker raises.

    After a death the executor is opened anew.
    """

    open: Callable[[], AbstractContextManager[Executor]]
    workers: Callable[[], int]
    deaths: tuple[type[Exception], ...] = ()


def engine_of(name: str, workers: int | None = None) -> Engine:
    """Find an engine by its name: local, processes, or dask://HOST:PORT.

    workers: how many; None takes one a core. Raises EngineError.
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
    """Keep an engine's executor for several runs; after a death the next one gets a new one."""
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


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads(workers: int) -> Engine:
    """Work on threads of this process; compiled kernels run side by side."""
    return Engine(lambda: _threads(workers), lambda: workers)


def processes(workers: int, politeness: int = 0) -> Engine:
    """Work in processes of their own, for bots in Python."""

    def make() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, get_context("spawn"), _settle_in, (politeness,))

    return Engine(lambda: _closing(make()), lambda: workers, (BrokenProcessPool,))


def cluster(address: str) -> Engine:
    """Work on a Dask cluster that runs already. Raises EngineError if it cannot be reached."""
    try:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError
    except ImportError as error:
        raise EngineError("a cluster needs an extra: pip install 'detente[cluster]'") from error
    found: list[Client] = []

    @contextlib.contextmanager
    def open_client() -> Generator[Executor]:
        with _connected(address) as client:
            found.append(client)
            yield from _lent(client)

    def workers() -> int:
        told = found[-1].scheduler_info(n_workers=-1)["workers"] if found else {}
        return max(1, sum(worker["nthreads"] for worker in told.values()))

    return Engine(open_client, workers, (KilledWorker, CommClosedError))


@contextlib.contextmanager
def _connected(address: str) -> "Generator[Client]":
    import logging

    from distributed import Client

    # It tells of every worker that comes and goes; what matters of that is raised.
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
    """Begin nothing that waits, and leave nothing running unless a stop or a death is under way."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown(wait=True, cancel_futures=True)


def _settle_in(politeness: int) -> None:
    """Leave Ctrl-C to the process that asks for the work, and the cores to whoever is hurried.

    What a bot prints goes to the error stream: the other one is for results.
    """
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if politeness and hasattr(os, "nice"):
        os.nice(politeness)


def _end_with_parent() -> None:
    """A process whose asker was killed would wait for work for ever."""
    parent = parent_process()
    assert parent is not None, "it was started by one"
    parent.join()
    os._exit(1)
