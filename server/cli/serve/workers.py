"""More processes behind one port, where the database can be shared; each is a server of its own.

All accept from the same port. The others reach one at a port of its own. If one ends by itself, the
others continue its matches, and it is started again.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from functools import partial
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from server.cli.shared.errors import WrongInput
from server.database import is_postgres

if TYPE_CHECKING:
    from server.settings import Settings

AGAIN_S = 1.0
"""How long it waits until it starts a worker again."""
END_WITHIN_S = 15.0


def require_shared(database: str, workers: int) -> None:
    """Refuse more than one worker on a file. Raises WrongInput."""
    if workers > 1 and not is_postgres(database):
        told = f"--workers {workers}: a file has one server, which writes it alone"
        raise WrongInput(f"{told}; give --database postgresql://USER@HOST/NAME, or --workers 1")


def inner_door(settings: "Settings") -> socket.socket:
    """Open a port of this worker's own, at which the others reach it."""
    host = settings.peer_address.rpartition(":")[0] if settings.peer_address else "127.0.0.1"
    return socket.create_server((host.strip("[]"), 0))


def reached_at(settings: "Settings", door: socket.socket) -> "Settings":
    """Return the settings of a worker that the others reach at a door.

    They are believed where a request comes from, so that limits count people and not workers.
    """
    host, port = door.getsockname()[:2]
    trusted = (*settings.trusted_proxies, host)
    return settings.model_copy(
        update={"peer_address": f"{host}:{port}", "trusted_proxies": trusted}
    )


@contextlib.contextmanager
def helped(settings: "Settings", door: socket.socket, helpers: int) -> Generator[None]:
    """Run other workers beside this one, as long as the context lasts."""
    context = multiprocessing.get_context("spawn")
    made = partial(context.Process, target=_help, args=(settings, door), name="detente worker")
    with kept(made, helpers):
        yield


@contextlib.contextmanager
def kept(made: Callable[[], BaseProcess], count: int) -> Generator[None]:
    """Keep processes running, as long as the context lasts.

    One that fails is replaced, one that was told to stop is not: Ctrl-C stops all at once.
    """
    is_over = threading.Event()

    def started() -> BaseProcess:
        process = made()
        process.start()
        return process

    def watch() -> None:
        running = [started() for _ in range(count)]
        while not is_over.wait(AGAIN_S):
            running = [started() if one.exitcode else one for one in running]
        _end(running)

    watching = threading.Thread(target=watch, name="workers")
    watching.start()
    try:
        yield
    finally:
        is_over.set()
        watching.join()


def _end(running: Sequence[BaseProcess]) -> None:
    """Ask processes to end, and kill those that do not."""
    for process in running:
        process.terminate()
    until = time.monotonic() + END_WITHIN_S
    for process in running:
        process.join(max(0.0, until - time.monotonic()))
        process.kill()


def _help(settings: "Settings", door: socket.socket) -> None:
    """Be a worker, until it is told to stop or the first one has ended."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # until it is ready, as in the first one
    with contextlib.suppress(KeyboardInterrupt), inner_door(settings) as inner:
        from server.app import create_app
        from server.cli.serve.run import run
        from server.store.event_store import StoreError

        try:
            run(create_app(reached_at(settings, inner)), settings, [door, inner], lambda: None)
        except StoreError as error:
            sys.exit(f"a worker ended, and another one starts: {error}")


def _end_with_parent() -> None:
    """End as on SIGTERM when the first worker has ended; nobody else would stop this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "it was started by one"
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
